"""Days on a line of pixels: how much of the programme is seen, which part of it, and where its months begin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """`first` to `last` is what there is to see; `days` of it fill `width` pixels from `left`, scrolled on by `offset` pixels."""

    first: date
    last: date
    left: float = 0.0
    width: float = 1.0
    days: float = 1.0
    offset: float = 0.0

    @property
    def pixels_a_day(self) -> float:
        return self.width / self.days

    @property
    def length(self) -> float:
        """How long all there is would be, in pixels."""
        return days_between(self.first, self.last) * self.pixels_a_day

    @property
    def most_offset(self) -> float:
        """How far it can be scrolled."""
        return max(0.0, self.length - self.width)

    def x_of(self, day: date) -> float:
        """Where a day begins."""
        return self.left - self.offset + (day - self.first).days * self.pixels_a_day

    def end_of(self, day: date) -> float:
        """Where a day ends."""
        return self.x_of(day) + self.pixels_a_day

    def days_in(self, pixels: float) -> int:
        """So many whole days are so many pixels."""
        return round(pixels / self.pixels_a_day)

    def scrolled(self, offset: float) -> Scale:
        """Another part of the same."""
        return replace(self, offset=min(max(0.0, offset), self.most_offset))

    def showing(self, first: date, last: date, *, margin: float = 24.0) -> Scale:
        """Scrolled no further than needed to see these days, the first of them where both do not fit."""
        offset = self.offset
        over = self.end_of(last) + margin - (self.left + self.width)
        if over > 0:
            offset += over
        under = self.left + margin - (self.x_of(first) - (offset - self.offset))
        if under > 0:
            offset -= under
        return self.scrolled(offset)

    def month_starts(self) -> tuple[date, ...]:
        """The first day of each calendar month there is to see."""
        day = self.first.replace(day=1)
        starts = []
        while day <= self.last:
            if day >= self.first:
                starts.append(day)
            day = (day + timedelta(days=32)).replace(day=1)
        return tuple(starts)


def days_between(first: date, last: date) -> int:
    """How many days there are, both included."""
    return (last - first).days + 1


def zooms_of(months: int) -> tuple[int, ...]:
    """The steps of zoom for a programme, the nearest look first: a year, two years and the whole programme."""
    return tuple(sorted({12, 24, months}))
