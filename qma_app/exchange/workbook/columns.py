"""Tables in a workbook: a list of columns, a header that filters, and a row for each record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from qma_app.errors import ReportTrouble
from qma_app.exchange.workbook.file import Cell, Layout, Sheet, Value, WorkbookFile
from qma_app.exchange.workbook.looks import BANNER, HEADER, TYPED, Look
from qma_app.i18n import _

T = TypeVar("T")
Progress = Callable[[float], object]
"""Hears the share done, 0 to 1; stops the work by answering False."""

BANNER_ROW, HEADER_ROW = 1, 2
_ROWS_BETWEEN: Final = 64


@dataclass(frozen=True, kw_only=True)
class Column(Generic[T]):
    """One column: its title, its width in characters, how its cells look and what they hold."""

    title: str
    width: float
    value: Callable[[T], Value | Cell]
    look: Look = TYPED
    is_hidden: bool = False


class Meter:
    """Tells how far a workbook is, every few rows."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = max(1, total)
        self._done = 0

    def step(self) -> None:
        """One more row is written; ReportTrouble `workbook.cancelled` when told to stop."""
        self._done += 1
        if self._progress is not None and self._done % _ROWS_BETWEEN == 0:
            self.tell()

    def tell(self) -> None:
        """Say how far it is now."""
        if self._progress is not None and self._progress(min(1.0, self._done / self._total)) is False:
            raise ReportTrouble(_("It was stopped; no file was written."), code="workbook.cancelled")


def write_table(
    book: WorkbookFile,
    title: str,
    columns: Sequence[Column[T]],
    records: Iterable[T],
    *,
    banner: str,
    meter: Meter,
    frozen_columns: int = 1,
    tab_colour: str | None = None,
    footer: str = "",
) -> None:
    """A sheet with a banner, a header row with a filter and a row for each record."""
    layout = Layout(
        widths=[column.width for column in columns],
        hidden=[column.is_hidden for column in columns],
        frozen_rows=HEADER_ROW,
        frozen_columns=frozen_columns,
        filter_row=HEADER_ROW,
        tab_colour=tab_colour,
        footer=footer,
    )
    with book.sheet(title, layout) as sheet:
        sheet.row(banner, look=BANNER)
        write_header(sheet, [column.title for column in columns])
        styles = [sheet.style(column.look) for column in columns]
        values = [column.value for column in columns]
        for record in records:
            sheet.append([value(record) for value in values], styles)
            meter.step()
    meter.tell()


def write_header(sheet: Sheet, titles: Sequence[str]) -> None:
    """The titles of columns, as a row that stands out."""
    sheet.row(*titles, look=HEADER)
