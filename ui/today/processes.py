"""The processes that hold the dealership back most, as many as the page has room for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app.domain.levels import bounds_of, shown_level
from qma_app.i18n import _, level_text, ngettext
from qma_app.services.today import ProcessLine, TodayView
from ui import theme
from ui.places import Place
from ui.today.process_row import ROW_LEAST, ROW_MOST, ProcessEntry, ProcessRow
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel

FEWEST_ROWS, MANY_AREAS = 2, 8


class ProcessesCard(Card):
    """Not there while no process is below the pass mark, nor where the table of areas fills the page by itself."""

    wanted = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        self._mark = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Processes furthest from the pass mark"), self._mark, parent)
        self.list = ProcessList(self)
        self.list.opened.connect(self.wanted)
        self.body.addWidget(self.list)

    @property
    def rows(self) -> tuple[ProcessRow, ...]:
        """The rows there is room for."""
        return self.list.shown

    def show_view(self, view: TodayView) -> None:
        """Show the furthest processes; only rows that became different are painted again."""
        entries = entries_of(view) if len(view.areas) < MANY_AREAS else ()
        self._mark.setText(
            _("pass mark {mark}").format(mark=level_text(Fraction(view.edition.rules.pass_mark)))
        )
        self.list.show_entries(entries)
        self.setVisible(bool(entries))
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            around = layout.sizeHint().height() - self.list.sizeHint().height()
            self.setMaximumHeight(self.list.most_height() + around)


class ProcessList(QWidget):
    """Rows one below the other; those for which the height does not suffice wait unseen."""

    opened = Signal(object)  # Place

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ProcessRow] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    @property
    def shown(self) -> tuple[ProcessRow, ...]:
        return tuple(row for row in self._rows if row.isVisibleTo(self))

    def show_entries(self, entries: Sequence[ProcessEntry]) -> None:
        """Show these; rows stay as long as there is one at their place."""
        while len(self._rows) > len(entries):
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        for row, entry in zip(self._rows, entries, strict=False):
            if row.entry != entry:
                row.show_entry(entry)
        for entry in entries[len(self._rows) :]:
            row = ProcessRow(entry, self)
            row.clicked.connect(self._clicked)
            self._rows.append(row)
        self._lay_out()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        # Not more than the least: a page must not become higher than its window only for further rows.
        return QSize(theme.px(320), theme.px(ROW_LEAST) * min(FEWEST_ROWS, len(self._rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), self.sizeHint().height())

    def most_height(self) -> int:
        """The height beyond which the rows no longer grow."""
        return theme.px(ROW_MOST) * len(self._rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        if not self._rows:
            return
        fitting = min(len(self._rows), max(1, self.height() // theme.px(ROW_LEAST)))
        top = 0
        for place, row in enumerate(self._rows):
            is_shown = place < fitting
            row.setVisible(is_shown)
            if is_shown:
                # What is left over is shared out, so that the last line ends where the card does.
                below = self.height() * (place + 1) // fitting
                row.setGeometry(0, top, self.width(), max(theme.px(ROW_LEAST), below - top))
                top = row.geometry().bottom() + 1

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, ProcessRow):
            self.opened.emit(row.entry.place)


def entries_of(view: TodayView) -> tuple[ProcessEntry, ...]:
    """The furthest processes as rows."""
    rules = view.edition.rules
    bounds = bounds_of(rules)
    return tuple(
        ProcessEntry(
            number=line.process.number,
            title=str(line.process.title),
            area=str(view.edition.areas_by_id[line.process.checkpoints[0].area_id].title),
            rated=ngettext("{rated} of {count} rated", "{rated} of {count} rated", line.applicable).format(
                rated=line.rated, count=line.applicable
            ),
            figure=shown_level(line.level, bounds, places=0),
            level=line.level,
            floor=rules.area_floor,
            pass_mark=rules.pass_mark,
            alarm=_("critical not met") if line.has_unmet_critical else "",
            place=process_place(view, line),
        )
        for line in view.processes
    )


def process_place(view: TodayView, line: ProcessLine) -> Place:
    """The process in the newest assessment that looked at its area."""
    area_id = line.process.checkpoints[0].area_id
    holding = [column.assessment.id for column in view.columns if area_id in column.assessment.scope]
    return Place(
        page="checklists",
        dealership_id=view.dealership.id,
        assessment_id=holding[-1] if holding else None,
        area_id=area_id,
        process_id=line.process.id,
    )
