"""What the rows of an XLSForm are: the kinds of questions, groups and helpers, also misspelt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qma_app.exchange.importing.names import closest, plain


class RowKind(StrEnum):
    RATED = "rated"
    NOTE = "note"
    BEGIN = "begin"
    REPEAT = "repeat"
    END = "end"
    ITSELF = "itself"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class FormType:
    """A type as it is read; `meant` is set where it had to be guessed."""

    kind: RowKind
    name: str
    choices: str = ""
    has_other: bool = False
    meant: str = ""


_SELECTS: Final = {
    "select one": "select_one",
    "select one from": "select_one",
    "select1": "select_one",
    "add select one prompt using": "select_one",
    "select multiple": "select_multiple",
    "select multiple from": "select_multiple",
    "select all that apply": "select_multiple",
    "select all that apply from": "select_multiple",
    "add select multiple prompt using": "select_multiple",
}
_RATED: Final = (
    "text", "string", "integer", "int", "decimal", "range", "date", "time", "datetime", "image", "photo", "yes no",
    "boolean", "acknowledge", "trigger", "percentage", "add image prompt", "add photo prompt", "add text prompt",
    "add integer prompt", "add decimal prompt", "add date prompt",
)  # fmt: skip
_NOTES: Final = ("note", "add note prompt")
_ITSELF: Final = (
    "start", "end", "today", "deviceid", "device id", "username", "phonenumber", "phone number", "email", "imei",
    "subscriberid", "simserial", "audit", "calculate", "hidden", "start geopoint", "background audio", "xml external",
    "csv external", "start time", "end time",
)  # fmt: skip
_OTHER: Final = (
    "geopoint", "gps", "geotrace", "geoshape", "audio", "video", "file", "barcode", "rank", "osm", "csv",
    "select one external", "select one from file", "select multiple from file",
)  # fmt: skip
_GROUPS: Final = {
    "begin group": RowKind.BEGIN,
    "end group": RowKind.END,
    "begin repeat": RowKind.REPEAT,
    "end repeat": RowKind.END,
    "begin lgroup": RowKind.REPEAT,
    "end lgroup": RowKind.END,
    "begin loop": RowKind.REPEAT,
    "end loop": RowKind.END,
    "begin looped group": RowKind.REPEAT,
    "end looped group": RowKind.END,
}
_KINDS: Final = {
    **dict.fromkeys(_RATED, RowKind.RATED),
    **dict.fromkeys(_NOTES, RowKind.NOTE),
    **dict.fromkeys(_ITSELF, RowKind.ITSELF),
    **dict.fromkeys(_OTHER, RowKind.OTHER),
    **_GROUPS,
}
_OTHER_WORDS: Final = re.compile(
    r"\s+(?:or[ _]?other|or[ _]specify[ _]other|specify[ _]other)\s*$", re.IGNORECASE
)
PHOTOS: Final = ("image", "photo", "add image prompt", "add photo prompt")


def form_type(text: str) -> FormType:
    """The kind of a row by what stands in its `type`: exactly, or the one probably meant."""
    said = " ".join(text.split())
    words = plain(said)
    if words in _KINDS:
        return FormType(kind=_KINDS[words], name=words)
    select = _select(said)
    if select is not None:
        return select
    if " " in said and (first := said.split()[0]) and plain(first) in ("csv", "rank"):
        return FormType(kind=RowKind.OTHER, name=plain(first))
    meant = closest(words, _KINDS)
    if meant:
        return FormType(kind=_KINDS[meant], name=meant, meant=meant)
    return FormType(kind=RowKind.UNKNOWN, name=said)


def _select(said: str) -> FormType | None:
    """`select_one yn`, `select one from yn or_other`, `selct_one yn`."""
    bare = _OTHER_WORDS.sub("", said)
    head, _space, choices = bare.rpartition(" ")
    if not head:
        meant = closest(bare, _SELECTS)
        return FormType(kind=RowKind.RATED, name=_SELECTS[meant], meant=meant) if meant else None
    known = plain(head)
    if "from file" in known or "external" in known:
        return FormType(kind=RowKind.OTHER, name=known)
    meant = known if known in _SELECTS else closest(head, _SELECTS)
    if not meant:
        return None
    return FormType(
        kind=RowKind.RATED,
        name=_SELECTS[meant],
        choices=choices,
        has_other=bare != said,
        meant="" if meant == known else _SELECTS[meant],
    )
