"""What stands above the checkpoints: the process with its owner and levels, the filters, and the way on."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QToolButton, QWidget

from qma_app.i18n import _, level_text, ngettext
from ui import theme
from ui.checklists.filters import Reach, Show, View, reach_title, show_title
from ui.checklists.sheet import ProcessProgress
from ui.checklists.words import Words
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel

_RIGHT = Qt.AlignmentFlag.AlignRight
LEAST_WORDS = 170


class ProcessHead(QWidget):
    """Title and levels of a process; which checkpoints are shown, and the next process."""

    show_chosen = Signal(object)  # Show
    reach_chosen = Signal(object)  # Reach
    next_wanted = Signal()
    leaving_out_wanted = Signal()
    inspector_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", role="title", wrap=True)
        self.detail = PlainLabel("", tone="muted", wrap=True)
        self.unrated = Button(_("Unrated only"))
        self.unrated.setCheckable(True)
        self.filter = IconButton("list-filter", _("Choose which checkpoints are shown"))
        self.filter.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filter.setCheckable(True)
        self.more = IconButton("ellipsis", _("More for this process"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.inspector = IconButton("panel-right", _("Show or hide the inspector"), keys="I")
        self.next = Button(_("Next process"))
        self.next.setToolTip("Ctrl+↵")
        self._is_narrow = False
        self._shows: dict[Show, QAction] = {}
        self._reaches: dict[Reach, QAction] = {}
        self._build_menus()
        self._build()
        self.unrated.clicked.connect(self._toggle_unrated)
        self.next.clicked.connect(self.next_wanted)
        self.inspector.clicked.connect(self.inspector_wanted)

    def _build(self) -> None:
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(4)
        for button in (self.unrated, self.filter, self.next):
            buttons.addWidget(button)
        corner = QHBoxLayout()
        corner.setSpacing(0)
        corner.addWidget(self.more)
        corner.addWidget(self.inspector)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self.title, 0, 0)
        self._grid.addLayout(corner, 0, 1, _RIGHT | Qt.AlignmentFlag.AlignTop)
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Beside the levels; below them where the column is narrow."""
        for widget in (self.detail, self._buttons):
            self._grid.removeWidget(widget)
        if self._is_narrow:
            self._grid.addWidget(self.detail, 1, 0, 1, 2)
            self._grid.addWidget(self._buttons, 2, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
        else:
            self._grid.addWidget(self.detail, 1, 0)
            self._grid.addWidget(self._buttons, 1, 1, _RIGHT | Qt.AlignmentFlag.AlignBottom)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._buttons.sizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._buttons.sizeHint().width() + theme.px(LEAST_WORDS)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._place_buttons()

    def _build_menus(self) -> None:
        menu = QMenu(self.filter)
        shows, reaches = QActionGroup(menu), QActionGroup(menu)
        for show in Show:
            self._shows[show] = _choice(menu, shows, show_title(show), show.value)
        menu.addSeparator()
        for reach in Reach:
            self._reaches[reach] = _choice(menu, reaches, reach_title(reach), reach.value)
        shows.triggered.connect(self._choose_show)
        reaches.triggered.connect(self._choose_reach)
        self.filter.setMenu(menu)
        more = QMenu(self.more)
        self.leave_out = more.addAction(_("Whole process not applicable…"))
        self.leave_out.triggered.connect(self.leaving_out_wanted)
        self.more.setMenu(more)

    def show_process(
        self,
        row: ProcessProgress,
        words: Words,
        view: View,
        last_level: Fraction | None,
        last_label: str,
        shown: int,
        *,
        owner: str = "",
        is_read_only: bool,
        is_covered: bool = False,
    ) -> None:
        """Show this process and what of it is on screen; `owner` is who was named, else the role of the standard is said.

        `is_covered`: an auditor reads it, who has not rated all of it yet.
        """
        process = row.process
        if not view.spans_processes:
            self.title.setText(f"{process.number} {words.of(process.title)}")
        elif view.reach is Reach.AREA and not view.text:
            self.title.setText(words.of(words.edition.areas_by_id[view.area_id].title))
        else:
            self.title.setText(_("All areas"))
        self.detail.setText(
            self._levels(row, owner or words.owner(row.process.owner), last_level, last_label, is_covered)
            if view.is_plain
            else _choice_words(view, shown)
        )
        self.unrated.setChecked(view.show is Show.UNRATED)
        self.filter.setChecked(not view.is_plain)
        self._shows[view.show].setChecked(True)
        self._reaches[view.reach].setChecked(True)
        self.leave_out.setEnabled(not is_read_only)
        self.more.setVisible(not is_read_only)

    def show_inspector_button(self, *, is_shown: bool) -> None:
        """The button names what it will do."""
        self.inspector.show_as(
            "panel-right", _("Hide the inspector") if is_shown else _("Show the inspector")
        )

    def _levels(
        self,
        row: ProcessProgress,
        owner: str,
        last_level: Fraction | None,
        last_label: str,
        is_covered: bool,
    ) -> str:
        parts = [_("Process owner: {owner}").format(owner=owner)]
        if last_level is not None:
            parts.append(
                _("last rated {level} in {assessment}").format(
                    level=level_text(last_level), assessment=last_label
                )
            )
        if row.tally.level is not None:
            parts.append(
                _("now {level} over {rated} of {total} rated").format(
                    level=level_text(row.tally.level), rated=row.tally.rated, total=row.tally.applicable
                )
            )
        else:
            parts.append(_("covered") if is_covered else _("nothing rated yet"))
        return " · ".join(parts)

    def _toggle_unrated(self) -> None:
        self.show_chosen.emit(Show.UNRATED if self.unrated.isChecked() else Show.ALL)

    def _choose_show(self, action: QAction) -> None:
        self.show_chosen.emit(Show(action.data()))

    def _choose_reach(self, action: QAction) -> None:
        self.reach_chosen.emit(Reach(action.data()))


def _choice(menu: QMenu, group: QActionGroup, title: str, data: str) -> QAction:
    action = menu.addAction(title)
    action.setCheckable(True)
    action.setData(data)
    group.addAction(action)
    return action


def _choice_words(view: View, shown: int) -> str:
    """How many checkpoints are shown, and why these."""
    what = _("“{text}”").format(text=view.text) if view.text else reach_title(view.reach)
    counted = ngettext("{count} checkpoint", "{count} checkpoints", shown).format(count=shown)
    parts = [counted, show_title(view.show), what] if view.show is not Show.ALL else [counted, what]
    return " · ".join(parts)
