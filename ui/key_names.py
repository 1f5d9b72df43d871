"""Writes keys as the system at hand and the language of the window name them."""

from __future__ import annotations

import re
import sys

from qma_app.i18n import _, language

_SYSTEM: str = sys.platform
_WORD = re.compile(r"[A-Z][A-Za-z]+")


def keys_text(keys: str) -> str:
    """Keys as this system names them, such as `Ctrl+F`, in German `Strg+F`; several ways are written `J, K`."""
    if _SYSTEM != "darwin":
        return keys if language() == "en" else _translated(keys)
    from PySide6.QtGui import QKeySequence

    return ", ".join(
        QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) or one for one in keys.split(", ")
    )


def _translated(keys: str) -> str:
    names = {
        "Ctrl": _("Ctrl"),
        "Shift": _("Shift"),
        "Alt": _("Alt"),
        "Return": _("Return"),
        "Enter": _("Enter"),
        "Space": _("Space"),
        "Esc": _("Esc"),
        "Del": _("Del"),
        "Backspace": _("Backspace"),
        "Home": _("Home"),
        "End": _("End"),
        "PgUp": _("PgUp"),
        "PgDown": _("PgDown"),
        "Left": _("Left"),
        "Right": _("Right"),
        "Up": _("Up"),
        "Down": _("Down"),
    }
    return _WORD.sub(lambda found: names.get(found.group(), found.group()), keys)
