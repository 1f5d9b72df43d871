"""Reads the numbers of records typed as ranges, for a dealership that counts its orders on without a gap."""

from __future__ import annotations

import re
from typing import Final

from qma_app.domain.audit import ListSource
from qma_app.domain.drawing_lots import LARGEST
from qma_app.domain.sample_drawing import read_list
from qma_app.errors import ImportTrouble, Problem
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.sample_list import SampleList
from qma_app.i18n import _, ngettext

_RANGE: Final = re.compile(
    r"(\D*?)(\d{1,12})\s*(?:-|–|—|\.\.\.?|…|:|to|bis)\s*(\D*?)(\d{1,12})", re.IGNORECASE
)
_ONE: Final = re.compile(r"(\D*?)(\d{1,12})")
_PARTS: Final = re.compile(r"[;,\n]+")


def read_numbers(text: str) -> SampleList:
    """Numbers typed as ranges: `1001-1250; 1300-1310`, with the letters before them and their zeros.

    ImportTrouble for anything that is no number or range, runs backwards, or holds more records than can be drawn from.
    """
    lines: list[str] = []
    every = [" ".join(given.split()) for given in _PARTS.split(text) if given.strip()]
    for given in every:
        lines += _numbers(given, LARGEST - len(lines))
    if not lines:
        raise _no_range(text)
    listed = read_list(lines)
    problems = _repeated(listed.repeats)
    return SampleList(name="; ".join(every), source=ListSource.NUMBERS, listed=listed, problems=problems)


def _numbers(given: str, room: int) -> list[str]:
    one = _ONE.fullmatch(given)
    if one:
        return [given]
    found = _RANGE.fullmatch(given)
    if found is None or found[3].strip() not in ("", found[1].strip()):
        raise _no_range(given)
    before, first, last = found[1], int(found[2]), int(found[4])
    if last < first:
        raise ImportTrouble(
            _("{text} runs backwards.").format(text=quoted(given)),
            code="sample-list.range",
            way_out=_("Write the smaller number first."),
        )
    if last - first + 1 > room:
        raise ImportTrouble(
            _("{text} holds more than {limit} records.").format(text=quoted(given), limit=LARGEST),
            code="sample-list.too-many",
            way_out=_("Look at both numbers, or draw from a part of the list."),
        )
    width = len(found[2])
    return [f"{before}{number:0{width}d}" for number in range(first, last + 1)]


def _repeated(count: int) -> tuple[Problem, ...]:
    if not count:
        return ()
    found = ngettext("{count} number is there twice", "{count} numbers are there twice", count)
    return (
        Problem(
            code="sample-list.repeat",
            place=_("numbers"),
            found=found.format(count=count),
            advice=_("each counts once"),
            is_warning=True,
        ),
    )


def _no_range(text: str) -> ImportTrouble:
    return ImportTrouble(
        _("{text} is no number and no range.").format(text=quoted(text)),
        code="sample-list.range",
        way_out=_("Write it as 1001-1250, or several parted by semicolons."),
    )
