"""Chooses the grade of a finding: four words of which one is pressed, in the colours of the chips."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import grade_title
from qma_app.i18n import _
from ui import theme
from ui.widgets.finding_delegate import GRADE_TONES
from ui.widgets.flow import FlowLayout
from ui.widgets.icons import paint_icon


class GradeButton(QAbstractButton):
    """One grade; pressed it carries a tick, so that colour does not speak alone."""

    def __init__(self, grade: FindingGrade, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade = grade
        self.setCheckable(True)
        self.setText(grade_title(grade))
        self.setAccessibleName(_("Grade: {grade}").format(grade=grade_title(grade)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme.current()
        width = QFontMetrics(look.font(design.SIZE_BODY, "medium")).horizontalAdvance(self.text())
        return QSize(width + look.px(20 + (16 if self.isChecked() else 0)), look.px(32))

    def nextCheckState(self) -> None:
        super().nextCheckState()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        tone = GRADE_TONES[self.grade]
        ink = "muted" if tone == "neutral" else tone
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = "focus" if self.hasFocus() else ink if self.isChecked() else "control_edge"
        painter.setPen(QPen(look.colour(edge), 2 if self.hasFocus() else 1))
        ground = ("raised" if tone == "neutral" else f"{tone}-tint") if self.isChecked() else "surface"
        painter.setBrush(look.colour("raised" if self.underMouse() and not self.isChecked() else ground))
        painter.drawRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
        words = self.rect()
        if self.isChecked():
            side = look.px(14)
            paint_icon(painter, "check", ink, QRectF(look.px(8), (self.height() - side) / 2, side, side))
            words = words.adjusted(look.px(16), 0, 0, 0)
        painter.setFont(look.font(design.SIZE_BODY, "medium"))
        painter.setPen(look.colour(ink if self.isChecked() else "text"))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())


class GradePicker(QWidget):
    """The four grades; arrow keys move between them."""

    picked = Signal(object)  # FindingGrade

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Grade"))
        self._group = QButtonGroup(self)
        row = FlowLayout(self)
        self.buttons = {grade: GradeButton(grade, self) for grade in FindingGrade}
        for button in self.buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
            button.toggled.connect(self._relay_out)
        self._group.buttonToggled.connect(self._toggled)
        self._is_showing = False

    @property
    def grade(self) -> FindingGrade:
        button = self._group.checkedButton()
        return button.grade if isinstance(button, GradeButton) else FindingGrade.MINOR

    def show_grade(self, grade: FindingGrade) -> None:
        """Press the button of a grade without saying it was picked."""
        self._is_showing = True
        self.buttons[grade].setChecked(True)
        self._is_showing = False

    def _toggled(self, button: QAbstractButton, is_checked: bool) -> None:
        if is_checked and not self._is_showing and isinstance(button, GradeButton):
            self.picked.emit(button.grade)

    def _relay_out(self) -> None:
        for button in self.buttons.values():
            button.updateGeometry()
