"""The charter says what was agreed and no more, on a page or two, and is a draft until it could be signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.charter import Charter
from qma_app.domain.evidence import EvidenceKind, EvidenceLink
from qma_app.domain.ids import EvidenceLinkId
from qma_app.domain.promise import Promise
from qma_app.domain.target import Gain
from qma_app.i18n import in_language
from qma_app.reports import charter as charter_report
from tests.builders import TODAY, an_engagement
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_photo, a_photo_evidence
from tests.reports.reading_back import body_text, opened, page_text, page_texts, squeezed
from tests.reports.year_house import (
    a_charter,
    a_full_charter,
    a_phase,
    a_promise,
    a_target,
    a_year,
    charter_pdf,
)

WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"


def words_of(reader: FakeReader, **how: Any) -> str:
    return " ".join(body_text(charter_pdf(reader, **how)).split())


def test_it_says_who_what_where_how_long_and_for_which_gain() -> None:
    text = squeezed(body_text(charter_pdf(a_full_charter())))
    for said in (
        "Dealer principal Petra Principal, Managing director",
        "Otto Officer, Quality officer · 20% of the working time for this",
        "Ada Sample · certificate C-001",
        "Every car is ready when it was promised",
        "in these areas: SRV Service",
        "PRT Parts The parts counter belongs to another firm.",
        "18 months, from 12 Jan 2026 to 12 Jul 2027.",
        "Implement 13 Mar 2026 11 May 2026",
        "Customers C15 Ready when promised 81% 95.5% 30 Jun 2027",
        "Locked on 30 Jan 2026",
        "Works council or other staff representation",
        "Change log: 42 entries, head",
    ):
        assert squeezed(said) in text


def test_it_fits_two_pages() -> None:
    assert len(opened(charter_pdf(a_full_charter())).pages) <= 2


def test_the_dealership_promises_first_and_the_coach_after_it() -> None:
    text = words_of(a_full_charter())
    dealership, coach = text.index("What the dealership promises"), text.index("What the coach does for it")
    assert dealership < text.index("P-001") < coach < text.index("P-004") < text.index("Data and staff")
    assert "Ada Sample, coach" in text


def test_what_was_promised_elsewhere_and_what_came_of_it_is_no_part_of_it() -> None:
    reader = a_full_charter()
    reader.add(a_promise(9, what="Promised at a visit"))
    reader.records = [
        replace(one, kept_on=TODAY, outcome="Long done") if isinstance(one, Promise) else one
        for one in reader.records
    ]
    text = words_of(reader)
    assert not [word for word in ("P-009", "Promised at a visit", "Long done", "kept 21") if word in text]


def test_an_area_that_is_left_out_is_not_in_scope() -> None:
    text = words_of(a_full_charter())
    assert "in these areas: SRV Service" in text
    assert "SRV Service, PRT" not in text


def test_it_is_a_draft_until_the_targets_are_locked_or_it_is_signed() -> None:
    assert "DRAFT" in page_texts(charter_pdf(a_year(a_charter())))[0]
    assert "DRAFT" not in page_texts(charter_pdf(a_full_charter()))[0]
    signed = a_charter(signed_on=date(2026, 1, 20), signed_by="P. Principal", place="Musterstadt")
    text = page_text(charter_pdf(a_year(signed)), 1)
    assert "DRAFT" not in text
    assert "Signed on 20 Jan 2026, Musterstadt, P. Principal" in text


def test_the_signed_page_is_named_with_its_hash() -> None:
    reader = a_full_charter()
    evidence = a_photo_evidence(reader, "signed.pdf", a_photo(20, 20), kind=EvidenceKind.DOCUMENT)
    link = EvidenceLink(id=EvidenceLinkId("l"), evidence_id=evidence.id, charter_id=reader.all(Charter)[0].id)
    reader.add(evidence, link)
    assert squeezed(f"Signed page: signed.pdf, SHA-256 {evidence.digest}") in squeezed(words_of(reader))


def test_nothing_written_yet_is_said_and_not_left_empty() -> None:
    text = words_of(a_year(engagement={"principal_id": None, "officer_id": None, "officer_percent": None}))
    for said in (
        "Dealer principal not named yet",
        "Not written yet.",
        "The days of the phases are planned together: Baseline, Implement, Audit.",
        "No target is agreed yet.",
        "Nothing is promised yet.",
    ):
        assert said in text
    assert text.count("place, date, signature") == 2


def test_phases_stand_in_their_order_with_the_wave() -> None:
    reader = a_year(a_phase("audit", 3), a_phase("implement", 2, wave=2), a_phase("implement", 1, wave=1))
    text = words_of(reader)
    assert text.index("Implement, wave 1") < text.index("Implement, wave 2") < text.index("Audit 1")


def test_a_target_whose_start_is_not_known_says_so_and_an_unknown_figure_keeps_its_code() -> None:
    text = words_of(a_year(a_charter(), a_target(Gain.PROFIT, kpi="X99", start=None, due_on=None)))
    assert "Profit X99 not known 95.5 end of programme" in text
    assert "Not locked yet: they may still change." in text


@pytest.mark.parametrize("language", ["en", "de"])
def test_forty_promises_and_long_words_are_printed_whole(language: str) -> None:
    reader = a_full_charter(promises=40, targets=12)
    reader.records = [
        replace(one, aim=f"{WORD} {one.aim}") if isinstance(one, Charter) else one for one in reader.records
    ]
    with in_language(language):
        text = squeezed(body_text(charter_pdf(reader)))
    assert WORD in text
    assert all(f"P-{number:03d}" in text for number in range(1, 41))


def test_a_sample_is_marked_and_the_same_charter_is_made_byte_for_byte() -> None:
    assert "SAMPLE" in page_texts(charter_pdf(a_year(a_charter(), sample=True)))[0]
    reader = a_full_charter()
    assert charter_pdf(reader) == charter_pdf(reader)


def test_it_is_collected_without_anything_but_the_programme() -> None:
    paper = charter_report.collect(a_year(), an_engagement().id, None, on=TODAY)
    assert paper.charter is None
    assert paper.is_draft
