"""How marks are made, moved and stretched over a photo, in ten-thousandths and never beyond its edges; no widgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Final

from qma_app.domain.evidence import FULL_SIDE, Mark, MarkKind

AREAS: Final = frozenset({MarkKind.CROP, MarkKind.BLUR, MarkKind.BOX})
"""Marks that cover a field of the picture."""

SMALLEST: Final = 120
SMALLEST_CROP: Final = FULL_SIDE // 50
STEP: Final = 100
FINE_STEP: Final = 10


class Handle(StrEnum):
    """What of a mark is held while it is stretched."""

    TOP_LEFT = "top-left"
    TOP = "top"
    TOP_RIGHT = "top-right"
    RIGHT = "right"
    BOTTOM_RIGHT = "bottom-right"
    BOTTOM = "bottom"
    BOTTOM_LEFT = "bottom-left"
    LEFT = "left"
    START = "start"
    END = "end"


_SIDES: Final = {
    Handle.TOP_LEFT: (-1, -1),
    Handle.TOP: (0, -1),
    Handle.TOP_RIGHT: (1, -1),
    Handle.RIGHT: (1, 0),
    Handle.BOTTOM_RIGHT: (1, 1),
    Handle.BOTTOM: (0, 1),
    Handle.BOTTOM_LEFT: (-1, 1),
    Handle.LEFT: (-1, 0),
}


def handles_of(mark: Mark) -> tuple[Handle, ...]:
    """What a mark can be held by, to stretch it."""
    if mark.kind in AREAS:
        return tuple(_SIDES)
    if mark.kind is MarkKind.ARROW:
        return (Handle.START, Handle.END)
    return (Handle.RIGHT,) if mark.kind is MarkKind.TEXT else ()


def handle_at(mark: Mark, handle: Handle, height: int = 0) -> tuple[int, int]:
    """Where a handle stands; `height` is that of a text as it is drawn."""
    if handle is Handle.START:
        return mark.x, mark.y
    if handle is Handle.END:
        return mark.x + mark.width, mark.y + mark.height
    across, down = _SIDES[handle]
    return mark.x + mark.width * (across + 1) // 2, mark.y + (mark.height or height) * (down + 1) // 2


def begun(kind: MarkKind, x: int, y: int, words: str = "") -> Mark:
    """A mark where the button was pressed, before it is drawn larger."""
    return Mark(kind=kind, x=_within(x), y=_within(y), words=words)


def drawn(mark: Mark, x: int, y: int) -> Mark:
    """A mark drawn from where it began to here."""
    return replace(mark, width=_within(x) - mark.x, height=_within(y) - mark.y)


def settled(mark: Mark) -> Mark | None:
    """A mark as it is kept once the button is let go; None where nothing was drawn to speak of."""
    if mark.kind is MarkKind.NUMBER:
        return replace(mark, width=0, height=0)
    if mark.kind is MarkKind.TEXT:
        width = abs(mark.width)
        return replace(mark, x=mark.x + min(mark.width, 0), width=width if width >= SMALLEST else 0, height=0)
    if mark.kind is MarkKind.ARROW:
        is_long = max(abs(mark.width), abs(mark.height)) >= SMALLEST
        return mark if is_long else None
    mark = replace(
        mark,
        x=mark.x + min(mark.width, 0),
        y=mark.y + min(mark.height, 0),
        width=abs(mark.width),
        height=abs(mark.height),
    )
    least = SMALLEST_CROP if mark.kind is MarkKind.CROP else SMALLEST
    return mark if min(mark.width, mark.height) >= least else None


def in_the_middle(kind: MarkKind, words: str = "") -> Mark:
    """A mark for somebody without a mouse, to be moved and stretched by keys."""
    middle = FULL_SIDE // 2
    if kind is MarkKind.CROP:
        return Mark(
            kind=kind,
            x=FULL_SIDE // 20,
            y=FULL_SIDE // 20,
            width=FULL_SIDE * 9 // 10,
            height=FULL_SIDE * 9 // 10,
        )
    if kind in AREAS:
        return Mark(kind=kind, x=middle - 1000, y=middle - 1000, width=2000, height=2000)
    if kind is MarkKind.ARROW:
        return Mark(kind=kind, x=middle - 1500, y=middle + 1500, width=1500, height=-1500)
    return Mark(kind=kind, x=middle, y=middle, words=words)


def moved(mark: Mark, across: int, down: int) -> Mark:
    """A mark elsewhere, whole within the picture."""
    return replace(
        mark,
        x=_shifted(mark.x, mark.width, across),
        y=_shifted(mark.y, mark.height, down),
    )


def stretched(mark: Mark, handle: Handle, x: int, y: int) -> Mark:
    """A mark with one handle brought to a place; it never turns inside out."""
    x, y = _within(x), _within(y)
    if handle is Handle.END:
        return _long_enough(replace(mark, width=x - mark.x, height=y - mark.y), mark)
    if handle is Handle.START:
        end = handle_at(mark, Handle.END)
        return _long_enough(replace(mark, x=x, y=y, width=end[0] - x, height=end[1] - y), mark)
    across, down = _SIDES[handle]
    least = SMALLEST_CROP if mark.kind is MarkKind.CROP else SMALLEST
    left, right = _sides(mark.x, mark.width, across, x, least)
    if mark.kind is MarkKind.TEXT:
        return replace(mark, width=right - left)
    top, bottom = _sides(mark.y, mark.height, down, y, least)
    return replace(mark, x=left, y=top, width=right - left, height=bottom - top)


def grown(mark: Mark, across: int, down: int) -> Mark:
    """A mark stretched by keys, at its end or its lower right corner."""
    if mark.kind is MarkKind.NUMBER:
        return mark
    handle = Handle.END if mark.kind is MarkKind.ARROW else Handle.BOTTOM_RIGHT
    return stretched(mark, handle, mark.x + mark.width + across, mark.y + mark.height + down)


def next_number(marks: Iterable[Mark]) -> str:
    """The number after the highest one there is."""
    numbers = [int(mark.words) for mark in marks if mark.kind is MarkKind.NUMBER and mark.words.isdecimal()]
    return str(max(numbers, default=0) + 1)


def with_mark(marks: tuple[Mark, ...], mark: Mark) -> tuple[Mark, ...]:
    """The marks with one more on top; a picture is cropped once, so a new crop replaces the old."""
    if mark.kind is MarkKind.CROP:
        marks = tuple(one for one in marks if one.kind is not MarkKind.CROP)
    return (*marks, mark)


def _long_enough(mark: Mark, before: Mark) -> Mark:
    return mark if max(abs(mark.width), abs(mark.height)) >= SMALLEST else before


def _sides(start: int, length: int, side: int, to: int, least: int) -> tuple[int, int]:
    if side < 0:
        return min(to, start + length - least), start + length
    if side > 0:
        return start, max(to, min(start + least, FULL_SIDE))
    return start, start + length


def _shifted(start: int, length: int, by: int) -> int:
    low, high = min(0, length), max(0, length)
    return max(-low, min(start + by, FULL_SIDE - high))


def _within(value: int) -> int:
    return max(0, min(value, FULL_SIDE))
