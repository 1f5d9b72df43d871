"""The pages as a surface to draw on: lines set by the typesetter, boxes, pictures, links; coordinates in points from the bottom left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from typing import BinaryIO, Final

from qma_app.reports.document import PAGE_SIZE, PaperCanvas, Picture, PictureBytes
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.styles import Align, TextStyle
from qma_app.reports.text import Line, Run

_ESCAPES: Final = str.maketrans({"\\": r"\\", "(": r"\(", ")": r"\)"})
_CODES: Final = tuple(
    chr(code) if 32 <= code < 127 and chr(code) not in "\\()" else f"\\{code:03o}" for code in range(256)
)
_BEND: Final = 0.5523  # how far a control point stands off for a quarter of a circle


class Sheet:
    """Draws page after page and writes the file at the end."""

    def __init__(
        self, fonts: PaperFonts, *, language: str, title: str, author: str, subject: str, made_at: datetime
    ) -> None:
        self._fonts = fonts
        self._canvas = PaperCanvas(
            language=language, title=title, author=author, subject=subject, made_at=made_at
        )
        self._resources: dict[tuple[str, int], str] = {}
        self._fill = self._stroke = self._width = ""

    def turn_page(self) -> None:
        """Make the empty page that begins, and those after it, lie on their long side."""
        self._canvas.setPageSize((PAGE_SIZE[1], PAGE_SIZE[0]))

    def end_page(self) -> None:
        """Close the page; the next one is empty."""
        self._canvas.showPage()
        self._fill = self._stroke = self._width = ""

    def write_to(self, out: BinaryIO, progress: Callable[[float], None], pictures: PictureBytes) -> None:
        """Write the whole file."""
        self._canvas.write_to(out, progress, pictures)

    def lines(self, lines: Sequence[Line], style: TextStyle, x: float, top: float, width: float) -> None:
        """Lines of text one under the other, the first line's box beginning at `top`."""
        if not lines:
            return
        self._set_fill(style.colour)
        baseline = top - style.drop
        code = ["BT"]
        if style.tracking:
            code.append(f"{style.tracking * style.size / 1000:.3f} Tc")
        shown = ""
        for line in lines:
            code.append(f"1 0 0 1 {x + _indent(line, style, width):.2f} {baseline:.2f} Tm")
            for run in line.runs:
                for font, literal in self._encoded(run):
                    if font != shown:
                        code.append(f"{font} {style.size:g} Tf")
                        shown = font
                    code.append(f"{literal} Tj")
            baseline -= style.leading
        if style.tracking:
            code.append("0 Tc")
        code.append("ET")
        self._canvas.addLiteral(" ".join(code))

    def line(
        self, line: Line, style: TextStyle, x: float, baseline: float, *, align: Align = Align.START
    ) -> None:
        """One line on its baseline, beginning, centred or ending at `x`."""
        x -= {Align.START: 0.0, Align.CENTRE: line.width / 2, Align.END: line.width}[align]
        self.lines((line,), style.aligned(Align.START), x, baseline + style.drop, line.width)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.6,
        radius: float = 0.0,
    ) -> None:
        """A rectangle, with round corners if wanted."""
        paint = self._paint(fill, stroke, thickness)
        if radius <= 0:
            path = f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
        else:
            path = _round_path(x, y, width, height, min(radius, width / 2, height / 2))
        self._canvas.addLiteral(f"{path} {paint}")

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        colour: str,
        *,
        thickness: float = 0.5,
        dashes: Sequence[float] = (),
    ) -> None:
        """A straight line."""
        self._set_stroke(colour, thickness)
        path = f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"
        if dashes:
            path = f"[{' '.join(f'{dash:g}' for dash in dashes)}] 0 d {path} [] 0 d"
        self._canvas.addLiteral(path)

    def path(
        self,
        steps: str,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.6,
        dashes: Sequence[float] = (),
        has_round_ends: bool = False,
    ) -> None:
        """A path in the page's own code."""
        code = f"{steps} {self._paint(fill, stroke, thickness)}"
        if dashes:
            code = f"[{' '.join(f'{dash:g}' for dash in dashes)}] 0 d {code} [] 0 d"
        if has_round_ends:
            code = f"1 J 1 j {code} 0 J 0 j"
        self._canvas.addLiteral(code)

    def circle(
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str | None = None,
        stroke: str | None = None,
        thickness: float = 0.6,
    ) -> None:
        """A circle round a point."""
        self.box(
            x - radius,
            y - radius,
            2 * radius,
            2 * radius,
            fill=fill,
            stroke=stroke,
            thickness=thickness,
            radius=radius,
        )

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A JPEG stretched over a rectangle."""
        resource = self._canvas.place_picture(picture)
        self._canvas.addLiteral(f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{resource} Do Q")

    def bookmark(self, key: str, top: float) -> None:
        """Name a height of this page so that links and the outline lead there."""
        self._canvas.bookmarkHorizontalAbsolute(key, top)

    def outline(self, title: str, key: str, level: int, *, is_folded: bool) -> None:
        """An entry of the outline beside the pages; `title` is cleaned already."""
        self._canvas.addOutlineEntry(title, key, level, closed=is_folded)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make a rectangle lead to a bookmark."""
        self._canvas.linkAbsolute("", key, (x, y, x + width, y + height), Border="[0 0 0]")

    @contextmanager
    def moved(self, a: float, b: float, c: float, d: float, x: float, y: float) -> Iterator[None]:
        """Draw inside a transformed system."""
        self._canvas.addLiteral(f"q {a:.4f} {b:.4f} {c:.4f} {d:.4f} {x:.2f} {y:.2f} cm")
        before = self._fill, self._stroke, self._width
        yield
        self._canvas.addLiteral("Q")
        self._fill, self._stroke, self._width = before

    def _encoded(self, run: Run) -> Iterator[tuple[str, str]]:
        font = self._fonts.font(run.font)
        if run.text.isascii():
            yield self._resource(run.font, 0), f"({run.text.translate(_ESCAPES)})"
            return
        for subset, codes in self._canvas.encoded(font, run.text):
            yield self._resource(run.font, subset), f"({''.join(map(_CODES.__getitem__, codes))})"

    def _resource(self, font: str, subset: int) -> str:
        resource = self._resources.get((font, subset))
        if resource is None:
            resource = self._canvas.resource_of(self._fonts.font(font), subset)
            self._resources[font, subset] = resource
        return resource

    def _paint(self, fill: str | None, stroke: str | None, thickness: float) -> str:
        if fill is not None:
            self._set_fill(fill)
        if stroke is not None:
            self._set_stroke(stroke, thickness)
        return {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
            (fill is not None, stroke is not None), "n"
        )

    def _set_fill(self, colour: str) -> None:
        if colour != self._fill:
            self._canvas.addLiteral(f"{_parts(colour)} rg")
            self._fill = colour

    def _set_stroke(self, colour: str, thickness: float) -> None:
        if colour != self._stroke:
            self._canvas.addLiteral(f"{_parts(colour)} RG")
            self._stroke = colour
        width = f"{thickness:.2f}"
        if width != self._width:
            self._canvas.addLiteral(f"{width} w")
            self._width = width


def _indent(line: Line, style: TextStyle, width: float) -> float:
    align = Align.END if line.is_right_to_left and style.align is Align.START else style.align
    if align is Align.START:
        return 0.0
    free = width - line.width
    return free if align is Align.END else free / 2


@lru_cache(maxsize=256)
def _parts(colour: str) -> str:
    """`#rrggbb` as three shares of one."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))


def _round_path(x: float, y: float, width: float, height: float, radius: float) -> str:
    right, top, pull = x + width, y + height, radius * (1 - _BEND)
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - pull:.2f} {y:.2f} {right:.2f} {y + pull:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - pull:.2f} {right - pull:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{x + radius:.2f} {top:.2f} l "
        f"{x + pull:.2f} {top:.2f} {x:.2f} {top - pull:.2f} {x:.2f} {top - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l "
        f"{x:.2f} {y + pull:.2f} {x + pull:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )
