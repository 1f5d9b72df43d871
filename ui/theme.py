"""Turns the colour and size tokens into what Qt paints with: a palette, one style sheet, and figures for painted widgets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from qma_app import assets, design
from qma_app.design import DARK, LIGHT, Palette

FAMILIES = ("Inter", "Noto Sans", "DejaVu Sans")
# What the empty frame is written in, and the rest, which may follow its first paint.
_FIRST, _THEN = ("Inter-Regular", "Inter-Bold"), ("Inter-Medium", "Inter-SemiBold")
_WEIGHT = {
    "regular": QFont.Weight.Normal,
    "medium": QFont.Weight.Medium,
    "strong": QFont.Weight.DemiBold,
    "bold": QFont.Weight.Bold,
}


# Shades between two tokens: what a pointer, a finger or a scroll bar needs and no meaning hangs on.
_SHADES = {
    "accent-hover": ("accent", "text", 0.88),
    "accent-pressed": ("accent", "text", 0.76),
    "scroll": ("control_edge", "surface", 0.5),
}


class Appearance(StrEnum):
    """The three choices of ux: light, dark, or what the system has."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """What is in force now; painted widgets ask for it in each paint event, so that a switch needs no telling."""

    palette: Palette = LIGHT
    is_dark: bool = False
    scale: float = 1.0

    def px(self, size: float) -> int:
        """A length of the tokens in pixels at the chosen font size."""
        return round(size * self.scale)

    def colour(self, token: str) -> QColor:
        """A token (`muted`), a tint (`bad-tint`: a tenth of it over the surface) or `#rrggbb`."""
        return QColor(self.hex(token))

    def hex(self, token: str) -> str:
        """The same as `#rrggbb`."""
        if token.startswith("#"):
            return token
        if token.endswith("-tint"):
            return mixed(self.hex(token.removesuffix("-tint")), self.palette.surface, 0.12)
        if token in _SHADES:
            first, second, share = _SHADES[token]
            return mixed(self.hex(first), self.hex(second), share)
        return str(getattr(self.palette, token.replace("-", "_")))

    def font(self, size: float = design.SIZE_BODY, weight: str = "regular") -> QFont:
        """The font of the window at a token size; `weight` is regular, medium, strong or bold."""
        font = QFont(QApplication.font())
        font.setPixelSize(self.px(size))
        font.setWeight(_WEIGHT[weight])
        return font


_theme = Theme()


def current() -> Theme:
    """The theme in force."""
    return _theme


def px(size: float) -> int:
    """A length in pixels at the chosen font size."""
    return _theme.px(size)


class ThemeKeeper(QObject):
    """Keeps the application in the chosen appearance and size, and follows the system where that was chosen."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._appearance = Appearance.SYSTEM
        self._percent = 100
        self._system_size = _pixel_size(app.font())
        load_fonts(_FIRST)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def apply(self, appearance: Appearance, percent: int) -> None:
        """Show everything in this appearance, with `percent` of the normal font size."""
        self._appearance, self._percent = appearance, percent
        self._show()

    def _system_changed(self) -> None:
        if self._appearance is Appearance.SYSTEM:
            self._show()

    def _show(self) -> None:
        global _theme  # noqa: PLW0603  one look for the whole process, like Qt's own palette
        is_dark = self._appearance is Appearance.DARK or (
            self._appearance is Appearance.SYSTEM
            and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        )
        _theme = Theme(
            palette=DARK if is_dark else LIGHT,
            is_dark=is_dark,
            scale=self._percent / 100 * _system_scale(self._system_size),
        )
        font = QFont()
        font.setFamilies([*FAMILIES])
        font.setPixelSize(_theme.px(design.SIZE_BODY))
        palette, sheet = _qt_palette(_theme), style_sheet(_theme)
        # Each of the three goes through every widget there is, changed or not.
        if font != self._app.font():
            self._app.setFont(font)
        if palette != self._app.palette():
            self._app.setPalette(palette)
        if sheet != self._app.styleSheet():
            self._app.setStyleSheet(sheet)
        self.changed.emit()


@cache
def load_fonts(names: tuple[str, ...] = _THEN) -> None:
    """Make shipped fonts known, those not needed for the frame if none are named; what is missing is left to the families behind."""
    for name in names:
        path = assets.resources_folder() / "fonts" / f"{name}.ttf"
        if path.exists():
            QFontDatabase.addApplicationFont(str(path))


def mixed(colour: str, over: str, share: float) -> str:
    """`share` of a colour laid over another."""
    parts = (
        round(int(colour[i : i + 2], 16) * share + int(over[i : i + 2], 16) * (1 - share)) for i in (1, 3, 5)
    )
    return "#{:02X}{:02X}{:02X}".format(*parts)


def style_sheet(theme: Theme) -> str:
    """The style sheet with tokens (`@muted`), lengths (`@px(13)`) and pictures (`@picture(check)`) filled in."""
    pictures = assets.resources_folder() / "styles" / ("dark" if theme.is_dark else "light")
    source = assets.style_path("window").read_text(encoding="utf-8")
    source = re.sub(r"@px\((-?[\d.]+)\)", lambda found: f"{theme.px(float(found[1]))}px", source)
    source = re.sub(
        r"@picture\(([\w-]+)\)", lambda found: f'url("{(pictures / found[1]).as_posix()}.svg")', source
    )
    return re.sub(r"@([a-z][a-z-]*)", lambda found: theme.hex(found[1]), source)


def _pixel_size(font: QFont) -> float:
    # Asking QFontInfo would load the system's font, which nothing here is written in.
    if font.pixelSize() > 0:
        return font.pixelSize()
    return font.pointSizeF() * QGuiApplication.primaryScreen().logicalDotsPerInch() / 72


def _system_scale(pixels: float) -> float:
    # Systems differ by a pixel or two in what they call normal; only a size somebody asked for counts.
    return 1.0 if pixels <= design.SIZE_BODY + 3 else pixels / design.SIZE_BODY


def _qt_palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    tokens = {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "raised",
        role.Text: "text",
        role.PlaceholderText: "muted",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.ToolTipBase: "sidebar",
        role.ToolTipText: "sidebar_text",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "raised",
        role.Mid: "line",
        role.Dark: "control_edge",
        role.Shadow: "control_edge",
    }
    palette = QPalette()
    for key, token in tokens.items():
        palette.setColor(key, theme.colour(token))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(
            QPalette.ColorGroup.Disabled, key, QColor(mixed(theme.palette.muted, theme.palette.surface, 0.7))
        )
    return palette
