"""No word, in whatever field, stops a report, loads a file or leaves its column."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qma_app.domain.assessment import AreaRemark, Reopening
from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import AreaId
from qma_app.domain.rating import Sample, SampleRecord
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_dealership,
    a_finding,
    a_person,
    a_rating,
    a_rating_not_applicable,
    a_site,
    an_assessment,
    an_edition,
    an_engagement,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_photo, a_photo_evidence, link_to
from tests.reports.reading_back import body_text, made, opened, page_texts, squeezed

HOSTILE = {
    "markup": '<b>x</b> <img src="/etc/hostname"/> a<b & &#0; <a href="javascript:x">y</a> <font size=99999>',
    "formula": "=1+1 +2 -3 @x",
    "brackets": "((( \\ ))) \\( \\n %PDF endobj stream",
    "nul": "a\x00b\x07c\x1b[31m",
    "lone surrogate": "a\ud83db\udc00",
    "direction override": "abc\u202edef\u2066ghi",
    "noncharacter": "a\ufffeb\U0001ffffc",
    "one megabyte": "word " * 200_000,
    "one word of a megabyte": "W" * 1_000_000,
    "line ends": "\n" * 60 + "end",
    "hebrew": "מחיר ההצעה (כולל מס) הוא 1,250 והרכב מוכן.",
    "arabic": "السعر مكتوب على الطلب الموقّع (1250) والسيارة جاهزة.",
    "chinese": "价格写在签字的订单上。",
    "emoji": "🚗🔧👩‍🔧 ✅ ⚠️",
    "marks": "e\u0301\u0301\u0301\u0301 a\u0300",
    "empty": "",
    "spaces": "   \u00a0\u2003\t ",
}


def a_house_that_says(words: str) -> FakeReader:
    """The same words in every field anybody can type in."""
    edition = an_edition()
    scope = tuple(area.id for area in edition.areas)
    person = a_person()
    said: dict[str, Any] = {"summary": words, "remarks": tuple(AreaRemark(area_id=AreaId(id), text=words) for id in scope), "reopenings": (Reopening(at=NOW, who=person.id, reason=words),)}  # fmt: skip
    reader = FakeReader(
        [
            replace(a_dealership(), name=words, code=words, city=words),
            replace(a_site(), name=words, address=words),
            replace(person, name=words),
            an_engagement(edition=edition.hash),
            an_assessment(1, scope=scope, completed_at=NOW, completed_on=TODAY, **said),
            a_rating(8, note=words, sample=Sample(records=(SampleRecord(label=words, conforms=True),))),
            replace(a_rating_not_applicable(PRICE_AGREED), reason=words or "x", note=words),
            a_finding(statement=words, requirement=words, evidence=words, grade_reason=words, place=words, owner=words, closing_note=words, raised_by=person.id),
        ],
        [edition],
    )  # fmt: skip
    for name, target in (("one", {"finding_id": a_finding().id}), ("two", {"assessment_id": an_assessment(1).id, "checkpoint_id": GREETING})):  # fmt: skip
        evidence: Evidence = a_photo_evidence(reader, name, a_photo(80, 60, seed=ord(name[0])), caption=words)
        reader.add(replace(evidence, name=words), link_to(evidence, **target))
    return reader


@pytest.mark.parametrize("name", [name for name in HOSTILE if "megabyte" not in name])
def test_a_report_is_made_whatever_is_written(name: str) -> None:
    pdf = made(a_house_that_says(HOSTILE[name]), "audit")
    assert len(opened(pdf).pages) >= 5
    assert pdf.count(b"/Subtype /Image") == 2
    assert b"/URI" not in pdf


@pytest.mark.parametrize("name", ["markup", "formula", "brackets", "marks"])
def test_what_can_be_printed_is_printed_as_it_was_typed(name: str) -> None:
    assert squeezed(body_text(made(a_house_that_says(HOSTILE[name])))).count(squeezed(HOSTILE[name])) >= 12


@pytest.mark.parametrize("name", ["nul", "lone surrogate", "direction override", "chinese"])
def test_what_cannot_be_printed_is_marked_and_explained_on_the_last_page(name: str) -> None:
    texts = page_texts(made(a_house_that_says(HOSTILE[name])))
    last = " ".join(texts[-1].split())
    assert "What could not be printed" in last
    assert "\ufffd" in "".join(texts)
    assert "SRV-01.1, note" in " ".join(" ".join(texts[-2:]).split()) or "first in" in last


def test_letters_without_a_font_are_named() -> None:
    text = " ".join(body_text(made(a_house_that_says("价 🚗"))).split())
    assert "U+4EF7" in text
    assert "U+1F697 Automobile" in text


@pytest.mark.parametrize("name", ["one megabyte", "one word of a megabyte"])
def test_a_megabyte_in_every_field_is_cut_visibly(name: str) -> None:
    pdf = made(a_house_that_says(HOSTILE[name]))
    last = " ".join(page_texts_of_last(pdf).split())
    assert "Texts too long for paper" in last
    assert "1,000,000 characters in the app" in last


def page_texts_of_last(pdf: bytes) -> str:
    pages = opened(pdf).pages
    return "".join(page.extract_text() for page in pages[-2:])


def test_the_outline_and_the_title_carry_only_what_can_be_shown() -> None:
    pdf = opened(made(a_house_that_says("a\x00b\ud83dc")))
    assert pdf.metadata.title == "Baseline report · a\ufffdb\ufffdc"
