"""Words stay words, and every value keeps its line."""

from __future__ import annotations

import pytest

from qma_app.content.nodes import MapNode, value_of
from qma_app.content.strict_yaml import MAX_KEY, read_document


def read(text: str | bytes):
    content = text if isinstance(text, bytes) else text.encode()
    return read_document(content, "srv.yaml")


def said(text: str):
    document = read(text)
    assert document.problems == ()
    assert document.root is not None
    return value_of(document.root)


def told(text: str | bytes) -> list[str]:
    return [str(problem) for problem in read(text).problems]


WORDS = "no yes on off y n True FALSE NO 1.10 1_000 12:30:45 0x1F 0o17 017 1e3 .5 +3 2026-11-21 .inf .nan 3.0"


@pytest.mark.parametrize("word", WORDS.split())
def test_a_plain_word_stays_a_word(word: str) -> None:
    assert said(f"a: {word}") == {"a": word}
    assert said(f'a: "{word}"') == {"a": word}


@pytest.mark.parametrize(
    ("word", "number"), [("0", 0), ("3", 3), ("-12", -12), ("999999999999999", 10**15 - 1)]
)
def test_a_whole_number_as_json_writes_it_is_a_number(word: str, number: int) -> None:
    assert said(f"a: {word}") == {"a": number}
    assert said(f"a: '{word}'") == {"a": word}


def test_a_number_of_more_than_15_digits_stays_a_text() -> None:
    assert said("a: 1000000000000000") == {"a": "1000000000000000"}


def test_true_and_false_are_the_only_truth_values() -> None:
    assert said("- true\n- false\n- True\n- 'true'") == [True, False, "True", "true"]


def test_a_key_is_always_a_word() -> None:
    assert said("3: a\ntrue: b\nnull: c") == {"3": "a", "true": "b", "null": "c"}


def test_letters_written_in_two_ways_are_read_as_one() -> None:
    assert said("a: Pru\u0308fung") == {"a": "Prüfung"}


def test_long_texts_in_block_form_are_read_too() -> None:
    assert said("a: >-\n  one\n  two\nb: |-\n  three\n  four\n") == {"a": "one two", "b": "three\nfour"}


def test_each_value_keeps_its_line() -> None:
    root = read("a: 1\nb:\n  - x\n  - c: 2\n    d: 3\n").root
    assert isinstance(root, MapNode)
    assert root.line_of("b") == 2
    assert root.words("b") == [("x", 3)]
    assert root.children("b")[0].line_of("d") == 5


def test_the_getters_answer_with_nothing_where_a_value_is_of_another_kind() -> None:
    root = read("number: 3\nword: x\nyes: true\n").root
    assert isinstance(root, MapNode)
    assert root.text("number") == ""
    assert root.whole("word") is None
    assert root.whole("yes") is None
    assert root.flag("word") is False
    assert root.child("word") is None
    assert root.children("word") == []


def test_windows_line_ends_count_as_lines() -> None:
    root = read("a: 1\r\nb: 2\r\n").root
    assert isinstance(root, MapNode)
    assert root.line_of("b") == 2
    assert value_of(root) == {"a": 1, "b": 2}


def test_all_of_several_mistakes_are_told() -> None:
    assert [line.split(";")[0] for line in told("a: 1\na: 2\nb:\nc: &x y\nd: *x\n<<: {}\n'': 3\n")] == [
        "srv.yaml line 2: `a` stands here a second time, the first is on line 1",
        "srv.yaml line 3: `b` holds nothing",
        "srv.yaml line 4: `&x` gives this place a name",
        "srv.yaml line 5: `*x` points to another place of the file",
        "srv.yaml line 6: `<<` takes keys over from another place",
        f"srv.yaml line 7: the key before the colon is empty or longer than {MAX_KEY} characters",
    ]


def test_what_was_refused_has_no_value() -> None:
    root = read("a:\n").root
    assert root is not None
    with pytest.raises(ValueError, match="line 1 was refused"):
        value_of(root)


def test_the_first_of_two_equal_keys_counts_and_what_hangs_on_the_second_is_left_out() -> None:
    root = read("a: 1\na:\n  b: 2\nc: 3\n").root
    assert isinstance(root, MapNode)
    assert value_of(root) == {"a": 1, "c": 3}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n"])
def test_an_empty_file_is_told(text: str) -> None:
    assert told(text) == [
        "srv.yaml: the file is empty; write the standard's text into it, or delete the file"
    ]


def test_an_empty_place_in_a_list_is_told() -> None:
    assert told("- a\n-\n") == ["srv.yaml line 2: there is nothing here; write the value, or delete the line"]


def test_nothing_at_all_is_told_once() -> None:
    assert told("~") == ["srv.yaml line 1: there is nothing here; write the value, or delete the line"]


def test_a_pointer_as_a_key_is_told_once() -> None:
    assert len(told("*x : 3\nb: 2\n")) == 1


def test_what_nobody_has_words_for_is_told_as_the_parser_says_it() -> None:
    (problem,) = told("a: !<x y\n")
    assert problem.startswith("srv.yaml line 1: the line cannot be read as YAML: “did not find")


def test_tabs_are_told_with_their_lines() -> None:
    assert told("a: 1\nb:\t2\n") == [
        "srv.yaml line 2: a tab stands here; write spaces instead, two for each level"
    ]
    assert told("a:\t1\nb: 2\nc:\t3\n\td: 4\n") == [
        "srv.yaml line 1: a tab stands here (and on the lines 3, 4); write spaces instead, two for each level"
    ]
    assert told("a: 1\n\tb")[0].startswith("srv.yaml line 2: a tab stands here;")
    assert "(and on the lines 2, 3, 4, 5, 6, 7, 8, 9, 10, …)" in told("\ta\n" * 30)[0]


def test_a_byte_order_mark_is_told() -> None:
    assert told(b"\xef\xbb\xbfa: 1\n") == [
        "srv.yaml line 1: the file begins with a byte order mark (BOM); save it as “UTF-8” without BOM"
    ]


def test_latin_1_is_told_with_the_letter_meant() -> None:
    assert told("a: 1\nb: Pr\xfcfung\n".encode("latin-1")) == [
        (
            "srv.yaml line 2: the byte 0xFC is not UTF-8 (“ü” in a Latin-1 file); save the file as “UTF-8” and check "
            "its special letters"
        )
    ]
    assert "the byte 0x80 is not UTF-8 (“?” in a Latin-1 file)" in told(b"a: \x80\n")[0]


def test_utf_16_is_told() -> None:
    assert told("a: 1".encode("utf-16")) == [
        "srv.yaml line 1: the file is written in UTF-16; save it as “UTF-8” without BOM"
    ]


@pytest.mark.parametrize("character", ["\x07", "\x85", "\u2028", "\ufeff", "\r", "\uffff"])
def test_an_invisible_character_is_told(character: str) -> None:
    assert told(f"a: 1\nb: x{character}y\n") == [
        f"srv.yaml line 2: the invisible character U+{ord(character):04X} stands here; delete it and type the place again"
    ]


def test_comments_are_found_and_nothing_else_that_looks_like_them() -> None:
    text = (
        "# one\n"
        "a: text # two # and a half\n"
        'b: "# none"\n'
        "c: x#y\n"
        "d: |  # six\n"
        "  # none\n"
        "e: 'it''s # none'\n"
        "f:\n"
        "  # nine\n"
        "  - 1\n"
        "g: last\n"
        "# twelve"
    )
    document = read(text)
    assert document.comment_lines == (1, 2, 5, 9, 12)
    assert document.root is not None
    assert value_of(document.root) == {
        "a": "text",
        "b": "# none",
        "c": "x#y",
        "d": "# none\n",
        "e": "it's # none",
        "f": [1],
        "g": "last",
    }


def test_a_block_text_at_the_end_of_a_file_hides_no_comment() -> None:
    assert read("a: |  # one").comment_lines == (1,)
    assert read("a: 1 # x\nb: [").comment_lines == ()
