"""Writes an Excel file row by row straight into its place: no temporary file, no row kept, the same bytes for the same input.

openpyxl makes the styles, the frame of each sheet and the parts around them; the rows between are written here, so that what
type a cell has is decided in one place. No cell is ever a formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import IO, TYPE_CHECKING, BinaryIO, Final, Self, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from qma_app.design import APP_NAME
from qma_app.exchange.workbook.looks import Look, StyleSheet
from qma_app.exchange.workbook.words import Losses, markup_of, sheet_title, shown
from qma_app.i18n import language

if TYPE_CHECKING:
    from _typeshed import SizedBuffer
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | datetime | None
"""What a cell may hold; an instant is shown in the time zone of this computer, as on screen and paper."""

_BEFORE_ALL_ZIPS: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_A4: Final = 9
_DAY_ZERO: Final = date(1899, 12, 30)
_FIRST_SAFE_DAY: Final = date(1900, 3, 1)
_ROWS: Final = re.compile(rb"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_LONGEST_PROPERTY: Final = 255
_LONGEST_FOOTER: Final = 100  # Excel takes 255 for all three parts, and each `&` may come twice
_HELD_BACK: Final = 64 * 1024
_RIGHT_TO_LEFT: Final = ("ar", "fa", "he", "ur")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that looks different from its column."""

    value: Value
    look: Look


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """How a sheet is set up: widths in characters, rows and columns that stay in sight, the row of the filter (0 = none)."""

    widths: Sequence[float]
    hidden: Sequence[bool] = ()
    frozen_rows: int = 0
    frozen_columns: int = 0
    filter_row: int = 0
    tab_colour: str | None = None
    footer: str = ""
    finish: Callable[[Worksheet], object] | None = None
    """Called when the rows are written: adds what stands around them, such as drop-downs."""


class WorkbookFile:
    """An Excel file in the making, whole when its block ends well; sheets are written one after the other."""

    def __init__(self, file: BinaryIO, *, title: str, changed_at: datetime) -> None:
        self.losses = Losses()
        self._archive = _StillArchive(file, "w", ZIP_DEFLATED)
        self._book = Workbook(write_only=True)
        self._book.calculation.fullCalcOnLoad = False  # nothing to compute, so closing it asks for no saving
        self._styles: StyleSheet | None = None
        changed = changed_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties = self._book.properties
        properties.created = properties.modified = changed
        properties.creator = properties.lastModifiedBy = APP_NAME
        properties.title = shown(title, Losses())[:_LONGEST_PROPERTY]
        properties.language = language()

    @contextmanager
    def sheet(self, title: str, layout: Layout) -> Iterator[Sheet]:
        """One sheet; its rows are in the file when the block ends."""
        # A write-only sheet has all that is set up here, though its type stub does not say so.
        sheet = cast("Worksheet", self._book.create_sheet(sheet_title(title, self._book.sheetnames)))
        _set_up(sheet, layout)
        styles = self._styles = self._styles or StyleSheet(self._book)
        before, _after = _frame(sheet)
        with self._archive.part(f"xl/worksheets/sheet{len(self._book.sheetnames)}.xml") as part:
            part.write(before + b"<sheetData>")
            rows = Sheet(part, styles, self.losses)
            yield rows
            rows.flush()
            if layout.filter_row:
                last = get_column_letter(len(layout.widths))
                sheet.auto_filter.ref = f"A{layout.filter_row}:{last}{max(rows.count, layout.filter_row)}"
            if layout.finish is not None:
                layout.finish(sheet)
            _before, after = _frame(sheet)
            part.write(b"</sheetData>" + after)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            _PartsWriter(self._book, self._archive).save()
        else:
            self._archive.fp = None  # what is half written is thrown away by whoever opened the file


class Sheet:
    """The rows of one sheet, written as they come."""

    def __init__(self, part: IO[bytes], styles: StyleSheet, losses: Losses) -> None:
        self.count = 0
        self._part = part
        self._styles = styles
        self._losses = losses
        self._letters: list[str] = []
        self._waiting: list[str] = []
        self._waiting_size = 0

    def style(self, look: Look) -> int:
        """The number of a look, for `append`."""
        return self._styles.number(look)

    def row(self, *cells: Value | Cell, look: Look, height: float | None = None) -> None:
        """One row in one look; `height` in points where the words are cut on purpose."""
        self.append(cells, [self.style(look)] * len(cells), height=height)

    def append(
        self,
        values: Iterable[Value | Cell],
        styles: Sequence[int],
        *,
        height: float | None = None,
        is_hidden: bool = False,
    ) -> None:
        """The next row: each value in the style of its column, unless it brings its own look."""
        self.count = number = self.count + 1
        while len(self._letters) < len(styles):
            self._letters.append(get_column_letter(len(self._letters) + 1))
        losses = self._losses
        tall = f' ht="{height}" customHeight="1"' if height else ""
        tall += ' hidden="1"' if is_hidden else ""
        parts = [f'<row r="{number}"{tall}>']
        for letter, style, value in zip(self._letters, styles, values, strict=False):
            if type(value) is Cell:
                style, value = self._styles.number(value.look), value.value
            if type(value) is str and value:
                parts.append(
                    f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{markup_of(value, losses)}</t></is></c>'
                )
            elif value is None or value == "":
                parts.append(f'<c r="{letter}{number}" s="{style}"/>')
            else:
                parts.append(f'<c r="{letter}{number}" s="{style}"{_content(value, losses)}</c>')
        parts.append("</row>")
        row = "".join(parts)
        self._waiting.append(row)
        self._waiting_size += len(row)
        if self._waiting_size > _HELD_BACK:
            self.flush()

    def flush(self) -> None:
        """Hand the rows held back to the file."""
        self._part.write("".join(self._waiting).encode())
        self._waiting.clear()
        self._waiting_size = 0


def _content(value: object, losses: Losses) -> str:
    """The rest of a cell's tag with its value, for what is not plain text."""
    if isinstance(value, bool):
        return f' t="b"><v>{int(value)}</v>'
    if isinstance(value, int | float):
        return f"><v>{value!r}</v>"
    if isinstance(value, datetime):
        here = value.astimezone().replace(tzinfo=None)
        if here.date() >= _FIRST_SAFE_DAY:
            seconds = (here - datetime.combine(here.date(), datetime.min.time())).total_seconds()
            return f"><v>{(here.date() - _DAY_ZERO).days + seconds / 86400!r}</v>"
        value = here.isoformat(" ", "seconds")
    elif isinstance(value, date):
        if value >= _FIRST_SAFE_DAY:
            return f"><v>{(value - _DAY_ZERO).days}</v>"
        value = (
            value.isoformat()
        )  # Excel knows no day before 1900, and counts one too many up to March of that year
    text = markup_of(str(value), losses)
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is>'


def _set_up(sheet: Worksheet, layout: Layout) -> None:
    for number, width in enumerate(layout.widths, 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = width
        column.hidden = number <= len(layout.hidden) and layout.hidden[number - 1]
    if layout.frozen_rows or layout.frozen_columns:
        sheet.freeze_panes = f"{get_column_letter(layout.frozen_columns + 1)}{layout.frozen_rows + 1}"
    if layout.frozen_rows:
        sheet.print_title_rows = f"1:{layout.frozen_rows}"
    if layout.tab_colour:
        sheet.sheet_properties.tabColor = f"FF{layout.tab_colour.removeprefix('#').upper()}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.rightToLeft = language().partition("-")[0] in _RIGHT_TO_LEFT
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.4
    margins.bottom = 0.6
    # `&` begins a command in a footer.
    footer = sheet.oddFooter
    assert footer is not None
    words = " ".join(shown(layout.footer, Losses()).split())[:_LONGEST_FOOTER]
    footer.left.text = words.replace("&", "&&")
    footer.right.text = "&P / &N"


def _frame(sheet: Worksheet) -> tuple[bytes, bytes]:
    """What stands before and after the rows of a sheet."""
    writer = WorksheetWriter(sheet, out=BytesIO())
    writer.write()
    before, after = _ROWS.split(writer.read())
    return before, after


class _StillArchive(ZipFile):
    """A zip in which no time of its making shows."""

    def part(self, name: str) -> IO[bytes]:
        """A part to be written; it must be closed before the next."""
        entry = ZipInfo(name, _BEFORE_ALL_ZIPS)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = _UNIX
        entry.external_attr = 0o644 << 16
        return self.open(entry, "w")

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: SizedBuffer | str,
        compress_type: int | None = None,  # noqa: ARG002  every part is packed the same way
        compresslevel: int | None = None,  # noqa: ARG002  see above
    ) -> None:
        """How openpyxl hands over the parts it makes."""
        with self.part(str(zinfo_or_arcname)) as part:
            part.write(data.encode() if isinstance(data, str) else data)


class _PartsWriter(ExcelWriter):
    """Writes all parts but the sheets, which are in the archive already."""

    def write_worksheet(self, ws: Worksheet) -> None:
        self.manifest.append(ws)
