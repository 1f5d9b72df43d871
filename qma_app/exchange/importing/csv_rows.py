"""The rows of a CSV file, whoever wrote it: encoding and separator are found, not asked for."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, Final

from qma_app.exchange.importing import guards
from qma_app.exchange.importing.tables import Cell, CellNote, Row
from qma_app.i18n import _

SEPARATORS: Final = (";", ",", "\t", "|")
_SAMPLE: Final = 64 * 1024
_SAMPLE_ROWS: Final = 60
_PIECE: Final = 256 * 1024
_LONGEST_LINE: Final = 2 << 20
_NUL_REPLACED: Final = "\ufffd"


def encoding_of(file: IO[bytes]) -> str:
    """The encoding of a text file: by its mark, else by what its bytes can be; Windows' western one is the last resort."""
    file.seek(0)
    start = file.read(_SAMPLE)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = (start[::2].count(0), start[1::2].count(0))
    if max(zeros) * 10 > len(start) * 4:
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(sample: str) -> str:
    """The character that parts the first rows most evenly into more than one column."""
    first = sample.split("\n", 1)[0].strip().strip('"').lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = _widths(sample, separator)
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=wide.count)
        evenness = (1 + wide.count(usual) / len(wide)) / 2
        score = len(wide) / len(widths) * evenness * min(usual, 12) ** 0.25
        if score > best_score:
            best, best_score = separator, score
    return best


def csv_rows(file: IO[bytes], shown: str) -> Iterator[tuple[float, Row]]:
    """Each filled row with the share of the file read so far; rows are counted as Excel would show them."""
    encoding = encoding_of(file)
    size = max(file.seek(0, 2), 1)
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        separator = separator_of(text.read(_SAMPLE))
        text.seek(0)
        csv.field_size_limit(guards.LONGEST_TEXT)
        filled = cells = 0
        reader = csv.reader(_lines(text, shown), delimiter=separator)
        for number, fields in enumerate(_checked(reader, shown), start=1):
            row = _row(number, fields)
            if not row.cells:
                continue
            filled += 1
            cells += len(row.cells)
            _check_counts(filled, cells, shown)
            yield min(file.tell() / size, 1.0), row
    finally:
        text.detach()


def check_counts(file: IO[bytes], shown: str) -> None:
    """Refuse a file with too many rows before the first of them is handed on."""
    for _share, _row_read in csv_rows(file, shown):
        pass


def notes_on(file: IO[bytes]) -> tuple[str, ...]:
    """What was found out about the file and might be wrong."""
    encoding = encoding_of(file)
    if encoding == "cp1252":
        return (_("The text is read as Windows (western Europe): look at letters with accents."),)
    return ()


def _checked(reader: Iterator[list[str]], shown: str) -> Iterator[list[str]]:
    """The csv module's own failures in our words, with the row they stand in."""
    number = 0
    while True:
        number += 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise guards.too_much(
                shown,
                _(
                    "{name}, row {row}: a text runs on for more than {limit} characters; "
                    "perhaps a quotation mark is never closed."
                ).format(name=shown, row=number, limit=guards.LONGEST_TEXT),
            ) from None
        yield fields


def _lines(text: io.TextIOWrapper, shown: str) -> Iterator[str]:
    number = 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise guards.too_much(
                shown,
                _("{name}, line {row} has more than {limit} characters.").format(
                    name=shown, row=number, limit=_LONGEST_LINE
                ),
            )
        yield line.replace("\0", _NUL_REPLACED)


def _row(number: int, fields: list[str]) -> Row:
    cells = {}
    for column, text in enumerate(fields, start=1):
        if text.strip():
            note = CellNote.BEYOND if column > guards.MOST_COLUMNS else CellNote.PLAIN
            cells[column] = Cell(text, column, note)
    return Row(number, cells)


def _check_counts(rows: int, cells: int, shown: str) -> None:
    if rows > guards.MOST_FILLED:
        raise guards.too_much(
            shown,
            _("{name} has more than {limit} filled rows.").format(name=shown, limit=guards.MOST_ROWS),
        )
    if cells > guards.MOST_CELLS:
        raise guards.too_much(
            shown,
            _("{name} has more than {limit} filled cells.").format(name=shown, limit=guards.MOST_CELLS),
        )


def _widths(sample: str, separator: str) -> list[int]:
    widths: list[int] = []
    try:
        for fields in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(text.strip() for text in fields):
                widths.append(len(fields))
            if len(widths) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return widths
    return widths
