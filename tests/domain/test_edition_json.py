"""An edition is kept as one text and named by it."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.edition import (
    Area,
    Checkpoint,
    Edition,
    EditionStatus,
    GradeRules,
    Impact,
    Named,
    Phase,
    Process,
    ResultRules,
    SampleRule,
    SampleSpec,
    StaffCondition,
    Step,
    Text,
)
from qma_app.domain.edition_json import edition_from_json, edition_to_json, hash_of, hash_of_text
from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, ProcessId
from qma_app.errors import StorageTrouble
from qma_app.i18n import in_language

HASH = EditionHash("0" * 64)


def en(text: str) -> Text:
    return Text(texts={"en": text})


def a_checkpoint(**changes: Any) -> Checkpoint:
    return replace(
        Checkpoint(
            id=CheckpointId("service.repair-order.price-agreed"),
            number="SRV-01.1",
            weight=3,
            is_critical=True,
            statement=Text(
                texts={"en": "The price stands on the order.", "de": "Der Preis steht im Auftrag."}
            ),
            guidance=en("Draw orders."),
            evidence=en("Orders."),
            failure=en("No price."),
            actions=(en("Print it."), en("Sign it.")),
            impact=Impact(cx=3, ex=0, profit=2),
            sample=SampleSpec(size=10, of=en("orders")),
            clauses=("ISO 9001:2015 8.2.3",),
            kpis=("C15", "P01"),
            when=("service", "not-body-shop"),
            when_staff=(StaffCondition(sign=">=", count=10),),
            replaces=(CheckpointId("service.order.price"),),
            remark="Split in two",
        ),
        **changes,
    )


def an_edition(*checkpoints: Checkpoint, **changes: Any) -> Edition:
    process = Process(
        id=ProcessId("service.repair-order"),
        number="SRV-01",
        title=en("Repair order"),
        purpose=en("Agree first."),
        owner="service-manager",
        checkpoints=checkpoints or (a_checkpoint(),),
    )
    edition = Edition(
        hash=HASH,
        standard="sample",
        version="2026.1",
        status=EditionStatus.RELEASED,
        title=en("Sample Standard"),
        languages=("en", "de"),
        scale=(Step(points=0, title=en("not met")), Step(points=10, title=en("met"))),
        rules=ResultRules(
            pass_mark=80,
            area_floor=70,
            coverage=Fraction(2, 3),
            critical_points=10,
            critical_sample_cap=0,
            sample=(SampleRule(share=Fraction(1), points=10), SampleRule(share=Fraction(0), points=0)),
            grades=GradeRules(
                a_from=90, b_from=80, a_element_floor=80, c_element_floor=70, b_critical_points=0
            ),
            area_weights={AreaId("service"): 2},
            conditional_days=60,
        ),
        phases=(Phase(id="baseline", title=en("Baseline")),),
        features=(Named(id="service", title=en("Workshop")),),
        roles=(Named(id="service-manager", title=en("Service manager")),),
        cause_categories=(Named(id="people", title=en("People")),),
        origins=(Named(id="employee", title=en("Employee")),),
        areas=(Area(id=AreaId("service"), code="SRV", title=en("Service"), processes=(process,)),),
        remark="For the pilot",
    )
    return replace(edition, **changes)


def test_an_edition_comes_back_as_it_was() -> None:
    edition = an_edition()
    assert edition_from_json(edition_to_json(edition), HASH) == edition


def test_what_is_empty_is_left_out_and_comes_back() -> None:
    bare = a_checkpoint(
        sample=None,
        clauses=(),
        kpis=(),
        when=(),
        when_staff=(),
        replaces=(),
        remark="",
        actions=(),
        evidence=Text(),
    )
    edition = an_edition(bare, remark="", phases=(), features=(), roles=(), cause_categories=(), origins=())
    text = edition_to_json(edition)
    for key in ("clauses", "kpis", "when", "when_staff", "replaces", "remark"):
        assert f'"{key}"' not in text
    assert edition_from_json(text, HASH) == edition
    nothing = replace(edition, areas=(), languages=(), scale=(), version="")
    assert edition_from_json(edition_to_json(nothing), HASH) == nothing


def test_the_text_has_one_form_sorted_without_spaces_and_in_nfc() -> None:
    text = edition_to_json(an_edition(a_checkpoint(failure=en("Pru\u0308fung\n\u0303 fehlt"))))
    assert '"failure":{"en":"Prüfung\\n\u0303 fehlt"}' in text
    content = json.loads(text)
    assert text == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert '"coverage":"2/3"' in text
    assert "hash" not in content
    assert content["areas"][0]["processes"][0]["checkpoints"][0]["impact"] == [3, 0, 2]


def test_the_order_in_which_languages_were_written_does_not_matter() -> None:
    one = Text(texts={"en": "A.", "de": "B."})
    other = Text(texts={"de": "B.", "en": "A."})
    assert hash_of(an_edition(title=one)) == hash_of(an_edition(title=other))


def test_the_hash_is_that_of_the_text_and_follows_each_change() -> None:
    edition = an_edition()
    text = edition_to_json(edition)
    assert hash_of(edition) == hash_of_text(text) == hashlib.sha256(text.encode("utf-8")).hexdigest()
    changed = [
        an_edition(version="2026.2"),
        an_edition(status=EditionStatus.DRAFT),
        an_edition(a_checkpoint(weight=2)),
        an_edition(a_checkpoint(when=())),
        an_edition(a_checkpoint(remark="")),
        an_edition(a_checkpoint(impact=Impact(cx=3, ex=1, profit=2))),
        an_edition(rules=replace(edition.rules, conditional_days=90)),
    ]
    assert len({hash_of(one) for one in [edition, *changed]}) == len(changed) + 1


def test_the_hash_of_an_edition_stays_what_it_is_today() -> None:
    """Signed audits name it: whoever changes the form must not rename the editions that are kept."""
    assert hash_of(an_edition()) == "1ecd6d0d865ed2009177aec64f6d96b7ebd562f5cbe45baba1375f0daf6c196c"


def test_a_text_without_english_falls_back_on_the_first_language() -> None:
    title = Text(texts={"fr": "Norme", "de": "Norm"})
    edition = an_edition(languages=("fr", "de"), title=title)
    kept = edition_from_json(edition_to_json(edition), HASH)
    assert kept == edition
    with in_language("es"):
        assert str(kept.title) == "Norme"
    assert edition_from_json(edition_to_json(replace(edition, title=en("Only English"))), HASH).title == en(
        "Only English"
    )


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", "3", '{"languages":["en"]}', '{"languages":[],"standard":"x"}', "[" * 100_000],
)
def test_a_damaged_text_is_told_as_such(text: str) -> None:
    with pytest.raises(StorageTrouble) as caught:
        edition_from_json(text, HASH)
    assert caught.value.code == "edition.unreadable"
    assert caught.value.params["edition"] == HASH


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2/3"', '"2/0"'),
        ('"coverage":"2/3"', '"coverage":[]'),
        ('"released"', '"lost"'),
        ("[3,0,2]", "[3,0]"),
    ],
)
def test_a_text_with_one_damaged_value_is_told_as_such(old: str, new: str) -> None:
    text = edition_to_json(an_edition())
    assert old in text
    with pytest.raises(StorageTrouble):
        edition_from_json(text.replace(old, new), HASH)


words = st.text(min_size=1, max_size=20).map(lambda text: unicodedata.normalize("NFC", text))


@settings(max_examples=100, deadline=None)
@given(words, st.dictionaries(st.sampled_from(["en", "de", "ar"]), words, min_size=1), st.fractions(0, 1))
def test_any_words_come_back_as_they_were(remark: str, texts: dict[str, str], share: Fraction) -> None:
    edition = an_edition(a_checkpoint(remark=remark, guidance=Text(texts=texts)))
    edition = replace(edition, rules=replace(edition.rules, coverage=share))
    text = edition_to_json(edition)
    assert edition_from_json(text, HASH) == edition
    assert edition_to_json(edition_from_json(text, HASH)) == text
