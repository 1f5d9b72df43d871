"""Brings the blocks of a report onto pages, then draws the pages with head, foot and outline.

Blocks are measured once: the first pass only finds out what stands where, so that the contents know their page numbers, and
the second draws what was found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Final

from qma_app.design import LIGHT
from qma_app.i18n import _
from qma_app.reports.blocks import Block
from qma_app.reports.document import PAGE_SIZE
from qma_app.reports.fonts import Face
from qma_app.reports.marks import Badge
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CAP_HEIGHT, FOOT, Align, TextStyle
from qma_app.reports.text import Typesetter

MARGIN: Final = 56.0
CONTENT_WIDTH: Final = PAGE_SIZE[0] - 2 * MARGIN
TOP: Final = PAGE_SIZE[1] - 71.0
BOTTOM: Final = 63.0
CONTENT_HEIGHT: Final = TOP - BOTTOM

_ACROSS: Final = TextStyle(face=Face.BOLD, size=150.0, leading=170.0, colour="#F7E9E7", tracking=60)

SHORT: Final = 0.3
"""A page filled less than this share goes on with the next section instead of staying nearly empty."""

HALF: Final = 0.6
"""The same for sections of a few lines each, which would leave one half empty page behind another."""


@dataclass(slots=True)
class Entry:
    """A heading that can be reached: by the outline, and by the contents if it is `in_contents`; `page` counts from 1."""

    title: str
    level: int
    key: str
    in_contents: bool = True
    page: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A block in the flow: space `before` it (not at the top of a page), whether it `keeps` with the next one.

    What `opens_page` goes on a new page, unless it `may_follow` on one that is filled less than the share `below`.
    """

    block: Block
    before: float = 0.0
    keeps: bool = False
    opens_page: bool = False
    entry: Entry | None = None
    may_follow: bool = False
    below: float = SHORT


@dataclass(frozen=True, slots=True)
class Placed:
    """A block at its height on a page."""

    block: Block
    top: float
    entry: Entry | None


@dataclass(slots=True)
class Page:
    """What stands on one page, and how much of it is used."""

    placed: list[Placed] = field(default_factory=list)
    used: float = 0.0


class Flow:
    """The blocks of a report in reading order; `added` is called for each, so that even the gathering can be stopped."""

    def __init__(self, added: Callable[[], None] | None = None) -> None:
        self.pieces: list[Piece] = []
        self._added = added

    def add(
        self,
        block: Block,
        *,
        before: float = 0.0,
        keeps: bool = False,
        opens_page: bool = False,
        entry: Entry | None = None,
        may_follow: bool = False,
        below: float = SHORT,
    ) -> None:
        """Let a block follow."""
        self.pieces.append(Piece(block, before, keeps, opens_page, entry, may_follow, below))
        if self._added is not None:
            self._added()

    def entries(self) -> list[Entry]:
        """All headings so far."""
        return [piece.entry for piece in self.pieces if piece.entry]


@dataclass(frozen=True, kw_only=True, slots=True)
class Furniture:
    """What each page repeats: the words of head and foot, marks (words with a colour) such as DRAFT, and a word in pale letters `across`."""

    head: str
    foot: tuple[str, ...]
    marks: tuple[tuple[str, str], ...] = ()
    across: str = ""


def paginate(pieces: Sequence[Piece], step: Callable[[float], None]) -> list[Page]:
    """The pages; each entry learns its page number. `step` hears the share done."""
    queue = deque(pieces)
    pages = [Page()]
    count = max(1, len(pieces))
    while queue:
        step(1 - len(queue) / count)
        piece = queue.popleft()
        if (
            piece.opens_page
            and pages[-1].placed
            and not (piece.may_follow and _is_low(pages[-1], piece.below))
        ):
            pages.append(Page())
        rest = _place(piece, queue, pages)
        if rest is not None:
            pages.append(Page())
            queue.appendleft(rest)
    return pages


def _is_low(page: Page, below: float) -> bool:
    return page.used < below * CONTENT_HEIGHT


def _place(piece: Piece, following: deque[Piece], pages: list[Page]) -> Piece | None:
    """Put a piece on the last page; what is left of it, if anything, belongs on a new one."""
    page = pages[-1]
    is_empty = not page.placed
    before = 0.0 if is_empty else piece.before
    height = piece.block.height(CONTENT_WIDTH)
    room = CONTENT_HEIGHT - page.used - before
    wanted = height + (_kept_room(following) if piece.keeps else 0.0)
    if wanted <= room + 0.01 or (is_empty and height <= room + 0.01):
        _put(page, piece.block, before, height, piece.entry, len(pages))
        return None
    if piece.keeps and not is_empty:
        return replace(piece, opens_page=False)
    head, rest = piece.block.split(CONTENT_WIDTH, room, is_forced=is_empty)
    if head is None and not is_empty:
        return replace(piece, opens_page=False)
    block = head or piece.block
    _put(page, block, before, block.height(CONTENT_WIDTH), piece.entry, len(pages))
    return replace(piece, block=rest, before=0.0, opens_page=False, entry=None) if head and rest else None


def _put(page: Page, block: Block, before: float, height: float, entry: Entry | None, number: int) -> None:
    page.placed.append(Placed(block, TOP - page.used - before, entry))
    page.used += before + height
    if entry is not None:
        entry.page = number


def _kept_room(following: deque[Piece]) -> float:
    """The room that what follows a heading needs to begin."""
    room = 0.0
    for piece in following:
        if piece.opens_page:
            break
        if not piece.keeps:
            return room + piece.before + piece.block.least(CONTENT_WIDTH)
        room += piece.before + piece.block.height(CONTENT_WIDTH)
    return room


def draw_pages(
    pages: Sequence[Page],
    sheet: Sheet,
    setter: Typesetter,
    furniture: Furniture,
    step: Callable[[float], None],
) -> None:
    """Draw all pages with their furniture; bookmarks and outline are made on the way."""
    for number, page in enumerate(pages, 1):
        step((number - 1) / len(pages))
        _draw_furniture(sheet, setter, furniture, number, len(pages))
        for placed in page.placed:
            if placed.entry is not None:
                sheet.bookmark(placed.entry.key, placed.top + 12)
                sheet.outline(
                    setter.cleaned(placed.entry.title).replace("\n", " "),
                    placed.entry.key,
                    placed.entry.level,
                    is_folded=placed.entry.level == 0,
                )
            placed.block.draw(sheet, MARGIN, placed.top, CONTENT_WIDTH)
        sheet.end_page()


def _draw_furniture(sheet: Sheet, setter: Typesetter, furniture: Furniture, number: int, count: int) -> None:
    right = PAGE_SIZE[0] - MARGIN
    head = PAGE_SIZE[1] - 42
    if furniture.across:
        _draw_across(sheet, setter, furniture.across)
    at = right
    for text, colour in reversed(furniture.marks):
        badge = Badge(setter, text, colour, is_filled=True)
        at -= badge.width()
        badge.draw(sheet, at, head + 8.5, badge.width())
        at -= 6
    if number > 1:
        line = setter.one_line(furniture.head, FOOT, at - MARGIN - 20)
        sheet.line(line, FOOT, MARGIN, head)
    foot = 42.0
    sheet.rule(MARGIN, foot + 12, right, foot + 12, LIGHT.line)
    of_all = setter.one_line(_("{number} / {count}").format(number=number, count=count), FOOT)
    sheet.line(of_all, FOOT, right, foot, align=Align.END)
    for place, text in enumerate(furniture.foot):
        line = setter.one_line(text, FOOT, CONTENT_WIDTH - of_all.width - 20)
        sheet.line(line, FOOT, MARGIN, foot - place * FOOT.leading)


def _draw_across(sheet: Sheet, setter: Typesetter, word: str) -> None:
    """The word from corner to corner behind everything else, pale enough to read over."""
    width, height = PAGE_SIZE
    long = hypot(width, height)
    line = setter.one_line(word, _ACROSS)
    with sheet.moved(width / long, height / long, -height / long, width / long, width / 2, height / 2):
        sheet.line(line, _ACROSS, 0, -_ACROSS.size * CAP_HEIGHT / 2, align=Align.CENTRE)
