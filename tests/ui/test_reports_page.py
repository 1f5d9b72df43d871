"""A paper is looked at while it is written, saved with one key, and never half."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import AreaId, AssessmentId
from qma_app.errors import QmaError
from qma_app.services.assessments import (
    complete_assessment,
    discard_assessment,
    reopen_assessment,
    write_summary,
)
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from tests.ui.showroom import DEALERSHIP
from ui.pages.reports_page import ReportsPage
from ui.places import Place
from ui.reports_view import printing
from ui.reports_view.papers import WORKBOOK, Built
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.showroom_fixtures"]


@pytest.fixture
def page(qtbot: QtBot, showroom: Workbench, tmp_path: Path) -> Iterator[ReportsPage]:
    """Reports with the preview of the open assessment, saving into a folder of the test."""
    showroom.settings.put("reports_folder", str(tmp_path / "papers"))
    page = ReportsPage(showroom)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    qtbot.waitExposed(page)
    showroom.changed.connect(page.apply_changes)
    page.refresh()
    qtbot.waitUntil(lambda: page.preview.is_rendered, timeout=20_000)
    page.take_focus()
    yield page
    page.flush()
    showroom.changed.disconnect(page.apply_changes)
    showroom.jobs.cancel_all()
    page.preview.pages.close()


def assessments(bench: Workbench) -> list[Assessment]:
    with bench.workspace.reading() as reader:
        return sorted(reader.all(Assessment), key=lambda one: one.number)


def saved(qtbot: QtBot, bench: Workbench, act: object) -> Path:
    assert callable(act)
    with qtbot.waitSignal(bench.file_saved, timeout=20_000) as signal:
        act()
    path = signal.args[0]
    assert isinstance(path, Path)
    return path


def built_anew(qtbot: QtBot, page: ReportsPage, act: object) -> Built:
    assert callable(act)
    with qtbot.waitSignal(page.builder.built, timeout=20_000) as signal:
        act()
    built = signal.args[0]
    assert isinstance(built, Built)
    return built


def everything_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else []


def test_the_newest_assessment_is_shown_with_its_pages(page: ReportsPage) -> None:
    assert page.head._detail.text() == "Assessment report · 4 Progress assessment, 20 Nov 2026"
    assert page.preview.page_count > 10
    assert page.bar.page.text() == f"page 1 of {page.preview.page_count}"
    assert page.status().startswith("Report built in ")
    assert page.status().endswith(f" s · {page.preview.page_count} pages")


def test_enter_saves_what_the_preview_shows_without_a_question(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench, tmp_path: Path
) -> None:
    path = saved(qtbot, showroom, lambda: qtbot.keyClick(page.preview, Qt.Key.Key_Return))
    assert path.parent == tmp_path / "papers"
    assert path.name.startswith("Autohaus_Beispiel")
    assert page._built is not None
    assert path.read_bytes() == page._built.content
    assert everything_in(tmp_path / "papers") == [path.name]


def test_enter_in_the_summary_is_a_new_line(qtbot: QtBot, page: ReportsPage, tmp_path: Path) -> None:
    page.words.summary.setFocus()
    qtbot.keyClick(page.words.summary, Qt.Key.Key_Return)
    assert page.words.summary.toPlainText() == "\n"
    assert not (tmp_path / "papers").exists()


def test_save_elsewhere_asks_once_and_keeps_the_ending(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    def chosen(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        assert start.endswith(".pdf")
        return str(tmp_path / "for the principal"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    assert saved(qtbot, showroom, page.save_elsewhere) == tmp_path / "for the principal.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    page.save_elsewhere()
    assert showroom.jobs.under_way == ()


def test_cancelled_saving_leaves_no_file(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench, tmp_path: Path
) -> None:
    with qtbot.waitSignal(showroom.jobs.ended, timeout=20_000):
        page.save()
        showroom.jobs.under_way[-1].cancel()
    assert everything_in(tmp_path / "papers") == []


def test_a_folder_that_cannot_be_made_is_named(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("in the way")
    showroom.settings.put("reports_folder", str(tmp_path / "a file" / "papers"))
    with qtbot.waitSignal(showroom.failed, timeout=20_000) as failed:
        page.save()
    error = failed.args[0]
    assert isinstance(error, QmaError)
    assert "a file" in error.message
    assert error.way_out


def test_a_target_that_is_a_folder_is_named_and_left_alone(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench, tmp_path: Path
) -> None:
    choice = page.choice
    assert choice is not None
    name = page.handing_out._name(page._request(choice))
    assert name is not None
    (tmp_path / "papers" / name).mkdir(parents=True)
    with qtbot.waitSignal(showroom.failed, timeout=20_000) as failed:
        page.save()
    assert name in str(failed.args[0])
    assert everything_in(tmp_path / "papers") == [name]


def test_what_is_typed_stands_in_the_preview_a_moment_later(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    def type_words() -> None:
        page.words.summary.setFocus()
        qtbot.keyClicks(page.words.summary, "Zaunpfahl")
        page.words.summary.flush()

    built = built_anew(qtbot, page, type_words)
    assert assessments(showroom)[-1].summary == "Zaunpfahl"
    assert "Zaunpfahl" in "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(built.content)).pages[:4])
    built_anew(qtbot, page, showroom.undo)
    assert page.words.summary.toPlainText() == ""


def test_words_are_found_with_ctrl_f_and_walked_with_enter(qtbot: QtBot, page: ReportsPage) -> None:
    page.focus_search()
    with qtbot.waitSignal(page.preview.found, timeout=20_000):
        qtbot.keyClicks(page.bar.words, "wrench")
    qtbot.waitUntil(lambda: page.bar.hits.text().startswith("1 of "), timeout=20_000)
    qtbot.keyClick(page.bar.words, Qt.Key.Key_Return)
    assert page.bar.hits.text().startswith(("2 of ", "1 of 1"))
    qtbot.keyClick(page.bar.words, Qt.Key.Key_Escape)
    assert page.bar.hits.text() == ""
    assert page.preview.hasFocus()


def test_remarks_belong_to_their_area(qtbot: QtBot, page: ReportsPage, showroom: Workbench) -> None:
    words = page.words
    words.remark.setPlainText("Targets hang on the wall.")
    words.area.setFocus()
    words.remark.flush()
    words.area.setCurrentIndex(3)
    assert words.area_id == "service"
    assert words.remark.toPlainText() == ""
    words.remark.setPlainText("Two desks, two ways.")
    page.flush()
    current = assessments(showroom)[-1]
    assert current.remark_on(AreaId("management")) == "Targets hang on the wall."
    assert current.remark_on(AreaId("service")) == "Two desks, two ways."
    assert words.area.itemText(3).endswith("✎")
    showroom.undo()
    assert words.remark.toPlainText() == ""


def test_a_remark_not_yet_stored_goes_to_the_area_it_was_typed_for(
    page: ReportsPage, showroom: Workbench
) -> None:
    page.words.remark.setPlainText("For management.")
    page.words.area.setCurrentIndex(1)
    current = assessments(showroom)[-1]
    assert current.remark_on(AreaId("management")) == "For management."
    assert current.remark_on(AreaId("new-cars")) == ""


def test_completed_assessments_are_read_not_written(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    first = assessments(showroom)[0]
    built = built_anew(qtbot, page, lambda: page.go(replace(page.place(), assessment_id=first.id)))
    assert built.request.choice.of == 1
    assert page.words.summary.isReadOnly()
    assert page.words.closed.isVisible()
    assert page.place().assessment_id == first.id


def test_completing_the_assessment_closes_the_words(page: ReportsPage, showroom: Workbench) -> None:
    page.words.summary.setPlainText("Last words.")
    page.flush()
    showroom.do(complete_assessment, assessments(showroom)[-1].id)
    assert page.words.summary.isReadOnly()
    assert assessments(showroom)[-1].summary == "Last words."


def test_another_kind_is_chosen_by_key_and_saved_as_workbook(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    paper = page.what.kinds["assessment"]
    paper.setFocus()
    qtbot.keyClick(paper, Qt.Key.Key_Down)
    papers = [kind for kind in page.what.kinds if not kind.startswith(WORKBOOK)]
    for kind in papers[1:]:
        qtbot.keyClick(page.what.kinds[kind], Qt.Key.Key_Down)
    assert page.what.kind == WORKBOOK + "assessment"
    assert page._pages.currentWidget() is page.message
    assert page.save_button.accessibleName() == "Save workbook"
    path = saved(qtbot, showroom, lambda: qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return))
    assert path.suffix == ".xlsx"
    book = load_workbook(path, read_only=True)
    assert book.sheetnames
    book.close()


def test_the_workbook_is_one_press_away_from_the_paper(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    page.excel_button.setFocus()
    path = saved(qtbot, showroom, lambda: qtbot.keyClick(page.excel_button, Qt.Key.Key_Return))
    assert path.suffix == ".xlsx"


def test_printing_sends_the_pages_of_the_preview(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(72)
    printer.setFromTo(2, 4)
    monkeypatch.setattr(printing, "ask_printer", lambda *_args: printer)
    with qtbot.waitSignal(showroom.told, timeout=20_000) as told:
        page.print_paper()
    assert told.args == ["3 pages printed."]
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 3


def test_printing_can_be_given_up_in_the_dialog(
    page: ReportsPage, showroom: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "ask_printer", lambda *_args: None)
    page.print_paper()
    assert showroom.jobs.under_way == ()


def test_coming_back_does_not_build_the_same_paper_again(qtbot: QtBot, page: ReportsPage) -> None:
    with qtbot.assertNotEmitted(page.builder.began):
        page.refresh()
    assert not page.builder.is_busy


def test_a_cancelled_preview_can_be_built_after_all(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    page._built = None
    page.builder.forget()
    with qtbot.waitSignal(page.builder.stopped, timeout=20_000):
        page._build_now()
        showroom.jobs.under_way[-1].cancel()
    assert page._pages.currentWidget() is page.message
    assert page.status() == "Preview cancelled"
    built_anew(qtbot, page, page.message.button.click)
    assert page._pages.currentWidget() is page.preview


def test_only_the_paper_asked_for_last_is_shown(qtbot: QtBot, page: ReportsPage, showroom: Workbench) -> None:
    shown: list[int] = []
    page.builder.built.connect(lambda built: shown.append(built.request.choice.of))
    for number in (1, 2, 3):
        page.what.choose("assessment", assessments(showroom)[number - 1].id)
        page._chosen()
        page._build_now()
    qtbot.waitUntil(lambda: not page.builder.is_busy, timeout=20_000)
    assert shown == [3]


def test_a_paper_finished_after_another_was_wanted_is_not_shown(qtbot: QtBot, page: ReportsPage) -> None:
    late = page._built
    assert late is not None
    with (
        qtbot.waitSignal(page.builder.built, timeout=20_000) as shown,
        qtbot.assertNotEmitted(page.builder.failed),
    ):
        page.builder._wanted = replace(late.request, language="de")
        page.builder._done(late)
    assert shown.args[0].request.language == "de"


def test_a_preview_that_fails_says_why_and_offers_to_try_again(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    from qma_app.errors import ReportTrouble

    page.builder.failed.emit(
        ReportTrouble("A photo is damaged.", code="report.photo", way_out="Remove <it>.")
    )
    assert page.message.sentence.text() == "A photo is damaged. Remove <it>."
    assert page.message.button.accessibleName() == "Try again"


def test_hostile_words_reach_the_paper_as_words(qtbot: QtBot, page: ReportsPage) -> None:
    hostile = "<b>bold</b> <img src='file:///etc/passwd'/> &amp; \u202eabc"

    def write() -> None:
        page.words.summary.setPlainText(hostile)
        page.flush()

    built = built_anew(qtbot, page, write)
    text = "".join(leaf.extract_text() for leaf in PdfReader(BytesIO(built.content)).pages[:4])
    assert "<b>bold</b>" in text
    assert page.words.summary.toPlainText() == hostile
    assert rich_labels(page) == []


def discard_everything(bench: Workbench) -> None:
    for one in assessments(bench):
        if not one.is_open:
            bench.do(reopen_assessment, one.id, reason="Begun by mistake")
        bench.do(discard_assessment, AssessmentId(one.id))


def test_where_nothing_can_be_made_there_is_one_way_on(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qma_app.services.reports.report_choices", lambda *_a, **_k: ())
    monkeypatch.setattr("qma_app.services.workbooks.workbook_choices", lambda *_a, **_k: ())
    discard_everything(showroom)
    page.take_focus()
    with qtbot.waitSignal(page.going) as going:
        qtbot.keyClick(page.empty.button, Qt.Key.Key_Return)
    assert going.args == [Place(page="today", dealership_id=DEALERSHIP)]


def test_before_the_first_assessment_a_blank_checklist_can_be_printed(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    discard_everything(showroom)
    assert next(iter(page.what.kinds)) == "checklist"
    assert WORKBOOK + "self-assessment" in page.what.kinds
    assert not {"assessment", "audit", WORKBOOK + "assessment"} & set(page.what.kinds)
    assert page.head._detail.text() == "Blank checklist · MGT Management, the whole area"
    assert page.words.isHidden()


def choose(page: ReportsPage, kind: str, of: str) -> None:
    page.what.kinds[kind].setChecked(True)
    place = next(
        place
        for place in range(page.what.assessment.count())
        if page.what.assessment.itemData(place).of == of
    )
    page.what.assessment.setCurrentIndex(place)


def test_the_blank_checklist_of_an_area_or_process_is_shown_and_saved(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    built = built_anew(qtbot, page, lambda: choose(page, "checklist", "SRV"))
    assert page.what._about_caption.text() == "Area or process"
    assert page.words.isHidden()
    assert "SRV Service" in PdfReader(BytesIO(built.content)).pages[0].extract_text()
    built_anew(qtbot, page, lambda: choose(page, "checklist", "SRV-02"))
    path = saved(qtbot, showroom, page.save)
    assert path.name.startswith("Autohaus_Beispiel")
    assert "Blank_checklist_SRV-02" in path.name
    assert len(PdfReader(path).pages) == page.preview.page_count


def test_an_edit_keeps_the_area_that_was_chosen(qtbot: QtBot, page: ReportsPage, showroom: Workbench) -> None:
    built_anew(qtbot, page, lambda: choose(page, "checklist", "PRT"))
    showroom.do(write_summary, assessments(showroom)[-1].id, text="Better.")
    assert page.choice is not None
    assert (page.choice.kind, page.choice.of) == ("checklist", "PRT")


def test_excel_beside_the_checklist_of_an_area_is_the_workbook_for_its_head(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    built_anew(qtbot, page, lambda: choose(page, "checklist", "SRV"))
    path = saved(qtbot, showroom, page.save_workbook)
    assert path.name.endswith("Self-assessment_workbook_Service.xlsx")
    book = load_workbook(path)
    assert book.worksheets[2].sheet_state == "hidden"


def test_an_assessment_asked_for_elsewhere_leads_away_from_the_blank_checklist(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    built_anew(qtbot, page, lambda: choose(page, "checklist", "SRV"))
    wanted = assessments(showroom)[0].id
    built_anew(qtbot, page, lambda: page.go(Place(page="reports", assessment_id=wanted)))
    assert page.choice is not None
    assert page.choice.assessment_id == wanted
    assert not page.words.isHidden()


def test_every_control_has_a_name_and_is_large_enough(page: ReportsPage) -> None:
    assert unnamed_controls(page) == []
    assert small_targets(page) == []


def test_commands_are_there_before_anything_was_read(qtbot: QtBot, showroom: Workbench) -> None:
    page = ReportsPage(showroom)
    qtbot.addWidget(page)
    assert page.commands()[0].title == "Save report as PDF"
    page.save()
    page.print_paper()
    page.preview.pages.close()


def test_papers_of_findings_and_actions_are_chosen_by_what_they_are_about(
    qtbot: QtBot, page: ReportsPage, showroom: Workbench
) -> None:
    plan = built_anew(qtbot, page, lambda: choose(page, "actions", "owners"))
    assert page.what._about_caption.text() == "Whole programme, area or owner"
    assert "ACTION PLAN" in PdfReader(BytesIO(plan.content)).pages[0].extract_text()
    built = built_anew(qtbot, page, lambda: page.what.kinds["finding"].setChecked(True))
    assert page.what._about_caption.text() == "Finding"
    assert page.choice is not None
    assert str(page.choice.of) in PdfReader(BytesIO(built.content)).pages[0].extract_text()
    assert page.words.isHidden()
    path = saved(qtbot, showroom, page.save)
    assert path.name == f"Autohaus_Beispiel_Finding_sheet_{page.choice.of}.pdf"
