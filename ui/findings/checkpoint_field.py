"""Chooses the checkpoint a finding belongs to, by typing any words of its number, statement or process."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.edition import Edition
from qma_app.i18n import _
from ui import theme
from ui.findings.choice_list import Choice, ChoiceList, cut, paint_choice
from ui.widgets.icons import paint_icon
from ui.widgets.labels import plain_tip


def choices_of(edition: Edition) -> tuple[Choice, ...]:
    """Every checkpoint of the standard in its order, after the choice of none."""
    none = Choice(
        id=None, number="–", statement=_("No checkpoint: the whole house or something else"), words=""
    )
    rest = tuple(
        Choice(
            id=point.id,
            number=point.number,
            statement=str(point.statement),
            words=f"{point.number} {point.statement} {process.title} {area.title}".casefold(),
        )
        for area in edition.areas
        for process in area.processes
        for point in process.checkpoints
    )
    return (none, *rest)


class ChoiceField(QAbstractButton):
    """Looks like a field with a choice; click, Space, Enter or Down open the list. `name` holds `{choice}` for what is chosen."""

    picked = Signal(object)  # the id of the choice, or None

    def __init__(
        self, name: str, nothing: str, parent: QWidget | None = None, *, find: str, title: str
    ) -> None:
        super().__init__(parent)
        self._name, self._nothing, self._find, self._title = name, nothing, find, title
        self._choices: tuple[Choice, ...] = ()
        self._older: tuple[Choice, ...] = ()
        self._choice: Choice | None = None
        self.popup: ChoiceList | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_list)

    def show_choices(self, choices: tuple[Choice, ...], older: tuple[Choice, ...] = ()) -> None:
        """Offer the checkpoints of another edition; `older` are those of editions before, shown but not offered."""
        self._choices, self._older = choices, older

    def show_choice(self, id: str | None) -> None:
        """Show what is chosen; one that the standard no longer has keeps its number and statement from before."""
        known = (*self._choices, *self._older)
        self._choice = next((choice for choice in known if choice.id == id), None)
        words = (
            f"{self._choice.number} {self._choice.statement}".strip()
            if self._choice and self._choice.id
            else _("none")
        )
        self.setAccessibleName(self._name.format(choice=words))
        self.setToolTip(plain_tip(words) if self._choice and self._choice.id else "")
        self.update()

    def open_list(self) -> None:
        """Type to find a checkpoint, or take one from the list."""
        if self.popup is None:
            self.popup = ChoiceList(self, find=self._find, name=self._title)
            self.popup.picked.connect(self.picked)
        width = max(self.width(), theme.px(420))
        right = self.mapToGlobal(QPoint(self.width(), self.height() + 2))
        self.popup.open_at(
            QRect(right.x() - width, right.y(), width, theme.px(340)), self._choices, self._choice
        )

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(34))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.open_list()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(look.colour("focus" if self.hasFocus() else "control_edge"), 2 if self.hasFocus() else 1)
        )
        painter.setBrush(look.colour("surface" if self.isEnabled() else "raised"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), design.RADIUS_CARD, design.RADIUS_CARD)
        side = look.px(16)
        arrow = QRect(self.width() - side - look.px(8), (self.height() - side) // 2, side, side)
        paint_icon(painter, "chevron-down", "muted", arrow)
        words = self.rect().adjusted(look.px(10), 0, -side - look.px(14), 0)
        if self._choice is None or self._choice.id is None:
            painter.setPen(look.colour("muted"))
            painter.setFont(look.font())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, cut(painter, self._nothing, words.width()))
        else:
            paint_choice(painter, words, self._choice)


class CheckpointField(ChoiceField):
    """The checkpoint of a finding."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Checkpoint: {choice}"),
            _("No checkpoint"),
            parent,
            find=_("Find a checkpoint"),
            title=_("Checkpoints"),
        )

    def show_checkpoint(self, checkpoint_id: str | None) -> None:
        """Show what is chosen; one that the standard no longer has keeps its number and statement from before."""
        self.show_choice(checkpoint_id)
