"""What a row of the findings table holds, how rows are filtered, and what is counted over them; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median

from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.wording import grade_title


class Tab(StrEnum):
    """The saved filters above the table."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingRow:
    """A finding with the words of the standard it hangs on; `area_id` is None for one about the whole house.

    `shown_on` is the day against which it is open or overdue.
    """

    finding: Finding
    area_id: AreaId | None
    area: str
    process: str
    is_overdue: bool
    shown_on: date

    @property
    def wants_work(self) -> bool:
        """Whether somebody has to settle it: a good practice stays as it is."""
        return self.finding.is_open and self.finding.grade is not FindingGrade.GOOD_PRACTICE

    @property
    def process_text(self) -> str:
        """`Service · SRV-02`"""
        return f"{self.area} · {self.process}" if self.area else "–"

    @property
    def words(self) -> str:
        """Everything the filter text is looked for in."""
        finding = self.finding
        texts = (
            finding.label,
            grade_title(finding.grade),
            finding.statement,
            finding.requirement,
            finding.evidence,
            finding.place,
            finding.owner,
            finding.closing_note,
            self.process_text,
        )
        return " ".join(texts).casefold()


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFilter:
    """Which rows are shown; None and "" let everything through."""

    tab: Tab = Tab.ALL
    area_id: AreaId | None = None
    grade: FindingGrade | None = None
    owner: str | None = None
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the tab leaves rows out."""
        return self != RowFilter(tab=self.tab)

    def accepts(self, row: FindingRow) -> bool:
        """Whether a row is shown; every word of the text must occur."""
        finding = row.finding
        if not _is_in(self.tab, row):
            return False
        if self.area_id is not None and row.area_id != self.area_id:
            return False
        if self.grade is not None and finding.grade is not self.grade:
            return False
        if self.owner is not None and finding.owner.strip() != self.owner:
            return False
        return not self.text or all(word in row.words for word in self.text.casefold().split())


def _is_in(tab: Tab, row: FindingRow) -> bool:
    match tab:
        case Tab.OPEN:
            return row.wants_work
        case Tab.OVERDUE:
            return row.is_overdue
        case Tab.CLOSED:
            return not row.finding.is_open
        case _:
            return True


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingCounts:
    """What stands above the table; `days_to_close` is the median over what was closed, None before that."""

    tabs: dict[Tab, int]
    open_majors: int
    days_to_close: int | None


def row_of(finding: Finding, edition: Edition, on: date) -> FindingRow:
    """The finding as the table shows it on a day."""
    checkpoint = edition.checkpoints.get(finding.checkpoint_id) if finding.checkpoint_id else None
    is_late = finding.is_open and finding.due_on is not None and finding.due_on < on
    return FindingRow(
        finding=finding,
        area_id=checkpoint.area_id if checkpoint else None,
        area=str(edition.areas_by_id[checkpoint.area_id].title) if checkpoint else "",
        process=edition.processes[checkpoint.process_id].number if checkpoint else "",
        is_overdue=is_late and finding.grade is not FindingGrade.GOOD_PRACTICE,
        shown_on=on,
    )


def counts_of(rows: Sequence[FindingRow]) -> FindingCounts:
    """Counted over all rows, whatever the filter shows."""
    passed = [
        (finding.closed_on - finding.seen_on).days
        for finding in (row.finding for row in rows)
        if finding.closed_on is not None and finding.seen_on is not None
    ]
    return FindingCounts(
        tabs={tab: sum(_is_in(tab, row) for row in rows) for tab in Tab},
        open_majors=sum(row.finding.is_open and row.finding.grade is FindingGrade.MAJOR for row in rows),
        days_to_close=round(median(passed)) if passed else None,
    )


def open_by_area(rows: Iterable[FindingRow]) -> tuple[tuple[AreaId, str, int], ...]:
    """Areas with open findings that want work, the most first, then in the order they come."""
    counted: Counter[tuple[AreaId, str]] = Counter()
    for row in rows:
        if row.area_id is not None and row.wants_work:
            counted[row.area_id, row.area] += 1
    return tuple((area_id, title, count) for (area_id, title), count in counted.most_common())


def owners_of(rows: Iterable[FindingRow]) -> tuple[str, ...]:
    """Everybody who owns a finding, by name."""
    return tuple(
        sorted({row.finding.owner.strip() for row in rows if row.finding.owner.strip()}, key=str.casefold)
    )


def areas_of(rows: Iterable[FindingRow], edition: Edition) -> tuple[tuple[AreaId, str], ...]:
    """The areas that have findings, in the order of the standard; those of an older edition behind them."""
    known = {row.area_id: row.area for row in rows if row.area_id is not None}
    mine = tuple((area.id, str(area.title)) for area in edition.areas if area.id in known)
    return (*mine, *((id, title) for id, title in known.items() if id not in edition.areas_by_id))
