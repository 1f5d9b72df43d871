"""Catches what nobody expected: writes it down without personal data, keeps the window open, offers the report."""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QDateTime, QObject, Qt, Signal, qVersion

import qma_app
from qma_app.errors import QmaError

FOLDER = "crashes"
KEPT = 10
_HARD = "stopped.txt"


class CrashKeeper(QObject):
    """`crashed` carries the report's path, `refused` an expected failure that no page had caught."""

    crashed = Signal(object)
    refused = Signal(object)

    def __init__(self, settings_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = settings_folder / FOLDER
        self._before: Callable[..., object] = sys.excepthook
        self._hard_file: TextIO | None = None
        self.left_over: Path | None = None

    def install(self) -> None:
        """Stand guard from now on; `left_over` is the report of a run that ended badly and nobody has seen."""
        self.left_over = self.unseen()
        self._before = sys.excepthook
        sys.excepthook = self.caught
        threading.excepthook = self._caught_in_thread
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._hard_file = (self._folder / _HARD).open("w", encoding="utf-8")
            faulthandler.enable(self._hard_file)
        except OSError:
            self._hard_file = None  # no place to write: the program works without reports

    def remove(self) -> None:
        """Stop standing guard, as the program ends or in tests."""
        if sys.excepthook == self.caught:
            sys.excepthook = self._before
        threading.excepthook = threading.__excepthook__
        if self._hard_file is not None:
            faulthandler.disable()
            self._hard_file.close()
            self._hard_file = None
            (self._folder / _HARD).unlink(missing_ok=True)

    def unseen(self) -> Path | None:
        """The newest report nobody has seen; what Python itself wrote down as it was killed becomes a report too."""
        hard = self._folder / _HARD
        if hard.is_file() and hard.stat().st_size:
            return self._write(hard.read_text(encoding="utf-8", errors="replace"))
        reports = sorted(self._folder.glob("*.new.txt"))
        return reports[-1] if reports else None

    def seen(self) -> None:
        """Every report was offered; they stay, but are not offered again."""
        for report in self._folder.glob("*.new.txt"):
            report.rename(report.with_name(report.name.replace(".new.txt", ".txt")))

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What `sys.excepthook` is: a bug is written down and announced, an expected failure only announced."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, trace)
        elif isinstance(error, QmaError):
            self.refused.emit(error)
        else:
            report = self._write(told_without_values(error))
            print(told_without_values(error), file=sys.stderr)  # noqa: T201  who started it in a terminal sees it there
            self.crashed.emit(report)

    def bug(self, error: BaseException) -> None:
        """A bug that was caught elsewhere, in work beside the window."""
        self.caught(type(error), error, error.__traceback__)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _write(self, story: str) -> Path | None:
        stamp = QDateTime.currentDateTimeUtc().toString("yyyyMMdd-HHmmss-zzz")
        report = self._folder / f"crash-{stamp}.new.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            report.write_text(f"{_machine()}\n\n{story}", encoding="utf-8")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return report


def told_without_values(error: BaseException) -> str:
    """Kinds and places of an error and of what led to it; its words are left out, for they may quote a person."""
    import traceback

    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}")
        frames = traceback.extract_tb(current.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _short(filename: str) -> str:
    # The folders above the packages hold the user's name.
    parts = Path(filename).parts
    for package in ("qma_app", "ui", "site-packages"):
        if package in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(package) :])
    return parts[-1] if parts else filename


def _machine() -> str:
    import platform

    now = QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate)
    return (
        f"QMA Coach {qma_app.__version__}, {now}\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()} {platform.machine()}"
    )
