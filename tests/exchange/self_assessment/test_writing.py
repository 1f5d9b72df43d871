"""The workbook a department head gets: only ratings and comments can be changed, and nothing in it is ever a formula."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from qma_app.domain.dealership import Site
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId
from qma_app.errors import ReportTrouble
from qma_app.exchange.self_assessment.writing import collect, write
from tests.builders import (
    GREETING,
    PRICE_AGREED,
    a_checkpoint,
    a_dealership,
    a_site,
    a_text,
    an_edition,
    an_engagement,
)
from tests.exchange.shelf import Shelf, texts_of

SERVICE = AreaId("service")


def made(edition: Edition | None = None, site: Site | None = None, **changes: Any) -> bytes:
    edition = edition or an_edition()
    records = [
        replace(a_dealership(), **changes),
        site or a_site(),
        an_engagement(edition=edition.hash),
    ]
    out = BytesIO()
    write(collect(Shelf(edition, records), an_engagement().id, SERVICE), out)
    return out.getvalue()


def opened(content: bytes) -> Any:
    return load_workbook(BytesIO(content))


def test_there_is_a_row_for_each_checkpoint_that_applies_and_no_other() -> None:
    sheet = opened(made()).worksheets[1]
    assert [row[6].value for row in sheet.iter_rows(min_row=4)] == [
        "service.reception.greeting",
        "service.reception.walk-round",
        "service.reception.own-time",
        "service.repair-order.price-agreed",
    ]
    with_body_shop = opened(made(site=a_site(features=("service", "body-shop")))).worksheets[1]
    assert with_body_shop.max_row == sheet.max_row + 1


def test_a_row_says_number_process_statement_and_what_to_look_at() -> None:
    sheet = opened(made()).worksheets[1]
    assert [cell.value for cell in sheet[3]][:6] == [
        "No.",
        "Process",
        "Checkpoint",
        "What to look at",
        "Rating",
        "Comment",
    ]
    assert [cell.value for cell in sheet[7]][:4] == [
        "SRV-02.1\ncritical",
        "SRV-02 Repair order",
        "The price agreed is as agreed.",
        "Look at the price agreed of three orders.\nSample: 10 repair orders\nEvidence: Orders of the last three months.",
    ]


def test_only_ratings_comments_name_and_day_can_be_changed_and_there_is_no_password() -> None:
    book = opened(made())
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
    open_cells = [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    ]
    ratings = [("Checkpoints", f"{column}{row}") for row in range(4, 8) for column in "EF"]
    assert sorted(open_cells)[: len(ratings)] == sorted(ratings)
    assert [name for name, _cell in open_cells if name != "Checkpoints"] == ["How to fill it in"] * 2


def test_each_rating_has_a_list_with_the_words_of_the_scale() -> None:
    book = opened(made())
    (validation,) = book.worksheets[1].data_validations.dataValidation
    assert str(validation.sqref) == "E4:E7"
    assert (validation.type, validation.showErrorMessage) == ("list", True)
    sheet_name, _mark, cells = validation.formula1.replace("'", "").replace("$", "").partition("!")
    assert [row[0].value for row in book[sheet_name][cells]] == [
        "10 – met",
        "8 – mostly met",
        "6 – partly met",
        "4 – poorly met",
        "0 – not met",
        "not applicable",
        "not seen",
    ]


def test_what_finds_the_rows_again_is_there_but_out_of_sight() -> None:
    book = opened(made())
    points, hidden = book.worksheets[1], book.worksheets[2]
    assert hidden.sheet_state == "hidden"
    assert points.column_dimensions["G"].hidden
    assert points.row_dimensions[1].hidden
    facts = {row[0].value: row[1].value for row in hidden.iter_rows()}
    assert facts["dealership"] == a_dealership().id
    assert facts["edition"] == an_edition().hash
    assert facts["area"] == "service"


def test_the_first_sheet_explains_scale_marks_and_what_happens() -> None:
    said = " ".join(texts_of([opened(made()).worksheets[0]]))
    for words in ("Self-assessment: Service", "Autohaus Beispiel", "mostly met", "critical", "met from 8 points", "not applicable", "not seen", "A row you leave empty counts as not seen."):  # fmt: skip
        assert words in said


@pytest.mark.parametrize("words", ["=1+1", "@SUM(A1)", "+1", "<b>R&D</b>", "a\x00b"])
def test_whatever_the_standard_or_the_house_is_called_nothing_becomes_a_formula(words: str) -> None:
    edition = an_edition(
        checkpoints=[a_checkpoint(GREETING, statement=a_text(words)), a_checkpoint(PRICE_AGREED)]
    )
    book = opened(made(edition, name=words))
    shown = words.replace("\x00", "\ufffd")
    assert book.worksheets[1]["C4"].value == shown
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_sample_is_marked() -> None:
    assert "SAMPLE" in texts_of(opened(made(is_sample=True)))


def test_an_area_in_which_nothing_applies_still_opens() -> None:
    edition = an_edition(checkpoints=[a_checkpoint(GREETING, when=("body-shop",))])
    sheet = opened(made(edition)).worksheets[1]
    assert sheet.max_row == 3
    assert not sheet.data_validations.dataValidation


def test_it_can_be_stopped() -> None:
    edition = an_edition()
    shelf = Shelf(edition, [a_dealership(), a_site(), an_engagement(edition=edition.hash)])
    with pytest.raises(ReportTrouble):
        write(collect(shelf, an_engagement().id, SERVICE), BytesIO(), progress=lambda _share: False)
