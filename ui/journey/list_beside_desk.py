"""The frame of a view that is a list beside a desk: what is chosen in the list lies on the desk."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.ids import EngagementId
from ui import theme
from ui.journey.frame import JourneyPart
from ui.standards_view.table import WordTable
from ui.today.columns import NARROW
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState

Key = TypeVar("Key", bound=str)


class ListBesideDesk(JourneyPart, Generic[Key]):
    """What is chosen stays chosen. A subclass makes list and desk, calls `_lay_out`, and reads and shows both."""

    _chosen: Key | None = None
    _is_showing = False

    def _lay_out(
        self,
        beside: WordTable,
        desk: QWidget,
        *,
        plan: Button,
        empty: EmptyState,
        width: int,
        width_narrow: int,
    ) -> None:
        self._beside, self._widths = beside, (width, width_narrow)
        self.plan_button, self.empty = plan, empty
        self._card = Card()
        whole = self._card.layout()
        if whole is not None:
            whole.setContentsMargins(9, 8, 9, 6)
        self._card.body.addWidget(beside, 1)
        self._card.body.addWidget(plan)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._card)
        row.addWidget(desk, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(both)
        self._whole.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 12)
        column.addWidget(self._whole)
        beside.chosen.connect(self._choose)
        beside.opened.connect(self._opened)
        plan.clicked.connect(self.new)
        empty.wanted.connect(self.new)

    def show_engagement(self) -> None:
        self._chosen = None
        self.refresh()

    def refresh(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        self._chosen = self._read(engagement.id)
        self._whole.setCurrentIndex(0 if self._has_any() else 1)
        self._is_showing = True
        self._show_list()
        self._beside.select(self._chosen)
        self._is_showing = False
        self._show_desk()

    def take_focus(self) -> None:
        if self._whole.currentIndex() == 1:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._is_under_way():
            self._to_the_desk()
        else:
            self._beside.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_delete = event.key() == Qt.Key.Key_Delete
        if is_delete and self._beside.hasFocus() and self._chosen is not None:
            self._delete()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width, width_narrow = self._widths
        is_narrow = self.width() < theme.px(width + NARROW)
        self._card.setFixedWidth(theme.px(width_narrow if is_narrow else width))

    def _read(self, engagement_id: EngagementId) -> Key | None:
        """Read everything, and say what lies on the desk."""
        raise NotImplementedError

    def _has_any(self) -> bool:
        raise NotImplementedError

    def _show_list(self) -> None:
        raise NotImplementedError

    def _show_desk(self) -> None:
        """Show what lies on the desk, and the buttons that go with it."""
        raise NotImplementedError

    def _is_under_way(self) -> bool:
        """Whether the keyboard goes to the desk rather than to the list."""
        return False

    def _to_the_desk(self) -> None:
        raise NotImplementedError

    def _delete(self) -> None:
        """Del in the list."""
        raise NotImplementedError

    def _choose(self, key: object) -> None:
        if self._is_showing or key == self._chosen:
            return
        self.flush()
        self._chosen = cast("Key", str(key))
        self.refresh()
        self.head_changed.emit()
        self.went.emit()

    def _opened(self, key: object) -> None:
        self._choose(key)
        self._to_the_desk()
