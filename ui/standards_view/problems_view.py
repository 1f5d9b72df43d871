"""What is wrong with an edition: every mistake and warning, at the checkpoint it lies in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.ids import EditionHash
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from qma_app.services.browsing_standards import EditionProblem, problems_of
from ui.jobs import Job, Progress
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.page import MARGIN
from ui.standards_view.shelf import Shelf
from ui.standards_view.table import WordTable
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class ProblemsView(QWidget):
    """An edition is looked through beside the window when this is first shown; Enter shows where a problem lies."""

    checkpoint_wanted = Signal(object)
    counted = Signal()

    def __init__(self, workbench: Workbench, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench, self._shelf = workbench, shelf
        self._known: dict[EditionHash, tuple[EditionProblem, ...]] = {}
        self._job: Job | None = None
        self.words = PlainLabel("", tone="muted")
        self.again = Button(_("Check again"), icon_name="refresh-cw")
        self.again.clicked.connect(self.check_again)
        self.table = WordTable(
            _("Problems"),
            (
                TableColumn(title=_("No."), width=96, is_quiet=True),
                TableColumn(title=_("Kind"), width=92, is_chip=True),
                TableColumn(title=_("What was found"), share=5, is_strong=True),
                TableColumn(title=_("What to do"), share=4),
                TableColumn(title=_("File"), width=150, is_quiet=True, hidden_below=760),
            ),
        )
        self.nothing = EmptyState("circle-check", _("No problems: this edition keeps every rule."))
        self.waiting = EmptyState("loader-circle", _("The edition is being looked through…"))
        self._stack = QStackedWidget()
        for widget in (self.table, self.nothing, self.waiting):
            self._stack.addWidget(widget)
        card = Card()
        card.body.addWidget(self._stack)
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(card, 1)
        self.table.opened.connect(self._opened)

    @property
    def problems(self) -> tuple[EditionProblem, ...] | None:
        """Those of the edition looked at; None while it was not looked through."""
        edition = self._shelf.edition
        return self._known.get(edition.hash) if edition is not None else None

    def show_edition(self) -> None:
        """Show what is known, or look the edition through now."""
        edition = self._shelf.edition
        if edition is None:
            return
        if self.problems is not None:
            self._show_problems(self.problems)
            return
        self.words.setText("")
        self._stack.setCurrentWidget(self.waiting)
        self.again.setEnabled(False)
        if self._job is None:
            self._job = self._bench.jobs.run(
                _("Checking the edition"),
                partial(_check, edition),
                self._checked,
                self._failed,
                self._stopped,
            )

    def check_again(self) -> None:
        """Forget what was found and look again."""
        if self._shelf.edition is not None:
            self._known.pop(self._shelf.edition.hash, None)
            self.show_edition()

    def take_focus(self) -> None:
        self.table.setFocus() if self._stack.currentWidget() is self.table else self.again.setFocus()

    def status(self) -> str:
        """How many there are."""
        return "" if self.problems is None else count_words(self.problems)

    def _checked(self, found: tuple[EditionHash, tuple[EditionProblem, ...]]) -> None:
        hash, problems = found
        self._job = None
        self._known[hash] = problems
        if self._shelf.edition is not None and self._shelf.edition.hash != hash:
            if self.isVisible():
                self.show_edition()
            return
        self._show_problems(problems)
        self.counted.emit()

    def _failed(self, error: QmaError) -> None:
        self._stopped()
        self._bench.failed.emit(error)

    def _stopped(self) -> None:
        self._job = None
        self.again.setEnabled(True)
        self.words.setText(_("Not looked through yet."))
        self._stack.setCurrentWidget(self.table)

    def _show_problems(self, problems: tuple[EditionProblem, ...]) -> None:
        self.again.setEnabled(True)
        self.words.setText(count_words(problems))
        self._stack.setCurrentWidget(self.table if problems else self.nothing)
        self.table.show_rows(
            [
                TableRow(
                    key=(one.checkpoint_id, place),
                    cells=(
                        one.number or "–",
                        _("warning") if one.problem.is_warning else _("mistake"),
                        one.problem.found,
                        one.problem.advice,
                        one.problem.place,
                    ),
                    tones={1: "warn" if one.problem.is_warning else "bad"},
                )
                for place, one in enumerate(problems)
            ]
        )

    def _opened(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] is not None:
            self.checkpoint_wanted.emit(key[0])


def count_words(problems: tuple[EditionProblem, ...]) -> str:
    """`2 mistakes, 3 warnings`"""
    warnings = sum(one.problem.is_warning for one in problems)
    mistakes = len(problems) - warnings
    return ", ".join(
        (
            ngettext("{n} mistake", "{n} mistakes", mistakes).format(n=mistakes),
            ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
        )
    )


def _check(edition: Edition, progress: Progress) -> tuple[EditionHash, tuple[EditionProblem, ...]]:
    progress(0.1, 1, edition.label)
    return edition.hash, problems_of(edition)
