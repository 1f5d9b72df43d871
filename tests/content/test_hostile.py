"""Files made to harm are refused, at once and with a reason."""

from __future__ import annotations

import pytest

from qma_app.content import checks, report, source, strict_yaml
from qma_app.content.loader import check_edition, load_edition
from qma_app.errors import ContentProblems


def told(standard, content: str | bytes, name: str = "srv.yaml") -> list[str]:
    standard.path(name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return standard.problems()


def test_an_alias_bomb_is_refused_without_being_unrolled(standard) -> None:
    levels = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    levels += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    problems = told(standard, "\n".join(levels))
    assert (
        "srv.yaml line 1: `&a` gives this place a name; delete it; a text that begins with `&` stands in double quotes"
        in problems
    )
    assert sum("`*a` points to another place" in problem for problem in problems) == 1
    assert len(problems) < 30


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000, "- " * 50_000 + "x"])
def test_deep_nesting_is_refused(standard, text: str) -> None:
    assert told(standard, f"id: {text}" if text[0] != "-" else text) == [
        (
            "srv.yaml line 1: lists and groups are nested more than 20 deep; a standard needs no more than ten levels: "
            "mend the indentation or the brackets"
        )
    ]


def test_a_file_of_very_many_values_is_refused(standard) -> None:
    assert told(standard, "- a\n" * (strict_yaml.MAX_NODES + 1)) == [
        (
            "srv.yaml line 200000: the file holds more than 200000 values; split it, or check whether it is a standard "
            "at all"
        )
    ]


def test_a_standard_of_very_many_values_is_refused(standard) -> None:
    read = source.Source(standard.folder, nodes_left=200).read()
    (problem,) = read.problems
    assert str(problem).startswith(
        "srv.yaml: the files of the standard hold more than 400000 values together;"
    )


def test_a_very_large_file_is_refused_without_being_read_to_its_end(standard) -> None:
    with standard.path("srv.yaml").open("wb") as file:
        file.truncate(source.MAX_BYTES * 40)
    assert standard.problems() == [
        (
            "srv.yaml: the files of the standard are larger than 30 MB together; a standard has one or two: check whether "
            "this is the right file"
        )
    ]


def test_one_endless_text_is_refused_for_its_length(standard) -> None:
    standard.write("srv.yaml", "en: Key cabinet at the reception.", "en: " + "Key cabinet. " * 50_000)
    (problem,) = standard.problems()
    assert "`evidence` has 649999 characters" in problem


def test_a_binary_file_is_refused(standard) -> None:
    assert told(standard, b"\x89PNG\r\n\x1a\n\x00\x00") == [
        "srv.yaml line 3: the file is not a text but binary; put a YAML text here, or delete the file"
    ]


def test_a_flood_of_pointers_ends_the_reading(standard) -> None:
    problems = told(standard, "".join(f"- *a{number}\n" for number in range(1000)))
    assert len(problems) == strict_yaml.MAX_PROBLEMS + 1
    assert problems[-1] == (
        "srv.yaml line 100: reading stopped after 100 problems; mend these first, then check again"
    )


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"key{number}: 1\n" for number in range(2000)),
        "id: service\nprocesses:\n" + "  - 1\n" * 2000 + "title: 3\n",
        "id: service\nprocesses:\n"
        + "".join(f"  - {{number: {number}, owner: 1, id: 2}}\n" for number in range(1000)),
    ],
)
def test_a_flood_of_mistakes_is_cut_short(standard, text: str) -> None:
    problems = told(standard, text)
    in_area = [problem for problem in problems if "there are more problems than the 500 named" in problem]
    assert len(in_area) == 1
    assert len(problems) <= 2 * report.MAX_PROBLEMS


def test_a_flood_of_broken_rules_is_cut_short(standard) -> None:
    features = "\n".join(f"          - feature-{number}" for number in range(3000))
    standard.write("srv.yaml", "          - service", features)
    problems = standard.problems()
    assert len(problems) == checks.MAX_PROBLEMS + 1
    assert problems[-1] == (
        "srv.yaml line 538: from here on there are more problems of a kind told 500 times already; mend those first, "
        "then check again"
    )


def test_a_flood_of_features_is_not_compared_one_by_one(standard) -> None:
    features = "".join(f"  - {{id: feature-{number}, title: {{en: Feature}}}}\n" for number in range(500))
    standard.write("standard.yaml", "features:\n", f"features:\n{features}")
    standard.write("srv.yaml", "- service\n", "- xyz\n")
    (problem,) = standard.problems()
    assert problem.endswith("feature-113, feature-114, …")


def test_a_flood_of_areas_is_cut_short(standard) -> None:
    names = [f"a{first}{second}" for first in "abcdefghij" for second in "abcdefghijk"]
    standard.write("standard.yaml", "  - srv\n", "  - srv\n" + "".join(f"  - {name}\n" for name in names))
    problems = standard.problems()
    assert "standard.yaml line 62: 111 areas are listed; list at most 100" in problems
    assert len(problems) == 100


def test_a_flood_of_comments_is_cut_short(standard) -> None:
    assert len(told(standard, "#\n" * 100_000 + "a: 1\n")) < 200


def test_a_letter_under_a_heap_of_accents_is_refused(standard) -> None:
    standard.write("srv.yaml", "en: Key cabinet", "en: e" + "\u0301\u0316" * 20_000 + " Key cabinet")
    standard.write("srv.yaml", "en: Keys hang", 'en: "e' + "\\u0301" * 31 + ' Keys hang"')
    standard.write("srv.yaml", "without a tag.\n", 'without a tag."\n')
    assert [problem for problem in standard.problems() if "accents" in problem] == [
        "srv.yaml line 50: a letter carries more than 30 accents; type the text again",
        "srv.yaml line 52: a letter carries more than 30 accents; type the text again",
    ]


def test_a_key_without_end_is_refused(standard) -> None:
    assert "is empty or longer than 200 characters" in told(standard, f"{'k' * 900}: 1\n")[0]


def test_long_found_texts_are_cut_in_messages(standard) -> None:
    standard.write("srv.yaml", "owner: service-manager", f"owner: {'x' * 5000}")
    assert all(len(problem) < 300 for problem in standard.problems())


def test_a_folder_in_place_of_a_file_is_told(standard) -> None:
    standard.path("standard.yaml").unlink()
    standard.path("standard.yaml").mkdir()
    (problem,) = check_edition(standard.folder)
    assert problem.code == "file.unreadable"


def test_a_folder_without_a_standard_is_told(tmp_path) -> None:
    with pytest.raises(ContentProblems) as caught:
        load_edition(tmp_path / "nowhere")
    assert [problem.code for problem in caught.value.problems] == ["file.missing"]


@pytest.mark.parametrize("text", ["just words", "- a\n- b\n", "3"])
def test_a_file_that_is_no_group_of_keys_is_told(standard, text: str) -> None:
    (problem,) = told(standard, text, "standard.yaml")
    assert "write a group of keys: id, version, status, title" in problem


def test_statements_that_are_all_alike_in_their_rare_words_end_in_time(standard, monkeypatch) -> None:
    """The search for near duplicates gives up instead of comparing each with each."""
    from qma_app.content.checks import similarity

    monkeypatch.setattr(similarity, "_COMPARISONS", 3)
    checkpoints = standard.path("srv.yaml").read_text().split("      - id: keys-tagged")[1]
    for number in range(3, 12):
        text = checkpoints.replace("SRV-01.2", f"SRV-01.{number}").replace(
            "with the order number", f"with the order number of group {number}"
        )
        with standard.path("srv.yaml").open("a") as file:
            file.write(f"      - id: keys-tagged-{number}{text}")
    near = [problem for problem in check_edition(standard.folder) if problem.code == "statement.near"]
    assert 0 < len(near) < 10
