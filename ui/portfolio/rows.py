"""The rows of the portfolio in words and figures, and the order they stand in; no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction
from typing import Final

from qma_app.domain.certificate_life import LifeState
from qma_app.i18n import _, day_text, level_text, ngettext, number_text, percent_text
from qma_app.services.portfolio import PortfolioLine
from ui.portfolio.reading import Marks, Portfolio


class Column(IntEnum):
    """The columns from left to right; the digit that sorts by one is its place counted from 1, and 0 for the tenth."""

    @property
    def key(self) -> str:
        """The digit that sorts by it."""
        return str((self + 1) % 10)

    NAME = 0
    PHASE = 1
    MONTH = 2
    SCORE = 3
    TREND = 4
    VISIT = 5
    OVERDUE = 6
    MAJORS = 7
    GATE = 8
    CERTIFICATE = 9


DESCENDING_FIRST: Final = frozenset((Column.MONTH, Column.OVERDUE, Column.MAJORS, Column.GATE))
"""Where the highest matters most, the first press puts it on top."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PortfolioRow:
    """One dealership: `cells` and `small` by column, `tones` where one is to be coloured."""

    line: PortfolioLine
    marks: Marks
    cells: tuple[str, ...]
    small: tuple[str, ...]
    tones: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.line.dealership.id

    @property
    def words(self) -> str:
        """Everything a filter looks through, in small letters."""
        house = self.line.dealership
        said = (
            house.name,
            house.city,
            house.code,
            self.line.coach_name,
            *self.cells,
            self.line.why_at_risk,
            self.small[Column.CERTIFICATE],
        )
        return " ".join(said).casefold()


def column_title(column: Column) -> str:
    """The head of a column."""
    return {
        Column.NAME: _("Dealership"),
        Column.PHASE: _("Phase"),
        Column.MONTH: _("Month"),
        Column.SCORE: _("Score"),
        Column.TREND: _("Trend"),
        Column.VISIT: _("Next visit"),
        Column.OVERDUE: _("Overdue"),
        Column.MAJORS: _("Majors"),
        Column.GATE: _("Next gate"),
        Column.CERTIFICATE: _("Certificate"),
    }[column]


def row_of(line: PortfolioLine, portfolio: Portfolio) -> PortfolioRow:
    """A dealership as the table shows it."""
    visit, visit_small, visit_tone = _visit(line)
    score_small = ""
    if line.overall is not None and not line.is_whole:
        score_small = _("{count} of {total} areas").format(count=line.rated_areas, total=line.counted_areas)
    gate, gate_tone = _gate(line)
    held, held_small, held_tone = _certificate(line)
    house = line.dealership
    cells = (
        house.name,
        line.phase_title,
        _("{month} of {months}").format(month=line.month, months=line.months),
        level_text(line.overall),
        trend_text(line.trend),
        visit,
        _count(line.overdue_actions),
        _count(line.open_majors),
        gate,
        held,
    )
    late = line.late_promises
    small = (
        " · ".join(filter(None, (house.city, line.coach_name or _("no coach")))),
        _("late") if line.phase_is_late else "",
        "",
        score_small,
        "",
        visit_small,
        ngettext("{count} promise", "{count} promises", late).format(count=late) if late else "",
        _criticals(line.unmet_criticals),
        line.why_in_short,
        held_small,
    )
    tones = (
        "text",
        "bad" if line.phase_is_late else "text",
        "text",
        "text",
        _trend_tone(line.trend),
        visit_tone,
        "bad" if line.overdue_actions else "muted",
        "bad" if line.open_majors else "muted",
        gate_tone,
        held_tone,
    )
    return PortfolioRow(line=line, marks=portfolio.marks_of(line), cells=cells, small=small, tones=tones)


def trend_text(trend: Fraction | None) -> str:
    """`+6.2` or `−4.3`; a dash where there is nothing to compare with."""
    if trend is None:
        return "–"
    if _is_still(trend):
        return number_text(Fraction(0), 1)
    return f"{'+' if trend > 0 else '−'}{number_text(abs(trend), 1)}"


def score_words(line: PortfolioLine) -> str:
    """The score whole, as it is read aloud."""
    if line.overall is None:
        return _("not rated yet")
    words = percent_text(number_text(line.overall, 1))
    if line.is_whole:
        return words
    return _("{score}, {count} of {total} areas are rated").format(
        score=words, count=line.rated_areas, total=line.counted_areas
    )


def sort_key(column: Column) -> Callable[[PortfolioRow], tuple[object, ...]]:
    """What a column is sorted by; equals stand by name."""
    return _KEYS[column]


def _visit(line: PortfolioLine) -> tuple[str, str, str]:
    last = _("last {day}").format(day=day_text(line.last_visit)) if line.last_visit is not None else ""
    if line.next_visit is not None:
        return day_text(line.next_visit), last, "text"
    if line.has_ended:
        return "–", last, "muted"
    return _("none planned"), last, "warn"


def _gate(line: PortfolioLine) -> tuple[str, str]:
    if line.has_ended:
        return _("ended"), "muted"
    return (_("at risk"), "bad") if line.gate_at_risk else (_("on course"), "ok")


def _certificate(line: PortfolioLine) -> tuple[str, str, str]:
    """Its state or its last day, what is due next, and how it is to be coloured."""
    held = line.certificate
    if held is None:
        return "–", "", "muted"
    tone = "text" if held.life.state is LifeState.VALID else "muted"
    if held.life.state is LifeState.CONDITIONAL:
        tone = "warn"
    return held.state_words, held.next_words, "bad" if held.is_pressing else tone


def _criticals(count: int) -> str:
    return ngettext("{count} critical", "{count} criticals", count).format(count=count) if count else ""


def _count(count: int) -> str:
    return str(count) if count else "–"


def _trend_tone(trend: Fraction | None) -> str:
    if trend is None or _is_still(trend):
        return "muted"
    return "ok" if trend > 0 else "bad"


def _is_still(trend: Fraction) -> bool:
    """Whether a trend is none at the one decimal that is shown: neither red nor green, and without a sign."""
    return abs(trend) < Fraction(1, 20)


def _name(row: PortfolioRow) -> str:
    return row.line.dealership.name.casefold()


_FAR: Final = date.max


def _asked_by(line: PortfolioLine) -> date:
    """The day by which a certificate asks for something, an expired one's last; none asks last of all."""
    held = line.certificate
    if held is None:
        return _FAR
    return held.next_due.due_on if held.next_due is not None else held.life.until


_KEYS: Final[dict[Column, Callable[[PortfolioRow], tuple[object, ...]]]] = {
    Column.NAME: lambda row: (_name(row),),
    Column.PHASE: lambda row: (row.line.phase_title.casefold(), _name(row)),
    Column.MONTH: lambda row: (Fraction(row.line.month, row.line.months), _name(row)),
    Column.SCORE: lambda row: (
        row.line.overall if row.line.overall is not None else Fraction(-1),
        _name(row),
    ),
    Column.TREND: lambda row: (row.line.trend if row.line.trend is not None else Fraction(0), _name(row)),
    Column.VISIT: lambda row: (row.line.next_visit or _FAR, _name(row)),
    Column.OVERDUE: lambda row: (row.line.overdue_actions, row.line.late_promises, _name(row)),
    Column.MAJORS: lambda row: (row.line.open_majors, row.line.unmet_criticals, _name(row)),
    Column.GATE: lambda row: (
        row.line.gate_at_risk,
        row.line.phase_is_late,
        row.line.open_majors,
        _name(row),
    ),
    Column.CERTIFICATE: lambda row: (_asked_by(row.line), _name(row)),
}
