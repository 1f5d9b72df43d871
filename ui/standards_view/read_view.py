"""Reading an edition: the outline, the checkpoints of what is chosen in it, and one of them with everything known about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.edition import Area, Checkpoint, Process
from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from qma_app.i18n import _
from qma_app.services.checkpoint_card import CheckpointCard, card_of
from ui.models.standards_checkpoints import CheckpointRow
from ui.settings import Settings
from ui.standards_view.checkpoint_list import StandardsCheckpointList
from ui.standards_view.language_switch import LanguageSwitch
from ui.standards_view.outline import StandardsOutline
from ui.standards_view.read_columns import ReadColumns
from ui.standards_view.reader import CheckpointReader
from ui.standards_view.search_field import SearchField
from ui.standards_view.shelf import BOTH, Shelf
from ui.standards_view.tongue import Tongue, checkpoints_words
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel

_TYPING_MS, _MOVING_MS = 120, 40


class ReadView(QWidget):
    """`went` when another process or checkpoint is shown, `place_wanted` for somewhere else in the window."""

    went = Signal()
    place_wanted = Signal(object)
    relative_wanted = Signal(object)
    status_changed = Signal()

    def __init__(self, shelf: Shelf, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf, self._settings = shelf, settings
        self._area: AreaId | None = None
        self._process: ProcessId | None = None
        self._found: tuple[CheckpointId, ...] | None = None
        self._before: tuple[AreaId | None, ProcessId | None] = (None, None)
        self.search = SearchField()
        self.outline = StandardsOutline()
        self.list = StandardsCheckpointList()
        self.list.letters_are_on = settings.single_letters
        self.reader = CheckpointReader()
        self.switch = LanguageSwitch()
        self.columns = ReadColumns(settings)
        self.title = PlainLabel("", role="lead", elide=True)
        self.detail = PlainLabel("", role="small", tone="muted", elide=True)
        self.nothing = EmptyState("search", "", _("Show everything"), keys="Esc")
        self._typing, self._moving = _pause(self, _TYPING_MS), _pause(self, _MOVING_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        left = _surface()
        column = QVBoxLayout(left)
        column.setContentsMargins(8, 8, 4, 8)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.outline, 1)
        self.rows = QStackedWidget()
        self.rows.addWidget(self.list)
        self.rows.addWidget(self.nothing)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(18, 12, 6, 0)
        column.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 12, 0)
        head.setSpacing(8)
        head.addLayout(words, 1)
        head.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        column.addWidget(self.rows, 1)
        self.columns.fill(left, middle, self.reader)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.columns)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typing.start)
        self.search.entered.connect(self._shelf.prepare_search)
        self.search.left_down.connect(self._into_list)
        self._shelf.search_ready.connect(self._ready)
        self._typing.timeout.connect(self._search_now)
        self._moving.timeout.connect(self.show_current)
        self.outline.opened.connect(self._open)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._read)
        self.reader.left.connect(self._leave_reader)
        self.reader.close_wanted.connect(self._leave_reader)
        self.reader.place_wanted.connect(self.place_wanted)
        self.reader.relative_wanted.connect(self.relative_wanted)
        self.nothing.wanted.connect(self.show_everything)
        self.switch.chosen.connect(self._shelf.choose_language)
        self.columns.turned.connect(self.reader.show_close_button)
        self.reader.show_close_button(self.columns.is_passing)

    @property
    def area_id(self) -> AreaId | None:
        return self._area

    @property
    def process_id(self) -> ProcessId | None:
        return self._process

    @property
    def found(self) -> tuple[CheckpointId, ...] | None:
        """What the search found; None while nothing is searched for."""
        return self._found

    def show_edition(self) -> None:
        """Another edition is looked at: its first process, or the one shown where it has that too."""
        self._found = None
        self.search.empty()
        edition = self._shelf.edition
        self._show_outline()
        if edition is not None and (self._area is None or not self._has_branch()):
            self._area = edition.areas[0].id if edition.areas else None
            processes = edition.areas[0].processes if edition.areas else ()
            self._process = processes[0].id if processes else None
        self.show_again()

    def show_again(self) -> None:
        """The words, the marks and what is known are read again; the place stays."""
        tongue = self._shelf.tongue()
        self.switch.show_languages(
            tongue.edition.languages if tongue is not None else (), self._shelf.language
        )
        self.columns.make_room(is_wide=self._shelf.language == BOTH)
        self._show_rows()

    def show_language(self) -> None:
        """Another language is read."""
        self._show_outline()
        self.show_again()

    def go_to(self, checkpoint_id: CheckpointId) -> bool:
        """Show a checkpoint among those of its process; False where the edition has none of that id."""
        edition = self._shelf.edition
        if edition is None or checkpoint_id not in edition.checkpoints:
            return False
        point = edition.checkpoints[checkpoint_id]
        self._leave_search()
        self._area, self._process = point.area_id, point.process_id
        self._show_rows(checkpoint_id)
        return True

    def go_to_branch(self, area_id: AreaId, process_id: ProcessId | None = None) -> None:
        """Show an area, or one of its processes, where the edition has it."""
        edition = self._shelf.edition
        if edition is None or area_id not in edition.areas_by_id:
            return
        if process_id is None and self._area == area_id:
            return
        area = edition.areas_by_id[area_id]
        first = area.processes[0].id if area.processes else None
        self._leave_search()
        self._area = area_id
        self._process = process_id if process_id in edition.processes else first
        self._show_rows()

    def next_area(self) -> None:
        """On to the area behind the one shown, round at the end."""
        edition = self._shelf.edition
        if edition is None or not edition.areas:
            return
        ids = [area.id for area in edition.areas]
        at = ids.index(self._area) if self._area in ids else -1
        self.go_to_branch(ids[(at + 1) % len(ids)])
        self.went.emit()

    def focus_search(self) -> None:
        self.columns.show_left()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def toggle_reader(self) -> None:
        """I: have the reader on screen, or give its room to the list."""
        self.columns.toggle()
        self.take_focus()

    def show_everything(self) -> None:
        """The search is over: on to the process of what it found, or back to where it began."""
        current = self.list.current_id
        is_searching = self._found is not None
        self._leave_search()
        if is_searching and current is not None and self._shelf.edition is not None:
            point = self._shelf.edition.checkpoints[current]
            self._area, self._process = point.area_id, point.process_id
        self._show_rows(current)
        self._into_list()

    def take_focus(self) -> None:
        if self.rows.currentWidget() is self.nothing:
            self.nothing.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._into_list()

    def status(self) -> str:
        """How many are listed."""
        return checkpoints_words(len(self.list.rows.rows))

    def escape(self) -> None:
        """Out of the reader, then out of the search."""
        if self.columns.is_passing:
            self._leave_reader()
        elif self.search.text():
            self.show_everything()
        else:
            self._leave_reader()

    def _has_branch(self) -> bool:
        edition = self._shelf.edition
        if edition is None or self._area not in edition.areas_by_id:
            return False
        return self._process is None or self._process in edition.processes

    def _show_outline(self) -> None:
        tongue = self._shelf.tongue()
        language = tongue.first if tongue is not None else "en"
        self.outline.tree.show(self._shelf.edition, language, self._found)
        if self._found is not None and len(self._found) < 60:
            self.outline.expandAll()

    def _search_now(self) -> None:
        text = self.search.text().strip()
        if not text:
            self.show_everything()
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._shelf.prepare_search():
            return  # asked again as soon as everything is read
        if self._found is None:
            self._before = self._area, self._process
        self._found = self._shelf.find(text)
        self._show_outline()
        self._area = self._process = None
        self._show_rows()

    def _ready(self) -> None:
        if self.search.text().strip() and not self._typing.isActive():
            self._search_now()

    def _leave_search(self) -> None:
        if self._found is None and not self.search.text():
            return
        self._typing.stop()
        if self._found is not None:
            self._area, self._process = self._before
        self._found = None
        self.search.empty()
        self._show_outline()

    def _open(self, area_id: AreaId, process_id: ProcessId | None, is_entered: bool) -> None:
        self._area, self._process = area_id, process_id
        self._show_rows()
        if is_entered and process_id is not None:
            self._into_list()
        self.went.emit()

    def _show_rows(self, wanted: CheckpointId | None = None) -> None:
        tongue = self._shelf.tongue()
        wanted = wanted or self.list.current_id
        rows = self._rows(tongue) if tongue is not None else ()
        self.list.blockSignals(True)
        self.list.delegate.steps = tongue.edition.points if tongue is not None else (0,)
        self.list.rows.show_rows(rows)
        self.list.select(wanted)
        self.list.blockSignals(False)
        self.rows.setCurrentWidget(self.list if rows else self.nothing)
        self.nothing.sentence.setText(
            _("No checkpoint has words that begin like this.")
            if self._found is not None
            else _("There is no checkpoint here.")
        )
        self.nothing.button.setVisible(self._found is not None)
        self.outline.show_branch(self._area, self._process)
        if tongue is not None:
            self._say_title(tongue, len(rows))
        if self._found is not None and rows:
            self._moving.start()  # the list first: what is typed next must not wait for the reader
        else:
            self.show_current()
        self.status_changed.emit()

    def _say_title(self, tongue: Tongue, count: int) -> None:
        edition = tongue.edition
        if self._process is not None and self._process in edition.processes:
            process = edition.processes[self._process]
            self.title.setText(f"{process.number} {tongue.of(process.title)}")
            owner = tongue.role(process.owner)
            self.detail.setText(" · ".join(part for part in (owner, tongue.of(process.purpose)) if part))
        elif self._area is not None:
            area = edition.areas_by_id[self._area]
            self.title.setText(tongue.of(area.title))
            self.detail.setText(checkpoints_words(count))
        else:
            self.title.setText(_("Found"))
            self.detail.setText(checkpoints_words(count))

    def _rows(self, tongue: Tongue) -> tuple[CheckpointRow, ...]:
        found = None if self._found is None else frozenset(self._found)
        rows: list[CheckpointRow] = []
        for area in tongue.edition.areas:
            if self._area is not None and area.id != self._area:
                continue
            for process in area.processes:
                if self._process is not None and process.id != self._process:
                    continue
                points = [one for one in process.checkpoints if found is None or one.id in found]
                rows += self._process_rows(tongue, area, process, points)
        return tuple(rows)

    def _process_rows(
        self, tongue: Tongue, area: Area, process: Process, points: list[Checkpoint]
    ) -> list[CheckpointRow]:
        heading = ""
        if self._process is None:
            heading = f"{process.number} {tongue.of(process.title)}"
            heading = heading if self._area is not None else f"{tongue.of(area.title)} · {heading}"
        return [
            CheckpointRow(
                point=point,
                statement=tongue.of(point.statement),
                facts=tongue.facts(point),
                heading=heading if place == 0 else "",
                lacking=self.outline.tree.lacking(point.id),
                mean=self._shelf.mean(point.id),
            )
            for place, point in enumerate(points)
        ]

    def _card(self, id: CheckpointId) -> CheckpointCard:
        edition, across = self._shelf.edition, self._shelf.across
        assert edition is not None
        assert across is not None
        return card_of(edition, id, across)

    def _chosen(self, _id: CheckpointId) -> None:
        self._moving.start()
        self.went.emit()

    def show_current(self) -> None:
        """Have the reader show the checkpoint pointed at."""
        self._moving.stop()
        id, tongue = self.list.current_id, self._shelf.tongue()
        if id is None or tongue is None or id not in tongue.edition.checkpoints:
            self.reader.show_card(None, None)
        else:
            self.reader.show_card(self._card(id), tongue)

    def _read(self, _id: CheckpointId) -> None:
        self.show_current()
        self.columns.call()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_reader(self) -> None:
        self.columns.release()
        self._into_list()

    def _into_list(self) -> None:
        self._typing_done()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typing_done(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._search_now()


def _surface() -> QWidget:
    widget = QWidget()
    widget.setObjectName("surface")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


def _pause(owner: QWidget, milliseconds: int) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer
