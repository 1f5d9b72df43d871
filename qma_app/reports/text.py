"""The one way words reach paper: cleaned, fitted with fonts, broken into lines. Nothing typed by anyone is ever read as markup.

`Sheet` draws only the lines made here. What cannot be printed as it was typed is shown as U+FFFD and noted, never dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from qma_app.i18n import _, number_text
from qma_app.reports.directions import as_seen, has_right_to_left, joined, reads_right_to_left
from qma_app.reports.fonts import CHAINS, Face, PaperFonts
from qma_app.reports.letters import LONGEST_WORD, REPLACEMENT, Letters, WordWidths, pieces
from qma_app.reports.styles import TextStyle

LONGEST_FIELD: Final = 20_000

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Control characters, explicit direction changes, interlinear marks, lone surrogates and noncharacters.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one font, in the order they stand on paper."""

    font: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line ready to be drawn; `width` in points."""

    runs: tuple[Run, ...]
    width: float
    is_right_to_left: bool = False


class PrintNotes:
    """What could not be printed as it was typed, for the last page of the report; a text measured twice is noted once."""

    def __init__(self) -> None:
        self.replaced: Counter[str] = Counter()
        self.missing: Counter[str] = Counter()
        self.missing_at: dict[str, str] = {}
        self.cut: dict[str, int] = {}
        self._noted: set[tuple[str, str, str]] = set()

    def __bool__(self) -> bool:
        return bool(self.replaced or self.missing or self.cut)

    def note_replaced(self, where: str, text: str, count: int) -> None:
        """So many characters of a field became U+FFFD."""
        if self._is_new("replaced", where, text):
            self.replaced[where] += count

    def note_missing(self, where: str, text: str, letters: Sequence[str]) -> None:
        """These letters of a field have no font."""
        if letters and self._is_new("missing", where, text):
            self.missing.update(letters)
            for letter in letters:
                self.missing_at.setdefault(letter, where)

    def _is_new(self, what: str, where: str, text: str) -> bool:
        known = len(self._noted)
        self._noted.add((what, where, text))
        return len(self._noted) > known


class Typesetter:
    """Sets the words of one report; remembers widths of words and what could not be printed."""

    def __init__(self, fonts: PaperFonts) -> None:
        self.fonts = fonts
        self.notes = PrintNotes()
        self._words: dict[Face, WordWidths] = {}
        self._letters: dict[Face, Letters] = {}

    def lines(self, text: str, style: TextStyle, width: float, *, where: str = "") -> tuple[Line, ...]:
        """The text broken to `width` points; `where` names the field in the notes. An empty text has no line."""
        if not text:
            return ()
        found: list[Line] = []
        for paragraph in self.cleaned(text, where=where).split("\n"):
            found += self._plain_lines(paragraph, style, width) or self._mixed_lines(
                paragraph, style, width, where
            )
        return tuple(found)

    def one_line(self, text: str, style: TextStyle, width: float | None = None, *, where: str = "") -> Line:
        """The text on one line, shortened with an ellipsis where `width` is too small: for names, never for findings."""
        text = self.cleaned(text, where=where).replace("\n", " ")
        is_mixed = has_right_to_left(text)
        is_right_to_left = is_mixed and reads_right_to_left(text)
        if is_mixed:
            text = joined(text)
        self._note_missing(text, style, where)
        if width is not None:
            text = self._shortened(text, style, width)
        seen = as_seen(text, is_right_to_left=is_right_to_left) if is_mixed else text
        return self._line(seen, style, is_right_to_left=is_right_to_left)

    def _shortened(self, text: str, style: TextStyle, width: float) -> str:
        letters = self._letters_of(style.face)
        limit = width * 1000 / style.size + 0.01
        if letters.width(text, style.tracking) <= limit:
            return text
        room = limit - letters.width("…", style.tracking)
        total, kept = 0.0, 0
        for letter in text:
            total += letters.width(letter, style.tracking)
            if total > room:
                break
            kept += 1
        return text[:kept].rstrip() + "…"

    def cleaned(self, text: str, *, where: str = "") -> str:
        """Printable text: line ends as line feeds, tabs as spaces, what no paper can show as U+FFFD, overlong fields cut."""
        count = len(text)
        if count > LONGEST_FIELD:
            text = text[:LONGEST_FIELD]
        if not text.isprintable():
            text = _LINE_ENDS.sub("\n", text).replace("\t", "    ")
            text, replaced = _UNPRINTABLE.subn(REPLACEMENT, text)
            if replaced:
                self.notes.note_replaced(where, text, replaced)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if count > LONGEST_FIELD:
            self.notes.cut[where] = count
            text += "\n" + _("[Cut here: {printed} of {count} characters are printed.]").format(
                printed=number_text(LONGEST_FIELD), count=number_text(count)
            )
        return text

    def _plain_lines(self, paragraph: str, style: TextStyle, width: float) -> list[Line] | None:
        """Lines of a paragraph whose words all fit and are all in the first font; None when they are not."""
        known = self._words.get(style.face)
        if known is None:
            known = self._words[style.face] = WordWidths(self.fonts.widths(CHAINS[style.face][0]))
        scale, tracking = style.size / 1000, style.tracking
        limit = width / scale + 0.01
        space = known.space + tracking
        font = CHAINS[style.face][0]
        lines: list[Line] = []
        words = paragraph.split(" ")
        first, total = 0, -space
        for place, word in enumerate(words):
            wide = known[word]
            if wide < 0:
                return None
            if tracking:
                wide += tracking * len(word)
            if wide > limit or len(word) > LONGEST_WORD:
                return None
            if total + space + wide > limit:
                lines.append(Line((Run(font, " ".join(words[first:place])),), total * scale))
                first, total = place, wide
            else:
                total += space + wide
        lines.append(Line((Run(font, " ".join(words[first:])),), max(0.0, total) * scale))
        return lines

    def _mixed_lines(self, paragraph: str, style: TextStyle, width: float, where: str) -> list[Line]:
        """Lines of a paragraph with other scripts, right-to-left words, or words too long for a line."""
        is_mixed = has_right_to_left(paragraph)
        is_right_to_left = is_mixed and reads_right_to_left(paragraph)
        if is_mixed:
            paragraph = joined(paragraph)
        self._note_missing(paragraph, style, where)
        lines = []
        for broken in self._broken(paragraph, style, width):
            seen = as_seen(broken, is_right_to_left=is_right_to_left) if is_mixed else broken
            lines.append(self._line(seen, style, is_right_to_left=is_right_to_left))
        return lines

    def _note_missing(self, text: str, style: TextStyle, where: str) -> None:
        letters = self._letters_of(style.face)
        self.notes.note_missing(
            where, text, [letter for letter in text if (shape := letters[letter]) and shape.is_missing]
        )

    def _broken(self, paragraph: str, style: TextStyle, width: float) -> Iterator[str]:
        letters = self._letters_of(style.face)
        limit = width * 1000 / style.size + 0.01
        line, total = "", 0.0
        for word in paragraph.split(" "):
            for place, piece in enumerate(pieces(word, letters, limit, style.tracking)):
                glue = " " if place == 0 and line else ""
                wide = letters.width(glue + piece, style.tracking)
                if line and total + wide > limit:
                    yield line
                    line, total = piece, letters.width(piece, style.tracking)
                else:
                    line, total = line + glue + piece, total + wide
        yield line

    def _line(self, text: str, style: TextStyle, *, is_right_to_left: bool = False) -> Line:
        letters = self._letters_of(style.face)
        runs: list[Run] = []
        kept: list[str] = []
        font, width, count = "", 0.0, 0
        for letter in text:
            shape = letters[letter]
            if shape is None:
                continue
            count += 1
            width += shape.width
            if shape.font != font:
                if kept:
                    runs.append(Run(font, "".join(kept)))
                font, kept = shape.font, []
            kept.append(shape.letter)
        if kept:
            runs.append(Run(font, "".join(kept)))
        return Line(tuple(runs), (width + count * style.tracking) * style.size / 1000, is_right_to_left)

    def _letters_of(self, face: Face) -> Letters:
        letters = self._letters.get(face)
        if letters is None:
            letters = self._letters[face] = Letters(self.fonts, face)
        return letters
