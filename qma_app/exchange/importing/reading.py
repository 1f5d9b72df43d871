"""Reads a file from outside through a child process, a message at a time, so that our memory does not grow with the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qma_app.errors import ImportTrouble
from qma_app.exchange.file_names import clean_name
from qma_app.exchange.importing.child import MOST_MEMORY, MOST_SECONDS, TOO_MUCH_MEMORY
from qma_app.exchange.importing.serving import Message, answer
from qma_app.exchange.importing.tables import Cell, CellNote, FirstLook, Leaf, Row, Sheet
from qma_app.i18n import _, language

Progress = Callable[[float], object]
"""Hears the share done, 0 to 1; stops the work by answering False."""

WALL_SECONDS: Final = 60
"""A slow disk or a sleeping machine is no processor time: the child itself ends after 30 s of that."""
_LOOK_EVERY: Final = 0.25
_PACKAGES: Final = Path(__file__).resolve().parents[3]


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideFile:
    """A file that somebody else made. With `is_isolated` a child process parses it; without, this one does.

    With `is_across` cells merged into the one to their left are told as repeated too, not only those below it.
    """

    path: Path
    is_isolated: bool = True
    progress: Progress | None = None
    is_across: bool = False

    @property
    def shown(self) -> str:
        """Its name, fit to be shown."""
        return clean_name(self.path.name)

    def first_look(self) -> FirstLook:
        """What the file is and how it begins; ImportTrouble says why it is refused."""
        form, notes, leaves = "", [], []
        sheets: list[tuple[str, bool]] = []
        rows: list[list[Row]] = []
        cut: set[int] = set()
        for kind, *said in self._messages(None, is_first_look=True):
            match kind:
                case "form":
                    form = said[0]
                case "note":
                    notes.append(said[0])
                case "sheet":
                    sheets.append((said[0], said[1]))
                    rows.append([])
                case "row":
                    rows[-1].append(_row(said))
                case "cut" if sheets:
                    cut.add(len(sheets) - 1)
                case "leaf":
                    leaves.append(_leaf(said))
        return FirstLook(
            form=form,
            name=self.shown,
            notes=tuple(notes),
            leaves=tuple(leaves),
            sheets=tuple(
                Sheet(name=name, is_hidden=is_hidden, rows=tuple(rows[place]), is_cut=place in cut)
                for place, (name, is_hidden) in enumerate(sheets)
            ),
        )

    def rows(self, sheets: list[str]) -> Generator[tuple[str, Row], None, None]:
        """Each filled row of the named sheets with the sheet's name, in the order of the file; to be closed."""
        name = ""
        with closing(self._messages(sheets, is_first_look=False)) as messages:
            for kind, *said in messages:
                if kind == "sheet":
                    name = said[0]
                elif kind == "row":
                    yield name, _row(said)

    def leaves(self) -> Generator[Leaf, None, None]:
        """Each value of a YAML file."""
        with closing(self._messages(None, is_first_look=False)) as messages:
            for kind, *said in messages:
                if kind == "leaf":
                    yield _leaf(said)

    def _messages(self, sheets: list[str] | None, *, is_first_look: bool) -> Generator[Message, None, None]:
        if self.is_isolated:
            request = {
                "sheets": sheets,
                "is_first_look": is_first_look,
                "is_across": self.is_across,
                "language": language(),
            }
            messages = _from_child(self.path, json.dumps(request), self.shown)
        else:
            messages = answer(self.path, sheets, is_first_look=is_first_look, is_across=self.is_across)
        # Closing, not waiting for the garbage: an exception that somebody keeps would keep the child, too.
        with closing(messages):
            for message in messages:
                if message[0] == "share" and self.progress and self.progress(message[1]) is False:
                    raise ImportTrouble(_("It was stopped; nothing was taken in."), code="import.cancelled")
                yield message


def _row(said: Message) -> Row:
    number, cells = said
    return Row(
        number,
        {column: Cell(text, column, CellNote(note)) for column, text, note in cells},
    )


def _leaf(said: Message) -> Leaf:
    path, text, line = said
    return Leaf(path=tuple(path), text=text, line=line)


def _from_child(path: Path, request: str, shown: str) -> Generator[Message, None, None]:
    """What the child says; whoever stops listening ends it, and so do its limits."""
    child = subprocess.Popen(
        # -P: a file named like a library beside the caller must not be taken for it. -B: the child writes nothing at all.
        [sys.executable, "-P", "-B", "-m", "qma_app.exchange.importing.child", str(path.absolute()), request],
        env={**os.environ, "PYTHONPATH": str(_PACKAGES), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert child.stdout
    assert child.stderr
    watch = _Watch(child)
    watch.start()
    is_finished = False
    try:
        for line in child.stdout:
            message: Message = json.loads(line)
            if message[0] == "trouble":
                _kind, code, text, way_out, params = message
                raise ImportTrouble(text, code=code, way_out=way_out, **params)
            if message[0] == "end":
                is_finished = True
                break
            yield message
        if not is_finished:
            raise _broke_off(child.wait(), watch.ended_for, shown)
    finally:
        watch.is_over.set()
        if not is_finished:
            child.kill()
        child.stdout.close()
        child.stderr.close()
        child.wait()
        watch.join()


def _broke_off(code: int, ended_for: str, shown: str) -> ImportTrouble:
    if code == TOO_MUCH_MEMORY or ended_for == "memory":
        why = _("{name} needs more than {limit} MB of memory to be read.").format(
            name=shown, limit=MOST_MEMORY >> 20
        )
    elif ended_for == "time" or code in (-24, -9, 152, 137):  # SIGXCPU, or SIGKILL after it
        why = _("{name} takes longer than {limit} seconds to be read.").format(name=shown, limit=MOST_SECONDS)
    else:
        why = _("Reading {name} broke off (code {code}).").format(name=shown, code=code)
    return ImportTrouble(
        why,
        code="import.broke-off",
        way_out=_("Nothing was taken in. Open the file in Excel and save it anew, or split it."),
        name=shown,
        exit_code=code,
    )


class _Watch(threading.Thread):
    """Ends a child that takes too long; on Windows, where a process cannot limit itself, also one that takes too much memory."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        super().__init__(name="import-watch", daemon=True)
        self._child = child
        self._until = time.monotonic() + WALL_SECONDS
        self.is_over = threading.Event()
        self.ended_for = ""

    def run(self) -> None:
        while not self.is_over.wait(_LOOK_EVERY):
            if time.monotonic() > self._until:
                self.ended_for = "time"
            elif _memory_on_windows(self._child) > MOST_MEMORY:
                self.ended_for = "memory"
            if self.ended_for:
                self._child.kill()
                return


if sys.platform == "win32":
    import ctypes

    class _Counters(ctypes.Structure):
        """What Windows tells about a process (PROCESS_MEMORY_COUNTERS)."""

        _fields_ = [
            ("size", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            *((f"figure_{place}", ctypes.c_size_t) for place in range(8)),
        ]

    def _memory_on_windows(child: subprocess.Popen[bytes]) -> int:
        """Bytes the child has committed."""
        counters = _Counters()
        counters.size = ctypes.sizeof(counters)
        handle = ctypes.c_void_p(int(child._handle))  # type: ignore[attr-defined]  # private, and the one way to it
        if not ctypes.windll.psapi.GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size):
            return 0
        return int(counters.figure_6)  # the bytes committed (PagefileUsage)

else:

    def _memory_on_windows(_child: subprocess.Popen[bytes]) -> int:
        """Elsewhere a process limits itself."""
        return 0
