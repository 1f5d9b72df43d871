"""Chooses the checkpoint a finding belongs to, by typing any words of its number, statement or process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qma_app import design
from qma_app.domain.edition import Edition
from qma_app.domain.ids import CheckpointId
from qma_app.i18n import _
from ui import theme
from ui.widgets.icons import paint_icon
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One checkpoint to choose; `id` None stands for none of them."""

    id: CheckpointId | None
    number: str
    statement: str
    words: str


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


class CheckpointField(QAbstractButton):
    """Looks like a field with a choice; click, Space, Enter or Down open the list."""

    picked = Signal(object)  # CheckpointId | None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._older: tuple[Choice, ...] = ()
        self._choice: Choice | None = None
        self.popup: CheckpointList | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_list)

    def show_choices(self, choices: tuple[Choice, ...], older: tuple[Choice, ...] = ()) -> None:
        """Offer the checkpoints of another edition; `older` are those of editions before, shown but not offered."""
        self._choices, self._older = choices, older

    def show_checkpoint(self, checkpoint_id: CheckpointId | None) -> None:
        """Show what is chosen; one that the standard no longer has keeps its number and statement from before."""
        known = (*self._choices, *self._older)
        self._choice = next((choice for choice in known if choice.id == checkpoint_id), None)
        words = (
            f"{self._choice.number} {self._choice.statement}"
            if self._choice and self._choice.id
            else _("none")
        )
        self.setAccessibleName(_("Checkpoint: {checkpoint}").format(checkpoint=words))
        self.setToolTip(plain_tip(words) if self._choice and self._choice.id else "")
        self.update()

    def open_list(self) -> None:
        """Type to find a checkpoint, or take one from the list."""
        if self.popup is None:
            self.popup = CheckpointList(self)
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
            painter.drawText(
                words, Qt.AlignmentFlag.AlignVCenter, _cut(painter, _("No checkpoint"), words.width())
            )
        else:
            _paint_choice(painter, words, self._choice)


class CheckpointList(QFrame):
    """The list below the field: words typed narrow it, arrows walk it, Enter takes the one shown."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("surface")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._choices: tuple[Choice, ...] = ()
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Find a checkpoint"))
        self.search.setPlaceholderText(_("Find by number or words"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self._model = _ChoiceModel(self)
        self.list = QListView()
        self.list.setAccessibleName(_("Checkpoints"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(_ChoiceDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)

    def open_at(self, area: QRect, choices: tuple[Choice, ...], chosen: Choice | None) -> None:
        """Show all choices with the chosen one current."""
        self._choices = choices
        self.search.clear()
        self._narrow("")
        if chosen in choices:
            self._go_to(choices.index(chosen))
        screen = self.screen().availableGeometry()
        area.moveLeft(max(screen.left(), min(area.left(), screen.right() - area.width())))
        area.moveTop(max(screen.top(), min(area.top(), screen.bottom() - area.height())))
        self.setGeometry(area)
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in steps:
                self._go_to(self.list.currentIndex().row() + steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        self._model.show_choices([c for c in self._choices if all(word in c.words for word in words)])
        self._go_to(0)

    def _go_to(self, row: int) -> None:
        row = max(0, min(row, self._model.rowCount() - 1))
        self.list.setCurrentIndex(self._model.index(row, 0))

    def _take(self, index: QModelIndex) -> None:
        choice = self._model.choice(index)
        if choice is not None:
            self.hide()
            self.picked.emit(choice.id)


class _ChoiceModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._choices: list[Choice] = []

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self.beginResetModel()
        self._choices = list(choices)
        self.endResetModel()

    def choice(self, index: Index) -> Choice | None:
        return self._choices[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        choice = self.choice(index)
        if choice is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{choice.number} {choice.statement}"
        return plain_tip(choice.statement) if role == Qt.ItemDataRole.ToolTipRole else None


class _ChoiceDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        choice = model.choice(index) if isinstance(model, _ChoiceModel) else None
        if choice is None:
            return
        painter.save()
        area: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.current().colour("accent-tint"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.current().colour("raised"))
        _paint_choice(painter, area.adjusted(theme.px(6), 0, -theme.px(6), 0), choice)
        painter.restore()


def _paint_choice(painter: QPainter, words: QRect, choice: Choice) -> None:
    """The number in a column of its own, so that its order stays in every direction of writing."""
    look = theme.current()
    painter.setPen(look.colour("text"))
    painter.setFont(look.font(weight="strong"))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, choice.number)
    rest = words.adjusted(
        max(look.px(62), painter.fontMetrics().horizontalAdvance(choice.number) + look.px(8)), 0, 0, 0
    )
    painter.setFont(look.font())
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, _cut(painter, choice.statement, rest.width()))


def _cut(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
