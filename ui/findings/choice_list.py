"""A list to choose from by typing: words narrow it, arrows walk it, Enter takes the one shown."""

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
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qma_app.i18n import _
from ui import theme
from ui.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One thing to choose; `id` None stands for none of them, `words` is what is searched."""

    id: str | None
    number: str
    statement: str
    words: str


def choice_of(id: str, number: str, statement: str) -> Choice:
    """A choice that is found by its number and its words."""
    return Choice(id=id, number=number, statement=statement, words=f"{number} {statement}".casefold())


def ask_below(
    owner: QWidget, choices: Sequence[Choice], *, find: str, name: str, width: int = 420
) -> ChoiceList:
    """Open a list below a widget; connect to its `picked`. It goes away by itself."""
    popup = ChoiceList(owner, find=find, name=name)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    wide = max(owner.width(), theme.px(width))
    corner = owner.mapToGlobal(QPoint(owner.width() - wide, owner.height() + 2))
    popup.open_at(QRect(corner.x(), corner.y(), wide, theme.px(340)), tuple(choices), None)
    return popup


class ChoiceList(QFrame):
    """Opens over the window; `picked` carries the id chosen."""

    picked = Signal(object)

    def __init__(self, parent: QWidget, *, find: str, name: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("surface")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._choices: tuple[Choice, ...] = ()
        self.search = QLineEdit()
        self.search.setAccessibleName(find)
        self.search.setPlaceholderText(_("Find by number or words"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self._model = _ChoiceModel(self)
        self.list = QListView()
        self.list.setAccessibleName(name)
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
        parent = self.parentWidget()
        screen = (parent or self).screen().availableGeometry()
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
            self.close()
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
            return f"{choice.number} {choice.statement}".strip()
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
        paint_choice(painter, area.adjusted(theme.px(6), 0, -theme.px(6), 0), choice)
        painter.restore()


def paint_choice(painter: QPainter, words: QRect, choice: Choice) -> None:
    """The number in a column of its own, so that its order stays in every direction of writing."""
    look = theme.current()
    painter.setPen(look.colour("text"))
    painter.setFont(look.font(weight="strong"))
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, choice.number)
    taken = max(look.px(62), painter.fontMetrics().horizontalAdvance(choice.number) + look.px(8))
    rest = words.adjusted(taken if choice.number else 0, 0, 0, 0)
    painter.setFont(look.font())
    painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, cut(painter, choice.statement, rest.width()))


def cut(painter: QPainter, text: str, width: int) -> str:
    """As much of a text as fits."""
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
