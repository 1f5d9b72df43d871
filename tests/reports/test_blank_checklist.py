"""A blank checklist asks what applies, has room to write, starts a page for each process, and tears no checkpoint in two."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from qma_app.domain.edition import Edition, Named, StaffCondition
from qma_app.domain.ids import AreaId, ProcessId
from qma_app.errors import ReportTrouble
from qma_app.i18n import in_language
from qma_app.reports import blank_checklist
from qma_app.reports.blank_checklist.blocks import RatingBoxes, SampleGrid
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.progress import Progress
from qma_app.reports.text import Typesetter
from tests.builders import (
    a_checkpoint,
    a_dealership,
    a_person,
    a_process,
    a_site,
    a_text,
    an_area,
    an_edition,
    an_engagement,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_large_edition
from tests.reports.reading_back import body_text, opened, page_texts, squeezed

SERVICE = AreaId("service")
FOOT_OF_PAGE, EDGE = 63.0, 56.0


def a_blank_house(edition: Edition, **dealership: Any) -> FakeReader:
    return FakeReader(
        [replace(a_dealership(), **dealership), a_site(), a_person(), an_engagement(edition=edition.hash)],
        [edition],
    )


def printed(
    edition: Edition | None = None, about: AreaId | ProcessId = SERVICE, heard: Any = None, **how: Any
) -> bytes:
    edition = edition or an_edition()
    reader = how.pop("reader", None) or a_blank_house(edition, **how)
    out = BytesIO()
    paper = blank_checklist.collect(reader, an_engagement().id, about)
    blank_checklist.draw(paper, out, progress=Progress(heard))
    return out.getvalue()


def words_of(pdf: bytes) -> str:
    return " ".join(body_text(pdf).split())


def an_edition_of(checkpoints: int, processes: int = 2, **how: Any) -> Edition:
    """Service with so many processes of so many checkpoints."""
    made = [
        a_process(
            f"service.process-{place}",
            [
                a_checkpoint(f"service.process-{place}.point-{row}", number=f"SRV-{place:02d}.{row}", **how)
                for row in range(1, checkpoints + 1)
            ],
            number=f"SRV-{place:02d}",
        )
        for place in range(1, processes + 1)
    ]
    return an_edition(areas=[an_area("service", made)])


def test_the_head_names_house_area_and_edition_and_has_lines_for_date_and_coach() -> None:
    first = page_texts(printed())[0]
    for words in ("SRV Service", "Autohaus Beispiel, Musterstadt", "AB1", "DEALER QUALITY STANDARD 2026.1", "Date", "Coach", "Ada Sample", "Place", "Spoken with", "4 checkpoints"):  # fmt: skip
        assert words in first


def test_a_checkpoint_has_number_statement_guidance_sample_rating_boxes_and_a_finding_box() -> None:
    text = words_of(printed(about=ProcessId("service.repair-order")))
    assert squeezed("SRV-02.1 critical met from 8") in squeezed(text)
    assert squeezed(
        "The price agreed is as agreed. Look at the price agreed of three orders. "
        "Evidence: Orders of the last three months. Sample: 10 repair orders"
    ) in squeezed(text)
    assert "0 4 6 8 10 n/a not seen Finding" in text


def test_each_checkpoint_that_applies_is_asked_once_and_the_others_are_listed_with_the_reason() -> None:
    text = words_of(printed())
    for number in ("SRV-01.1", "SRV-01.2", "SRV-01.3", "SRV-02.1", "SRV-02.2"):
        assert len(re.findall(rf"{re.escape(number)}(?!\d)", text)) == 1
    assert text.count("not seen Finding") == 4
    assert "Does not apply here" in text
    assert "SRV-02.2 The parts ready is as agreed. asked only with: Body shop" in text


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"when": ("not-service",)}, "asked only without: Service"),
        ({"when_staff": (StaffCondition(sign=">=", count=50),)}, "asked only from 50 staff on"),
        ({"when_staff": (StaffCondition(sign="<", count=10),)}, "asked only below 10 staff"),
        (
            {"when": ("body-shop",), "when_staff": (StaffCondition(sign="=", count=3),)},
            "asked only with: Body shop; asked only with exactly 3 staff",
        ),
    ],
)
def test_the_reason_names_every_condition_that_is_not_met(how: Any, reason: str) -> None:
    edition = an_edition(
        checkpoints=[a_checkpoint(), a_checkpoint("service.reception.other", **how)],
        features=(
            Named(id="service", title=a_text("Service")),
            Named(id="body-shop", title=a_text("Body shop")),
        ),
    )
    assert reason in words_of(printed(edition))


def test_every_process_begins_a_page() -> None:
    pages = page_texts(printed(an_edition_of(2, processes=3)))
    assert len(pages) == 3
    assert [re.findall(r"SRV-0\d(?!\.|\d)", page)[0] for page in pages] == ["SRV-01", "SRV-02", "SRV-03"]


def test_one_process_can_be_printed_alone() -> None:
    pages = page_texts(printed(about=ProcessId("service.reception")))
    assert len(pages) == 1
    assert "SRV-01 Reception" in pages[0]
    assert "SRV-02" not in pages[0]


def test_no_checkpoint_is_torn_over_two_pages() -> None:
    pages = page_texts(printed(an_edition_of(11, processes=1, sample=10)))
    assert len(pages) > 2
    for page in pages:
        assert page.count("Sample: 10") == page.count("Finding") > 0
    assert "SRV-01 Process 1, continued" in pages[1]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("checkpoints", [1, 3, 5, 8])
def test_nothing_stands_outside_the_page_and_no_page_is_empty(language: str, checkpoints: int) -> None:
    with in_language(language):
        pdf = printed(an_edition_of(checkpoints, processes=2, sample=30, critical=True))
    for page in opened(pdf).pages:
        places: list[tuple[float, float]] = []

        def keep(
            text: str, _page: Any, matrix: list[float], _font: Any, _size: Any, places: Any = places
        ) -> None:
            if text.strip():
                places.append((matrix[4], matrix[5]))

        page.extract_text(visitor_text=keep)
        assert all(EDGE - 1 <= x < 595 - EDGE and 30 < y < 842 for x, y in places)
        assert sum(y > FOOT_OF_PAGE for _x, y in places) > 3


def test_the_scale_stands_at_the_foot_of_every_page() -> None:
    for page in page_texts(printed(an_edition_of(4))):
        assert "0 not met · 4 poorly met · 6 partly met · 8 mostly met · 10 met" in page
        assert "n/a: not applicable, write why" in page


def test_a_process_in_which_nothing_applies_says_so() -> None:
    edition = an_edition(checkpoints=[a_checkpoint(when=("body-shop",))])
    text = words_of(printed(edition))
    assert "No checkpoint of it applies to this dealership." in text
    assert "asked only with: Body shop" in text


def test_texts_that_are_missing_or_without_end_still_print() -> None:
    bare = a_checkpoint("service.reception.bare", guidance=a_text(), evidence=a_text(), failure=a_text())
    long = a_checkpoint("service.reception.long", guidance=a_text("word " * 3_000))
    text = words_of(printed(an_edition(checkpoints=[bare, long])))
    assert squeezed("The bare is as agreed. 0 4 6") in squeezed(text)
    assert text.count("word") == 3_000


def test_a_text_that_is_not_translated_is_marked() -> None:
    with in_language("de"):
        text = words_of(printed(about=ProcessId("service.reception")))
    assert "Für greeting gilt das Vereinbarte." in text
    assert (
        "Look at the greeting of three orders.\N{NO-BREAK SPACE}[EN]".replace("\N{NO-BREAK SPACE}", " ")
        in text
    )


def test_hostile_names_are_printed_as_words() -> None:
    text = squeezed(body_text(printed(name="<b>R&D</b> \x00 GmbH")))
    assert "<b>R&D</b>" in text
    assert "Notprintedasitwastyped" in text or "\ufffd" in text


def test_a_sample_is_marked_on_every_page() -> None:
    assert all("SAMPLE" in page for page in page_texts(printed(is_sample=True)))


def test_the_same_checklist_is_made_byte_for_byte() -> None:
    assert printed() == printed()


def test_it_can_be_stopped() -> None:
    with pytest.raises(ReportTrouble):
        printed(a_large_edition(), heard=lambda share: share < 0.5)


def test_a_sample_of_any_size_fits_the_column() -> None:
    setter = Typesetter(PaperFonts())
    heights = [SampleGrid(setter, "Sample", size).height(400) for size in (1, 5, 25, 26, 100)]
    assert heights == sorted(heights)
    assert heights[1] == heights[0]


def test_boxes_that_do_not_fit_one_row_go_on_in_the_next() -> None:
    boxes = RatingBoxes(Typesetter(PaperFonts()), range(31), ("n/a", "not seen"), "Finding")
    assert boxes.height(420) > boxes.height(2_000)
