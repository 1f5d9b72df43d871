"""The certificate is one page that says exactly what was decided, in both languages, whatever the names are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.certification import CertificateEvent, CertificateStep
from qma_app.i18n import in_language
from qma_app.reports.certificate import content_of
from tests.builders import a_dealership, a_text, an_area, an_edition
from tests.reports.certificate_house import (
    KEY,
    a_certificate,
    a_certified_house,
    certificate_pdf,
    the_certificate,
)
from tests.reports.reading_back import opened, page_text, squeezed

SUSPENDED = CertificateEvent(step=CertificateStep.SUSPENDED, on=date(2027, 7, 20), reason="Majors open")
WITHDRAWN = CertificateEvent(step=CertificateStep.WITHDRAWN, on=date(2027, 7, 21), reason="Closed")


def words(pdf: bytes) -> str:
    assert len(opened(pdf).pages) == 1
    return page_text(pdf, 1)


def text_of(*, on: date = date(2027, 8, 1), signing: Any = KEY, **changes: Any) -> str:
    return words(certificate_pdf(a_certified_house(**changes), on=on, signing=signing))


def test_it_says_who_for_what_by_whom_and_until_when() -> None:
    text = squeezed(text_of())
    for said in (
        "Certificate",
        "C-2027-0012",
        "Autohaus Beispiel GmbH",
        "Musterstraße 1, 12345 Musterstadt",
        "SRV Service",
        "Not in the scope: PRT Parts",
        "86.4%",
        "pass mark 80%",
        "Audited 14 Jun 2027 – 16 Jun 2027",
        "Decided 1 Jul 2027",
        "Valid 1 Jul 2027 – 30 Jun 2030",
        "Surveillance by 1 Jul 2028 · 1 Jul 2029",
        "Audit report R-2027-0093",
        "Dora Decker certificate E-003",
        "Lea Lead certificate A-007",
        "ab12ab12",
        "It says nothing about single repairs",
        "TRIAL",
    ):
        assert squeezed(said) in text, said
    assert not [word for word in ("ISO", "DRAFT", "SAMPLE", "accredit") if word in text]


@pytest.mark.parametrize(
    ("changes", "on", "said"),
    [
        ({}, date(2027, 8, 1), "VALID"),
        ({}, date(2027, 6, 30), "NOT VALID YET"),
        ({}, date(2030, 7, 1), "EXPIRED SINCE 1 JUL 2030"),
        ({"is_conditional": True}, date(2027, 8, 1), "VALID ON CONDITION: MAJORS CLOSED BY 29 SEPT 2027"),
        ({"events": (SUSPENDED,)}, date(2027, 8, 1), "SUSPENDED SINCE 20 JUL 2027"),
        ({"events": (SUSPENDED, WITHDRAWN)}, date(2027, 8, 1), "WITHDRAWN SINCE 21 JUL 2027"),
    ],
)
def test_its_state_stands_on_it_with_the_day(changes: dict[str, Any], on: date, said: str) -> None:
    text = text_of(on=on, **changes)
    assert said in text
    assert ("meets its rules" in text) is not said.startswith(("EXPIRED", "SUSPENDED", "WITHDRAWN"))


def test_what_replaces_it_ends_it() -> None:
    next_one = a_certificate(
        id="next", number="C-2028", valid_from=date(2027, 7, 15), replaces=a_certificate().id
    )
    assert "EXPIRED SINCE 15 JUL 2027" in words(certificate_pdf(a_certified_house(next_one)))


@pytest.mark.parametrize(
    ("level", "shown"), [("7999/100", "79.99%"), ("79999/1000", "79.999%"), ("80", "80.0%")]
)
def test_a_level_never_seems_to_reach_what_it_does_not(level: str, shown: str) -> None:
    assert shown in text_of(level=level)


def test_without_a_key_it_is_a_draft_and_a_sample_says_so() -> None:
    reader = a_certified_house()
    reader.records = [
        replace(one, is_sample=True) if one == a_dealership() else one for one in reader.records
    ]
    text = words(certificate_pdf(reader, signing=None))
    assert "DRAFT" in text
    assert "SAMPLE" in text
    assert "TRIAL" not in text
    assert "Not signed" in text


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    ("name", "is_whole"),
    [
        ("Autohaus " + "W" * 50, True),
        ("Haus und Hof " * 15, True),
        ("Haus und Hof " * 1500, False),
        ("W" * 20_000, False),
        ("מוסך לדוגמה", True),
        ("車" * 200, False),
    ],
)
def test_any_name_stays_inside_the_frame_of_the_one_page(language: str, name: str, is_whole: bool) -> None:
    areas = [
        replace(an_area(f"a{place}"), code=f"A{place:02}", title=a_text(name[:80])) for place in range(14)
    ]
    edition = an_edition(areas=areas)
    scope = tuple(area.id for area in areas)
    with in_language(language):
        pdf = certificate_pdf(a_certified_house(edition=edition, scope=scope, holder=name, address=name))
    assert len(opened(pdf).pages) == 1
    page = opened(pdf).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)
    places: list[tuple[float, float]] = []

    def keep(text: str, _page: list[float], matrix: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            places.append((matrix[4], matrix[5]))

    page.extract_text(visitor_text=keep)
    assert len(places) > 30
    assert all(50 < x < 800 and 36 < y < 560 for x, y in places)
    if language == "en":
        assert ("the attached data hold them all" in page_text(pdf, 1)) is not is_whole


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("overall level", "pass mark 80%")),
        ("de", ("Gesamterfüllungsgrad", "Bestehensgrenze 80 %")),
    ],
)
def test_the_words_beside_the_level_stand_whole_in_the_rosette(language: str, said: tuple[str, str]) -> None:
    with in_language(language):
        shown = squeezed(words(certificate_pdf(a_certified_house())))
    assert all(squeezed(one) in shown for one in said)


def test_fourteen_areas_are_all_named() -> None:
    areas = [
        replace(an_area(f"a{place}"), code=f"A{place:02}", title=a_text(f"Area number {place}"))
        for place in range(14)
    ]
    edition = an_edition(areas=areas)
    text = text_of(edition=edition, scope=tuple(area.id for area in areas))
    assert all(f"A{place:02} Area number {place}" in text for place in range(14))
    assert "No area of the standard is left out." in text


def test_the_same_certificate_gives_the_same_bytes_and_every_font_is_inside() -> None:
    pdf = certificate_pdf(a_certified_house())
    assert pdf == certificate_pdf(a_certified_house())
    fonts = opened(pdf).pages[0]["/Resources"]["/Font"].values()
    assert all("/FontFile2" in font.get_object()["/FontDescriptor"] for font in fonts)


def test_a_number_that_had_lapsed_by_then_is_not_named() -> None:
    paper = the_certificate(a_certified_house(audited_to=date(2027, 6, 17)))
    assert paper.lead_auditor.certificate == ""
    assert paper.decision_maker.certificate == "E-003"


def test_its_data_hold_what_it_shows() -> None:
    content = content_of(
        the_certificate(a_certified_house(events=(SUSPENDED, replace(WITHDRAWN, on=date(2029, 1, 1)))))
    )
    assert (content.state, content.level, content.level_shown) == ("suspended", "1037/12", "86.4%")
    assert [event.step for event in content.events] == ["suspended"]
    assert [area.code for area in content.left_out] == ["PRT"]
    assert (content.basis.report_digest, content.is_trial) == ("c" * 64, True)
