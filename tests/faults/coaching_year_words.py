"""Writes each field that is typed in the course of the coaching year: tried with hostile words beside the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from qma_app.domain.engagement import Engagement
from qma_app.domain.plan import GateStatement, OpenCondition, PlannedPhase
from qma_app.domain.promise import Promise, Quarter, SponsorCheck
from qma_app.domain.record import Changes, Record
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.step_mark import StepMark
from qma_app.domain.visit import AgendaItem, Participant, Signature, Visit, VisitNote, VisitState
from qma_app.services import (
    engagements,
    gates,
    next_steps,
    planning,
    promises,
    reviews,
    sponsoring,
    visit_notes,
    visits,
)
from tests.builders import NOW
from tests.services.conftest import Programme

Write = Callable[[Programme, str], Changes]
_OPEN, _CALLED_OFF, _SIGNED = 1, 2, 3


@dataclass(frozen=True, kw_only=True)
class Word:
    """One field, how a use case writes it, and where in its value the words stand."""

    kind: type[Record]
    name: str
    write: Write
    is_stripped: bool = True
    part: Callable[[Any], str] | None = None


def _running(p: Programme) -> None:
    engagements.take_up_engagement(p.workspace, p.engagement.id)


def _visit(p: Programme, number: int) -> Visit:
    """The visit of that number, writable and not called off."""
    _running(p)
    with p.workspace.reading() as reader:
        known = {one.number: one for one in reader.all(Visit)}
    while number not in known:
        day = p.workspace.today() + timedelta(days=len(known) + 1)
        made = visits.plan_visit(
            p.workspace, p.engagement.id, planned_on=day, purpose="As agreed", despite=True
        ).made(Visit)
        known[made.number] = made
    visit = known[number]
    if visit.state is VisitState.CANCELLED:
        return visits.take_up_visit(p.workspace, visit.id, despite=True).of(Visit)[0]
    return visit


def _of_visit(name: str) -> Write:
    def write(p: Programme, text: str) -> Changes:
        said: dict[str, Any] = {name: text}
        return visits.change_visit(p.workspace, _visit(p, _OPEN).id, **said)

    return write


def _summary(p: Programme, text: str) -> Changes:
    return visits.write_summary(p.workspace, _visit(p, _OPEN).id, text)


def _called_off(p: Programme, text: str) -> Changes:
    return visits.cancel_visit(p.workspace, _visit(p, _CALLED_OFF).id, reason=text)


def _there(p: Programme, text: str) -> Changes:
    somebody = Participant(name=text, function=text, at_opening=True)
    return visits.note_attendance(p.workspace, _visit(p, _OPEN).id, [somebody])


def _signed(p: Programme, text: str) -> Changes:
    visit = _visit(p, _SIGNED)
    if visit.state is VisitState.PLANNED:
        visits.start_visit(p.workspace, visit.id)
        visits.close_visit(p.workspace, visit.id)
    written = Signature(name=text, function=text, strokes=((0, 0, 9, 9),), signed_at=NOW)
    return visits.sign_visit(p.workspace, visit.id, written)


def _of_item(name: str) -> Write:
    def write(p: Programme, text: str) -> Changes:
        with p.workspace.reading() as reader:
            known = reader.all(AgendaItem)
        item = (
            known[0] if known else visits.add_item(p.workspace, _visit(p, _OPEN).id, "Round").made(AgendaItem)
        )
        return visits.change_item(p.workspace, item.id, **{name: text})

    return write


def _note(p: Programme, text: str) -> Changes:
    return visit_notes.note(p.workspace, p.engagement.id, text, visit_id=_visit(p, _OPEN).id)


def _promised(p: Programme) -> Promise:
    with p.workspace.reading() as reader:
        known = reader.all(Promise)
    if known:
        return known[0]
    return promises.make_promise(
        p.workspace, p.engagement.id, what="A second tester", who="R. Sample", due_on=None
    ).made(Promise)


def _of_promise(name: str) -> Write:
    return lambda p, text: promises.change_promise(p.workspace, _promised(p).id, **{name: text})


def _kept(p: Programme, text: str) -> Changes:
    return promises.keep_promise(p.workspace, _promised(p).id, outcome=text)


def _sponsor(p: Programme, text: str) -> Changes:
    quarter = Quarter.of(p.workspace.today())
    return sponsoring.write_sponsor_check(p.workspace, p.engagement.id, quarter, words=text)


def _review(p: Programme) -> ManagementReview:
    with p.workspace.reading() as reader:
        known = reader.all(ManagementReview)
    if known:
        return known[0]
    today = p.workspace.today()
    return reviews.plan_review(p.workspace, p.engagement.id, planned_on=today).made(ManagementReview)


def _held(**words: Callable[[str], Any]) -> Write:
    """The review is held with these words in the fields named."""

    def write(p: Programme, text: str) -> Changes:
        said: dict[str, Any] = {"led_by": "R. Sample"} | {name: of(text) for name, of in words.items()}
        return reviews.hold_review(p.workspace, _review(p).id, on=p.workspace.today(), **said)

    return write


def _of_decision(name: str) -> Write:
    def write(p: Programme, text: str) -> Changes:
        with p.workspace.reading() as reader:
            known = reader.all(Decision)
        decision = (
            known[0] if known else reviews.decide(p.workspace, _review(p).id, words="Buy").made(Decision)
        )
        return reviews.change_decision(p.workspace, decision.id, **{name: text})

    return write


def _plan(p: Programme) -> PlannedPhase:
    """The first phase of a plan, not left yet."""
    _running(p)
    with p.workspace.reading() as reader:
        if not reader.all(PlannedPhase):
            proposal = planning.propose_plan(reader, p.engagement.id, on=p.workspace.today())
        else:
            proposal = None
    if proposal is not None:
        planning.make_plan(p.workspace, p.engagement.id, proposal)
    with p.workspace.writing("test.gate-open") as work:
        phase = min(work.all(PlannedPhase), key=_place)
        work.put(replace(phase, passed_on=None, passed_by=None, passed_reason="", passed_open=()))
    return phase


def _place(phase: PlannedPhase) -> int:
    return phase.place


def _accepted(p: Programme, text: str) -> Changes:
    _plan(p)
    return planning.accept_plan(p.workspace, p.engagement.id, on=p.workspace.today(), by=text)


def _passed(p: Programme, text: str) -> Changes:
    return gates.pass_gate(p.workspace, _plan(p).id, reason=text)


def _left_open(p: Programme, text: str) -> Changes:
    """Straight into the store: what did not hold is said in the words of the standard."""
    phase = _plan(p)
    left = OpenCondition(condition="charter", words=text, figures=text)
    with p.workspace.writing("test.gate-passed") as work:
        work.put(replace(work.get(PlannedPhase, phase.id), passed_open=(left,)))
    return work.changes


def _stated(p: Programme, text: str) -> Changes:
    _running(p)
    return gates.state_for_gate(p.workspace, p.engagement.id, check="staff-survey-done", words=text)


def _ticked(p: Programme, text: str) -> Changes:
    return next_steps.tick_step(p.workspace, p.engagement.id, "gate:pass", title=text)


def _put_off(p: Programme, text: str) -> Changes:
    until = p.workspace.today() + timedelta(days=3)
    return next_steps.postpone_step(
        p.workspace, p.engagement.id, "gate:pass", until=until, reason=text, title="Pass the gate"
    )


def _remarks(text: str) -> list[ReviewRemark]:
    return [ReviewRemark(input="audit-results", words=text)]


def _people(text: str) -> list[Participant]:
    return [Participant(name=text, function=text)]


def _first_words(remarks: Any) -> str:
    return str(remarks[0].words)


def _last(field: str) -> Callable[[Any], str]:
    def words(items: Any) -> str:
        return str(getattr(items[-1], field))

    return words


COACHING_YEAR_WORDS: Final = (
    Word(kind=Visit, name="purpose", write=_of_visit("purpose"), is_stripped=False),
    Word(kind=Visit, name="bring", write=_of_visit("bring"), is_stripped=False),
    Word(kind=Visit, name="participants", write=_there, is_stripped=False, part=_last("name")),
    Word(kind=Visit, name="participants", write=_there, is_stripped=False, part=_last("function")),
    Word(kind=Visit, name="cancelled_reason", write=_called_off),
    Word(kind=Visit, name="signatures", write=_signed, is_stripped=False, part=_last("name")),
    Word(kind=Visit, name="signatures", write=_signed, is_stripped=False, part=_last("function")),
    Word(kind=Visit, name="summary", write=_summary),
    Word(kind=AgendaItem, name="title", write=_of_item("title")),
    Word(kind=AgendaItem, name="reason", write=_of_item("reason"), is_stripped=False),
    Word(kind=AgendaItem, name="outcome", write=_of_item("outcome"), is_stripped=False),
    Word(kind=VisitNote, name="words", write=_note),
    Word(kind=Promise, name="what", write=_of_promise("what"), is_stripped=False),
    Word(kind=Promise, name="who", write=_of_promise("who"), is_stripped=False),
    Word(kind=Promise, name="outcome", write=_kept),
    Word(kind=SponsorCheck, name="words", write=_sponsor),
    Word(kind=ManagementReview, name="led_by", write=_held(led_by=str)),
    Word(kind=ManagementReview, name="conclusion", write=_held(conclusion=str)),
    Word(
        kind=ManagementReview,
        name="participants",
        write=_held(participants=_people),
        is_stripped=False,
        part=_last("name"),
    ),
    Word(
        kind=ManagementReview,
        name="remarks",
        write=_held(remarks=_remarks),
        is_stripped=False,
        part=_first_words,
    ),
    Word(kind=Decision, name="words", write=_of_decision("words")),
    Word(kind=Decision, name="owner", write=_of_decision("owner"), is_stripped=False),
    Word(kind=Engagement, name="plan_accepted_by", write=_accepted),
    Word(kind=PlannedPhase, name="passed_open", write=_left_open, is_stripped=False, part=_last("words")),
    Word(kind=PlannedPhase, name="passed_open", write=_left_open, is_stripped=False, part=_last("figures")),
    Word(kind=PlannedPhase, name="passed_reason", write=_passed),
    Word(kind=GateStatement, name="words", write=_stated),
    Word(kind=StepMark, name="title", write=_ticked),
    Word(kind=StepMark, name="reason", write=_put_off),
)
"""Every field of visits, promises, reviews, gates and next steps that somebody types."""
