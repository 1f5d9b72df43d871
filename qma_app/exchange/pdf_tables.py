"""The tables of a PDF walked by hand before a library reads them: a forged one may list a thousand million objects."""

from __future__ import annotations

import re
from typing import Final

MOST_REVISIONS: Final = 16
MOST_OBJECTS: Final = 200_000
_ENTRY: Final = 20
_LONGEST_TRAILER: Final = 4096
_SECTION: Final = re.compile(rb"(\d{1,10}) (\d{1,10}) ?\r?\n")
_PREVIOUS: Final = re.compile(rb"/Prev (\d{1,10})\b")
_START: Final = re.compile(rb"\nstartxref\n(\d{1,10})\n%%EOF\n\Z")


class StrangeTables(ValueError):
    """A PDF that is not built as reports are: the plain tables of a few revisions."""


def check_tables(pdf: bytes) -> None:
    """Nothing, if the file ends with plain tables of bounded size, each before the one that names it; else StrangeTables.

    Tables in streams, tables beside tables, locked files and names written in escapes are never in a report of ours.
    """
    found = _START.search(pdf, max(0, len(pdf) - 40))
    if found is None:
        raise StrangeTables
    place, objects = int(found[1]), 0
    for _revision in range(MOST_REVISIONS):
        trailer, listed = _trailer(pdf, place)
        objects += listed
        if objects > MOST_OBJECTS or b"#" in trailer or b"/XRefStm" in trailer or b"/Encrypt" in trailer:
            raise StrangeTables
        previous = _PREVIOUS.findall(trailer)
        if len(previous) != trailer.count(b"/Prev") or len(previous) > 1:
            raise StrangeTables
        if not previous:
            return
        if int(previous[0]) >= place:
            raise StrangeTables
        place = int(previous[0])
    raise StrangeTables


def _trailer(pdf: bytes, place: int) -> tuple[bytes, int]:
    """The trailer behind the table that begins there, and how many objects the table lists."""
    if not re.compile(rb"xref\r?\n").match(pdf, place):
        raise StrangeTables
    here, listed = pdf.index(b"\n", place) + 1, 0
    while section := _SECTION.match(pdf, here):
        listed += int(section[2])
        here = section.end() + int(section[2]) * _ENTRY
        if listed > MOST_OBJECTS:
            raise StrangeTables
    end = pdf.find(b"startxref", here, here + _LONGEST_TRAILER)
    if not pdf.startswith(b"trailer", here) or end < 0:
        raise StrangeTables
    return pdf[here:end], listed
