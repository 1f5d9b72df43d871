"""The few drawing tools the sample's pictures are made with, so that each scene is a page of plain strokes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from qma_app.assets import font_path

if TYPE_CHECKING:  # Pillow is imported where it is used, as everywhere in the core
    from PIL import Image, ImageFont

WIDTH, HEIGHT = 1600, 1200
Point = tuple[float, float]
Box = tuple[float, float, float, float]

INK: Final = "#22262b"
PAPER: Final = "#fbfaf5"
STEEL: Final = "#8d969e"
RED: Final = "#b3372f"
GREEN: Final = "#2f7d5b"
YELLOW: Final = "#f2c230"
BLUE_INK: Final = "#24408e"

_FINER: Final = 2
"""Drawn twice as large and reduced: strokes get smooth edges, as Pillow draws none itself."""
_MARK: Final = "drawn sample"
_TAKEN: Final = 0x9003
_EXIF_IFD: Final = 0x8769


class Easel:
    """A picture being drawn, in points of 1600 by 1200."""

    def __init__(self, top: str, bottom: str) -> None:
        from PIL import ImageDraw

        self._image = _surface((WIDTH * _FINER, HEIGHT * _FINER), top, bottom)
        self._draw = ImageDraw.Draw(self._image)

    def fade(self, box: Box, top: str, bottom: str) -> None:
        """A surface that goes from one colour above to another below, as walls and floors do."""
        from PIL import Image

        x0, y0, x1, y1 = _larger(box)
        size = (round(x1 - x0), round(y1 - y0))
        column = Image.linear_gradient("L").resize((1, size[1]))
        shade = Image.composite(
            Image.new("RGB", (1, size[1]), bottom), Image.new("RGB", (1, size[1]), top), column
        )
        self._image.paste(shade.resize(size, Image.Resampling.NEAREST), (round(x0), round(y0)))

    def box(
        self, box: Box, fill: str | None, *, edge: str | None = None, width: float = 4, radius: float = 0
    ) -> None:
        self._draw.rounded_rectangle(
            _larger(box), radius * _FINER, fill=fill, outline=edge, width=round(width * _FINER)
        )

    def disc(
        self, centre: Point, radius: float, fill: str | None, *, edge: str | None = None, width: float = 4
    ) -> None:
        (x, y), r = centre, radius
        self.oval((x - r, y - r, x + r, y + r), fill, edge=edge, width=width)

    def oval(self, box: Box, fill: str | None, *, edge: str | None = None, width: float = 4) -> None:
        self._draw.ellipse(_larger(box), fill=fill, outline=edge, width=round(width * _FINER))

    def shape(self, points: Sequence[Point], fill: str, *, edge: str | None = None, width: float = 4) -> None:
        self._draw.polygon(
            [(x * _FINER, y * _FINER) for x, y in points],
            fill=fill,
            outline=edge,
            width=round(width * _FINER),
        )

    def stroke(self, points: Sequence[Point], colour: str, width: float = 4) -> None:
        self._draw.line(
            [(x * _FINER, y * _FINER) for x, y in points],
            fill=colour,
            width=round(width * _FINER),
            joint="curve",
        )

    def dashes(self, start: Point, end: Point, colour: str, width: float = 3, count: int = 24) -> None:
        (x0, y0), (x1, y1) = start, end
        for place in range(count):
            a, b = place / count, (place + 0.55) / count
            self.stroke(
                [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b)],
                colour,
                width,
            )

    def words(
        self,
        at: Point,
        text: str,
        size: float,
        colour: str = INK,
        *,
        face: str = "Inter-Medium",
        anchor: str = "la",
    ) -> None:
        """`anchor` as Pillow has it: `la` from the top left, `mm` around the middle."""
        self._draw.text(
            (at[0] * _FINER, at[1] * _FINER),
            text,
            fill=colour,
            font=_font(face, round(size * _FINER)),
            anchor=anchor,
        )

    def scribble(
        self, at: Point, length: float, colour: str = BLUE_INK, *, height: float = 16, width: float = 3
    ) -> None:
        """What handwriting looks like from a distance; longer ones have more loops."""
        x, y = at
        steps = max(4, round(length / 12))
        heights = (0.0, -1.0, 0.25, -0.55, 0.1, -0.8, 0.45, -0.3)
        self.stroke(
            [
                (x + length * step / steps, y + height * heights[step % len(heights)])
                for step in range(steps + 1)
            ],
            colour,
            width,
        )

    def finished(self, taken: date) -> bytes:
        """The picture as a camera would hand it over: a JPEG that knows its day, darker in the corners, marked as drawn."""
        from PIL import Image, ImageChops, ImageDraw

        image = self._image.reduce(_FINER)
        image = ImageChops.multiply(image, _lens())
        ImageDraw.Draw(image).text(
            (WIDTH - 24, HEIGHT - 20),
            _MARK,
            fill="#ffffff",
            stroke_width=2,
            stroke_fill="#55595e",
            font=_font("Inter-Medium", 26),
            anchor="rd",
        )
        exif = Image.Exif()
        exif.get_ifd(_EXIF_IFD)[_TAKEN] = f"{taken:%Y:%m:%d} 10:00:00"
        stream = BytesIO()
        image.save(stream, "JPEG", quality=88, exif=exif)
        return stream.getvalue()


def _surface(size: tuple[int, int], top: str, bottom: str) -> Image.Image:
    from PIL import Image

    width, height = size
    column = Image.linear_gradient("L").crop((0, 0, 1, 256)).resize((1, height))
    shade = Image.composite(Image.new("RGB", (1, height), bottom), Image.new("RGB", (1, height), top), column)
    return shade.resize((width, height), Image.Resampling.NEAREST)


@cache
def _lens() -> Image.Image:
    """How much light reaches each point."""
    from PIL import Image

    light = Image.radial_gradient("L").point(_corner_light).resize((WIDTH, HEIGHT))
    return Image.merge("RGB", (light, light, light))


def _larger(box: Box) -> Box:
    x0, y0, x1, y1 = box
    return x0 * _FINER, y0 * _FINER, x1 * _FINER, y1 * _FINER


def _corner_light(distance: int) -> int:
    """From the middle (0) to the corner (255) a fifth of the light is lost."""
    return 255 - distance // 5


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(font_path(face)), size)
