"""The actions as cards in plan, do, check and act: which a filter lets through and in which order they hang."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.finding import FindingGrade
from qma_app.domain.finding_state import action_is_overdue, wants_check
from qma_app.domain.ids import ActionId, AreaId, FindingId
from qma_app.domain.money import MoneySum, money_of
from qma_app.domain.priority import action_order, priority_of
from qma_app.domain.record import Changes
from qma_app.i18n import _, day_text, ngettext, number_text
from qma_app.services.findings_listing import ActionsListing
from ui.models.findings_rows import FindingRow, FindingRows, RowFilter
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()
CARD_ROLE: Final = int(Qt.ItemDataRole.UserRole)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionCard:
    """An action as it hangs on the board; `findings` are those it serves, by number."""

    action: Action
    findings: tuple[FindingRow, ...]
    priority: Fraction | None
    today: date

    @property
    def is_late(self) -> bool:
        """Whether it should be done by now."""
        return action_is_overdue(self.action, self.today)

    @property
    def is_to_verify(self) -> bool:
        """Whether the day has come to look for its effect."""
        return wants_check(self.action, self.today)

    @property
    def is_heavy(self) -> bool:
        """Whether it serves an open major."""
        return any(row.wants_work and row.grade is FindingGrade.MAJOR for row in self.findings)

    @property
    def findings_text(self) -> str:
        """`F-084, F-081 +2`"""
        labels = [row.label for row in self.findings]
        more = f" +{len(labels) - 2}" if len(labels) > 2 else ""
        return ", ".join(labels[:2]) + more if labels else _("no finding")

    @property
    def priority_text(self) -> str:
        """The priority figure; "" while a value is missing."""
        return "" if self.priority is None else number_text(self.priority, places=1)

    @property
    def day_text(self) -> str:
        """What the date on the card says in its stage."""
        action = self.action
        if action.is_dropped:
            return _("given up")
        if action.stage is Stage.ACT:
            return _("since {day}").format(day=self._day(action.effective_on))
        if action.stage is Stage.CHECK:
            day = action.checked_from
            if self.is_to_verify or day is None:
                return _("to verify")
            return _("check {day}").format(day=self._day(day))
        if action.due_on is None:
            return _("no date")
        due = self._day(action.due_on)
        return _("late, {day}").format(day=due) if self.is_late else due

    @property
    def spoken(self) -> str:
        """The whole card for a screen reader."""
        action = self.action
        parts = [action.label, action.what, action.owner, self.day_text, self.findings_text]
        if action.is_proposal:
            parts.append(_("proposed"))
        if self.priority_text:
            parts.append(_("priority {figure}").format(figure=self.priority_text))
        if action.reopened:
            parts.append(reopened_text(action.reopened))
        return ", ".join(filter(None, parts))

    def _day(self, day: date | None) -> str:
        if day is None:
            return ""
        return day_text(day, _("d MMM") if day.year == self.today.year else _("d MMM yy"))


def reopened_text(count: int) -> str:
    """How often a check showed no effect."""
    return ngettext("reopened {count} time", "reopened {count} times", count).format(count=count)


class BoardCards:
    """All actions of a programme beside the findings they serve; no Qt."""

    def __init__(self, listing: ActionsListing, rows: FindingRows) -> None:
        self._rows = rows
        self._actions = {action.id: action for action in listing.actions}
        self._served = {id: list(findings) for id, findings in listing.served.items()}
        self._words: dict[ActionId, str] = {}

    @property
    def has_dropped(self) -> bool:
        return any(action.is_dropped for action in self._actions.values())

    def count(self) -> int:
        """How many actions there are, given-up ones too."""
        return len(self._actions)

    def money(self, shown: Sequence[Action]) -> MoneySum:
        """What the actions shown are worth in a year; what is counted in another one is not summed again."""
        return money_of(shown, tuple(self._actions.values()))

    def action(self, action_id: str) -> Action | None:
        """An action by its id."""
        return self._actions.get(ActionId(action_id))

    def served_by(self, action_id: str) -> Sequence[FindingId]:
        """The findings an action serves."""
        return self._served.get(ActionId(action_id), ())

    def apply(self, changes: Changes) -> None:
        """Take over what an edit did to actions and to what they serve."""
        for action in changes.of(Action):
            self._words.pop(action.id, None)
            if action.deleted_at is None:
                self._actions[action.id] = action
            else:
                self._actions.pop(action.id, None)
        for link in changes.of(ActionLink):
            self._words.pop(link.action_id, None)
            served = self._served.setdefault(link.action_id, [])
            if link.finding_id in served:
                served.remove(link.finding_id)
            if link.deleted_at is None:
                served.append(link.finding_id)

    def columns(self, row_filter: RowFilter, *, with_dropped: bool) -> Mapping[Stage, list[ActionCard]]:
        """The cards a filter lets through in each stage, what comes first at the top."""
        places = {line.id: place for place, line in enumerate(self._rows.lines)}
        known: dict[str, tuple[FindingRow, ...]] = {}
        heavy: set[ActionId] = set()
        for id in self._actions:
            rows = [self._rows.row(places[one]) for one in self._served.get(id, ()) if one in places]
            known[id] = tuple(sorted(rows, key=_number))
            if any(_is_heavy(row) for row in known[id]):
                heavy.add(id)
        today = self._rows.listing.today
        columns: dict[Stage, list[ActionCard]] = {stage: [] for stage in Stage}
        for action in action_order(self._accepted(row_filter, known, with_dropped=with_dropped), heavy):
            columns[action.stage].append(
                ActionCard(
                    action=action, findings=known[action.id], priority=priority_of(action), today=today
                )
            )
        return columns

    def _accepted(
        self, row_filter: RowFilter, known: Mapping[str, Sequence[FindingRow]], *, with_dropped: bool
    ) -> Iterable[Action]:
        wanted = row_filter.text.casefold().split()
        for action in self._actions.values():
            if action.is_dropped and not with_dropped:
                continue
            if row_filter.owner is not None and action.owner.strip() != row_filter.owner:
                continue
            rows = known[action.id]
            if not _is_in_area(rows, row_filter.area_id):
                continue
            if not wanted or all(word in self._words_of(action, rows) for word in wanted):
                yield action

    def _words_of(self, action: Action, rows: Sequence[FindingRow]) -> str:
        words = self._words.get(action.id)
        if words is None:
            texts = [action.label, action.what, action.owner, action.problem, action.goal, action.proof]
            texts += [action.note, *(f"{row.label} {row.line.statement}" for row in rows)]
            words = self._words[action.id] = " ".join(texts).casefold()
        return words


class BoardColumnModel(QAbstractListModel):
    """The cards of one stage; what stays in its place only changes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: list[ActionCard] = []

    def show_cards(self, cards: Sequence[ActionCard]) -> None:
        """Show these; where the same ones hang in the same order only those changed are painted anew."""
        if [card.action.id for card in cards] != [card.action.id for card in self.cards]:
            self.beginResetModel()
            self.cards = list(cards)
            self.endResetModel()
            return
        old, self.cards = self.cards, list(cards)
        for row, (before, after) in enumerate(zip(old, cards, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, action_id: str) -> int | None:
        """Where an action hangs in this stage."""
        return next((row for row, card in enumerate(self.cards) if card.action.id == action_id), None)

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == CARD_ROLE:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{card.action.label} {card.action.what}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(card.action.what)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return card.spoken
        return None


def _is_in_area(rows: Sequence[FindingRow], area_id: AreaId | None) -> bool:
    return area_id is None or any(row.spot.area_id == area_id for row in rows)


def _is_heavy(row: FindingRow) -> bool:
    """As `heavy_actions` has it: an open major, or something open on a critical checkpoint."""
    return row.wants_work and (row.grade is FindingGrade.MAJOR or row.spot.is_critical)


def _number(row: FindingRow) -> int:
    return row.line.number
