"""The tree of whys of one finding as a fishbone: the finding is the head, categories are the bones, causes hang on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from reportlab.graphics.shapes import Drawing, Polygon
from reportlab.lib.colors import HexColor

from qma_app.charts.lettering import BOLD, REGULAR, text_width, wrapped
from qma_app.charts.shapes import box, dot, drawing, stroke, words
from qma_app.design import LIGHT, Palette, readable_on
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree

_SIZE: Final = 6.8
_LEADING: Final = 8.6
_GAP: Final = 4.2
_DOT: Final = 6.5
"""Room for the dot in front of a root cause."""
_NARROWEST: Final = 96.0
"""A bone with its words is at least this wide; where more are needed, they go on along a second spine."""
_MOST_LINES: Final = 7
_MOST_HEAD_LINES: Final = 14
_EDGE: Final = 2.0
_BETWEEN: Final = 12.0
"""Between two spines with their bones."""


@dataclass(frozen=True, slots=True)
class _Twig:
    """One cause on a bone: its lines, how deep it lies, and where its own text begins."""

    lines: tuple[str, ...]
    depth: int
    is_root: bool
    indent: float

    @property
    def height(self) -> float:
        return len(self.lines) * _LEADING + _GAP


@dataclass(frozen=True, slots=True)
class _Bone:
    """One category with everything that hangs on it; `label` are the lines of its name."""

    label: tuple[str, ...]
    twigs: tuple[_Twig, ...]

    @property
    def label_height(self) -> float:
        return len(self.label) * _LEADING + 5 if self.label else 0.0

    @property
    def height(self) -> float:
        return self.label_height + 5 + sum(twig.height for twig in self.twigs) + 5


def fishbone(
    tree: CauseTree | Sequence[Cause],
    statement: str,
    categories: Mapping[str, str],
    *,
    width: float,
    height: float = 0.0,
    palette: Palette = LIGHT,
) -> Drawing:
    """The fishbone of one finding, `height` high or higher where the causes need it.

    `categories` gives the title of each category in the order of the edition; the title under "" names the bone of causes without
    any. A branch hangs whole on the bone of its first cause that has a category; a cause below it that belongs to another one says so
    in brackets. Root causes are bold, behind a dot.
    """
    tree = tree if isinstance(tree, CauseTree) else CauseTree(tree)
    head_width = min(132.0, max(52.0, width * 0.23))
    head = wrapped(statement, head_width - 12, _SIZE + 0.6, BOLD, most=_MOST_HEAD_LINES)
    head_height = len(head) * (_LEADING + 0.8) + 12
    body = width - head_width - 22
    groups = _groups(tree, categories)
    columns = max(1, min(ceil(len(groups) / 2), int(body // _NARROWEST)))
    count = max(1, ceil(len(groups) / (2 * columns)))
    columns = max(1, ceil(len(groups) / (2 * count)))
    column = body / columns
    lean = min(18.0, column * 0.12)
    bones = [_bone(tree, categories, key, causes, column - lean - 12) for key, causes in groups.items()]
    rows = [bones[place : place + 2 * columns] for place in range(0, len(bones), 2 * columns)] or [[]]
    sides = _side_heights(rows, head_height, height)
    sheet = drawing(width, sum(map(sum, sides)) + _BETWEEN * (len(sides) - 1) + 2 * _EDGE)
    top = sheet.height - _EDGE
    spines: list[float] = []
    for row, (above, below) in zip(rows, sides, strict=True):
        spine = top - above
        spines.append(spine)
        sheet.add(stroke(_EDGE, spine, body + 6, spine, palette.text, width=1.6))
        for place, bone in enumerate(row):
            right = (place // 2 + 1) * column - 2
            if place % 2 == 0:
                _draw_bone(sheet, bone, right - column, right, lean, spine, spine + above, palette)
            else:
                _draw_bone(sheet, bone, right - column, right, lean, spine, spine - below, palette)
        top = spine - below - _BETWEEN
    _draw_head(sheet, head, body, head_width, head_height, spines, palette)
    return sheet


def _groups(tree: CauseTree, categories: Mapping[str, str]) -> dict[str, list[Cause]]:
    """The causes right below the finding by the category they hang on, in the order of the categories."""
    found: dict[str, list[Cause]] = {}
    for cause in tree.children_of(None):
        found.setdefault(_category_of(tree, cause), []).append(cause)
    order = {key: place for place, key in enumerate(categories) if key}
    return dict(sorted(found.items(), key=lambda item: (not item[0], order.get(item[0], len(order)))))


def _below(tree: CauseTree, cause: Cause) -> list[Cause]:
    """The cause and all below it, each behind the one above."""
    found, waiting = [], [cause]
    while waiting:
        at = waiting.pop()
        found.append(at)
        waiting += reversed(tree.children_of(at.id))
    return found


def _category_of(tree: CauseTree, cause: Cause) -> str:
    return next((each.category for each in _below(tree, cause) if each.category), "")


def _bone(
    tree: CauseTree, categories: Mapping[str, str], key: str, causes: Sequence[Cause], room: float
) -> _Bone:
    flat = [each for cause in causes for each in _below(tree, cause)]
    deepest = max(tree.depth_of(each.id) for each in flat)
    step = min(8.0, room * 0.4 / max(1, deepest - 1))
    twigs = []
    for each in flat:
        depth = tree.depth_of(each.id)
        is_root = each.is_changeable and not tree.children_of(each.id)
        indent = (depth - 1) * step
        text = each.words.strip() or "–"
        if each.category and each.category != key:
            text += f" ({categories.get(each.category, each.category)})"
        wide = max(12.0, room - indent - (_DOT if is_root else 0.0))
        lines = wrapped(text, wide, _SIZE, BOLD if is_root else REGULAR, most=_MOST_LINES)
        twigs.append(_Twig(lines, depth, is_root, indent))
    title = categories.get(key, key)
    return _Bone(wrapped(title, room - 10, _SIZE, BOLD, most=2), tuple(twigs))


def _side_heights(
    rows: Sequence[Sequence[_Bone]], head_height: float, wanted: float
) -> list[tuple[float, float]]:
    """For each spine the room above and below it; what is wanted beyond the need is shared out evenly."""
    heights = [
        (
            max((bone.height for bone in row[::2]), default=0.0),
            max((bone.height for bone in row[1::2]), default=0.0),
        )
        for row in rows
    ]
    if len(rows) == 1:
        # The head stands at the end of the one spine and must not leave the sheet.
        heights = [(max(above, head_height / 2), max(below, head_height / 2)) for above, below in heights]
    heights = [(above, max(below, 8.0)) for above, below in heights]
    total = sum(map(sum, heights)) + _BETWEEN * (len(rows) - 1)
    more = max(0.0, max(wanted, head_height) - 2 * _EDGE - total) / (2 * len(rows))
    return [(above + more, below + more) for above, below in heights]


def _draw_bone(
    sheet: Drawing,
    bone: _Bone,
    left: float,
    right: float,
    lean: float,
    spine: float,
    end: float,
    palette: Palette,
) -> None:
    """A bone from `end` to the spine with its words on the left of it, read from top to bottom on either side."""
    is_above = end > spine
    foot, tip = right - 2, right - 2 - lean
    left += 4
    outer = end - (bone.label_height if is_above else -bone.label_height)
    sheet.add(stroke(tip, outer, foot, spine, palette.muted, width=1.1))
    if bone.label:
        wide = min(tip - left + 4, max(text_width(line, _SIZE, BOLD) for line in bone.label) + 10)
        bottom = min(end, outer)
        sheet.add(box(tip - wide + 4, bottom, wide, bone.label_height, palette.accent, radius=2.5))
        ink = palette.on_accent if palette is not LIGHT else readable_on(palette.accent)
        for place, line in enumerate(bone.label):
            y = bottom + bone.label_height - 3.2 - (place + 0.72) * _LEADING + 0.6
            sheet.add(
                words(tip + 4 - wide / 2, y, line, size=_SIZE, is_bold=True, anchor="middle", colour=ink)
            )
    high, low = max(outer, spine), min(outer, spine)
    needed = 5 + sum(twig.height for twig in bone.twigs)
    # A little air where there is more room than words, but never so much that a branch falls apart.
    air = max(0.0, min(10.0, (high - low - needed - 5) / max(1, len(bone.twigs))))
    at = high - 5 - (high - low - needed - 5 - air * len(bone.twigs)) / 2
    slope = (foot - tip) / (spine - outer) if spine != outer else 0.0
    under: dict[int, float] = {}
    for twig in bone.twigs:
        x = left + twig.indent
        bottom = at - len(twig.lines) * _LEADING
        if twig.depth == 1:
            y = bottom - 1.4
            sheet.add(stroke(x, y, tip + (y - outer) * slope, y, palette.control_edge, width=0.7))
        else:
            stem = x - 5.4
            middle = at - _LEADING / 2
            sheet.add(stroke(stem, under.get(twig.depth - 1, at), stem, middle, palette.control_edge))
            sheet.add(stroke(stem, middle, x - 1.8, middle, palette.control_edge))
        under[twig.depth] = bottom - 1.4
        if twig.is_root:
            sheet.add(dot(x + 2.2, at - _LEADING / 2, 1.9, palette.accent))
            x += _DOT
        for place, line in enumerate(twig.lines):
            y = at - (place + 0.5) * _LEADING - _SIZE * 0.36
            sheet.add(words(x, y, line, size=_SIZE, is_bold=twig.is_root, colour=palette.text))
        at = bottom - _GAP - air


def _draw_head(
    sheet: Drawing,
    lines: Sequence[str],
    body: float,
    width: float,
    height: float,
    spines: Sequence[float],
    palette: Palette,
) -> None:
    """The finding at the end of the spine; several spines meet in a line before it."""
    middle = spines[0] if len(spines) == 1 else sheet.height / 2
    x = body + 6
    if len(spines) > 1:
        sheet.add(stroke(x, spines[0], x, spines[-1], palette.text, width=1.6))
    sheet.add(stroke(x, middle, x + 8, middle, palette.text, width=1.6))
    corners = [x + 14, middle, x + 7, middle + 4, x + 7, middle - 4]
    sheet.add(Polygon(corners, fillColor=HexColor(palette.text), strokeColor=None, strokeWidth=0))
    left = x + 14
    sheet.add(
        box(left, middle - height / 2, width, height, palette.raised, stroke=palette.control_edge, radius=4)
    )
    leading = _LEADING + 0.8
    for place, line in enumerate(lines):
        y = middle + height / 2 - 6 - (place + 0.5) * leading - (_SIZE + 0.6) * 0.36
        sheet.add(words(left + 6, y, line, size=_SIZE + 0.6, is_bold=True, colour=palette.text))
