"""From the bytes of a file to its text, or the line that shows why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from qma_app.content.address import place
from qma_app.errors import Problem
from qma_app.i18n import _

_FOREIGN = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
"""Characters a standard never holds as such: controls, and breaks that editors do not count as lines."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes, name: str) -> str | Problem:
    """The text of a UTF-8 file, or why it cannot be taken."""
    if content.startswith(b"\xef\xbb\xbf"):
        return _problem(
            "file.bom",
            name,
            1,
            _("the file begins with a byte order mark (BOM)"),
            _("save it as “UTF-8” without BOM"),
        )
    if content.startswith(_UTF16):
        return _problem(
            "file.utf16", name, 1, _("the file is written in UTF-16"), _("save it as “UTF-8” without BOM")
        )
    if b"\x00" in content:
        return _problem(
            "file.binary",
            name,
            content.count(b"\n", 0, content.index(b"\x00")) + 1,
            _("the file is not a text but binary"),
            _("put a YAML text here, or delete the file"),
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error.start, name)
    foreign = _FOREIGN.search(text)
    return text if foreign is None else _foreign_character(text, foreign.start(), name)


def _not_utf8(content: bytes, start: int, name: str) -> Problem:
    byte = content[start : start + 1]
    return _problem(
        "file.not-utf8",
        name,
        content.count(b"\n", 0, start) + 1,
        _("the byte {byte} is not UTF-8 (“{letter}” in a Latin-1 file)").format(
            byte=f"0x{byte[0]:02X}", letter=byte.decode("latin-1") if byte[0] >= 0xA0 else "?"
        ),
        _("save the file as “UTF-8” and check its special letters"),
    )


def _foreign_character(text: str, start: int, name: str) -> Problem:
    line = text.count("\n", 0, start) + 1
    character = text[start]
    if character == "\t":
        lines = list(islice(_lines_with_tabs(text), 11))
        others = ", ".join(map(str, lines[1:10])) + (", …" if len(lines) > 10 else "")
        found = _("a tab stands here")
        if others:
            found = _("a tab stands here (and on the lines {lines})").format(lines=others)
        return _problem("file.tab", name, line, found, _("write spaces instead, two for each level"))
    return _problem(
        "file.character",
        name,
        line,
        _("the invisible character {code} stands here").format(code=f"U+{ord(character):04X}"),
        _("delete it and type the place again"),
    )


def _lines_with_tabs(text: str) -> Iterator[int]:
    line, position = 1, 0
    while (tab := text.find("\t", position)) >= 0:
        line += text.count("\n", position, tab)
        yield line
        position = text.find("\n", tab)
        if position < 0:
            return


def _problem(code: str, name: str, line: int, found: str, advice: str) -> Problem:
    return Problem(code=code, place=place(name, line), found=found, advice=advice)
