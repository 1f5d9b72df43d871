"""The card of the score over the programme; its other face counts checkpoints, its twin says the same figures in a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from qma_app import design
from qma_app.i18n import _, day_text, level_text, ngettext, number_text
from ui import theme
from ui.journey.course_painting import paint_burn, paint_score
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel, plain_tip
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from qma_app.services.journey import ScoreCourse

SCORE, BURN = "score", "burn"
_HIGH = 112


class CourseChart(QWidget):
    """One of the two faces, painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course: ScoreCourse | None = None
        self._first = self._last = date(2000, 1, 1)
        self.face = SCORE
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_course(self, course: ScoreCourse, first: date, last: date) -> None:
        """Show these figures between the first and the last day of the programme."""
        self._course, self._first, self._last = course, first, last
        self._describe()

    def turn(self, face: str) -> None:
        """Show the other face."""
        self.face = face
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._course is None:
            return
        painter = QPainter(self)
        paint = paint_score if self.face == SCORE else paint_burn
        paint(painter, QRectF(self.rect()), self._course, self._first, self._last)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _describe(self) -> None:
        if self._course is not None:
            self.setAccessibleName(face_title(self.face))
            self.setAccessibleDescription(
                "; ".join(", ".join(row.cells) for row in rows_of(self._course, self.face))
            )
        self.update()


class CourseCard(Card):
    """What is expected stands as a sentence below the chart, with the way it was found."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.switch = Segments(
            _("Shown over the programme"),
            (
                (SCORE, _("Score"), _("The overall level and where it leads")),
                (BURN, _("Checkpoints"), _("Checkpoints assessed and passed")),
            ),
        )
        super().__init__(face_title(SCORE), self.switch, parent)
        self.switch.chosen.connect(self.turn)
        self._course: ScoreCourse | None = None
        self.chart = CourseChart()
        self.table = WordTable(face_title(SCORE), (), is_opening=False)
        # The chart says how high the card is; the table scrolls in it.
        self.table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)
        self.words = PlainLabel("", role="small", tone="muted", elide=True)
        self.body.addWidget(self._stack, 1)
        self.body.addSpacing(4)
        self.body.addWidget(self.words)

    def show_course(self, course: ScoreCourse, first: date, last: date) -> None:
        """Show another course."""
        self._course = course
        self.chart.show_course(course, first, last)
        self._say()

    def turn(self, face: str) -> None:
        """Show the score or the checkpoints."""
        self.switch.choose(face)
        self.chart.turn(face)
        self.title_label.setText(face_title(face))
        self._say()

    def show_twin(self, *, is_table: bool) -> None:
        """The same figures as a table, or as a chart again."""
        self._stack.setCurrentIndex(1 if is_table else 0)

    def _say(self) -> None:
        course, face = self._course, self.chart.face
        if course is None:
            return
        self.table.setAccessibleName(face_title(face))
        self.table.words.show_columns(_columns(face))
        self.table.show_rows(rows_of(course, face))
        words = score_words(course) if face == SCORE else burn_words(course)
        is_short = course.is_enough is False if face == SCORE else bool(course.burn and course.burn.is_late)
        self.words.setText(words)
        self.words.set_tone("bad" if is_short else "muted")
        if face == SCORE and course.forecast is not None:
            self.chart.setToolTip(plain_tip(course.forecast.words))


def face_title(face: str) -> str:
    """The title of the card."""
    return _("Score over the programme") if face == SCORE else _("Checkpoints over the programme")


def score_words(course: ScoreCourse) -> str:
    """What is expected, and in which range."""
    forecast = course.forecast
    if forecast is not None:
        return _("{level} expected on {day}, between {low} and {high}").format(
            level=level_text(forecast.expected),
            day=day_text(forecast.on),
            low=level_text(forecast.low),
            high=level_text(forecast.high),
        )
    return _("What to expect is shown from the second assessment of all areas on.")


def burn_words(course: ScoreCourse) -> str:
    """The pace, and the day it leads to."""
    burn = course.burn
    if burn is None:
        return ""
    if not burn.left:
        return _("Every checkpoint has passed.")
    left = ngettext("{count} checkpoint left", "{count} checkpoints left", burn.left).format(
        count=number_text(burn.left)
    )
    pace = _("{rate} a month").format(rate=number_text(burn.rate, 1))
    if burn.done_on is None:
        return f"{left} · {pace}"
    day = _("done by {day} at this pace").format(day=day_text(burn.done_on))
    late = _("after the audit") if burn.is_late else _("before the audit")
    return f"{left} · {pace} · {day}, {late}"


def rows_of(course: ScoreCourse, face: str) -> list[TableRow]:
    """The figures of a face, line by line."""
    if face == BURN:
        return [
            TableRow(
                key=point.month,
                cells=(
                    str(point.month),
                    day_text(point.on),
                    number_text(point.assessed),
                    number_text(point.passed),
                    number_text(point.total),
                ),
            )
            for point in course.assessed
        ]
    rows = [
        TableRow(key=place, cells=(point.label, day_text(point.on), level_text(point.overall, 1), ""))
        for place, point in enumerate(course.points)
    ]
    forecast = course.forecast
    if forecast is not None:
        between = _("{low} to {high}").format(low=level_text(forecast.low), high=level_text(forecast.high))
        rows.append(
            TableRow(
                key="expected",
                cells=(_("Expected"), day_text(forecast.on), level_text(forecast.expected, 1), between),
            )
        )
    return rows


def _columns(face: str) -> tuple[TableColumn, ...]:
    if face == BURN:
        return (
            TableColumn(title=_("Month"), share=1),
            TableColumn(title=_("Up to"), share=2),
            TableColumn(title=_("Assessed"), share=2),
            TableColumn(title=_("Passed"), share=2),
            TableColumn(title=_("Of"), share=1),
        )
    return (
        TableColumn(title=_("Assessment"), share=3, is_strong=True),
        TableColumn(title=_("Day"), share=2),
        TableColumn(title=_("Overall"), share=2),
        TableColumn(title=_("Range"), share=2),
    )
