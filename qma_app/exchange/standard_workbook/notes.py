"""Where everything wrong with a workbook is gathered, each with sheet, row and column."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from qma_app.errors import Problem
from qma_app.i18n import _

MOST: Final = 200
"""Of one kind: nobody reads more in one go, and a hostile file cannot fill the memory with complaints."""


@dataclass(slots=True)
class Notes:
    """The problems of one workbook; errors keep it from being taken over, warnings say what was changed or left out."""

    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def error(self, code: str, place: str, found: str, advice: str) -> None:
        """Something that keeps the workbook from being taken over."""
        self._add(code, place, found, advice, is_warning=False)

    def warning(self, code: str, place: str, found: str, advice: str) -> None:
        """Something that was put right or left out."""
        self._add(code, place, found, advice, is_warning=True)

    @property
    def has_errors(self) -> bool:
        return any(not problem.is_warning for problem in self.problems)

    def _add(self, code: str, place: str, found: str, advice: str, *, is_warning: bool) -> None:
        self.counts[code] += 1
        if self.counts[code] > MOST:
            return
        if self.counts[code] == MOST:
            found = _("from here on there are more of the same kind")
            advice = _("mend those named first, then import again")
        self.problems.append(
            Problem(code=code, place=place, found=found, advice=advice, is_warning=is_warning)
        )


def cell_place(sheet: str, cell: str) -> str:
    """The address as a keeper knows it: `Sheet SRV, F14`."""
    return _("Sheet {sheet}, {cell}").format(sheet=sheet, cell=cell)


def row_place(sheet: str, row: int) -> str:
    """`Sheet SRV, row 14`"""
    return _("Sheet {sheet}, row {row}").format(sheet=sheet, row=row)


def sheet_place(sheet: str) -> str:
    """`Sheet SRV`"""
    return _("Sheet {sheet}").format(sheet=sheet)
