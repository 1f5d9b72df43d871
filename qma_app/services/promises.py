"""Noting what was promised, by whom and until when, and whether it was kept, late or broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from qma_app.domain.charter import Charter
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import CharterId, EngagementId, PersonId, PromiseId, VisitId
from qma_app.domain.people import Person
from qma_app.domain.promise import Promise
from qma_app.domain.promise_book import PromiseBook, QuarterOfPromises, promise_book
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.happened import check_not_ended
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.visit_rules import check_unsigned
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "PromiseBook",
    "QuarterOfPromises",
    "break_promise",
    "change_promise",
    "delete_promise",
    "keep_promise",
    "make_promise",
    "promise_book",
    "reopen_promise",
]

_KEPT: Final = frozenset({"kept_on", "broken_on", "outcome"})
_SIGNED: Final = ("what", "who", "person_id", "made_on", "due_on", "is_coachs", "charter_id", "visit_id")


def make_promise(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    what: str,
    who: str,
    due_on: date | None,
    made_on: date | None = None,
    is_coachs: bool = False,
    person_id: PersonId | None = None,
    visit_id: VisitId | None = None,
    charter_id: CharterId | None = None,
) -> Changes:
    """A promise with the next number of the programme, made today unless said otherwise, at a visit or on the charter if named."""
    with workspace.writing("promise.made") as work:
        engagement = work.get(Engagement, engagement_id)
        visit = work.get(Visit, visit_id) if visit_id is not None else None
        promise = Promise(
            id=PromiseId(work.new_id()),
            engagement_id=engagement_id,
            number=_next_number(work, engagement_id),
            what=what.strip(),
            who=who.strip(),
            person_id=person_id,
            made_on=made_on or (visit.held_on if visit is not None else None) or workspace.today(),
            due_on=due_on,
            is_coachs=is_coachs,
            charter_id=charter_id,
            visit_id=visit_id,
        )
        check_paper_unsigned(work, promise)
        check_not_ended(engagement, promise.made_on or workspace.today(), code="promise.after-end")
        work.put(_checked(work, promise, engagement, today=workspace.today()))
    return work.changes


def change_promise(workspace: Workspace, promise_id: PromiseId, **fields: Any) -> Changes:
    """Correct what was promised, by whom or until when; refused where the paper it stands on was signed."""
    check_by_hand(fields, _KEPT)
    with workspace.writing("promise.changed") as work:
        before = work.get(Promise, promise_id)
        after = replace(before, **fields)
        if says_something_else(before, after):
            check_paper_unsigned(work, before)
            if (after.visit_id, after.charter_id) != (before.visit_id, before.charter_id):
                check_paper_unsigned(work, after)
        engagement = work.get(Engagement, after.engagement_id)
        if after.made_on is not None and after.made_on != before.made_on:
            check_not_ended(engagement, after.made_on, code="promise.after-end")
        work.put(_checked(work, after, engagement, today=workspace.today()))
    return work.changes


def keep_promise(
    workspace: Workspace, promise_id: PromiseId, *, on: date | None = None, outcome: str = ""
) -> Changes:
    """The promise was kept on a day; behind its due day it counts as kept late."""
    with workspace.writing("promise.kept") as work:
        promise = work.get(Promise, promise_id)
        day = on or workspace.today()
        _check_not_ahead(day, workspace.today())
        _check_settled_after(promise, day)
        work.put(replace(promise, kept_on=day, broken_on=None, outcome=outcome.strip() or promise.outcome))
    return work.changes


def break_promise(
    workspace: Workspace, promise_id: PromiseId, *, on: date | None = None, outcome: str = ""
) -> Changes:
    """The promise will not be kept any more, with what was said about it."""
    with workspace.writing("promise.broken") as work:
        promise = work.get(Promise, promise_id)
        day = on or workspace.today()
        _check_not_ahead(day, workspace.today())
        _check_settled_after(promise, day)
        work.put(replace(promise, broken_on=day, kept_on=None, outcome=outcome.strip() or promise.outcome))
    return work.changes


def reopen_promise(workspace: Workspace, promise_id: PromiseId) -> Changes:
    """A promise counts as open again; what was said about it stays."""
    with workspace.writing("promise.reopened") as work:
        work.put(replace(work.get(Promise, promise_id), kept_on=None, broken_on=None))
    return work.changes


def delete_promise(workspace: Workspace, promise_id: PromiseId) -> Changes:
    """Move a promise to the bin; its number is not given again. Refused where the paper it stands on was signed."""
    with workspace.writing("promise.deleted") as work:
        promise = work.get(Promise, promise_id)
        check_paper_unsigned(work, promise)
        work.delete(promise)
    return work.changes


def _checked(work: WritingScope, promise: Promise, engagement: Engagement, *, today: date) -> Promise:
    """The promise with its person found by name among the people of the house; RuleBroken for missing words or days out of order."""
    if not promise.what.strip() or not promise.who.strip():
        raise RuleBroken(
            _("A promise needs words and somebody who gives it."),
            code="promise.words-missing",
            way_out=_("Write what is promised, and by whom."),
        )
    if promise.made_on is not None and promise.due_on is not None and promise.due_on < promise.made_on:
        raise RuleBroken(
            _("It is due on {due}, before it was made on {made}.").format(
                due=day_text(promise.due_on), made=day_text(promise.made_on)
            ),
            code="promise.days",
            way_out=_("Correct one of the two days."),
        )
    if promise.made_on is not None:
        _check_not_ahead(promise.made_on, today)
    for settled_on in (promise.kept_on, promise.broken_on):
        if settled_on is not None:
            _check_settled_after(promise, settled_on)
    for kind, id in ((Visit, promise.visit_id), (Charter, promise.charter_id)):
        if id is not None and work.get(kind, id).engagement_id != promise.engagement_id:  # type: ignore[attr-defined]  # both kinds have it
            raise RuleBroken(
                _("The promise belongs to another programme."),
                code="promise.other-programme",
                way_out=_("Choose a visit of the same programme."),
            )
    return replace(promise, person_id=_person_of(work, promise, engagement))


def _person_of(work: WritingScope, promise: Promise, engagement: Engagement) -> PersonId | None:
    known = work.all(Person, dealership_id=engagement.dealership_id)
    if promise.is_coachs:
        known += work.all(Person, dealership_id=None)
    name = promise.who.strip().casefold()
    named = [person.id for person in known if person.name.strip().casefold() == name]
    return promise.person_id if promise.person_id in named or not named else named[0]


def says_something_else(one: Promise, other: Promise) -> bool:
    """Whether two states of a promise differ in what a signed paper says of it; whether it was kept is no part of that."""
    is_gone = (one.deleted_at is None) != (other.deleted_at is None)
    return is_gone or any(getattr(one, name) != getattr(other, name) for name in _SIGNED)


def check_paper_unsigned(work: WritingScope, promise: Promise) -> None:
    """RuleBroken where the minutes or the charter on which a promise stands were signed."""
    visit = work.find(Visit, promise.visit_id) if promise.visit_id is not None else None
    if visit is not None:
        check_unsigned(visit)
    charter = work.find(Charter, promise.charter_id) if promise.charter_id is not None else None
    if charter is not None and charter.signed_on is not None:
        raise RuleBroken(
            _("The promise stands on the charter that was signed on {day}.").format(
                day=day_text(charter.signed_on)
            ),
            code="promise.signed",
            way_out=_("Note whether it was kept, and make a new promise for what changed."),
        )


def _check_not_ahead(day: date, today: date) -> None:
    if day > today:
        raise RuleBroken(
            _("{day} lies ahead.").format(day=day_text(day)),
            code="promise.ahead",
            way_out=_("Choose today or an earlier day."),
        )


def _check_settled_after(promise: Promise, day: date) -> None:
    if promise.made_on is not None and day < promise.made_on:
        raise RuleBroken(
            _("{day} lies before the promise was made on {made}.").format(
                day=day_text(day), made=day_text(promise.made_on)
            ),
            code="promise.days",
            way_out=_("Correct one of the two days."),
        )


def _next_number(work: WritingScope, engagement_id: EngagementId) -> int:
    numbers = [one.number for one in work.all(Promise, engagement_id=engagement_id)]
    numbers += [one.number for one in work.in_bin(Promise, engagement_id=engagement_id)]
    return max(numbers, default=0) + 1
