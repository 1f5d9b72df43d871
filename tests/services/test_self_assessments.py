"""A department head fills in the workbook, and it comes back as a self-assessment: whole, or not at all with every wrong row named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from qma_app.domain.applicability import applies, premises_of
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Site
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.people import Person, Role
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.wording import outcome_title
from qma_app.errors import ContentProblems, ImportTrouble, NotFound, RuleBroken
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.self_assessment import reading
from qma_app.i18n import in_language
from qma_app.services.dealerships import add_dealership, change_site
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.self_assessments import (
    earlier_import,
    import_self_assessment,
    read_self_assessment,
)
from qma_app.services.undoing import redo, undo
from qma_app.services.workbooks import make_workbook, workbook_choices, workbook_name
from qma_app.services.working import start_working
from tests.services.conftest import Programme

FIRST_ROW, RATING, COMMENT, ID = 4, 5, 6, 7
Edit = Callable[[Any], None]


@pytest.fixture(autouse=True)
def _in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child for each file would take most of the time; one test does."""
    if "through_the_child" not in request.node.name:
        monkeypatch.setattr(reading, "OutsideFile", partial(OutsideFile, is_isolated=False))


@pytest.fixture
def book(programme: Programme, tmp_path: Path) -> Path:
    """The workbook for the area Service, as it is handed to its head."""
    return make_workbook(programme.workspace, "self-assessment", of="SRV", target=tmp_path / "self.xlsx")


def filled(book: Path, *edits: Edit) -> Path:
    """The workbook after somebody worked in it and saved it."""
    opened = load_workbook(book)
    for edit in edits:
        edit(opened)
    opened.save(book)
    return book


def rate(row: int, rating: object, comment: object = None) -> Edit:
    """Write into the row, the first checkpoint being row 0."""

    def write(opened: Any) -> None:
        sheet = opened.worksheets[1]
        sheet.cell(FIRST_ROW + row, RATING).value = rating
        sheet.cell(FIRST_ROW + row, COMMENT).value = comment

    return write


def sign(name: str | None, day: object = None) -> Edit:
    """Write name and day on the first sheet."""

    def write(opened: Any) -> None:
        for row in opened.worksheets[0].iter_rows():
            if row[2].value == "qma:filled-in-by":
                row[1].value = name
            if row[2].value == "qma:filled-in-on":
                row[1].value = day

    return write


def applicable(programme: Programme) -> list[Checkpoint]:
    """The checkpoints of Service in the order of the rows."""
    sheet = [point for point in programme.checkpoints if point.area_id == "service"]
    with programme.workspace.reading() as reader:
        premises = premises_of(reader, programme.dealership.id)
    return [point for point in sheet if applies(point, premises)]


def self_assessment(programme: Programme) -> Assessment:
    with programme.workspace.reading() as reader:
        (found,) = (a for a in reader.all(Assessment) if a.kind is AssessmentKind.SELF_ASSESSMENT)
    return found


def ratings(programme: Programme) -> dict[str, Rating]:
    with programme.workspace.reading() as reader:
        return {str(id): each for id, each in reader.ratings(self_assessment(programme).id).items()}


def problems_of(programme: Programme, book: Path) -> list[str]:
    """What is said of each wrong row; nothing may have been written."""
    with programme.workspace.reading() as reader:
        before = reader.log_head()
    with pytest.raises(ContentProblems) as refused:
        import_self_assessment(programme.workspace, book)
    with programme.workspace.reading() as reader:
        assert reader.log_head() == before
    return [str(problem) for problem in refused.value.problems]


def test_a_file_goes_through_the_child(programme: Programme, book: Path) -> None:
    filled(book, rate(0, "10 – met"), rate(1, 7))
    assert len(problems_of(programme, book)) == 1
    filled(book, rate(1, None))
    assert import_self_assessment(programme.workspace, book).made(Assessment).scope == ("service",)


def test_what_the_head_chose_and_wrote_comes_back_as_a_completed_self_assessment(
    programme: Programme, book: Path
) -> None:
    filled(
        book,
        rate(0, "10 – met", "Every customer is called."),
        rate(1, "4 – poorly met"),
        rate(2, "not applicable", "We have no night drop."),
        rate(3, "not seen", "The archive is in the other house."),
        rate(4, None, "Ask me about this one."),
        sign("E. Beispiel", date(2026, 11, 3)),
    )
    import_self_assessment(programme.workspace, book)
    made = self_assessment(programme)
    assert (made.started_on, made.completed_on, made.is_open) == (date(2026, 11, 3), date(2026, 11, 3), False)
    assert made.scope == ("service",)
    points = applicable(programme)
    found = ratings(programme)
    assert (found[points[0].id].points, found[points[0].id].note) == (10, "Every customer is called.")
    assert found[points[1].id].points == 4
    assert (found[points[2].id].outcome, found[points[2].id].reason) == (
        Outcome.NOT_APPLICABLE,
        "We have no night drop.",
    )
    assert (found[points[3].id].outcome, found[points[3].id].reason) == (
        Outcome.NOT_SEEN,
        "The archive is in the other house.",
    )
    assert (found[points[4].id].outcome, found[points[4].id].note) == (Outcome.OPEN, "Ask me about this one.")
    assert len(found) == 5
    with programme.workspace.reading() as reader:
        (person,) = reader.all(Person, dealership_id=programme.dealership.id)
    assert (person.name, made.assessor_id, found[points[0].id].rated_by) == (
        "E. Beispiel",
        person.id,
        person.id,
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_choice_of_the_list_is_understood_in_every_language(
    programme: Programme, tmp_path: Path, language: str
) -> None:
    target = tmp_path / "self.xlsx"
    make_workbook(programme.workspace, "self-assessment", of="SRV", language=language, target=target)
    hidden = load_workbook(target).worksheets[2]
    choices = [row[1].value for row in hidden.iter_rows() if row[0].value == "choice"]
    filled(target, *(rate(row, choice, "Seen.") for row, choice in enumerate(choices)))
    with programme.workspace.reading() as reader:
        found = read_self_assessment(target, reader)
    assert [(row.outcome, row.points) for row in found.rows] == [
        (Outcome.RATED, 10),
        (Outcome.RATED, 8),
        (Outcome.RATED, 6),
        (Outcome.RATED, 4),
        (Outcome.RATED, 0),
        (Outcome.NOT_APPLICABLE, None),
        (Outcome.NOT_SEEN, None),
    ]
    assert found.problems == ()


@pytest.mark.parametrize(
    "typed",
    [8, 8.0, "8", " 8 ", "8,0", "8 - mostly met", "8 – überwiegend erfüllt", "Mostly  Met", "überwiegend erfüllt", "8: mostly met", "8 mostly met"],
)  # fmt: skip
def test_what_is_typed_or_pasted_is_understood(programme: Programme, book: Path, typed: object) -> None:
    filled(book, rate(0, typed))
    with programme.workspace.reading() as reader:
        (row,) = read_self_assessment(book, reader).rows
    assert (row.outcome, row.points) == (Outcome.RATED, 8)


def test_not_applicable_may_be_typed_in_either_language(programme: Programme, book: Path) -> None:
    words = ["n/a", "N/A", "not applicable", "entfällt", "-"]
    with in_language("de"):
        words.append(outcome_title(Outcome.NOT_APPLICABLE))
    filled(book, *(rate(row, typed, "No such work here.") for row, typed in enumerate(words)))
    with programme.workspace.reading() as reader:
        found = read_self_assessment(book, reader)
    assert {row.outcome for row in found.rows} == {Outcome.NOT_APPLICABLE}
    assert len(found.rows) == len(words)


def test_every_wrong_row_is_named_with_sheet_cell_what_was_found_and_what_is_expected(
    programme: Programme, book: Path
) -> None:
    def lose_id(opened: Any) -> None:
        opened.worksheets[1].cell(FIRST_ROW + 3, ID).value = "service.invented.checkpoint"

    filled(
        book,
        rate(0, 7),
        rate(1, "8 – met"),
        rate(2, "mostly meet"),
        rate(3, 8),
        rate(4, "not applicable"),
        rate(5, "9/10"),
        rate(6, 10, "This one is right."),
        lose_id,
        sign("E. Beispiel", "early in November"),
    )
    said = problems_of(programme, book)
    assert said[0] == (
        "Sheet Checkpoints, E4: “7”; expected one of 10 – met, 8 – mostly met, 6 – partly met, 4 – poorly met, "
        "0 – not met, or “not applicable”"
    )
    assert said[1].startswith("Sheet Checkpoints, E5: “8 – met”; ")
    assert said[2].startswith("Sheet Checkpoints, E6: “mostly meet”; did you mean “mostly met”?")
    assert said[3] == (
        "Sheet Checkpoints, G7: “service.invented.checkpoint”; expected a checkpoint of Service: "
        "take the row from the workbook as it was given"
    )
    assert said[4].startswith("Sheet Checkpoints, E9: “9/10”; ")
    assert said[5] == (
        "Sheet Checkpoints, F8: “not applicable” without a comment; write into the comment why it does not apply"
    )
    assert said[6].startswith("Sheet How to fill it in, B")
    assert said[6].endswith("“early in November”; expected a day such as 2026-11-21")
    assert len(said) == 7


def test_a_row_twice_is_refused_unless_both_say_the_same(programme: Programme, book: Path) -> None:
    def copy(opened: Any) -> None:
        sheet = opened.worksheets[1]
        last = sheet.max_row + 1
        for column in range(1, ID + 1):
            sheet.cell(last, column).value = sheet.cell(FIRST_ROW, column).value

    filled(book, rate(0, 8), copy)
    with programme.workspace.reading() as reader:
        found = read_self_assessment(book, reader)
    assert [problem.is_warning for problem in found.problems] == [True]
    filled(book, rate(0, 6))
    (said,) = problems_of(programme, book)
    assert "stands here a second time (first in row 4); keep one of the two rows" in said


def test_rows_moved_sorted_or_deleted_and_columns_moved_do_no_harm(programme: Programme, book: Path) -> None:
    def shuffle(opened: Any) -> None:
        sheet = opened.worksheets[1]
        sheet.delete_rows(FIRST_ROW + 5)
        sheet.insert_rows(FIRST_ROW)
        sheet.insert_cols(2)
        sheet.title = "Meine Bewertung"

    filled(book, rate(0, 10), rate(1, 6), shuffle)
    import_self_assessment(programme.workspace, book)
    points = applicable(programme)
    assert {id: each.points for id, each in ratings(programme).items()} == {points[0].id: 10, points[1].id: 6}


def test_a_row_whose_hidden_id_was_lost_is_known_by_its_number(programme: Programme, book: Path) -> None:
    def lose_ids(opened: Any) -> None:
        for row in range(FIRST_ROW, opened.worksheets[1].max_row + 1):
            opened.worksheets[1].cell(row, ID).value = None

    filled(book, rate(0, 10), rate(8, 4), lose_ids)
    import_self_assessment(programme.workspace, book)
    points = applicable(programme)
    assert {id: each.points for id, each in ratings(programme).items()} == {points[0].id: 10, points[8].id: 4}


def test_a_formula_without_a_result_is_named(programme: Programme, book: Path) -> None:
    filled(book, rate(0, "=4+4"))
    (said,) = problems_of(programme, book)
    assert said.startswith("Sheet Checkpoints, E4: a formula whose result is not in the file")


def test_the_preview_says_who_what_and_how_much(programme: Programme, book: Path) -> None:
    filled(
        book,
        rate(0, 10),
        rate(1, 8),
        rate(2, "n/a", "Not done here."),
        sign("E. Beispiel", date(2026, 11, 3)),
    )
    count = len(applicable(programme))
    with programme.workspace.reading() as reader:
        lines = list(read_self_assessment(book, reader).lines())
    assert lines == [
        "Autohaus Beispiel (DE-AUTOHA) · SRV Service · Dealer Quality Standard 2026.1",
        "Filled in by E. Beispiel, 3 Nov 2026",
        f"2 rated, 1 not applicable, {count - 3} not seen",
    ]


def test_one_undo_takes_all_of_it_back_and_redo_brings_it_again(programme: Programme, book: Path) -> None:
    filled(book, rate(0, 10), rate(1, 6), sign("E. Beispiel"))
    changes = import_self_assessment(programme.workspace, book)
    undone = undo(programme.workspace, changes)
    with programme.workspace.reading() as reader:
        assert [a.kind for a in reader.all(Assessment)] == [AssessmentKind.BASELINE]
        assert reader.all(Person, dealership_id=programme.dealership.id) == ()
        assert reader.log_head().seq == undone.seq == changes.seq + 1
    redo(programme.workspace, changes)
    assert sorted(each.points or 0 for each in ratings(programme).values()) == [6, 10]


def test_the_day_named_by_the_caller_wins_and_without_any_it_is_today(
    programme: Programme, book: Path, tmp_path: Path
) -> None:
    filled(book, rate(0, 10))
    made = import_self_assessment(programme.workspace, book).made(Assessment)
    assert made.completed_on == programme.workspace.today()
    filled(book, sign(None, "3.11.2026"))
    made = import_self_assessment(programme.workspace, book, on=date(2026, 10, 1)).made(Assessment)
    assert made.completed_on == date(2026, 10, 1)
    assert made.assessor_id is None
    made = import_self_assessment(programme.workspace, book).made(Assessment)
    assert made.completed_on == date(2026, 11, 3)


def test_the_same_file_taken_in_twice_can_be_told(programme: Programme, book: Path) -> None:
    filled(book, rate(0, 10), sign("E. Beispiel", date(2026, 11, 3)))
    with programme.workspace.reading() as reader:
        told = read_self_assessment(book, reader)
        assert earlier_import(reader, told, date(2026, 11, 3)) is None
    made = import_self_assessment(programme.workspace, book).made(Assessment)
    with programme.workspace.reading() as reader:
        found = earlier_import(reader, told, date(2026, 11, 3))
    assert found is not None
    assert found.id == made.id
    with programme.workspace.reading() as reader:
        assert len(reader.all(Person, dealership_id=programme.dealership.id)) == 1


def test_the_standing_is_not_moved_by_it(programme: Programme, book: Path) -> None:
    point = applicable(programme)[0]
    rate_checkpoint(programme.workspace, programme.assessment.id, point.id, points=4)
    filled(book, rate(0, 10))
    import_self_assessment(programme.workspace, book)
    with programme.workspace.reading() as reader:
        assert reader.standing(programme.engagement.id)[point.id].points == 4


def test_an_empty_workbook_is_not_taken_in(programme: Programme, book: Path) -> None:
    with pytest.raises(ImportTrouble, match="Not one checkpoint is rated") as refused:
        import_self_assessment(programme.workspace, book)
    assert refused.value.code == "self.empty"


def test_an_auditor_does_not_take_in_a_self_assessment(programme: Programme, book: Path) -> None:
    filled(book, rate(0, 10))
    start_working(programme.workspace, name="Dana Muster", role=Role.AUDITOR)
    with pytest.raises(RuleBroken) as refused:
        import_self_assessment(programme.workspace, book)
    assert refused.value.code == "role.coach-needed"


def test_the_workbook_of_another_dealership_is_refused(programme: Programme, book: Path) -> None:
    filled(book, rate(0, 10))
    second = add_dealership(programme.workspace, name="Second House", country="AT", code="AT-2")
    other = second.made(Engagement).dealership_id
    with pytest.raises(ImportTrouble, match="made for Autohaus Beispiel; expected one of Second House") as no:
        import_self_assessment(programme.workspace, book, dealership_id=other)
    assert no.value.code == "self.dealership-other"
    import_self_assessment(programme.workspace, book, dealership_id=programme.dealership.id)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("dealership", "self.dealership-unknown"),
        ("programme", "self.programme-other"),
        ("edition", "self.edition-other"),
        ("area", "self.not-ours"),
        ("qma-self-assessment", "self.newer"),
    ],
)
def test_a_workbook_about_something_else_is_refused_with_a_way_out(
    programme: Programme, book: Path, key: str, code: str
) -> None:
    def change(opened: Any) -> None:
        for row in opened.worksheets[2].iter_rows():
            if row[0].value == key:
                row[1].value = 7

    filled(book, rate(0, 10), change)
    with pytest.raises(ImportTrouble) as refused:
        import_self_assessment(programme.workspace, book)
    assert refused.value.code == code
    assert refused.value.way_out


def test_files_that_are_none_of_ours_are_refused(programme: Programme, book: Path, tmp_path: Path) -> None:
    strange = tmp_path / "strange.xlsx"
    Workbook().save(strange)
    text = tmp_path / "list.csv"
    text.write_text("SRV-01.1;8\n")
    nothing = tmp_path / "nothing.xlsx"
    nothing.write_bytes(b"")
    for path, code in (
        (strange, "self.not-ours"),
        (text, "self.not-ours"),
        (nothing, "import.empty"),
        (tmp_path / "gone.xlsx", "import.unreadable"),
    ):
        with pytest.raises(ImportTrouble) as refused:
            import_self_assessment(programme.workspace, path)
        assert refused.value.code == code


def test_a_workbook_without_its_hidden_row_is_refused(programme: Programme, book: Path) -> None:
    def lose(opened: Any) -> None:
        opened.worksheets[1].delete_rows(1)

    filled(book, rate(0, 10), lose)
    with pytest.raises(ImportTrouble) as refused:
        import_self_assessment(programme.workspace, book)
    assert refused.value.code == "self.columns"


def test_what_does_not_apply_any_more_is_left_out_with_a_word(programme: Programme, tmp_path: Path) -> None:
    workspace = programme.workspace
    with workspace.reading() as reader:
        (site,) = reader.all(Site)
        edition: Edition = reader.edition(programme.engagement.edition)
    every = tuple(feature.id for feature in edition.features)
    change_site(workspace, site.id, features=every)
    book = make_workbook(workspace, "self-assessment", of="SRV", target=tmp_path / "self.xlsx")
    rows = [row[ID - 1].value for row in load_workbook(book).worksheets[1].iter_rows(min_row=FIRST_ROW)]
    filled(book, *(rate(row, 8) for row in range(len(rows))))
    change_site(workspace, site.id, features=site.features)
    with workspace.reading() as reader:
        found = read_self_assessment(book, reader)
    assert found.errors == ()
    assert len(found.problems) == len(rows) - len(found.rows) > 0
    assert "does not apply to this dealership any more" in str(found.problems[0])
    import_self_assessment(workspace, book)
    assert len(ratings(programme)) == len(applicable(programme))


def test_the_workbook_is_offered_for_each_area_and_named_after_it(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        choices = [
            c for c in workbook_choices(reader, programme.dealership.id) if c.kind == "self-assessment"
        ]
        assert ("SRV", "SRV Service") in [(choice.of, choice.label) for choice in choices]
        assert (
            workbook_name(reader, "self-assessment", of="SRV")
            == "Autohaus_Beispiel_Self-assessment_workbook_Service.xlsx"
        )
        with pytest.raises(NotFound, match="not said which area"):
            workbook_name(reader, "self-assessment")
        with pytest.raises(NotFound, match="no area or process “XYZ”"):
            workbook_name(reader, "self-assessment", of="XYZ")


def test_the_same_workbook_is_made_byte_for_byte(programme: Programme, book: Path, tmp_path: Path) -> None:
    again = make_workbook(
        programme.workspace, "self-assessment", of="service", target=tmp_path / "again.xlsx"
    )
    assert again.read_bytes() == book.read_bytes()
