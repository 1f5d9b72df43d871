"""The actions on a board by plan, do, check and act: carried from stage to stage by mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qma_app.domain.action import Stage
from qma_app.domain.ids import ActionId
from qma_app.domain.record import Changes
from qma_app.domain.wording import stage_title
from qma_app.i18n import _, ngettext
from qma_app.services.findings_listing import ActionsListing
from ui import theme
from ui.findings.board_card import card_picture
from ui.findings.board_column import BoardColumn, CardList
from ui.findings.figure_field import figure_text
from ui.models.findings_board import ActionCard, BoardCards
from ui.models.findings_rows import FindingRows, RowFilter
from ui.widgets.announcing import announce
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_STAGES = tuple(Stage)


class Board(QWidget):
    """`opened` asks for the finding behind a card; `chosen` follows the card chosen; `counted` says how many are shown."""

    opened = Signal(str)
    chosen = Signal(str)
    counted = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._filter = RowFilter()
        self.cards: BoardCards | None = None
        self._is_showing = False
        self.columns = tuple(BoardColumn(stage) for stage in _STAGES)
        self.hint = PlainLabel("", role="small", tone="muted", elide=True)
        self.with_dropped = QCheckBox(_("Show actions given up"))
        self.with_dropped.toggled.connect(self._show)
        self._ghost = QLabel(self)
        self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ghost.hide()
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.hint, 1)
        head.addWidget(self.with_dropped)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        for column in self.columns:
            row.addWidget(column, 1)
            cards = column.list
            cards.chosen.connect(self._chosen)
            cards.opened.connect(self.opened)
            cards.stepped.connect(self._stepped)
            cards.move_wanted.connect(self._move)
            cards.carried.connect(self._carried)
            cards.dropped.connect(self._dropped)
            cards.let_go.connect(self._let_go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(6))
        whole.addLayout(head)
        whole.addLayout(row, 1)

    @property
    def current_id(self) -> str:
        """The action chosen; "" when none is."""
        return next((column.list.current_id for column in self.columns if column.list.current_id), "")

    def show_actions(self, listing: ActionsListing, rows: FindingRows) -> None:
        """Show other actions altogether."""
        self.cards = BoardCards(listing, rows)
        self.with_dropped.setVisible(self.cards.has_dropped)
        self._show()

    def apply_changes(self, changes: Changes) -> None:
        """An edit touched actions, what they serve, or the findings served."""
        if self.cards is not None:
            self.cards.apply(changes)
            self.with_dropped.setVisible(self.cards.has_dropped)
            self._show()

    def show_only(self, row_filter: RowFilter) -> None:
        """Narrow the cards by area, owner and text."""
        narrowed = RowFilter(area_id=row_filter.area_id, owner=row_filter.owner, text=row_filter.text)
        if narrowed != self._filter:
            self._filter = narrowed
            self._show()

    def select(self, action_id: str) -> bool:
        """Choose a card, taking the filter of given-up ones back where it hides it; False when it is not there."""
        action = self.cards.action(action_id) if self.cards is not None else None
        if action is not None and action.is_dropped:
            self.with_dropped.setChecked(True)
        return any(column.list.select(action_id) for column in self.columns)

    def take_focus(self) -> None:
        """The keyboard goes to the card chosen, or to the first one."""
        column = self._current_column() or next((one for one in self.columns if one.list.cards.cards), None)
        if column is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not column.list.current_id:
            column.list.select_row(0)
        column.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        """How many cards hang here."""
        if self.cards is None:
            return ""
        shown = sum(len(column.list.cards.cards) for column in self.columns)
        return _("{shown} of {count} actions shown").format(shown=shown, count=self.cards.count())

    def _show(self) -> None:
        if self.cards is None:
            return
        columns = self.cards.columns(self._filter, with_dropped=self.with_dropped.isChecked())
        self._is_showing = True
        for column in self.columns:
            column.show_cards(columns[column.stage])
        self._is_showing = False
        self._say()
        self.counted.emit()

    def _say(self) -> None:
        due = sum(card.is_to_verify for column in self.columns for card in column.list.cards.cards)
        late = sum(card.is_late for column in self.columns for card in column.list.cards.cards)
        parts = []
        if late:
            parts.append(ngettext("{count} action late", "{count} actions late", late).format(count=late))
        if due:
            parts.append(
                ngettext("{count} effect to verify", "{count} effects to verify", due).format(count=due)
            )
        if self.cards is not None and (worth := self._worth(self.cards)):
            parts.append(worth)
        self.hint.setText(" · ".join(parts) or _("Drag a card to its next stage, or press < and >."))

    def _worth(self, cards: BoardCards) -> str:
        """The money of the actions shown, each effect once; "" where nobody named any."""
        shown = [card.action for column in self.columns for card in column.list.cards.cards]
        money = cards.money(shown)
        if not money.counted:
            return ""
        low, likely, high = map(figure_text, (money.low, money.likely, money.high))
        words = _("a year {low} to {high}, likely {likely}").format(low=low, likely=likely, high=high)
        if money.left_out:
            count = len(money.left_out)
            words += ngettext(", {count} counted in another", ", {count} counted in others", count).format(
                count=count
            )
        if money.unconfirmed:
            words += _(", {count} not confirmed").format(count=len(money.unconfirmed))
        return words

    def _chosen(self, action_id: str) -> None:
        if self._is_showing:
            return
        for column in self.columns:
            if column.list is not self.sender() and column.list.current_id:
                column.list.select_none()
        self.chosen.emit(action_id)

    def _stepped(self, step: int) -> None:
        """On to the next column that has cards, at the same height."""
        here = self._column_of(self.sender())
        if here is None:
            return
        row = self.columns[here].list.currentIndex().row()
        place = here + step
        while 0 <= place < len(self.columns):
            if self.columns[place].list.select_row(max(0, row)):
                self.columns[place].list.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            place += step

    def _move(self, action_id: str, step: int) -> None:
        """One stage on or back, the keyboard staying with the card."""
        action = self.cards.action(action_id) if self.cards is not None else None
        if action is None:
            return
        place = _STAGES.index(action.stage) + step
        if 0 <= place < len(_STAGES):
            self.put_into(action_id, _STAGES[place])

    def put_into(self, action_id: str, stage: Stage) -> None:
        """Put an action into a stage; where that is refused the window says why and the card stays where it was."""
        from qma_app.services.actions import move_action

        action = self.cards.action(action_id) if self.cards is not None else None
        if action is None or action.stage is stage:
            return
        if self._workbench.do(move_action, ActionId(action_id), stage) is None:
            self.select(action_id)
            return
        if self.select(action_id):
            column = self._current_column()
            if column is not None:
                column.list.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, _("{label}: {stage}").format(label=action.label, stage=stage_title(stage)))

    def _carried(self, action_id: str, at: QPoint) -> None:
        here = self.mapFromGlobal(at)
        if self._ghost.isHidden():
            column = self._column_of(self.sender())
            found = self._card(action_id)
            if column is None or found is None:
                return
            width = self.columns[column].list.viewport().width()
            self._ghost.setPixmap(card_picture(found, width, self.devicePixelRatioF()))
            self._ghost.adjustSize()
            self._ghost.show()
            self._ghost.raise_()
        self._ghost.move(here - QPoint(self._ghost.width() // 2, theme.px(14)))
        for one in self.columns:
            one.light(is_on=one.geometry().contains(here))

    def _dropped(self, action_id: str, at: QPoint) -> None:
        here = self.mapFromGlobal(at)
        column = next((one for one in self.columns if one.geometry().contains(here)), None)
        if column is not None:
            self.put_into(action_id, column.stage)

    def _let_go(self) -> None:
        self._ghost.hide()
        for column in self.columns:
            column.light(is_on=False)

    def _card(self, action_id: str) -> ActionCard | None:
        for column in self.columns:
            row = column.list.cards.row_of(action_id)
            if row is not None:
                return column.list.cards.cards[row]
        return None

    def _current_column(self) -> BoardColumn | None:
        return next((column for column in self.columns if column.list.current_id), None)

    def _column_of(self, sender: object) -> int | None:
        return next(
            (
                place
                for place, column in enumerate(self.columns)
                if isinstance(sender, CardList) and column.list is sender
            ),
            None,
        )
