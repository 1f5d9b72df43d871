"""When the same was seen again: each time with day, place and words, instead of a second finding."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.engagement import Engagement
from qma_app.domain.field_titles import field_title
from qma_app.domain.finding import Sighting
from qma_app.domain.ids import AssessmentId, FindingId, SightingId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import list_assessments
from qma_app.i18n import _, day_text, ngettext
from ui import theme
from ui.findings.detail import FindingDetail
from ui.findings.section import INSET, Section
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class SightingsPart(QWidget):
    """One line while it was seen only once; what, and where, is written below it."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._finding_id = FindingId("")
        self._shown: tuple[Sighting, ...] | None = None
        self.section = Section(
            "sightings",
            _("Seen again"),
            workbench.settings,
            nothing=_("not yet"),
            step=_("Seen again…"),
        )
        self.removers: list[IconButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.section.body.addLayout(self._rows)
        self.again_button = Button(_("Seen again…"), kind="link")
        self.again_button.setProperty("small", True)
        self.again_button.clicked.connect(self.section.begin)
        self.note = SightingNote()
        self.note.noted.connect(self._note)
        self.note.given_up.connect(self._give_up)
        self.section.add(self.note)
        self.section.body.addWidget(self.again_button)
        self.section.begun.connect(self._begin)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def show_detail(self, detail: FindingDetail) -> None:
        """Show each sighting, the first one first."""
        if detail.finding.id != self._finding_id:
            self._finding_id = detail.finding.id
            self._rest()
        count = len(detail.sightings)
        self.section.show_filled(
            is_filled=bool(count),
            summary=ngettext("{count} time", "{count} times", count).format(count=count),
        )
        if detail.sightings == self._shown:
            return
        self._shown = detail.sightings
        clear(self._rows)
        self.removers = []
        for sighting in detail.sightings:
            self._rows.addWidget(self._row(sighting, detail.person(sighting.seen_by)))

    def flush(self) -> None:
        """What is typed is not lost: it is noted."""
        if self.note.is_written:
            self._note()

    def _begin(self) -> None:
        self.note.show()
        self.again_button.hide()
        self.note.words.setFocus()

    def _give_up(self) -> None:
        self._rest()
        (self.again_button if self._shown else self.section.step).setFocus()

    def _rest(self) -> None:
        self.note.forget()
        self.again_button.show()
        self.section.rest()

    def _note(self) -> None:
        from qma_app.services.findings import note_sighting

        words, place = self.note.words.text(), self.note.place.text()
        self._rest()  # before it is stored: what follows flushes again
        self.workbench.close_step()
        noted = self.workbench.do(
            note_sighting,
            self._finding_id,
            words=words,
            place=place,
            assessment_id=self.workbench.read(_open_assessment, self.workbench.engagement),
        )
        if noted is not None:
            self.workbench.told.emit(_("Noted as seen again."))
        else:
            self.section.begin()
            self.note.words.setText(words)
            self.note.place.setText(place)

    def _row(self, sighting: Sighting, who: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(theme.px(INSET), 0, 0, 0)
        line.setSpacing(4)
        words = QVBoxLayout()
        words.setSpacing(0)
        day = day_text(sighting.seen_on)
        words.addWidget(
            PlainLabel(
                " · ".join(filter(None, (day, sighting.place, who))), role="small", tone="muted", wrap=True
            )
        )
        if sighting.words:
            words.addWidget(PlainLabel(sighting.words, wrap=True, selectable=True))
        line.addLayout(words, 1)
        remove = IconButton("x", _("Remove the sighting of {day}").format(day=day))
        remove.clicked.connect(partial(self._remove, sighting.id))
        self.removers.append(remove)
        line.addWidget(remove)
        return row

    def _remove(self, id: SightingId) -> None:
        from qma_app.services.findings import remove_sighting

        if self.workbench.do(remove_sighting, id) is not None:
            self.workbench.deleted.emit(_("Sighting removed."))


class SightingNote(QWidget):
    """`noted` with Enter or the button, `given_up` with Esc."""

    noted = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title, place = field_title(Sighting, "words"), field_title(Sighting, "place")
        self.words = LineEdit(title, placeholder=title)
        self.place = LineEdit(place, placeholder=_("Desk, bay, file"))
        self.button = Button(_("Note it"))
        self.button.clicked.connect(self.noted)
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.place, 1)
        below.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addLayout(below)
        for field in (self.words, self.place):
            field.returnPressed.connect(self.noted)
            field.installEventFilter(self)
        self.hide()

    @property
    def is_written(self) -> bool:
        """Whether there is anything that could be lost."""
        return bool(self.words.text().strip() or self.place.text().strip())

    def forget(self) -> None:
        """Empty and out of sight."""
        self.words.set_text("")
        self.place.set_text("")
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()  # else the panel would close and the words be noted
            if event.type() is QEvent.Type.KeyPress:
                self.given_up.emit()
            return True
        return super().eventFilter(watched, event)


def _open_assessment(reader: Reader, engagement: Engagement | None) -> AssessmentId | None:
    """The newest assessment under way, in which it was seen."""
    found = list_assessments(reader, engagement.id) if engagement is not None else ()
    return next((one.id for one in reversed(found) if one.is_open), None)
