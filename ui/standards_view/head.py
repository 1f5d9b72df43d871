"""The top of the Standards screen: which edition is looked at, what it is, and what can be done with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.edition import EditionStatus
from qma_app.domain.ids import EditionHash
from qma_app.i18n import _, ngettext
from qma_app.services.browsing_standards import EditionRow
from ui import theme
from ui.standards_view.tongue import language_name
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel, plain_tip

_WIDEST = 320
"""Two editions of one name are told apart by long words; the whole of them stands in menu and tooltip."""


class StandardsHead(QWidget):
    """`edition_chosen` carries the hash; `deed` the name of what is to be done."""

    edition_chosen = Signal(str)
    import_wanted = Signal()
    workbook_wanted = Signal()
    folder_wanted = Signal()
    new_wanted = Signal()
    upgrade_wanted = Signal()
    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editions = MenuButton("")
        self.state = Chip("")
        self.facts = PlainLabel("", role="small", tone="muted", elide=True)
        self.import_button = Button(_("Import…"), icon_name="download")
        self.import_button.clicked.connect(self.import_wanted)
        self.export = MenuButton(_("Export"))
        self.more = MenuButton(_("More"))
        self._add(self.export, _("Excel workbook…"), self.workbook_wanted.emit)
        self._add(self.export, _("YAML folder…"), self.folder_wanted.emit)
        self._add(self.more, _("New edition from this one…"), self.new_wanted.emit)
        self.upgrade = self._add(self.more, _("Upgrade a programme…"), self.upgrade_wanted.emit)
        self.forget = self._add(self.more, _("Remove this draft…"), self.forget_wanted.emit)
        self._hashes: dict[QAction, str] = {}
        self._build()

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.editions)
        line.addWidget(self.state)
        line.addStretch(1)
        for button in (self.import_button, self.export, self.more):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(line)
        column.addWidget(self.facts)
        line.setAlignment(self.state, Qt.AlignmentFlag.AlignVCenter)

    def show_editions(self, rows: tuple[EditionRow, ...], current: EditionRow | None) -> None:
        """Offer these editions, the one looked at marked."""
        menu = self.editions.choices
        menu.clear()
        self._hashes = {}
        group = QActionGroup(menu)
        labels = edition_labels(rows)
        for row in rows:
            action = menu.addAction(f"{labels[row.hash]} – {_short(row)}".replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(current is not None and row.hash == current.hash)
            action.triggered.connect(self._edition_pressed)
            group.addAction(action)
            self._hashes[action] = row.hash
        self._say(current, labels[current.hash] if current is not None else _("No edition"))

    def _say(self, row: EditionRow | None, label: str) -> None:
        self.state.setVisible(row is not None)
        metrics = self.editions.fontMetrics()
        shown = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, theme.px(_WIDEST))
        self.editions.say(shown.replace("&", "&&"))
        self.editions.setToolTip(plain_tip(label) if shown != label else "")
        self.forget.setEnabled(row is not None and row.is_forgettable)
        if row is None:
            self.facts.setText("")
            return
        self.editions.setAccessibleName(_("Edition: {edition}").format(edition=label))
        is_released = row.status is EditionStatus.RELEASED
        self.state.say(status_words(row.status), "ok" if is_released else "warn")
        self.facts.setText(facts_words(row))

    def _edition_pressed(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and action in self._hashes:
            self.edition_chosen.emit(self._hashes[action])

    @staticmethod
    def _add(button: MenuButton, words: str, act: Callable[[], object]) -> QAction:
        action = button.choices.addAction(words)
        action.triggered.connect(act)
        return action


def edition_labels(rows: Sequence[EditionRow]) -> dict[EditionHash, str]:
    """What each edition is called among the others: title and version, where it comes from if that is not enough, else its number."""
    labels = {row.hash: row.label for row in rows}
    for more in (_origin_of, _hash_of):
        counts = Counter(labels.values())
        for row in rows:
            if counts[labels[row.hash]] > 1:
                labels[row.hash] = f"{row.label} ({more(row)})"
    return labels


def _origin_of(row: EditionRow) -> str:
    return row.origin


def _hash_of(row: EditionRow) -> str:
    return row.hash[:7]


def status_words(status: EditionStatus) -> str:
    """Draft or released, in a word."""
    return _("released") if status is EditionStatus.RELEASED else _("draft")


def facts_words(row: EditionRow) -> str:
    """What an edition holds, on one line."""
    parts = [
        ngettext("{n} area", "{n} areas", row.areas).format(n=row.areas),
        ngettext("{n} process", "{n} processes", row.processes).format(n=row.processes),
        _("{n} checkpoints, {critical} critical").format(n=row.checkpoints, critical=row.criticals),
        ngettext("{n} KPI", "{n} KPIs", row.kpis).format(n=row.kpis),
        ", ".join(map(language_name, row.languages)),
        _used(row),
        row.origin,
    ]
    return " · ".join(part for part in parts if part)


def _short(row: EditionRow) -> str:
    return f"{status_words(row.status)} · {_used(row)}"


def _used(row: EditionRow) -> str:
    if not row.programmes:
        return _("no programme")
    return ngettext("{n} programme", "{n} programmes", row.programmes).format(n=row.programmes)
