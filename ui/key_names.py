"""Writes keys as the system at hand names them."""

from __future__ import annotations

import sys

_SYSTEM: str = sys.platform


def keys_text(keys: str) -> str:
    """Keys as this system names them; several ways are written `J, K`."""
    if _SYSTEM != "darwin":
        return keys
    from PySide6.QtGui import QKeySequence

    return ", ".join(
        QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) or one for one in keys.split(", ")
    )
