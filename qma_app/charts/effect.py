"""Whether a KPI moved with an action: its months, the goal, the day the action was done, and what it was before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, log10
from typing import Final

from reportlab.graphics.shapes import Drawing

from qma_app.charts.lettering import shortened, text_width
from qma_app.charts.shapes import box, dot, drawing, stroke, track, words, words_beside
from qma_app.design import LIGHT, Palette
from qma_app.domain.edition import KpiDefinition
from qma_app.domain.effect import is_share
from qma_app.domain.intervals import wilson_interval
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading, reading_value
from qma_app.domain.verification import UsedReading
from qma_app.i18n import language, number_text

Span = tuple[Month, Month]
_SMALL: Final = 6.6
_TINY: Final = 5.8
_HEAD: Final = 13.0
_FOOT: Final = 15.0
_RIGHT: Final = 8.0
_STEPS: Final = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectPoint:
    """One month, its name below the axis, and its value; None leaves a gap."""

    month: Month
    label: str
    value: Fraction | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectBand:
    """What the months from place `first` to `last` come to: the mean, and between which bounds it is sure where that is known."""

    first: int
    last: int
    mean: Fraction
    figure: str
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectPicture:
    """All a chart shows; `done_at` is the place of the month in which the action was done, fractions for the day within it."""

    points: tuple[EffectPoint, ...]
    bands: tuple[EffectBand, ...] = ()
    goal: Fraction | None = None
    goal_label: str = ""
    done_at: Fraction | None = None
    done_label: str = ""


def effect_picture(
    kpi: KpiDefinition,
    readings: Sequence[Reading | UsedReading],
    *,
    before: Span | None = None,
    after: Span | None = None,
    goal: Decimal | None = None,
    goal_label: str = "",
    done: Month | None = None,
    done_label: str = "",
) -> EffectPicture:
    """The months of a KPI from the first to the last that has a reading, with what those before and after come to."""
    by_month = {one.month: one for one in readings}
    months = _months(sorted(by_month))
    points = []
    for month in months:
        one = by_month.get(month)
        value = None if one is None else reading_value(kpi, one.numerator, one.denominator)
        points.append(EffectPoint(month=month, label=_label(month), value=value))
    bands = [_band(kpi, months, by_month, span) for span in (before, after) if span is not None]
    return EffectPicture(
        points=tuple(points),
        bands=tuple(band for band in bands if band is not None),
        goal=None if goal is None else Fraction(goal),
        goal_label=goal_label,
        done_at=Fraction(_distance(months[0], done)) if done is not None and months else None,
        done_label=done_label,
    )


def effect_chart(
    picture: EffectPicture, *, width: float, height: float = 120.0, palette: Palette = LIGHT
) -> Drawing:
    """A line over the months on an axis of its own; means with their bounds as bands, goal and day done as dashed lines."""
    sheet = drawing(width, height)
    scale = _Scale.of(picture, height)
    left = max((text_width(scale.text(tick), _SMALL) for tick in scale.ticks), default=0.0) + 8
    right = width - _RIGHT
    for tick in scale.ticks:
        y = scale.y(tick)
        sheet.add(stroke(left, y, right, y, palette.line))
        label = scale.text(tick)
        sheet.add(words_beside(left - 4, y, label, size=_SMALL, anchor="end", colour=palette.muted))
    step = (right - left) / max(1, len(picture.points))
    places = [left + step * (place + 0.5) for place in range(len(picture.points))]
    for band in picture.bands:
        _add_band(sheet, band, scale, left, step, palette)
    _add_goal(sheet, picture, scale, left, right, palette)
    _add_done(sheet, picture, scale, left, right, step, palette)
    _add_line(sheet, picture, scale, places, palette)
    _add_months(sheet, picture, places, step, palette)
    return sheet


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values upwards between round ticks."""

    ticks: tuple[Fraction, ...]
    decimals: int
    foot: float
    top: float

    @classmethod
    def of(cls, picture: EffectPicture, height: float) -> _Scale:
        known = [point.value for point in picture.points if point.value is not None]
        for band in picture.bands:
            known += [value for value in (band.mean, band.low, band.high) if value is not None]
        if picture.goal is not None:
            known.append(picture.goal)
        low, high = min(known, default=Fraction()), max(known, default=Fraction(1))
        if low == high:
            low, high = low - 1, high + 1
        if 0 < low < (high - low):
            low = Fraction()
        size = _tick_size((high - low) / 4)
        first, last = low // size, -(-high // size)
        ticks = tuple(size * place for place in range(int(first), int(last) + 1))
        decimals = next((places for places in range(7) if (size * 10**places).denominator == 1), 6)
        return cls(ticks, decimals, _FOOT, height - _HEAD)

    def y(self, value: Fraction) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        return self.foot + (self.top - self.foot) * float((value - low) / (high - low))

    def text(self, tick: Fraction) -> str:
        return number_text(tick, self.decimals)


def _tick_size(rough: Fraction) -> Fraction:
    power = Fraction(10) ** floor(log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * Fraction(999, 1000))


def _add_band(
    sheet: Drawing, band: EffectBand, scale: _Scale, left: float, step: float, palette: Palette
) -> None:
    x, end = left + step * band.first + 1, left + step * (band.last + 1) - 1
    if band.low is not None and band.high is not None:
        low, high = scale.y(band.low), scale.y(band.high)
        sheet.add(box(x, low, end - x, max(high - low, 0.6), palette.raised, radius=1.5))
    y = scale.y(band.mean)
    sheet.add(stroke(x, y, end, y, palette.control_edge, width=1.1))
    label = shortened(band.figure, max(end - x, 30), _SMALL)
    top = y if band.high is None else scale.y(band.high)
    sheet.add(words(x + 2, top + 3, label, size=_SMALL, is_bold=True, colour=palette.text))


def _add_goal(
    sheet: Drawing, picture: EffectPicture, scale: _Scale, left: float, right: float, palette: Palette
) -> None:
    if picture.goal is None:
        return
    y = scale.y(picture.goal)
    sheet.add(stroke(left, y, right, y, palette.ok, width=0.9, dashes=(2, 2)))
    if picture.goal_label:
        lift = -7.5 if y + 9 > scale.top + _HEAD else 2.5
        label = shortened(picture.goal_label, right - left, _SMALL)
        sheet.add(words(right, y + lift, label, size=_SMALL, anchor="end", colour=palette.ok))


def _add_done(
    sheet: Drawing,
    picture: EffectPicture,
    scale: _Scale,
    left: float,
    right: float,
    step: float,
    palette: Palette,
) -> None:
    if picture.done_at is None or not 0 <= picture.done_at <= len(picture.points):
        return
    x = left + step * float(picture.done_at)
    sheet.add(stroke(x, scale.foot, x, scale.top, palette.control_edge, width=0.9, dashes=(2, 2)))
    if picture.done_label:
        is_left = x > (left + right) / 2
        room = (x - left if is_left else right - x) - 4
        label = shortened(picture.done_label, room, _SMALL)
        anchor, shift = ("end", -3.0) if is_left else ("start", 3.0)
        sheet.add(words(x + shift, scale.foot + 2.5, label, size=_SMALL, anchor=anchor, colour=palette.muted))


def _add_line(
    sheet: Drawing, picture: EffectPicture, scale: _Scale, places: Sequence[float], palette: Palette
) -> None:
    part: list[tuple[float, float]] = []
    for x, point in zip((*places, 0.0), (*picture.points, None), strict=True):
        if point is not None and point.value is not None:
            part.append((x, scale.y(point.value)))
            continue
        if len(part) > 1:
            sheet.add(track(part, palette.accent))
        for at in part:
            sheet.add(dot(*at, 1.7, palette.accent, stroke=palette.surface, width=0.5))
        part = []


def _add_months(
    sheet: Drawing, picture: EffectPicture, places: Sequence[float], step: float, palette: Palette
) -> None:
    """As many names as there is room for, the last one always among them."""
    widest = max((text_width(point.label, _TINY) for point in picture.points), default=0.0) + 4
    every = ceil(widest / step) if step < widest else 1
    last = len(places) - 1
    for place, (x, point) in enumerate(zip(places, picture.points, strict=True)):
        if (last - place) % every == 0:
            sheet.add(words(x, 5, point.label, size=_TINY, anchor="middle", colour=palette.muted))


def _band(
    kpi: KpiDefinition, months: Sequence[Month], by_month: dict[Month, Reading | UsedReading], span: Span
) -> EffectBand | None:
    used = [by_month[month] for month in months if span[0] <= month <= span[1] and month in by_month]
    if not used:
        return None
    first, last = _distance(months[0], used[0].month), _distance(months[0], used[-1].month)
    hits = sum((one.numerator for one in used), Decimal())
    count = sum((one.denominator or Decimal() for one in used), Decimal())
    if is_share(kpi) and all(one.denominator for one in used) and 0 <= hits <= count and _are_whole(used):
        bounds = wilson_interval(int(hits), int(count))
        mean = Fraction(hits) / Fraction(count) * kpi.factor
        low, high = (Fraction(bound) * kpi.factor for bound in (bounds.low, bounds.high))
        return EffectBand(first=first, last=last, mean=mean, figure=_figure(mean), low=low, high=high)
    values = [
        value for one in used if (value := reading_value(kpi, one.numerator, one.denominator)) is not None
    ]
    if not values:
        return None
    mean = sum(values, Fraction()) / len(values)
    return EffectBand(first=first, last=last, mean=mean, figure=_figure(mean))


def _are_whole(used: Sequence[Reading | UsedReading]) -> bool:
    return all(one.numerator % 1 == 0 and (one.denominator or 0) % 1 == 0 for one in used)


def _figure(mean: Fraction) -> str:
    return number_text(mean, 1 if abs(mean) < 1000 else 0)


def _months(known: Sequence[Month]) -> list[Month]:
    """Every month from the first to the last one."""
    if not known:
        return []
    return [known[0].plus(step) for step in range(_distance(known[0], known[-1]) + 1)]


def _distance(first: Month, other: Month) -> int:
    return (other.year - first.year) * 12 + other.number - first.number


def _label(month: Month) -> str:
    """`Mar 26`, as the language in force shortens it."""
    from babel.dates import get_month_names

    name = str(get_month_names("abbreviated", "stand-alone", locale=language())[month.number]).rstrip(".")
    return f"{name} {month.year % 100:02d}"
