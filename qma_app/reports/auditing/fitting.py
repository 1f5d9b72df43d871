"""Lists that have a page to share: as many rows as there is room for, and a line that says how many more there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from qma_app.i18n import ngettext
from qma_app.reports.blocks import Block, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.styles import CELL_QUIET, QUIET, SUBHEADING

T = TypeVar("T")
_MORE: Final = 16.0
"""What the line below a shortened list takes."""


def fitted(
    kit: Kit,
    items: Sequence[T],
    make: Callable[[Sequence[T]], Block],
    room: float,
    *,
    width: float = CONTENT_WIDTH,
) -> Block:
    """The block of as many items as go into `room`; where some are left out, their number below it."""
    whole = make(items)
    if whole.height(width) <= room or not items:
        return whole
    low, high = 0, len(items) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if make(items[:middle]).height(width) + _MORE <= room:
            low = middle
        else:
            high = middle - 1
    return Stack([make(items[:low]), *([kit.words(more_in_report(len(items) - low), CELL_QUIET)])], gap=3)


@dataclass(frozen=True, slots=True)
class GrowingList:
    """A list that shares a page: what makes it of so many lines, how many it has at most, how many go before those of the others."""

    make: Callable[[int], Block]
    most: int
    first: int = 1


def grown_to_fit(parts: Sequence[GrowingList], room: float) -> list[Block]:
    """Each list with as many of its lines as go into `room` together: first those that go before others, then one for each in turn."""
    made = [part.make(1) for part in parts]
    counts = [1] * len(parts)
    taken = sum(one.height(CONTENT_WIDTH) for one in made)

    def grown(place: int) -> bool:
        nonlocal taken
        more = parts[place].make(counts[place] + 1)
        height = taken - made[place].height(CONTENT_WIDTH) + more.height(CONTENT_WIDTH)
        if height > room:
            return False
        made[place], taken = more, height
        counts[place] += 1
        return True

    for place, part in enumerate(parts):
        while counts[place] < min(part.first, part.most) and grown(place):
            pass
    growing = set(range(len(parts)))
    while growing:
        growing = {place for place in sorted(growing) if counts[place] < parts[place].most and grown(place)}
    return made


def more_in_report(count: int) -> str:
    """That so many more stand in the report."""
    return ngettext("… and {count} more in the report", "… and {count} more in the report", count).format(
        count=count
    )


def titled(kit: Kit, title: str, *blocks: Block, remark: str = "") -> Block:
    """A small heading over what belongs to it."""
    said = [kit.words(remark, QUIET)] if remark else []
    return Stack([Gap(8), kit.words(title, SUBHEADING), Gap(3), *said, *blocks])


def height_of(*blocks: Block) -> float:
    """What these take one under the other."""
    return sum(block.height(CONTENT_WIDTH) for block in blocks)
