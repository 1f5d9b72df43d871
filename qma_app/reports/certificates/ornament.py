"""What is drawn and not written on a certificate: its frame, the rosette behind the level, the QR code."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from qma_app.design import LIGHT
from qma_app.reports.sheet import Sheet

_TURNS: Final = 13
_POINTS: Final = 720


def draw_frame(sheet: Sheet, width: float, height: float, *, edge: str) -> None:
    """Two lines round the page, the inner one fine, and a mark in each corner."""
    sheet.box(20, 20, width - 40, height - 40, stroke=edge, thickness=1.6)
    sheet.box(26, 26, width - 52, height - 52, stroke=LIGHT.line, thickness=0.7)
    for x in (26.0, width - 26):
        for y in (26.0, height - 26):
            sheet.box(x - 3.5, y - 3.5, 7, 7, fill=LIGHT.surface, stroke=edge, thickness=1.0)


def draw_rosette(sheet: Sheet, x: float, y: float, radius: float, *, colour: str) -> None:
    """Fine loops round an empty middle."""
    for share in (1.0, 0.965, 0.93):
        sheet.path(" ".join(_loops(x, y, radius * share)), stroke=LIGHT.line, thickness=0.45)
    sheet.circle(x, y, radius * 0.7, fill=LIGHT.surface, stroke=colour, thickness=1.4)


def _loops(x: float, y: float, radius: float) -> Iterator[str]:
    for point in range(_POINTS + 1):
        angle = 2 * math.pi * point / _POINTS
        away = radius * (0.86 + 0.14 * math.cos(_TURNS * 2 * angle))
        turned = angle + 0.12 * math.sin(_TURNS * angle)
        letter = "l" if point else "m"
        yield f"{x + away * math.cos(turned):.2f} {y + away * math.sin(turned):.2f} {letter}"


def draw_code(sheet: Sheet, words: str, x: float, y: float, side: float) -> None:
    """A QR code of these words in a square, with its quiet edge inside."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(words)
    code.make()
    count = code.getModuleCount()
    cell = side / (count + 8)
    sheet.box(x, y, side, side, fill="#FFFFFF")
    steps = [
        f"{x + (left + 4) * cell:.3f} {y + side - (row + 4) * cell - cell * 1.01:.3f} {wide * cell:.3f} {cell * 1.01:.3f} re"
        for row in range(count)
        for left, wide in _runs([bool(code.isDark(row, column)) for column in range(count)])
    ]
    sheet.path(" ".join(steps), fill="#000000")


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where the dark parts of a row begin and how wide they are."""
    start = -1
    for place, is_dark in enumerate([*row, False]):
        if is_dark and start < 0:
            start = place
        elif not is_dark and start >= 0:
            yield start, place - start
            start = -1
