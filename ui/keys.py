"""The keys that work on every screen, as one list: what the sheet shows is what is bound."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut

from qma_app.i18n import _
from ui.errands import Errands
from ui.palette import Palette
from ui.shortcuts import LetterKey, Shortcut
from ui.window import MainWindow

ANYWHERE = (
    Shortcut(keys="Ctrl+K", title=_("Search or run a command")),
    Shortcut(keys="Ctrl+Shift+F", title=_("Quick capture: a note or a finding")),
    Shortcut(keys="Ctrl+1", title=_("Today; Ctrl+2 to Ctrl+9 the other screens")),
    Shortcut(keys="Ctrl+Tab", title=_("Next open area")),
    Shortcut(keys="Ctrl+F", title=_("Search in this screen")),
    Shortcut(keys="Ctrl+P", title=_("Report preview")),
    Shortcut(keys="Ctrl+Shift+S", title=_("Save the PDF elsewhere")),
    Shortcut(keys="Ctrl+Z", title=_("Undo")),
    Shortcut(keys="Ctrl+Shift+Z", title=_("Redo")),
    Shortcut(keys="Ctrl+N", title=_("New on this screen")),
    Shortcut(keys="F11", title=_("Focus mode")),
    Shortcut(keys="Alt+Left", title=_("Back")),
    Shortcut(keys="Alt+Right", title=_("Forward")),
    Shortcut(keys="Ctrl+,", title=_("Settings")),
    Shortcut(keys="Ctrl+Q", title=_("Quit; everything is saved")),
    Shortcut(keys="F1, ?", title=_("Keyboard shortcuts")),
)


def bind(window: MainWindow, errands: Errands, palette: Palette) -> None:
    """Connect each key of the list to what it does; screens are reached by their place in the full list."""
    acts: dict[str, Callable[[], object]] = {
        "Ctrl+K": palette.show,
        "Ctrl+Shift+F": errands.quick_capture,
        "Ctrl+Tab": errands.next_area,
        "Ctrl+F": errands.focus_search,
        "Ctrl+P": errands.preview_report,
        "Ctrl+Shift+S": errands.save_elsewhere,
        "Ctrl+Z": errands.undo,
        "Ctrl+Shift+Z": errands.redo,
        "Ctrl+Y": errands.redo,
        "Ctrl+N": errands.new,
        "F11": window.toggle_focus,
        "Alt+Left": window.back,
        "Alt+Right": window.forward,
        "Ctrl+,": errands.show_settings,
        "Ctrl+Q": window.close,
        "F1": errands.show_shortcuts,
    }
    for keys, act in acts.items():
        QShortcut(QKeySequence(keys), window).activated.connect(act)
    for entry in window.entries:
        if entry.keys:
            shortcut = QShortcut(QKeySequence(entry.keys), window)
            shortcut.setProperty("page", entry.key)
            shortcut.activated.connect(window.page_key_pressed)
    settings = window.workbench.settings
    LetterKey("?", window, errands.show_shortcuts, is_on=lambda: settings.single_letters)
