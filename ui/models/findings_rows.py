"""The findings as rows: which a filter lets through, in which order they stand, and what is counted over them; no Qt.

Whatever is asked for each row while somebody filters or sorts is prepared once; an edit makes the rows touched anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, Final, NamedTuple

from qma_app.domain.action import Stage
from qma_app.domain.ageing import kaplan_meier_median
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.wording import grade_title
from qma_app.services.findings_listing import SEPARATOR, FindingLine, FindingsListing, Spot

ReadWords = Callable[[Collection[str] | None], Mapping[str, str]]
NO_CAUSE: Final = "-"
"""As a category to filter by: no root cause with a category is named."""
_GRADES: Final = {grade.value: place for place, grade in enumerate(FindingGrade)}
_STAGES: Final = tuple(Stage)
_NEVER: Final = "9999-12-31"
_BEHIND: Final = "\U0010ffff"


class Column(IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    GRADE = 1
    STATEMENT = 2
    PROCESS = 3
    OWNER = 4
    DUE = 5
    STAGE = 6


class Tab(StrEnum):
    """The saved filters above the table."""

    OPEN = "open"
    OVERDUE = "overdue"
    TO_VERIFY = "to-verify"
    MINE = "mine"
    CLOSED = "closed"
    ALL = "all"


_BITS: Final = {Tab.OPEN: 1, Tab.OVERDUE: 2, Tab.TO_VERIFY: 4, Tab.MINE: 8, Tab.CLOSED: 16, Tab.ALL: 32}
_WORK_LATE: Final = 64


class FindingRow(NamedTuple):
    """One finding as the table shows it on the day of the list."""

    line: FindingLine
    spot: Spot
    marks: int
    today: date

    @property
    def grade(self) -> FindingGrade:
        return FindingGrade(self.line.grade)

    @property
    def label(self) -> str:
        return f"F-{self.line.number:03d}"

    @property
    def is_open(self) -> bool:
        return self.line.closed_on is None

    @property
    def wants_work(self) -> bool:
        """Whether somebody has to settle it: a good practice stays as it is."""
        return bool(self.marks & _BITS[Tab.OPEN])

    @property
    def is_overdue(self) -> bool:
        """Whether the finding itself should be settled by now."""
        due = self.line.due_on
        return self.wants_work and due is not None and due < self.today.isoformat()

    @property
    def has_late_work(self) -> bool:
        """Whether an action that serves it should be done by now."""
        return bool(self.marks & _WORK_LATE)

    @property
    def stage(self) -> Stage:
        """The stage of its least advanced action; act once it is closed."""
        return Stage.ACT if self.line.closed_on is not None else _STAGES[self.line.stage or 0]

    @property
    def due_on(self) -> date | None:
        return date.fromisoformat(self.line.due_on) if self.line.due_on else None

    @property
    def process_text(self) -> str:
        """`Service · SRV-02`"""
        return f"{self.spot.area} · {self.spot.process}" if self.spot.area else "–"


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFilter:
    """Which rows are shown; None and "" let everything through."""

    tab: Tab = Tab.ALL
    area_id: AreaId | None = None
    grade: FindingGrade | None = None
    owner: str | None = None
    cause: str | None = None
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the tab leaves rows out."""
        return self != RowFilter(tab=self.tab)


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingCounts:
    """What stands above the table; `days_to_close` is the median with what is still open counted as "not yet"."""

    tabs: Mapping[Tab, int]
    open_majors: int
    days_to_close: int | None


class FindingRows:
    """All findings of a programme, the newest first."""

    def __init__(self, listing: FindingsListing, read_words: ReadWords) -> None:
        self.listing = listing
        self._read_words = read_words
        self._today = listing.today.isoformat()
        self._worker = listing.worker_name.strip().casefold()
        self.lines = list(listing.lines)
        spot_of = listing.whereabouts.of
        self.spots = [spot_of(line) for line in self.lines]
        self._marks = list(map(self._marks_of, self.lines))
        self._orders: dict[Column, list[int]] = {}
        self._words: dict[str, str] = {}

    def row(self, place: int) -> FindingRow:
        """The row at a place of all of them."""
        return FindingRow(self.lines[place], self.spots[place], self._marks[place], self.listing.today)

    def place_of(self, finding_id: str) -> int | None:
        """Where a finding stands among all of them."""
        return next((place for place, line in enumerate(self.lines) if line.id == finding_id), None)

    def put(self, line: FindingLine) -> None:
        """A finding was raised, changed or taken out of the bin."""
        self._forget(line.id)
        place = self.place_of(line.id)
        if place is None:
            place = bisect_left(self.lines, -line.number, key=_falling_number)
            self.lines.insert(place, line)
            self.spots.insert(place, self.listing.whereabouts.of(line))
            self._marks.insert(place, self._marks_of(line))
        else:
            self.lines[place] = line
            self.spots[place] = self.listing.whereabouts.of(line)
            self._marks[place] = self._marks_of(line)

    def take_out(self, finding_id: str) -> None:
        """A finding went to the bin."""
        place = self.place_of(finding_id)
        if place is not None:
            self._forget(finding_id)
            del self.lines[place], self.spots[place], self._marks[place]

    def shown(self, row_filter: RowFilter, column: Column, *, is_descending: bool) -> list[int]:
        """The places a filter lets through, sorted by a column; ties by number."""
        places = self._order(column)
        bit, marks = _BITS[row_filter.tab], self._marks
        if row_filter.tab is not Tab.ALL:
            places = [place for place in places if marks[place] & bit]
        if (area_id := row_filter.area_id) is not None:
            spots = self.spots
            places = [place for place in places if spots[place].area_id == area_id]
        lines = self.lines
        if row_filter.grade is not None:
            grade = row_filter.grade.value
            places = [place for place in places if lines[place].grade == grade]
        if (owner := row_filter.owner) is not None:
            places = [place for place in places if lines[place].owner.strip() == owner]
        if (cause := row_filter.cause) is not None:
            places = [place for place in places if cause in categories_of(lines[place])]
        if row_filter.text:
            places = self._with_words(places, row_filter.text.casefold().split())
        return places[::-1] if is_descending else list(places)

    def counts(self) -> FindingCounts:
        """Counted over all rows, whatever the filter shows."""
        marks = Counter(self._marks)
        return FindingCounts(
            tabs={tab: sum(n for mark, n in marks.items() if mark & bit) for tab, bit in _BITS.items()},
            open_majors=sum(
                line.closed_on is None and line.grade == FindingGrade.MAJOR.value for line in self.lines
            ),
            days_to_close=self._days_to_close(),
        )

    def wanting_work(self) -> list[int]:
        """The places of what somebody has to settle."""
        bit = _BITS[Tab.OPEN]
        return [place for place, marks in enumerate(self._marks) if marks & bit]

    def open_by_area(self) -> tuple[tuple[AreaId, str, int], ...]:
        """Areas with open findings that want work, the most first, then in the order they come."""
        counted: Counter[tuple[AreaId, str]] = Counter()
        for place in self.wanting_work():
            spot = self.spots[place]
            if spot.area_id is not None:
                counted[spot.area_id, spot.area] += 1
        return tuple((area_id, title, count) for (area_id, title), count in counted.most_common())

    def open_by_cause(self) -> tuple[tuple[str, str, int], ...]:
        """Categories of root causes of what wants work, the most first; `NO_CAUSE` last."""
        counted: Counter[str] = Counter()
        for place in self.wanting_work():
            counted.update(categories_of(self.lines[place]))
        ordered = sorted(counted.items(), key=lambda item: (item[0] == NO_CAUSE, -item[1]))
        return tuple((category, self.category_title(category), count) for category, count in ordered)

    def category_title(self, category: str) -> str:
        """The name of a category of causes; its id where the edition no longer knows it."""
        return dict(self.listing.categories).get(category, category)

    def categories(self) -> tuple[tuple[str, str], ...]:
        """The categories to choose from: those of the edition, and those findings still carry."""
        known = dict(self.listing.categories)
        used = {category for line in self.lines for category in categories_of(line)} - {NO_CAUSE}
        return (*known.items(), *((id, id) for id in sorted(used - known.keys())))

    def owners(self) -> tuple[str, ...]:
        """Everybody who owns a finding or an action, by name."""
        names = {line.owner.strip() for line in self.lines}
        for line in self.lines:
            if line.action_owners:
                names.update(name.strip() for name in line.action_owners.split(SEPARATOR))
        return tuple(sorted(names - {""}, key=str.casefold))

    def areas(self) -> tuple[tuple[AreaId, str], ...]:
        """The areas that have findings, in the order of the standard; those of an older edition behind them."""
        known = {spot.area_id: spot.area for spot in self.spots if spot.area_id is not None}
        ordered = {id: title for id, title in self.listing.areas if id in known}
        return (*ordered.items(), *((id, title) for id, title in known.items() if id not in ordered))

    def _order(self, column: Column) -> list[int]:
        order = self._orders.get(column)
        if order is None:
            # The places stand by falling number already, so the rising order is that of a stable sort from behind.
            behind = range(len(self.lines) - 1, -1, -1)
            if column is Column.NUMBER:
                order = list(behind)
            else:
                order = sorted(behind, key=self._keys(column).__getitem__)
            self._orders[column] = order
        return order

    def _keys(self, column: Column) -> list[Any]:
        lines = self.lines
        match column:
            case Column.GRADE:
                return [_GRADES[line.grade] for line in lines]
            case Column.STATEMENT:
                return [line.statement.casefold() for line in lines]
            case Column.PROCESS:
                return [spot.process or _BEHIND for spot in self.spots]
            case Column.OWNER:
                return [line.owner.strip().casefold() or _BEHIND for line in lines]
            case Column.DUE:
                return [line.due_on or _NEVER if line.closed_on is None else _BEHIND for line in lines]
            case _:
                return [(line.stage or 0) if line.closed_on is None else len(_STAGES) for line in lines]

    def _with_words(self, places: Sequence[int], wanted: Sequence[str]) -> list[int]:
        words = self._all_words()
        for word in wanted:
            places = [place for place in places if word in words[self.lines[place].id]]
        return list(places)

    def _all_words(self) -> Mapping[str, str]:
        """The words of every finding, read when they are first looked for and again for those an edit touched."""
        if len(self._words) == len(self.lines):
            return self._words
        missing = {
            line.id: spot
            for line, spot in zip(self.lines, self.spots, strict=True)
            if line.id not in self._words
        }
        if missing:
            read = self._read_words(None if not self._words else missing.keys())
            grades = {line.id: line.grade for line in self.lines if line.id in missing}
            titles = {grade.value: grade_title(grade) for grade in FindingGrade}
            for id, spot in missing.items():
                words = f"{read.get(id, '')} {titles[grades[id]]} {spot.area} {spot.process}"
                self._words[id] = words.casefold()
        return self._words

    def _marks_of(self, line: FindingLine) -> int:
        marks = _BITS[Tab.ALL]
        if line.closed_on is not None:
            return marks | _BITS[Tab.CLOSED]
        if line.grade == FindingGrade.GOOD_PRACTICE.value:
            return marks
        marks |= _BITS[Tab.OPEN]
        if line.work_due_on is not None and line.work_due_on < self._today:
            marks |= _WORK_LATE  # shown at the stage; overdue is what Today and the papers count, too
        if line.due_on is not None and line.due_on < self._today:
            marks |= _BITS[Tab.OVERDUE]
        if line.check_from is not None:
            marks |= _BITS[Tab.TO_VERIFY]
        if self._is_mine(line):
            marks |= _BITS[Tab.MINE]
        return marks

    def _is_mine(self, line: FindingLine) -> bool:
        me = self.listing.worker_id
        if me and (line.raised_by == me or me in (line.action_owner_ids or "")):
            return True
        if not self._worker:
            return False
        names = (line.owner, *(line.action_owners or "").split(SEPARATOR))
        return any(name.strip().casefold() == self._worker for name in names)

    def _days_to_close(self) -> int | None:
        done: list[int] = []
        still: list[int] = []
        day, today = date.fromisoformat, self.listing.today
        for line in self.lines:
            if line.seen_on is None or line.grade == FindingGrade.GOOD_PRACTICE.value:
                continue
            seen = day(line.seen_on)
            if line.closed_on is None:
                still.append(max(0, (today - seen).days))
            else:
                done.append(max(0, (day(line.closed_on) - seen).days))
        return kaplan_meier_median(done, still)

    def _forget(self, finding_id: str) -> None:
        self._orders.clear()
        self._words.pop(finding_id, None)


def categories_of(line: FindingLine) -> tuple[str, ...]:
    """The categories of the root causes of a finding; `NO_CAUSE` alone where none is named."""
    if not line.categories:
        return (NO_CAUSE,)
    found = tuple(category for category in line.categories.split(",") if category)
    return found or (NO_CAUSE,)


def lines_shown(rows: FindingRows, places: Iterable[int]) -> tuple[FindingLine, ...]:
    """The lines at these places."""
    return tuple(rows.lines[place] for place in places)


def _falling_number(line: FindingLine) -> int:
    return -line.number
