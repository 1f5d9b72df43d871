"""One form for one content, whatever was written."""

from __future__ import annotations

import unicodedata

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.content.canonical import KEY_ORDER, canonical_text
from qma_app.content.nodes import Value, value_of
from qma_app.content.schema import AREA, CHECKPOINT, PROCESS, RULES, STANDARD
from qma_app.content.shapes import Fields, ListOf
from qma_app.content.strict_yaml import read_document


def load(text: str) -> Value:
    document = read_document(text.encode(), "x.yaml")
    assert document.problems == ()
    assert document.comment_lines == ()
    assert document.root is not None
    return value_of(document.root)


AWKWARD = (
    "no yes null ~ 1.10 3 -0 true a: :a #a [a] {a} a\\nb \"a\" 'a' a'b \\ %a @a `a !a &a *a | > --- ... << 1_000 12:30 "
    "0x1F 1e3 = .5 2026-11-21 2026-11-21T10:00:00Z é e\u0301 \U0001f600 \ufeffa a\u202eb"
)
SPACED = ["a: b", "a #b", "- a", "? a", " a", "a ", "a\tb", "a\nb", "a\u2028b", "a\x85b", "a\xa0b", ""]
awkward = st.sampled_from([*AWKWARD.split(), *SPACED])
texts = st.one_of(st.text(max_size=30), awkward)
keys = st.one_of(st.sampled_from(sorted(KEY_ORDER)), texts.filter(str.strip)).map(
    lambda key: unicodedata.normalize("NFC", key)
)
scalars = st.one_of(
    st.booleans(), st.integers(-(10**14), 10**14), texts.map(lambda text: unicodedata.normalize("NFC", text))
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=20,
)
documents = st.dictionaries(keys, values, min_size=1, max_size=6)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_the_form_keeps_the_content_and_changes_no_second_time(document: dict[str, Value]) -> None:
    text = canonical_text(document)
    assert load(text) == document
    assert canonical_text(document) == canonical_text(load(text))  # type: ignore[arg-type]
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text


@settings(max_examples=200, deadline=None)
@given(st.lists(awkward, max_size=6))
def test_other_readers_of_yaml_read_the_same_texts(words: list[str]) -> None:
    """What is plain to us is plain to them: no number, date or truth value comes of a text."""
    document: dict[str, Value] = {"words": [unicodedata.normalize("NFC", word) for word in words]}
    assert yaml.safe_load(canonical_text(document)) == document


def test_a_checkpoint_looks_as_authors_write_it() -> None:
    document: dict[str, Value] = {
        "replaces": [],
        "remark": "See: the other one",
        "when": ["service", {"staff": ">= 10"}],
        "impact": {"profit": 2, "cx": 3, "ex": 0},
        "sample": {"of": {"en": "repair orders"}, "size": 10},
        "statement": {"de": "Satz.", "en": "A sentence with “marks”, a colon at 16:30 and a #."},
        "actions": [{"en": "One."}, {"en": "Two."}],
        "critical": False,
        "number": "SRV-04.2",
        "id": "price-agreed",
        "clauses": ["ISO 9001:2015 8.2.3"],
        "version": "2026.1",
        "share": "2/3",
        "zebra": {},
        "apple": [["a", "b"], []],
    }
    assert canonical_text(document) == (
        "id: price-agreed\n"
        "number: SRV-04.2\n"
        'version: "2026.1"\n'
        "critical: false\n"
        "share: 2/3\n"
        "statement:\n"
        '  en: "A sentence with “marks”, a colon at 16:30 and a #."\n'
        "  de: Satz.\n"
        "actions:\n"
        "  - en: One.\n"
        "  - en: Two.\n"
        "sample:\n"
        "  size: 10\n"
        "  of:\n"
        "    en: repair orders\n"
        "impact: {cx: 3, ex: 0, profit: 2}\n"
        "clauses:\n"
        "  - ISO 9001:2015 8.2.3\n"
        "when:\n"
        "  - service\n"
        '  - {staff: ">= 10"}\n'
        "replaces: []\n"
        'remark: "See: the other one"\n'
        "apple:\n"
        "  - - a\n"
        "    - b\n"
        "  - []\n"
        "zebra: {}\n"
    )


def test_an_empty_document_is_an_empty_group() -> None:
    assert canonical_text({}) == "{}\n"


@pytest.mark.parametrize("fields", [CHECKPOINT, PROCESS, AREA, RULES, STANDARD])
def test_every_known_key_has_its_place_in_the_order(fields: Fields) -> None:
    known = list(fields.keys)
    assert known == sorted(known, key=KEY_ORDER.__getitem__)
    for key in fields.keys.values():
        shape = key.shape.shape if isinstance(key.shape, ListOf) else key.shape
        if isinstance(shape, Fields):
            assert list(shape.keys) == sorted(shape.keys, key=KEY_ORDER.__getitem__)
