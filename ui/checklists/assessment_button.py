"""The head of the outline: which assessment is open, and a menu for the others and for what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import AssessmentId
from qma_app.domain.wording import kind_title
from qma_app.i18n import _, day_text
from ui import theme
from ui.checklists.sheet import Sheet
from ui.widgets.icons import icon, paint_icon
from ui.widgets.labels import plain_tip

HEIGHT = 50


class AssessmentButton(QAbstractButton):
    """Shows kind and progress of the open assessment; a press opens the menu, which is made anew each time."""

    chosen = Signal(object)  # AssessmentId
    start_wanted = Signal()
    complete_wanted = Signal()
    reopen_wanted = Signal()
    correct_wanted = Signal()
    discard_wanted = Signal()
    self_assessment_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._detail = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show the head of this assessment."""
        self._sheet = sheet
        assessment = sheet.assessment
        self.setText(kind_title(assessment.kind))
        month = _("month {month}").format(month=sheet.engagement.month_on(assessment.started_on))
        if assessment.is_open:
            state = _("{decided} of {total} decided").format(decided=sheet.decided, total=len(sheet.rows))
        else:
            state = _("completed")
        self._detail = f"{month} · {state}"
        self.setAccessibleName(_("Assessment: {title}").format(title=self.text()))
        self.setAccessibleDescription(self._detail)
        self.setToolTip(plain_tip(f"{self.text()}\n{self._detail}"))
        self.update()

    def menu(self) -> QMenu:
        """What can be chosen and done now."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet = self._sheet
        if sheet is None:
            return menu
        group = QActionGroup(menu)
        for assessment in _open_first(sheet):
            action = menu.addAction(_menu_line(sheet, assessment))
            action.setCheckable(True)
            action.setChecked(assessment.id == sheet.assessment.id)
            action.setData(assessment.id)
            group.addAction(action)
        group.triggered.connect(self._choose)
        menu.addSeparator()
        for picture, title, wanted in self.deeds():
            menu.addAction(icon(picture), title).triggered.connect(partial(_ignoring, wanted))
        menu.addSeparator()
        # Not among the deeds: it is about another assessment, and the palette offers it from anywhere.
        taking_in = menu.addAction(icon("file-check"), _("Take in a self-assessment…"))
        taking_in.triggered.connect(partial(_ignoring, self.self_assessment_wanted.emit))
        return menu

    def open_menu(self) -> None:
        """Show the menu below the button."""
        self.menu().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown() or self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised") if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
        side = look.px(15)
        paint_icon(
            painter,
            "chevron-down",
            "muted",
            QRect(self.width() - side - look.px(8), (self.height() - side) // 2, side, side),
        )
        words = QRect(look.px(9), look.px(7), self.width() - side - look.px(24), look.px(19))
        lines = (
            (self.text(), design.SIZE_BODY, "strong", "text"),
            (self._detail, design.SIZE_SMALL, "regular", "muted"),
        )
        for text, size, weight, token in lines:
            painter.setFont(look.font(size, weight))
            painter.setPen(look.colour(token))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
            words.translate(0, look.px(18))

    def deeds(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        """What can be done now: icon, title, act."""
        deeds: list[tuple[str, str, Callable[[], object]]] = [
            ("plus", _("Start assessment…"), self.start_wanted.emit)
        ]
        if self._sheet is None:
            return tuple(deeds)
        if self._sheet.assessment.is_open:
            deeds += [
                ("check", _("Complete this assessment"), self.complete_wanted.emit),
                ("pencil", _("Correct kind, areas or date…"), self.correct_wanted.emit),
                ("trash-2", _("Discard this assessment"), self.discard_wanted.emit),
            ]
        else:
            deeds.append(("lock-open", _("Reopen this assessment…"), self.reopen_wanted.emit))
        return tuple(deeds)

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(AssessmentId(action.data()))


def assessment_title(sheet: Sheet, assessment: Assessment) -> str:
    """`Progress assessment · month 9`"""
    month = sheet.engagement.month_on(assessment.started_on)
    return _("{kind} · month {month}").format(kind=kind_title(assessment.kind), month=month)


def _ignoring(act: Callable[[], object], _is_checked: bool = False) -> None:
    act()


def _menu_line(sheet: Sheet, assessment: Assessment) -> str:
    if assessment.completed_on is None:
        state = _("open since {day}").format(day=day_text(assessment.started_on))
    else:
        state = _("completed {day}").format(day=day_text(assessment.completed_on))
    # An ampersand would be read as the mark of a key.
    return f"{assessment.number}  {assessment_title(sheet, assessment)} · {state}".replace("&", "&&")


def _open_first(sheet: Sheet) -> list[Assessment]:
    newest_first = list(reversed(sheet.assessments))
    return [a for a in newest_first if a.is_open] + [a for a in newest_first if not a.is_open]
