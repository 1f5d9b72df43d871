"""The difference of two editions as a table: what became of each checkpoint, its old words beside the new ones."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from qma_app.domain.change_words import change_title, field_title
from qma_app.domain.edition import Edition
from qma_app.domain.edition_diff import ChangeKind, CheckpointChange, EditionDiff, compare
from qma_app.domain.ids import CheckpointId
from qma_app.i18n import _
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.diff_words import spoken_change
from ui.standards_view.table import WordTable
from ui.standards_view.tongue import Tongue
from ui.widgets.empty_state import EmptyState

_TONES = {
    ChangeKind.SAME: "neutral",
    ChangeKind.REWORDED: "accent",
    ChangeKind.SPLIT: "warn",
    ChangeKind.MERGED: "warn",
    ChangeKind.GONE: "bad",
    ChangeKind.NEW: "ok",
}
_ORDER = (
    ChangeKind.REWORDED,
    ChangeKind.SPLIT,
    ChangeKind.MERGED,
    ChangeKind.GONE,
    ChangeKind.NEW,
    ChangeKind.SAME,
)
_OTHER = "other"


class DiffPanel(QWidget):
    """The difference of two editions; a tab for each kind with its count."""

    checkpoint_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, is_opening: bool = True) -> None:
        super().__init__(parent)
        self.diff: EditionDiff | None = None
        self._editions: tuple[Edition, Edition] | None = None
        self._language = "en"
        self._kinds: tuple[str, ...] = ()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Kinds of difference"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.table = WordTable(
            _("Differences"),
            (
                TableColumn(title=_("Kind"), width=96, is_chip=True),
                TableColumn(title=_("Before"), share=1),
                TableColumn(title=_("After"), share=1),
                TableColumn(title=_("What differs"), width=170, is_quiet=True, hidden_below=700),
            ),
            is_opening=is_opening,
        )
        self.nothing = EmptyState("circle-check", _("Both editions ask for the same in the same words."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._show_rows)
        self.table.opened.connect(self._opened)

    def show_editions(self, old: Edition, new: Edition, language: str) -> None:
        """Compare these two."""
        self._editions, self._language = (old, new), language
        self.diff = compare(old, new)
        counts = self.diff.counts
        changed = sum(counts[kind] for kind in _ORDER if kind is not ChangeKind.SAME)
        choices = [("", _("All changes"), changed)]
        choices += [(str(kind), change_title(kind), counts[kind]) for kind in _ORDER if counts[kind]]
        if self.diff.other:
            choices.append((_OTHER, _("Around them"), len(self.diff.other)))
        self._kinds = tuple(key for key, _title, _count in choices)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for _key, title, count in choices:
            self.tabs.addTab(f"{title} {count}")
        self.tabs.blockSignals(False)
        self._show_rows()

    def _show_rows(self) -> None:
        if self.diff is None or self._editions is None:
            return
        key = self._kinds[max(0, self.tabs.currentIndex())]
        if key == _OTHER:
            rows = [
                TableRow(key=(None, place), cells=(_("other"), one.before or "–", one.after or "–", one.what))
                for place, one in enumerate(self.diff.other)
            ]
        else:
            changes = [
                one
                for one in self.diff.changes
                if one.kind == key or (not key and one.kind is not ChangeKind.SAME)
            ]
            rows = [self._row(place, one) for place, one in enumerate(changes)]
        self.table.show_rows(rows)
        self.nothing.sentence.setText(
            _("Both editions ask for the same in the same words.")
            if self.diff.is_empty
            else _("There is no difference of this kind.")
        )
        self._stack.setCurrentWidget(self.table if rows else self.nothing)

    def _row(self, place: int, change: CheckpointChange) -> TableRow:
        assert self._editions is not None
        old, new = self._editions
        fields = ", ".join(field_title(one) for one in change.fields)
        if change.is_renamed and not fields:
            fields = _("id")
        return TableRow(
            key=((change.after or (None,))[0], place),
            cells=(
                change_title(change.kind),
                self._words(old, change.before),
                self._words(new, change.after),
                fields,
            ),
            tones={0: _TONES[change.kind]},
            small=self._changed_words(change),
        )

    def _changed_words(self, change: CheckpointChange) -> dict[int, str]:
        """What a reworded checkpoint said and says now, where it is not the statement that differs."""
        assert self._editions is not None
        if change.kind is not ChangeKind.REWORDED:
            return {}
        before = self._editions[0].checkpoints[change.before[0]]
        after = self._editions[1].checkpoints[change.after[0]]
        pairs = [spoken_change(before, after, field, self._language) for field in change.fields]
        lines = [pair for pair in pairs if pair != ("", "")]
        return {1: "\n".join(old for old, _new in lines), 2: "\n".join(new for _old, new in lines)}

    def _words(self, edition: Edition, ids: tuple[CheckpointId, ...]) -> str:
        tongue = Tongue(edition=edition, languages=(self._language,))
        points = [edition.checkpoints[id] for id in ids]
        return "\n".join(f"{one.number}  {tongue.of(one.statement)}" for one in points) or "–"

    def _opened(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] is not None:
            self.checkpoint_wanted.emit(key[0])
