"""Whether the principal stands behind the programme: red where the same was missed twice, with words to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qma_app.domain.days import within_calendar
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.promise import SPONSOR_ANSWERS, Quarter, SponsorCheck
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class SponsorView:
    """The checks of a programme, the newest quarter first; `due` is the quarter that should be looked at now, None when all is done.

    `red` names the answers that were no in the last two quarters in which they were looked at, in the order they are asked;
    `words` says for each of them what the coach can say to the principal.
    """

    checks: tuple[SponsorCheck, ...]
    due: Quarter | None
    red: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_due(self) -> bool:
        return self.due is not None


def sponsorship(reader: Reader, engagement_id: EngagementId, *, on: date) -> SponsorView:
    """How the principal has stood behind the programme up to a day."""
    on = within_calendar(on)
    engagement = reader.get(Engagement, engagement_id)
    now = Quarter.of(on)
    checks = _newest_first(
        one
        for one in reader.all(SponsorCheck, engagement_id=engagement_id)
        if Quarter.parse(one.quarter) <= now
    )
    red = missed_twice(checks)
    return SponsorView(
        checks=tuple(checks),
        due=_due(engagement, {Quarter.parse(one.quarter) for one in checks}, on),
        red=red,
        words=tuple(words_to_say(name) for name in red),
    )


def missed_twice(checks: Iterable[SponsorCheck]) -> tuple[str, ...]:
    """The answers that were no in the last two quarters in which they were looked at, in the order they are asked."""
    ordered = _newest_first(checks)
    return tuple(name for name in SPONSOR_ANSWERS if _is_missed_twice(ordered, name))


def answer_title(name: str) -> str:
    """What is asked, by the name of the field."""
    return {
        "attends_opening": _("Attends the opening of visits"),
        "attends_closing": _("Attends the closing of visits"),
        "holds_reviews": _("Holds management reviews"),
        "calls_customers": _("Calls unhappy customers"),
        "gives_time": _("Gives people time for the programme"),
        "gives_money": _("Gives money for what was agreed"),
    }[name]


def words_to_say(name: str) -> str:
    """What the coach can say to the principal where this was missed twice."""
    return {
        "attends_opening": _(
            "Ten minutes at the opening show your people what the day is for. Which of the next dates can you keep free?"
        ),
        "attends_closing": _(
            "At the closing you hear what was found and what you are asked for. Without you nothing is decided: may we fix the hour now?"
        ),
        "holds_reviews": _(
            "No management review was held for two quarters. It is the one hour in which you steer the programme: which day suits you?"
        ),
        "calls_customers": _(
            "Nobody learns as much from an unhappy customer as the principal. Would you call two of them this month? I bring names and numbers."
        ),
        "gives_time": _(
            "Your process owners do this work beside their daily business. Which hours a week do you give them, and who takes over meanwhile?"
        ),
        "gives_money": _(
            "What was agreed is not paid for. Which of the open actions do you approve today, and which do we strike off?"
        ),
    }[name]


def quarter_text(quarter: Quarter) -> str:
    """`Q4 2026`"""
    return _("Q{number} {year}").format(number=quarter.number, year=quarter.year)


def _newest_first(checks: Iterable[SponsorCheck]) -> list[SponsorCheck]:
    return sorted(checks, key=lambda one: Quarter.parse(one.quarter), reverse=True)


def _is_missed_twice(checks: Sequence[SponsorCheck], name: str) -> bool:
    known = [answer for one in checks if (answer := one.answers()[name]) is not None]
    return known[:2] == [False, False]


def _due(engagement: Engagement, checked: set[Quarter], on: date) -> Quarter | None:
    """The quarter before this one, if the programme ran in it and it was not looked at; this one from its last month on."""
    if not engagement.is_running or on < engagement.started_on:
        return None
    first, now = Quarter.of(engagement.started_on), Quarter.of(on)
    before = now.plus(-1)
    if before >= first and before not in checked:
        return before
    is_last_month = on.month == now.number * 3
    return now if is_last_month and now not in checked else None
