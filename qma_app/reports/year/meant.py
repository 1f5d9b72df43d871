"""Which visit or management review a paper is about: the number that was said, else the one that is wanted next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.review import ManagementReview
from qma_app.domain.visit import Visit, VisitState
from qma_app.errors import NotFound
from qma_app.i18n import _

_Numbered = TypeVar("_Numbered", Visit, ManagementReview)
_MOST = 20


def visits_of(reader: Reader, engagement_id: EngagementId) -> tuple[Visit, ...]:
    """The visits of a programme by number."""
    return tuple(sorted(reader.all(Visit, engagement_id=engagement_id), key=_number))


def reviews_of(reader: Reader, engagement_id: EngagementId) -> tuple[ManagementReview, ...]:
    """The management reviews of a programme by number."""
    return tuple(sorted(reader.all(ManagementReview, engagement_id=engagement_id), key=_number))


def next_visit(reader: Reader, engagement_id: EngagementId, of: int | str | None, *, on: date) -> Visit:
    """The visit of that number, else the one that runs, else the next one from `on`, else the last that is neither closed nor called off."""
    visits = visits_of(reader, engagement_id)
    if wanted(of):
        return _by_number(visits, of)
    under_way = [one for one in visits if one.state in (VisitState.RUNNING, VisitState.PAUSED)]
    ahead = sorted((one for one in visits if one.is_ahead), key=_day)
    coming = [one for one in ahead if one.planned_on >= on]
    found = [*under_way, *coming, *reversed(ahead)]
    if found:
        return found[0]
    raise NotFound(
        _("No visit is planned."),
        code="visit.none-ahead",
        way_out=_way_out(visits) if visits else _("Plan a visit first."),
    )


def last_visit(reader: Reader, engagement_id: EngagementId, of: int | str | None) -> Visit:
    """The visit of that number, else the last closed one, else the one under way."""
    visits = visits_of(reader, engagement_id)
    if wanted(of):
        return _by_number(visits, of)
    closed = sorted((one for one in visits if one.state is VisitState.CLOSED), key=_day)
    under_way = [one for one in visits if one.state in (VisitState.RUNNING, VisitState.PAUSED)]
    found = [*reversed(closed), *under_way]
    if found:
        return found[0]
    raise NotFound(
        _("No visit was closed yet."),
        code="visit.none-closed",
        way_out=_way_out(visits) if visits else _("Plan a visit first."),
    )


def review_meant(
    reader: Reader, engagement_id: EngagementId, of: int | str | None, *, on: date
) -> ManagementReview:
    """The review of that number, else the next one not held, else the last one held."""
    reviews = reviews_of(reader, engagement_id)
    if wanted(of):
        return _by_number(reviews, of)
    waiting = sorted((one for one in reviews if one.held_on is None), key=_planned)
    coming = [one for one in waiting if one.planned_on is None or one.planned_on >= on]
    held = [one for one in reviews if one.held_on is not None]
    found = [*coming, *waiting, *reversed(held)]
    if found:
        return found[0]
    raise NotFound(
        _("There is no management review yet."),
        code="review.none",
        way_out=_("Plan one first, or choose another report."),
    )


def wanted(of: int | str | None) -> str:
    """The number asked for, as plain digits where it is one (`V-3`, `R2` and `03` too); "" for none."""
    said = "" if of is None else str(of).strip()
    digits = said.upper().removeprefix("V").removeprefix("R").removeprefix("-").lstrip("0")
    return digits if digits.isdecimal() else said


def _by_number(records: Sequence[_Numbered], of: int | str | None) -> _Numbered:
    number = wanted(of)
    for one in records:
        if str(one.number) == number:
            return one
    raise NotFound(
        _("There is no number {number} here.").format(number=of),
        code="number.unknown",
        way_out=_way_out(records) if records else _("There is none yet: plan one first."),
        number=str(of),
    )


def _way_out(records: Sequence[Visit] | Sequence[ManagementReview]) -> str:
    numbers = [str(one.number) for one in records]
    listed = ", ".join(numbers[-_MOST:])
    if len(numbers) > _MOST:
        listed = f"…, {listed}"
    return _("Choose one of: {numbers}.").format(numbers=listed)


def _number(record: Visit | ManagementReview) -> tuple[int, str]:
    return record.number, record.id


def _day(visit: Visit) -> tuple[date, int, str]:
    return visit.day, visit.number, visit.id


def _planned(review: ManagementReview) -> tuple[date, int]:
    return review.planned_on or date.max, review.number
