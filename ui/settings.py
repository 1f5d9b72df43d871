"""Remembers on this computer how the coach likes to work; nothing about a dealership is kept here but the last place."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from qma_app import i18n
from ui.theme import Appearance

E = TypeVar("E", bound=StrEnum)
FILE = "window.ini"
RECENT = 10


class Settings(QObject):
    """One file in the settings folder; each change is written at once and announced by its name."""

    changed = Signal(str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder or _usual_folder()
        self._store = QSettings(str(self.folder / FILE), QSettings.Format.IniFormat)

    @property
    def appearance(self) -> Appearance:
        return self._choice("appearance", Appearance.SYSTEM)

    @property
    def font_percent(self) -> int:
        """90 to 200; a damaged value counts as 100."""
        percent = self._number("font_percent", 100)
        return percent if 90 <= percent <= 200 else 100

    @property
    def single_letters(self) -> bool:
        """Whether letters and digits alone act as shortcuts; off for screen readers and voice control."""
        return self.flag("single_letters", default=True)

    @property
    def moves_on(self) -> bool:
        """Whether rating a checkpoint moves on to the next one."""
        return self.flag("moves_on", default=False)

    @property
    def independent_rating(self) -> bool:
        """Whether the last rating stays hidden until a checkpoint is rated."""
        return self.flag("independent_rating", default=False)

    @property
    def published_areas(self) -> bool:
        """Whether Today shows the standing by the published areas, where the edition has any."""
        return self.flag("published_areas", default=False)

    @property
    def window_language(self) -> str:
        """What was chosen for menus and buttons: `system`, or the code of a language the program speaks."""
        return self.text("window_language", i18n.SYSTEM)

    @property
    def content_language(self) -> str:
        """The language of checklist texts: that of the window unless another was chosen."""
        return self.text("content_language", "") or i18n.language()

    @property
    def report_language(self) -> str:
        """The language papers are offered in first: that of the window unless another was chosen."""
        return self.text("report_language", "") or i18n.language()

    @property
    def paper(self) -> str:
        return self.text("paper", "A4")

    @property
    def author_line(self) -> str:
        """What stands on papers under who made them; empty means the name of who is working."""
        return self.text("author_line", "")

    @property
    def reports_folder(self) -> Path:
        from qma_app import folders

        chosen = self.text("reports_folder", "")
        return Path(chosen) if chosen else folders.reports_folder()

    @property
    def incoming_folder(self) -> Path:
        """Where the last workbook somebody filled in was found; at first the folder of reports."""
        chosen = self.text("incoming_folder", "")
        return Path(chosen) if chosen and Path(chosen).is_dir() else self.reports_folder

    @property
    def workspace_folder(self) -> Path | None:
        """The workspace open last; None before the first one."""
        last = self.text("workspace_folder", "")
        return Path(last) if last else None

    @property
    def recent_papers(self) -> tuple[Path, ...]:
        """The last ten papers and workbooks saved, the newest first; some may be gone."""
        return tuple(Path(line) for line in self.text("recent_papers", "").splitlines() if line)

    def remember_paper(self, path: Path) -> None:
        """A paper or workbook was saved."""
        papers = [path, *(known for known in self.recent_papers if known != path)][:RECENT]
        self.put("recent_papers", "\n".join(map(str, papers)))

    def text(self, name: str, default: str) -> str:
        value = self._store.value(name)
        return value if isinstance(value, str) else default

    def flag(self, name: str, *, default: bool) -> bool:
        return self.text(name, "yes" if default else "no") == "yes"

    def blob(self, name: str) -> QByteArray:
        """Bytes Qt gave for keeping, such as the state of a splitter; empty when there are none."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()

    def put(self, name: str, value: str | bool | int | QByteArray) -> None:
        """Change one setting, on disk too."""
        if isinstance(value, bool):
            value = "yes" if value else "no"
        stored = str(value) if isinstance(value, int) else value
        if self._store.value(name) == stored:
            return
        self._store.setValue(name, stored)
        self._store.sync()
        self.changed.emit(name)

    def forget(self, name: str) -> None:
        """Back to the value a fresh computer has."""
        self._store.remove(name)
        self._store.sync()
        self.changed.emit(name)

    def _number(self, name: str, default: int) -> int:
        text = self.text(name, "")
        return int(text) if text.isdecimal() else default

    def _choice(self, name: str, default: E) -> E:
        try:
            return type(default)(self.text(name, default))
        except ValueError:
            return default


def _usual_folder() -> Path:
    from qma_app import folders

    return folders.settings_folder()
