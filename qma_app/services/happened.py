"""Days on which something is said to have happened: they have come, and lie in the time of the programme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qma_app.domain.engagement import Engagement
from qma_app.domain.field_titles import field_title
from qma_app.domain.record import Record
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text


def check_happened(kind: type[Record], name: str, day: date | None, today: date) -> None:
    """RuleBroken `day.ahead` where the day in a field of a record lies ahead; None says nothing yet."""
    if day is not None and day > today:
        raise RuleBroken(
            _("{field}: {day} lies ahead.").format(field=field_title(kind, name), day=day_text(day)),
            code="day.ahead",
            way_out=_("Choose today or an earlier day."),
            field=name,
            day=day.isoformat(),
        )


def check_days_happened(before: Record | None, after: Record, names: Iterable[str], today: date) -> None:
    """The same for several fields of a record, as far as they were changed: what was stored once stays correctable beside it."""
    for name in names:
        day = getattr(after, name)
        if before is None or day != getattr(before, name):
            check_happened(type(after), name, day, today)


def check_not_ended(engagement: Engagement, day: date, *, code: str) -> None:
    """RuleBroken with `code` for a day after the programme ended: what is open may be finished, but nothing new begins then."""
    if engagement.ended_on is not None and day > engagement.ended_on:
        raise RuleBroken(
            _("The programme ended on {end}.").format(end=day_text(engagement.ended_on)),
            code=code,
            way_out=_("Take the programme up again first."),
        )
