"""The typefaces of one report: Inter first, then Noto Sans, then DejaVu Sans for what the one before cannot write.

Each report reads its own fonts (some milliseconds each): a font keeps account of the letters used in a document, and two
reports made at the same time must not write into each other's account.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final

from reportlab.pdfbase.ttfonts import TTFont

from qma_app.assets import font_path


class Face(StrEnum):
    """The cuts of the type we set in."""

    REGULAR = "regular"
    MEDIUM = "medium"
    SEMIBOLD = "semibold"
    BOLD = "bold"
    ITALIC = "italic"


CHAINS: Final[dict[Face, tuple[str, ...]]] = {
    Face.REGULAR: ("Inter-Regular", "NotoSans-Regular", "DejaVuSans"),
    Face.MEDIUM: ("Inter-Medium", "NotoSans-Regular", "DejaVuSans"),
    Face.SEMIBOLD: ("Inter-SemiBold", "NotoSans-Bold", "DejaVuSans-Bold"),
    Face.BOLD: ("Inter-Bold", "NotoSans-Bold", "DejaVuSans-Bold"),
    Face.ITALIC: ("Inter-Italic", "NotoSans-Italic", "DejaVuSans"),
}
"""For each cut the fonts to try, in order."""

PAGE_OF_FACE: Final = {"Inter-Regular": Face.REGULAR, "Inter-SemiBold": Face.SEMIBOLD}
"""How charts call the faces they write in."""


class PaperFonts:
    """Reads a font when its first letter is needed."""

    def __init__(self) -> None:
        self._fonts: dict[str, Any] = {}

    def font(self, name: str) -> Any:
        """The font of that name, a reportlab TTFont."""
        font = self._fonts.get(name)
        if font is None:
            font = self._fonts[name] = TTFont(name, str(font_path(name)), asciiReadable=True, shapable=False)
        return font

    def widths(self, name: str) -> dict[int, float]:
        """Widths of the letters a font has, in thousandths of its size, by code point."""
        widths: dict[int, float] = self.font(name).face.charWidths
        return widths

    def has(self, name: str, code: int) -> bool:
        """Whether a font can write a code point with a glyph of its own."""
        return bool(self.font(name).face.charToGlyph.get(code))

    def name_for(self, face: Face, code: int) -> str | None:
        """The first font of a face's chain that can write a code point, or None."""
        return next((name for name in CHAINS[face] if self.has(name, code)), None)
