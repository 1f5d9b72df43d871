"""The floor of the report benchmark: what our report drew, recorded once and drawn again on a plain reportlab canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from qma_app.assets import font_path, font_paths
from qma_app.reports.document import PAGE_SIZE, Picture
from qma_app.reports.sheet import Sheet, _indent
from qma_app.reports.styles import TextStyle
from qma_app.reports.text import Line

Drawn = tuple[str, tuple[Any, ...]]
_MARKS: Final = ("m", "l", "c", "h")


def record(make: Callable[[], object]) -> tuple[list[list[Drawn]], list[str]]:
    """Everything drawn on each page while a report is made, and each piece of text that was set as one."""
    pages: list[list[Drawn]] = [[]]
    texts: list[str] = []

    class Recorder(Sheet):
        def lines(self, lines: Sequence[Line], style: TextStyle, x: float, top: float, width: float) -> None:
            texts.append(" ".join("".join(run.text for run in line.runs) for line in lines))
            for place, line in enumerate(lines):
                at, baseline = x + _indent(line, style, width), top - style.drop - place * style.leading
                for run in line.runs:
                    pages[-1].append(
                        ("text", (at, baseline, run.font, style.size, style.colour, style.tracking, run.text))
                    )
                    at += pdfmetrics.stringWidth(run.text, run.font, style.size)
            super().lines(lines, style, x, top, width)

        def box(self, x: float, y: float, width: float, height: float, **how: Any) -> None:
            pages[-1].append(("box", (x, y, width, height, how)))
            super().box(x, y, width, height, **how)

        def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str, **how: Any) -> None:
            pages[-1].append(("rule", (x1, y1, x2, y2, colour, how)))
            super().rule(x1, y1, x2, y2, colour, **how)

        def path(self, steps: str, **how: Any) -> None:
            pages[-1].append(("path", (_steps(steps), how)))
            super().path(steps, **how)

        def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
            pages[-1].append(("photo", (picture.digest, x, y, width, height)))
            super().picture(picture, x, y, width, height)

        @contextmanager
        def moved(self, *matrix: float) -> Any:
            pages[-1].append(("move", matrix))
            with super().moved(*matrix):
                yield
            pages[-1].append(("back", ()))

        def bookmark(self, key: str, top: float) -> None:
            pages[-1].append(("bookmark", (key, top)))
            super().bookmark(key, top)

        def outline(self, title: str, key: str, level: int, *, is_folded: bool) -> None:
            pages[-1].append(("outline", (title, key, level)))
            super().outline(title, key, level, is_folded=is_folded)

        def end_page(self) -> None:
            pages.append([])
            super().end_page()

    _register_fonts()
    with patch("qma_app.reports.drawing.Sheet", Recorder):
        make()
    return pages[:-1], texts


def keep_photos(pages: list[list[Drawn]], read: Callable[[str], bytes], folder: Path) -> None:
    """Write the photos as plain files, for those who draw from files, and name them so in what was recorded."""
    folder.mkdir(exist_ok=True)
    for page in pages:
        for place, (what, how) in enumerate(page):
            if what == "photo":
                path = folder / f"{how[0]}.jpg"
                path.write_bytes(read(how[0]))
                page[place] = what, (str(path), *how[1:])


def replay(pages: list[list[Drawn]], target: Path) -> None:
    """Draw it all as a program would that knows only the canvas, changing font and colour no more often than needed."""
    before = rl_config.useA85
    rl_config.useA85 = 0
    for name in sorted({how[2] for page in pages for what, how in page if what == "text"}):
        pdfmetrics.registerFont(TTFont(name, str(font_path(name))))
    canvas = Canvas(str(target), pagesize=PAGE_SIZE, pageCompression=1, invariant=1)
    for page in pages:
        _Pen(canvas).draw(page)
        canvas.showPage()
    canvas.save()
    rl_config.useA85 = before


class _Pen:
    """Calls the canvas for what was recorded on one page."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.font: tuple[str, float] | None = None
        self.fill = self.stroke = ""
        self.kept: list[tuple[str, str]] = []

    def draw(self, page: list[Drawn]) -> None:
        for what, how in page:
            getattr(self, what)(*how)

    def text(
        self, x: float, y: float, font: str, size: float, colour: str, tracking: float, words: str
    ) -> None:
        if self.font != (font, size):
            self.canvas.setFont(font, size)
            self.font = font, size
        self._fill(colour)
        self.canvas.drawString(x, y, words, charSpace=tracking * size / 1000)

    def box(self, x: float, y: float, width: float, height: float, how: dict[str, Any]) -> None:
        fill, stroke, radius = how.get("fill"), how.get("stroke"), how.get("radius", 0)
        self._paint(fill, stroke, how.get("thickness", 0.6))
        if radius:
            self.canvas.roundRect(
                x, y, width, height, min(radius, width / 2, height / 2), stroke=bool(stroke), fill=bool(fill)
            )
        else:
            self.canvas.rect(x, y, width, height, stroke=bool(stroke), fill=bool(fill))

    def rule(self, x1: float, y1: float, x2: float, y2: float, colour: str, how: dict[str, Any]) -> None:
        self._paint(None, colour, how.get("thickness", 0.5))
        dashes = list(how.get("dashes", ()))
        if dashes:
            self.canvas.setDash(dashes)
        self.canvas.line(x1, y1, x2, y2)
        if dashes:
            self.canvas.setDash()

    def path(self, steps: list[tuple[str, list[float]]], how: dict[str, Any]) -> None:
        fill, stroke = how.get("fill"), how.get("stroke")
        self._paint(fill, stroke, how.get("thickness", 0.6))
        path = self.canvas.beginPath()
        calls = {"m": path.moveTo, "l": path.lineTo, "c": path.curveTo, "h": path.close}
        for mark, numbers in steps:
            calls[mark](*numbers)
        self.canvas.drawPath(path, stroke=bool(stroke), fill=bool(fill))

    def photo(self, path: str, x: float, y: float, width: float, height: float) -> None:
        self.canvas.drawImage(path, x, y, width, height)

    def move(self, *matrix: float) -> None:
        self.canvas.saveState()
        self.canvas.transform(*matrix)
        self.kept.append((self.fill, self.stroke))

    def back(self) -> None:
        self.canvas.restoreState()
        self.fill, self.stroke = self.kept.pop()
        self.font = None

    def bookmark(self, key: str, top: float) -> None:
        self.canvas.bookmarkHorizontalAbsolute(key, top)

    def outline(self, title: str, key: str, level: int) -> None:
        self.canvas.addOutlineEntry(title, key, level)

    def _paint(self, fill: str | None, stroke: str | None, thickness: float) -> None:
        if fill:
            self._fill(fill)
        if stroke:
            if stroke != self.stroke:
                self.canvas.setStrokeColor(_colour(stroke))
                self.stroke = stroke
            self.canvas.setLineWidth(thickness)

    def _fill(self, colour: str) -> None:
        if colour != self.fill:
            self.canvas.setFillColor(_colour(colour))
            self.fill = colour


_COLOURS: dict[str, Any] = {}


def _colour(name: str) -> Any:
    if name not in _COLOURS:
        _COLOURS[name] = HexColor(name)
    return _COLOURS[name]


def _register_fonts() -> None:
    for font in font_paths():
        pdfmetrics.registerFont(TTFont(font.stem, str(font)))


def _steps(code: str) -> list[tuple[str, list[float]]]:
    """A path in the page's own code as calls with their numbers."""
    steps, numbers = [], []
    for part in code.split():
        if part in _MARKS:
            steps.append((part, numbers))
            numbers = []
        else:
            numbers.append(float(part))
    return steps
