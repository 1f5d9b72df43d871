"""Starts the window: painted first, then the last workspace is opened; a second start only calls the first."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qma_app import design, i18n
from ui.settings import Settings
from ui.single_instance import SingleInstance
from ui.theme import ThemeKeeper, load_fonts

if TYPE_CHECKING:
    from ui.collecting import Collector
    from ui.crash import CrashKeeper
    from ui.frontdoor import FrontDoor

_LOCALES = {"en": "en_GB", "de": "de_DE"}
"""How Qt writes days in its own fields: day before month, as everywhere else in the window."""


class Coach(QObject):
    """The running program: paints the frame, then lets `FrontDoor` in, which knows everything that is heavy."""

    opened = Signal()  # the first screen stands: a page, or the welcome

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        wanted: Path | None = None,
        theme: ThemeKeeper | None = None,
        crash: CrashKeeper | None = None,
    ) -> None:
        super().__init__(app)
        # Nothing made before the first paint is ever garbage: looking for it costs a tenth of the start.
        gc.disable()
        from ui.widgets import icons
        from ui.window import MainWindow
        from ui.window_state import restore_window
        from ui.workbench import Workbench

        icons.hold_back(is_held=True)
        self.settings = settings
        self.theme = theme or ThemeKeeper(app)
        self.theme.apply(settings.appearance, settings.font_percent)
        self.workbench = Workbench(settings, self)
        self.window = MainWindow(self.workbench)
        self._wanted = wanted
        self._crash = crash
        self._door: FrontDoor | None = None
        self._collector: Collector | None = None
        restore_window(self.window, settings)
        settings.changed.connect(self._setting_changed)
        self.window.painted.connect(self.open_door)

    @property
    def front_door(self) -> FrontDoor:
        """What happens around the pages; there from the first paint on."""
        if self._door is None:
            from ui.frontdoor import FrontDoor

            self._door = FrontDoor(self.window)
        return self._door

    def show(self) -> None:
        """Paint the frame; everything else follows the first paint."""
        self.window.show()

    def open_door(self) -> None:
        """The frame is painted: load what is heavy and open what was open last."""
        from ui.collecting import Collector
        from ui.widgets import icons

        load_fonts()
        icons.hold_back(is_held=False)
        self.window.update()
        if self._crash is not None:
            self.front_door.guard(self._crash)
        self.front_door.start(self._wanted)
        self._collector = Collector(self)
        self.opened.emit()

    def open_path(self, path: Path | None) -> None:
        """A second start was made, with this file or folder."""
        self.front_door.workspaces.open_path(path)

    def close(self) -> None:
        """Stop long work and give the workspace back."""
        if self._door is not None:
            self._door.close()
        if self._collector is not None:
            self._collector.stop()

    def _setting_changed(self, name: str) -> None:
        if name == "content_language":
            i18n.set_content_language(self.settings.text(name, "") or None)
            self.window.stack.age()
        # After the control that was used has finished its own event.
        if name == "appearance":
            QTimer.singleShot(0, self._apply_theme)
        elif name == "font_percent":
            QTimer.singleShot(0, self._apply_size)

    def _apply_theme(self) -> None:
        self.theme.apply(self.settings.appearance, self.settings.font_percent)

    def _apply_size(self) -> None:
        self._apply_theme()
        self.window.rescale()


def make_application(arguments: Sequence[str]) -> QApplication:
    """The QApplication as the window needs it; the one there is, if there is one."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([*arguments])
    app.setStyle("Fusion")
    app.setApplicationName(design.APP_NAME)
    app.setApplicationDisplayName(design.APP_NAME)
    app.setDesktopFileName("qma-coach")
    return app


def speak(app: QApplication, settings: Settings) -> None:
    """Make the languages chosen count, for our own words, the standard's and Qt's; before anything with words is imported."""
    chosen = settings.window_language
    if chosen == i18n.SYSTEM:
        chosen = os.environ.get("QMA_LANGUAGE") or next(iter(QLocale.system().uiLanguages()), "en")
    code = i18n.spoken_language(chosen)
    i18n.set_language(code)
    i18n.set_content_language(settings.text("content_language", "") or None)
    QLocale.setDefault(QLocale(_LOCALES.get(code, code)))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != "en" and translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window on the workspace last used, or on the folder or backup named; gives the exit code."""
    arguments = sys.argv if arguments is None else arguments
    wanted = Path(arguments[1]) if len(arguments) > 1 else None
    app = make_application(arguments[:1])
    settings = Settings()
    single = SingleInstance(settings.folder, app)
    if not single.is_first() and single.hand_over(wanted):
        return 0
    speak(app, settings)
    from ui.crash import CrashKeeper

    crash = CrashKeeper(settings.folder, app)
    crash.install()
    coach = Coach(app, settings, wanted, crash=crash)
    coach.window.painted.connect(single.listen)
    single.asked.connect(coach.open_path)
    coach.show()
    code = app.exec()
    coach.close()
    single.close()
    crash.remove()
    return code
