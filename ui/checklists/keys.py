"""The keys of the Checklists screen as one list: what acts, what the sheet shows, what the palette offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from qma_app.i18n import _
from ui.shortcuts import Shortcut, digit_of, is_typing

_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


class Verb(StrEnum):
    """What a key does to the current checkpoint or the list."""

    RATE = "rate"
    NOT_APPLICABLE = "not-applicable"
    NOT_SEEN = "not-seen"
    CLEAR = "clear"
    NEXT_UNRATED = "next-unrated"
    PREVIOUS_UNRATED = "previous-unrated"
    DOWN = "down"
    UP = "up"
    NOTE = "note"
    EVIDENCE = "evidence"
    PASTE = "paste"
    FINDING = "finding"
    AS_LAST_TIME = "as-last-time"
    SAMPLE = "sample"
    SUGGESTION = "suggestion"
    NEXT_PROCESS = "next-process"
    INSPECTOR = "inspector"
    PROCESS_NOT_APPLICABLE = "process-not-applicable"
    LOOK = "look"
    SEEN_HOW = "seen-how"
    LIVE = "live"
    REPEATED = "repeated"
    STRENGTH = "strength"


OF_AUDITS = frozenset((Verb.LOOK, Verb.SEEN_HOW, Verb.LIVE, Verb.REPEATED, Verb.STRENGTH))
"""What there is in a guided audit only; in any other assessment these keys mean nothing."""


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One verb: its keys as Qt writes them, its name, and its picture in the palette."""

    verb: Verb
    keys: str
    title: str
    icon: str = ""


def key_lines(steps: int = 9, *, is_audit: bool = False) -> tuple[KeyLine, ...]:
    """Every verb in the order of the sheet, in the language in force; a digit rates for each of the scale's steps."""
    of_audits = (
        KeyLine(Verb.LOOK, "H", _("How I looked: interviews, observation, records"), "scan-eye"),
        KeyLine(Verb.SEEN_HOW, "O", _("Seen on site, remotely, on paper"), "eye"),
        KeyLine(Verb.LIVE, "L", _("Watched live"), "play"),
        KeyLine(Verb.REPEATED, "R", _("Check done again"), "refresh-cw"),
        KeyLine(Verb.STRENGTH, "G", _("Raise a strength as good practice"), "thumbs-up"),
    )
    return (
        KeyLine(Verb.RATE, f"1-{steps}", _("Rate: first, second … step of the scale")),
        KeyLine(Verb.NOT_APPLICABLE, "N", _("Not applicable, with a reason"), "circle-minus"),
        KeyLine(Verb.NOT_SEEN, "U", _("Not seen, with a reason"), "eye-off"),
        KeyLine(Verb.CLEAR, "Backspace", _("Clear the rating"), "x"),
        KeyLine(Verb.AS_LAST_TIME, "S", _("As last time, after looking again"), "history"),
        KeyLine(Verb.NEXT_UNRATED, "Space", _("Next unrated checkpoint"), "arrow-down"),
        KeyLine(Verb.PREVIOUS_UNRATED, "Shift+Space", _("Previous unrated checkpoint"), "arrow-up"),
        KeyLine(Verb.DOWN, "Down, J", _("Next checkpoint"), "arrow-down"),
        KeyLine(Verb.UP, "Up, K", _("Previous checkpoint"), "arrow-up"),
        KeyLine(Verb.NOTE, "Return", _("Edit the note; Esc leaves it"), "pencil"),
        KeyLine(Verb.EVIDENCE, "E", _("Add evidence"), "paperclip"),
        KeyLine(Verb.PASTE, "Ctrl+V", _("Paste a photo at this checkpoint"), "clipboard"),
        KeyLine(Verb.FINDING, "F", _("Raise a finding"), "flag"),
        KeyLine(Verb.SAMPLE, "X", _("Tick the sample: arrows and Space"), "list-checks"),
        KeyLine(Verb.SUGGESTION, "A", _("Apply what the sample suggests"), "check"),
        KeyLine(Verb.NEXT_PROCESS, "Ctrl+Return", _("Next process"), "arrow-right"),
        KeyLine(Verb.INSPECTOR, "I", _("Show or hide the inspector"), "panel-right"),
        KeyLine(Verb.PROCESS_NOT_APPLICABLE, "", _("Whole process not applicable…"), "ban"),
        *(of_audits if is_audit else ()),
    )


def shortcut_lines(steps: int = 9, *, is_audit: bool = False) -> tuple[Shortcut, ...]:
    """What the sheet of shortcuts shows, for a scale of so many steps."""
    lines = key_lines(steps, is_audit=is_audit)
    return tuple(Shortcut(keys=line.keys, title=line.title) for line in lines if line.keys)


_LETTERS: Mapping[Qt.Key, Verb] = {
    Qt.Key.Key_N: Verb.NOT_APPLICABLE,
    Qt.Key.Key_U: Verb.NOT_SEEN,
    Qt.Key.Key_S: Verb.AS_LAST_TIME,
    Qt.Key.Key_J: Verb.DOWN,
    Qt.Key.Key_K: Verb.UP,
    Qt.Key.Key_E: Verb.EVIDENCE,
    Qt.Key.Key_F: Verb.FINDING,
    Qt.Key.Key_X: Verb.SAMPLE,
    Qt.Key.Key_A: Verb.SUGGESTION,
    Qt.Key.Key_I: Verb.INSPECTOR,
    Qt.Key.Key_H: Verb.LOOK,
    Qt.Key.Key_O: Verb.SEEN_HOW,
    Qt.Key.Key_L: Verb.LIVE,
    Qt.Key.Key_R: Verb.REPEATED,
    Qt.Key.Key_G: Verb.STRENGTH,
}
_ALWAYS: Mapping[tuple[Qt.Key, Qt.KeyboardModifier], Verb] = {
    (Qt.Key.Key_Backspace, _NONE): Verb.CLEAR,
    (Qt.Key.Key_Space, _NONE): Verb.NEXT_UNRATED,
    (Qt.Key.Key_Space, _SHIFT): Verb.PREVIOUS_UNRATED,
    (Qt.Key.Key_Down, _NONE): Verb.DOWN,
    (Qt.Key.Key_Up, _NONE): Verb.UP,
    (Qt.Key.Key_Return, _NONE): Verb.NOTE,
    (Qt.Key.Key_Enter, _NONE): Verb.NOTE,
    (Qt.Key.Key_Return, _CTRL): Verb.NEXT_PROCESS,
    (Qt.Key.Key_Enter, _CTRL): Verb.NEXT_PROCESS,
}


def verb_of(event: QKeyEvent, *, letters_are_on: bool) -> tuple[Verb, int | None] | None:
    """What a key press means here, with the step of the scale (from 1) for a rating; None for any other key.

    Nothing while somebody types; letters and digits only where they are wanted.
    """
    if is_typing():
        return None
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if event.matches(QKeySequence.StandardKey.Paste):
        return Verb.PASTE, None
    always = _ALWAYS.get((key, modifiers))
    if always is not None:
        return always, None
    if not letters_are_on:
        return None
    digit = digit_of(event)
    if digit is not None:
        return (Verb.RATE, digit) if digit else None
    verb = _LETTERS.get(key) if modifiers in (_NONE, _SHIFT) else None
    return (verb, None) if verb is not None else None


class KeyActs:
    """Sends a key press to the act of its verb."""

    def __init__(self, acts: Mapping[Verb, Callable[[], object]], rate: Callable[[int], object]) -> None:
        self._acts = acts
        self._rate = rate

    def press(self, event: QKeyEvent, *, letters_are_on: bool, is_audit: bool = False) -> bool:
        """Whether the key meant something and was acted on; a key held down acts once, but moving goes on."""
        meant = verb_of(event, letters_are_on=letters_are_on)
        if meant is None:
            return False
        verb, step = meant
        if verb in OF_AUDITS and not is_audit:
            return False
        if event.isAutoRepeat() and verb not in _MAY_REPEAT:
            return True
        if verb is Verb.RATE and step is not None:
            self._rate(step)
        else:
            self._acts[verb]()
        return True


_MAY_REPEAT = (Verb.DOWN, Verb.UP, Verb.NEXT_UNRATED, Verb.PREVIOUS_UNRATED)
