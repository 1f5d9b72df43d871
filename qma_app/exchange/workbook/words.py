"""Words as a cell can hold them: nothing is ever computed from them, nothing breaks the file, and what is cut says so."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from qma_app.i18n import _, number_text

LONGEST: Final = 32_767
"""What Excel keeps in a cell, counted in UTF-16 as Excel counts: an emoji is two."""
LONGEST_TITLE: Final = 31
REPLACEMENT: Final = "\ufffd"

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Control characters, explicit direction changes, interlinear marks, lone surrogates and noncharacters.
_UNSHOWABLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_MARKUP: Final = re.compile("[&<>]|_(?=x[0-9A-Fa-f]{4}_)")
# Excel reads `_x0041_` in a cell as the letter A, so an underscore that begins such a word is spelled out itself.
_SPELLED: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\]")


@dataclass(kw_only=True, slots=True)
class Losses:
    """What could not be written as it was typed: characters replaced, fields cut."""

    replaced: int = 0
    cut: int = 0


def markup_of(text: str, losses: Losses) -> str:
    """The text as it stands between the tags of a cell; what no cell can hold becomes U+FFFD or is cut, and is counted."""
    if len(text) <= LONGEST // 2 and text.isprintable():
        return _MARKUP.sub(_spelled, text)
    return _MARKUP.sub(_spelled, shown(text, losses))


def shown(text: str, losses: Losses) -> str:
    """The text as a reader of the cell sees it."""
    count = len(text)
    # Cleaning makes two letters one at most: more than this cannot fit, and need not be looked at.
    text = _LINE_ENDS.sub("\n", text[: 2 * LONGEST + 2])
    text, replaced = _UNSHOWABLE.subn(REPLACEMENT, text)
    losses.replaced += replaced
    if _length(text) <= LONGEST:
        return text
    losses.cut += 1
    note = "\n" + _(
        "[Cut here: a cell holds {kept} of {count} characters; the program keeps them all.]"
    ).format(kept=number_text(LONGEST), count=number_text(count))
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(note))].decode("utf-16-le", errors="ignore")
    return kept + note


def sheet_title(title: str, taken: Collection[str] = ()) -> str:
    """A name that Excel takes for a sheet: short, without `[]:*?/\\`, and different from those taken, whatever their case."""
    name = _UNSHOWABLE.sub(REPLACEMENT, _LINE_ENDS.sub(" ", title))
    name = _cut(_NOT_IN_TITLES.sub("_", name).replace("\t", " "), LONGEST_TITLE).strip().strip("'")
    name = _("Sheet") if not name or name.casefold() == "history" else name
    others = {other.casefold() for other in taken}
    free, number = name, 2
    while free.casefold() in others:
        free = _cut(name, LONGEST_TITLE - len(f" {number}")) + f" {number}"
        number += 1
    return free


def _length(text: str) -> int:
    return len(text) if len(text) <= LONGEST // 2 else len(text.encode("utf-16-le")) // 2


def _cut(text: str, length: int) -> str:
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")


def _spelled(found: re.Match[str]) -> str:
    return _SPELLED[found[0]]
