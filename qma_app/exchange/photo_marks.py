"""Marks laid over a photo and burnt into what leaves the app; the stored picture is only read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import atan2, ceil, cos, floor, hypot, pi, sin
from typing import TYPE_CHECKING, Any, Final

from qma_app.assets import font_path
from qma_app.design import LIGHT
from qma_app.domain.evidence import FULL_SIDE, Mark, MarkKind
from qma_app.exchange.photos import paper_and_thumbnail, shared_jpeg, stored_picture

if TYPE_CHECKING:  # Pillow is imported where it is used: 65 ms that the first paint need not pay
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    Point = tuple[float, float]
    Box = tuple[int, int, int, int]

BLUR_CELLS: Final = 4
"""What is blurred keeps at most so many plain cells along its longer side: too few for a face or a plate."""

_BLUR_LEVELS: Final = 32
_COLOUR: Final = LIGHT.bad
_HALO: Final = "#FFFFFF"
_LINE: Final = 0.005
_TEXT: Final = 0.032
_NUMBER: Final = 0.03
"""Line, height of letters and radius of a number, as shares of the longer side of what is shown."""

_FINE: Final = 2
"""Marks are drawn twice as large and then reduced, so that slanting lines are smooth."""

_FONTS: Final = ("Inter-SemiBold", "NotoSans-Bold", "DejaVuSans-Bold")
_UNWRITTEN: Final = "\U0010fffe"


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkedRenditions:
    """A photo with its marks burnt in: 1600, 1000 and 320 px; `shared` is None where there is no mark."""

    shared: bytes | None
    paper: bytes
    thumbnail: bytes


def marked_renditions(stored: bytes, marks: Sequence[Mark]) -> MarkedRenditions:
    """What may leave the app of a stored picture: first blurred, then drawn on, then cropped, whatever the order of the marks."""
    picture = stored_picture(stored)
    if marks:
        picture = with_marks(picture, marks)
    paper, thumbnail = paper_and_thumbnail(picture)
    return MarkedRenditions(shared=shared_jpeg(picture) if marks else None, paper=paper, thumbnail=thumbnail)


def with_marks(picture: Image, marks: Sequence[Mark]) -> Image:
    """A new picture with the marks; the given one stays as it is."""
    drawn = picture.copy()
    for mark in _of(marks, MarkKind.BLUR):
        box = _box(mark, picture)
        drawn.paste(_unreadable(drawn.crop(box)), box)
    frame = next((_box(mark, picture) for mark in _of(marks, MarkKind.CROP)), (0, 0, *picture.size))
    drawn = drawn.crop(frame)
    pointing = [mark for mark in marks if mark.kind not in (MarkKind.BLUR, MarkKind.CROP)]
    if pointing:
        layer = _layer(pointing, picture.size, frame)
        drawn.paste(layer, mask=layer)
    return drawn


def _of(marks: Iterable[Mark], kind: MarkKind) -> Iterable[Mark]:
    return (mark for mark in marks if mark.kind is kind)


def _box(mark: Mark, picture: Image) -> Box:
    """The pixels of a mark's field, every one it touches."""
    left, top = mark.x * picture.width / FULL_SIDE, mark.y * picture.height / FULL_SIDE
    right = (mark.x + mark.width) * picture.width / FULL_SIDE
    bottom = (mark.y + mark.height) * picture.height / FULL_SIDE
    return (
        max(0, floor(left)),
        max(0, floor(top)),
        min(picture.width, max(ceil(right), floor(left) + 1)),
        min(picture.height, max(ceil(bottom), floor(top) + 1)),
    )


def _unreadable(region: Image) -> Image:
    """A few plain cells of rounded colours: what stood there is gone, not hidden."""
    from PIL.Image import Resampling
    from PIL.ImageFilter import GaussianBlur

    longer = max(region.size)
    cells = [max(1, round(BLUR_CELLS * side / longer)) for side in region.size]
    soft = region.filter(GaussianBlur(longer / BLUR_CELLS / 2)).resize((cells[0], cells[1]), Resampling.BOX)
    plain = soft.point(_rounded)
    return plain.resize(region.size, Resampling.NEAREST)


def _rounded(value: int) -> int:
    return value // _BLUR_LEVELS * _BLUR_LEVELS + _BLUR_LEVELS // 2


def _layer(marks: Sequence[Mark], full: tuple[int, int], frame: Box) -> Image:
    """The marks alone, in the size of the frame, clear where there is none."""
    from PIL import Image as pillow  # noqa: N813  the module, beside the class of that name
    from PIL import ImageDraw

    width, height = frame[2] - frame[0], frame[3] - frame[1]
    layer = pillow.new("RGBA", (width * _FINE, height * _FINE))
    pen = _Pen(ImageDraw.Draw(layer), full, frame)
    for mark in marks:
        pen.draw(mark)
    return layer.reduce(_FINE)


class _Pen:
    """Draws marks on one layer, each in red within a white edge, so that it stands out from light and dark alike."""

    def __init__(self, draw: ImageDraw, full: tuple[int, int], frame: Box) -> None:
        self._draw = draw
        self._full = full
        self._frame = frame
        self._width, self._height = (frame[2] - frame[0]) * _FINE, (frame[3] - frame[1]) * _FINE
        self._unit = max(self._width, self._height)
        self._line = max(2.0 * _FINE, self._unit * _LINE)

    def draw(self, mark: Mark) -> None:
        """Draw one mark; words whose place was cropped away go with it."""
        start = self._at(mark.x, mark.y)
        is_inside = 0 <= start[0] <= self._width and 0 <= start[1] <= self._height
        if mark.kind in (MarkKind.TEXT, MarkKind.NUMBER) and not is_inside:
            return
        end = self._at(mark.x + mark.width, mark.y + mark.height)
        if mark.kind is MarkKind.ARROW:
            self._arrow(start, end)
        elif mark.kind is MarkKind.BOX:
            self._outline(start, end)
        elif mark.kind is MarkKind.NUMBER:
            self._number(start, mark.words)
        elif mark.kind is MarkKind.TEXT:
            self._text(start, end[0] - start[0], mark.words)

    def _at(self, x: int, y: int) -> Point:
        return (
            (x * self._full[0] / FULL_SIDE - self._frame[0]) * _FINE,
            (y * self._full[1] / FULL_SIDE - self._frame[1]) * _FINE,
        )

    def _outline(self, start: Point, end: Point) -> None:
        corners = (*start, *end)
        edge, line = self._line / 2, self._line
        outer = (corners[0] - edge, corners[1] - edge, corners[2] + edge, corners[3] + edge)
        self._draw.rectangle(outer, outline=_HALO, width=round(line * 2))
        self._draw.rectangle(corners, outline=_COLOUR, width=round(line))

    def _arrow(self, start: Point, end: Point) -> None:
        edge = self._line * 0.6
        self._draw.polygon(self._arrow_outline(start, end, edge), fill=_HALO)
        self._draw.polygon(self._arrow_outline(start, end, 0), fill=_COLOUR)

    def _arrow_outline(self, start: Point, end: Point, edge: float) -> list[Point]:
        """Shaft and head as one outline, made larger by an edge on every side."""
        angle = atan2(end[1] - start[1], end[0] - start[0])
        length = hypot(end[0] - start[0], end[1] - start[1])
        head = min(self._line * 6, max(length * 0.6, 1))
        half, wing = self._line / 2 + edge, head * 0.5 + edge * 1.8
        neck = length - head - edge
        profile = [(-edge, -half), (neck, -half), (neck, -wing), (length + edge * 2, 0.0)]
        profile += [(along, -across) for along, across in reversed(profile[:-1])]
        return [_turned(along, across, start, angle) for along, across in profile]

    def _number(self, centre: Point, words: str) -> None:
        radius = self._unit * _NUMBER
        x = min(max(centre[0], radius), max(self._width - radius, radius))
        y = min(max(centre[1], radius), max(self._height - radius, radius))
        inner = max(radius - self._line * 0.6, radius / 2)
        for size, colour in ((radius, _HALO), (inner, _COLOUR)):
            self._draw.ellipse((x - size, y - size, x + size, y + size), fill=colour)
        size = radius * (1.25 if len(words) < 2 else 1.0 if len(words) < 3 else 0.75)
        self._draw.text((x, y), words, fill=_HALO, font=_font(words, size), anchor="mm")

    def _text(self, start: Point, width: float, words: str) -> None:
        """Broken where its field, or else the picture, ends; moved in where it would stand outside."""
        size = max(8.0 * _FINE, self._unit * _TEXT)
        font = _font(words, size)
        halo = size * 0.14
        room = max(self._width - 2 * halo, size)
        lines = _broken(words, font, min(max(width or self._width - start[0] - halo, room / 3), room))
        height = size * 1.25
        widest = max(font.getlength(line) for line in lines)
        x = max(halo, min(start[0], self._width - widest - halo))
        y = max(halo, min(start[1], self._height - height * len(lines) - halo))
        for place, line in enumerate(lines):
            self._draw.text(
                (x, y + place * height),
                _as_seen(line),
                fill=_COLOUR,
                font=font,
                stroke_width=round(halo),
                stroke_fill=_HALO,
            )


def _turned(along: float, across: float, origin: Point, angle: float) -> Point:
    return (
        origin[0] + along * cos(angle) + across * cos(angle + pi / 2),
        origin[1] + along * sin(angle) + across * sin(angle + pi / 2),
    )


def _font(words: str, size: float) -> FreeTypeFont:
    """The first of our fonts that can write every letter, else the one that can write most of them."""
    from PIL import ImageFont

    fonts = [
        ImageFont.truetype(str(font_path(name)), max(1, round(size)), layout_engine=ImageFont.Layout.BASIC)
        for name in _FONTS
    ]
    return min(fonts, key=lambda font: _unwritten(font, words))


def _unwritten(font: FreeTypeFont, words: str) -> int:
    """How many letters a font shows as an empty box."""
    box = _drawn(font, _UNWRITTEN)
    return sum(_drawn(font, letter) == box for letter in set(words) if not letter.isspace())


def _drawn(font: FreeTypeFont, letter: str) -> tuple[Any, bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


def _broken(words: str, font: FreeTypeFont, width: float) -> list[str]:
    """Lines that fit the width; a word longer than a line is cut."""
    lines: list[str] = []
    for paragraph in words.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            joined = f"{line} {word}" if line else word
            if font.getlength(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            while len(word) > 1 and font.getlength(word) > width:
                fits = max(1, sum(font.getlength(word[:count]) <= width for count in range(1, len(word) + 1)))
                lines.append(word[:fits])
                word = word[fits:]
            line = word
        lines.append(line)
    return lines


def _as_seen(line: str) -> str:
    """A line of right-to-left writing in the order the eye reads it, its letters joined."""
    if not any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in line):
        return line
    from arabic_reshaper import reshape
    from bidi.algorithm import get_display

    return str(get_display(reshape(line)))
