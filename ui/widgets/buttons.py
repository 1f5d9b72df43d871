"""Buttons: with words in four kinds, or an icon alone that always has a name and tells its key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QWidget

from ui import theme
from ui.key_names import keys_text
from ui.widgets.icons import SIZE, icon
from ui.widgets.labels import plain_tip

_ICON_TOKEN = {"primary": "on_accent", "danger": "bad", "plain": "text", "quiet": "muted", "link": "accent"}


class Button(QPushButton):
    """Verb and object; `kind` is plain, primary (one a screen), quiet, danger or link.

    `keys` are shown behind the words (`New finding  F`) and, with `acts_on_keys`, also press the button.
    """

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        kind: str = "plain",
        icon_name: str = "",
        keys: str = "",
        acts_on_keys: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self._kind = kind
        self._words = text
        self._keys = keys
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon_name:
            self.set_icon(icon_name)
        self.say(text)
        if keys and acts_on_keys:
            self.setShortcut(keys)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and (self._kind == "primary" or self.isDefault()):
            # The focus colour would drown on the accent, so the ring stands inside the edge.
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().colour("on_accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(3, 3, -4, -4), 4, 4)

    def say(self, text: str) -> None:
        """Change the words; the key behind them stays."""
        self._words = text
        # Qt leaves hardly any room between an icon and the words.
        words = text if self.icon().isNull() else f" {text}"
        self.setText(f"{words}   {_short(self._keys)}" if self._keys else words)
        self.setAccessibleName(text)

    def set_icon(self, name: str) -> None:
        """Show an icon before the words."""
        self.setIcon(icon(name, _ICON_TOKEN.get(self._kind, "text")))
        self.setIconSize(QSize(theme.px(SIZE - 2), theme.px(SIZE - 2)))


class IconButton(QToolButton):
    """An icon alone: its name is spoken, and shown with its key in the tooltip."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        parent: QWidget | None = None,
        *,
        keys: str = "",
        token: str = "muted",
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._token = token
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_as(icon_name, name)

    def show_as(self, icon_name: str, name: str) -> None:
        """Another icon and name, as for a button that turns something on and off."""
        self.setIcon(icon(icon_name, self._token))
        self.setIconSize(QSize(theme.px(SIZE), theme.px(SIZE)))
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(f"{name} ({keys_text(self._keys)})" if self._keys else name))


class MenuButton(Button):
    """A button that opens a menu of choices and shows the one chosen (`All areas ▾`)."""

    def __init__(self, text: str, parent: QWidget | None = None, *, kind: str = "plain") -> None:
        super().__init__(text, parent, kind=kind)
        self.choices = QMenu(self)
        self.setMenu(self.choices)


def _short(keys: str) -> str:
    return {"Return": "↵", "Enter": "↵"}.get(keys, keys_text(keys))
