"""The desk at which a running programme goes over to another edition: every change decided by C or A, the score beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qma_app.domain.edition import Edition
from qma_app.domain.ids import CheckpointId, EditionHash, EngagementId
from qma_app.domain.upgrade_proposals import Decision
from qma_app.errors import QmaError
from qma_app.i18n import _
from qma_app.services.upgrading import (
    UpgradeProposal,
    preview,
    propose_upgrade,
    upgrade_choices,
    upgrade_engagement,
)
from ui import theme
from ui.dialogs.dialog import Dialog, field
from ui.models.upgrade_model import UpgradeModel
from ui.models.upgrade_rows import ChangeRow, grouped, rows_of, unchanged_text
from ui.standards_view.search_field import ClearableEdit
from ui.widgets.cards import Card
from ui.widgets.change_list import ChangeList
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.upgrade_delegate import UpgradeDelegate
from ui.widgets.upgrade_score import ScorePanel

if TYPE_CHECKING:
    from ui.jobs import Progress
    from ui.workbench import Workbench


def open_upgrade_desk(
    window: QWidget, engagement_id: EngagementId, wanted: EditionHash | None = None
) -> None:
    """Read the editions that come with the program beside the window, then show the desk, with the edition wanted chosen at first."""
    workbench: Workbench = window.workbench  # type: ignore[attr-defined]  # the main window
    workbench.jobs.run(
        _("Reading the editions"),
        _read_shipped,
        on_done=partial(_show_desk, window, workbench, engagement_id, wanted),
    )


def _read_shipped(_progress: Progress) -> tuple[Edition, ...]:
    from qma_app.services.browsing_standards import read_shipped_editions

    return read_shipped_editions()


def _choices(
    workbench: Workbench, engagement_id: EngagementId, shipped: Iterable[Edition] | None
) -> tuple[Edition, ...]:
    with workbench.workspace.reading() as reader:
        return upgrade_choices(reader, engagement_id, shipped)


def _show_desk(
    window: QWidget,
    workbench: Workbench,
    engagement_id: EngagementId,
    wanted: EditionHash | None,
    shipped: tuple[Edition, ...],
) -> None:
    if not _choices(workbench, engagement_id, shipped):
        workbench.told.emit(
            _("There is no other edition of this standard here. Import or keep one on the Standards screen.")
        )
        return
    UpgradeDesk(window, workbench, engagement_id, shipped, wanted=wanted).exec()


class UpgradeDesk(Dialog):
    """Nothing is stored until Upgrade is pressed; then it is one step of undo."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        engagement_id: EngagementId,
        shipped: Iterable[Edition] | None = None,
        *,
        wanted: EditionHash | None = None,
    ) -> None:
        super().__init__(
            parent,
            _("Go over to another edition"),
            _(
                "Assessments and papers made so far stay in their edition. Decide what goes on for each change."
            ),
            accept=_("Upgrade"),
            width=880,
        )
        self._bench, self._engagement_id = workbench, engagement_id
        self._shipped = tuple(shipped) if shipped is not None else None
        self.decisions: dict[CheckpointId, Decision] = {}
        self.proposal: UpgradeProposal | None = None
        self._rows: tuple[ChangeRow, ...] = ()
        self._build_top()
        self._build_middle()
        self.accept_button.setDefault(False)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._focus_filter)
        self._fit(parent)
        self._fill_choices(wanted)
        self._choose()
        (self.list if self.shown.currentWidget() is self.list else self.edition).setFocus()

    # What is on the desk.

    def _build_top(self) -> None:
        self.edition = QComboBox()
        self.edition.currentIndexChanged.connect(self._choose)
        self.filter = ClearableEdit()
        self.filter.setPlaceholderText(_("Number, words, kind or decision"))
        self.filter.textChanged.connect(self._show_rows)
        self.filter.installEventFilter(self)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(field(_("To edition"), self.edition), 2)
        top.addWidget(field(_("Filter (Ctrl+F)"), self.filter), 3)
        self.body.addLayout(top)

    def _build_middle(self) -> None:
        self.model = UpgradeModel(self)
        self.list = ChangeList(self.model)
        self.delegate = UpgradeDelegate(self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.decided.connect(self._decide)
        self.folded = PlainLabel("", role="small", tone="muted", wrap=True)
        self.keys = PlainLabel(
            _("C carry · A ask again · Space the other · Ctrl+Enter upgrade"), role="small", tone="muted"
        )
        left = QVBoxLayout()
        left.setSpacing(6)
        self.nothing = EmptyState("circle-check", "")
        self.shown = QStackedWidget()
        self.shown.addWidget(self.list)
        self.shown.addWidget(self.nothing)
        left.addWidget(_on_surface(self.shown), 1)
        line = QHBoxLayout()
        line.addWidget(self.folded, 1)
        line.addWidget(self.keys)
        left.addLayout(line)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addLayout(left, 1)
        self.score = ScorePanel()
        middle.addWidget(self.score)
        self.body.addLayout(middle, 1)

    def _fit(self, parent: QWidget | None) -> None:
        """As large as the window it stands on lets it be, and no larger than it needs."""
        room = parent.size() if parent is not None else self.screen().availableSize()
        self.resize(min(theme.px(1240), room.width() - 48), min(theme.px(820), room.height() - 40))

    def _fill_choices(self, wanted: EditionHash | None) -> None:
        choices = _choices(self._bench, self._engagement_id, self._shipped)
        counts = Counter(edition.label for edition in choices)
        self.edition.blockSignals(True)
        for edition in choices:
            label = edition.label if counts[edition.label] == 1 else f"{edition.label} ({edition.hash[:7]})"
            self.edition.addItem(label, edition.hash)
        self.edition.setCurrentIndex(max(0, self.edition.findData(wanted)))
        self.edition.blockSignals(False)

    # What is done at it.

    def _choose(self, _place: int = 0) -> None:
        """Compare with the edition chosen; decisions taken so far stay where they still can."""
        to = self.edition.currentData()
        if to is None:
            self.accept_button.setEnabled(False)
            return
        try:
            with self._bench.workspace.reading() as reader:
                self.proposal = propose_upgrade(reader, self._engagement_id, to, self._shipped)
        except QmaError as error:
            self.show_problem(error)
            self.accept_button.setEnabled(False)
            return
        possible = {one.checkpoint_id: one for one in self.proposal.to_decide}
        self.decisions = {
            id: decision
            for id, decision in self.decisions.items()
            if id in possible and (decision is Decision.ASK or possible[id].may_carry)
        }
        self.delegate.steps = tuple(sorted({*self.proposal.old.points}))
        self.folded.setText(unchanged_text(self.proposal))
        number = self.proposal.open_assessment
        self.accept_button.setEnabled(number is None)
        self.show_problem(
            ""
            if number is None
            else _("Assessment {number} is still open. Complete or discard it first.").format(number=number)
        )
        self._show_rows()
        self._show_score()

    def _show_rows(self, _text: str = "") -> None:
        if self.proposal is None:
            return
        chosen = self._current_id()
        self._rows = rows_of(self.proposal, self.decisions)
        self.model.show_rows(grouped(self._rows, self.filter.text()))
        place = self.model.place_of(chosen) if chosen else None
        place = self.model.first_place() if place is None else place
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place, 0))
        self.nothing.sentence.setText(
            _("No change has these words.")
            if self._rows
            else _("No checkpoint differs: there is nothing to decide.")
        )
        self.shown.setCurrentWidget(self.list if place is not None else self.nothing)

    def _decide(self, decision: Decision | None) -> None:
        """Decide for the lines chosen; what cannot be carried stays as it is."""
        if self.proposal is None:
            return
        for index in self.list.selectedIndexes():
            row = self.model.row(index)
            if not isinstance(row, ChangeRow) or row.proposal is None or not row.may_be_decided:
                continue
            other = Decision.ASK if row.decision is Decision.CARRY else Decision.CARRY
            self.decisions[row.proposal.checkpoint_id] = decision or other
        self._rows = rows_of(self.proposal, self.decisions)
        for changed in self._rows:
            self.model.put(changed)
        self._show_score()

    def _show_score(self) -> None:
        if self.proposal is not None:
            self.score.show_preview(self.proposal, preview(self.proposal, self.decisions))

    def accept(self) -> None:
        """Store it; a refusal is said here and nothing is lost."""
        if self.proposal is None or not self.accept_button.isEnabled():
            return
        self._bench.failed.connect(self.show_problem)
        changes = self._bench.do(
            upgrade_engagement,
            self._engagement_id,
            to=self.proposal.new.hash,
            decisions=dict(self.decisions),
            shipped=self._shipped,
        )
        self._bench.failed.disconnect(self.show_problem)
        if changes is None:
            return
        self._bench.told.emit(
            _("The programme follows {edition} now. Undo brings the one before back.").format(
                edition=self.proposal.new.label
            )
        )
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter upgrades from wherever the keyboard is; Enter alone would be too easily pressed."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept_button.click()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Down and Enter leave the filter for the list."""
        if (
            watched is self.filter
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]  # Qt passes a QObject

    def _focus_filter(self) -> None:
        self.filter.setFocus()
        self.filter.selectAll()

    def _current_id(self) -> str:
        row = self.model.row(self.list.currentIndex())
        return row.id if isinstance(row, ChangeRow) else ""


def _on_surface(widget: QWidget) -> Card:
    """The widget on the ground and within the edge of a card."""
    card = Card()
    card.setContentsMargins(0, 0, 0, 0)
    inside = card.layout()
    if inside is not None:
        inside.setContentsMargins(1, 1, 1, 1)
    card.body.addWidget(widget)
    return card
