"""Checking papers: chosen, dropped, several at once, against the register of the workspace, a register file, or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from qma_app.services.certificate_granting import issue_certificate
from qma_app.services.register import save_register
from qma_app.services.signing import save_issued
from tests.services.certified import Certified, a_key
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.app import Coach
from ui.dialogs.verify_paper import VerifyPaper
from ui.settings import Settings
from ui.theme import ThemeKeeper
from ui.workbench import Workbench

pytest_plugins = ["tests.ui.audit.decided_fixtures"]


@pytest.fixture
def paper(certified: Certified, tmp_path: Path) -> Path:
    """A certificate that was signed here."""
    issued = issue_certificate(certified.workspace, certified.grant().id, a_key(), language="en")
    return save_issued(certified.workspace, issued.id, tmp_path / "certificate.pdf")


@pytest.fixture
def bench(light: ThemeKeeper, settings: Settings, certified: Certified) -> Iterator[Workbench]:
    bench = Workbench(settings)
    bench.use(certified.workspace)
    yield bench
    bench.jobs.cancel_all()


@pytest.fixture
def dialog(qtbot: QtBot, bench: Workbench) -> Iterator[VerifyPaper]:
    dialog = VerifyPaper(None, bench)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    dialog.close()


def checked(qtbot: QtBot, dialog: VerifyPaper, *papers: Path) -> None:
    """Give it these, and wait until each has its verdict."""
    dialog.take(papers)
    qtbot.waitUntil(lambda: dialog._job is None and len(dialog._verdicts) == dialog.list.count())


def drop(*paths: Path) -> QDropEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.kept = data  # type: ignore[attr-defined]  # the event does not own what is dropped
    return event


def changed(paper: Path, tmp_path: Path) -> Path:
    data = bytearray(paper.read_bytes())
    data[len(data) // 3] ^= 1
    other = tmp_path / "changed.pdf"
    other.write_bytes(data)
    return other


def test_a_paper_that_was_issued_here_is_genuine(qtbot: QtBot, dialog: VerifyPaper, paper: Path) -> None:
    assert dialog.empty.isVisible()
    checked(qtbot, dialog, paper)
    assert dialog.panel.title.text() == "Genuine"
    assert dialog.panel.title.property("tone") == "ok"
    assert dialog.panel.name.text() == "certificate.pdf"
    assert not dialog.list.isVisible()
    assert not dialog.empty.isVisible()
    assert len(dialog.panel.digest.digest) == 64


def test_a_changed_byte_and_a_file_that_is_no_pdf_get_plain_verdicts(
    qtbot: QtBot, dialog: VerifyPaper, paper: Path, tmp_path: Path
) -> None:
    no_pdf = tmp_path / "holiday.pdf"
    no_pdf.write_bytes(b"not a pdf")
    papers = (paper, changed(paper, tmp_path), no_pdf, tmp_path / "gone.pdf")
    checked(qtbot, dialog, *papers)
    said = [dialog.list.item(row).text().splitlines()[1] for row in range(dialog.list.count())]
    assert said == ["Genuine", "Changed", "Not readable", "Not readable"]
    dialog.list.setCurrentRow(1)
    assert dialog.panel.title.text() == "Changed"
    assert dialog.panel.title.property("tone") == "bad"


def test_without_a_register_nobody_is_known_and_with_its_file_it_is_genuine_again(
    qtbot: QtBot, dialog: VerifyPaper, certified: Certified, paper: Path, tmp_path: Path
) -> None:
    register = save_register(certified.workspace, tmp_path / "register.json")
    checked(qtbot, dialog, paper)
    dialog.register.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.panel.title.text() == "Unknown signer" and dialog._job is None)
    dialog.dropEvent(drop(register))
    qtbot.waitUntil(lambda: dialog.panel.title.text() == "Genuine" and dialog._job is None)
    assert dialog.register.currentText() == "register.json"


def test_a_register_that_is_none_is_said_in_place(
    qtbot: QtBot, dialog: VerifyPaper, paper: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    checked(qtbot, dialog, paper)
    dialog.take_register(wrong)
    qtbot.waitUntil(dialog._problem.isVisible)
    assert not dialog.panel.isVisible()
    dialog.register.setCurrentIndex(0)
    qtbot.waitUntil(dialog.panel.isVisible)
    assert not dialog._problem.isVisible()


def test_papers_are_chosen_by_a_button(
    qtbot: QtBot, dialog: VerifyPaper, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(paper)], ""))
    dialog.empty.button.click()
    qtbot.waitUntil(lambda: dialog.panel.title.text() == "Genuine" and dialog._job is None)


def test_it_can_be_closed_while_it_checks(qtbot: QtBot, bench: Workbench, paper: Path) -> None:
    dialog = VerifyPaper(None, bench, [paper])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    qtbot.waitUntil(lambda: not bench.jobs.under_way)


def test_every_control_has_a_name_and_room(
    qtbot: QtBot, dialog: VerifyPaper, paper: Path, tmp_path: Path
) -> None:
    checked(qtbot, dialog, paper, changed(paper, tmp_path))
    assert unnamed_controls(dialog) == []
    assert small_targets(dialog) == []
    assert rich_labels(dialog) == []


def test_a_pdf_dropped_on_the_window_is_checked_even_on_the_welcome_page(
    qtbot: QtBot, coach: Coach, answer: Answer, tmp_path: Path
) -> None:
    no_pdf = tmp_path / "paper.pdf"
    no_pdf.write_bytes(b"not a pdf")
    seen: list[str] = []

    def looked_at(dialog: QDialog) -> None:
        assert isinstance(dialog, VerifyPaper)
        qtbot.waitUntil(lambda: dialog.panel.title.text() != "")
        seen.append(dialog.panel.title.text())
        dialog.reject()

    answer(looked_at)
    coach.window.dropEvent(drop(no_pdf, tmp_path / "notes.txt"))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["Not readable"]


def test_the_palette_offers_the_check(coach: Coach) -> None:
    titles = [command.title for command in coach.front_door.palette.commands()]
    assert "Check a paper…" in titles
