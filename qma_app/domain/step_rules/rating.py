"""What is to be rated, and when an assessment is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.ids import AreaId
from qma_app.domain.spot import Spot
from qma_app.domain.step_rules.state import EngagementState, ProcessProgress
from qma_app.domain.step_rules.step import (
    NextStep,
    StepKind,
    StepRule,
    Urgency,
    a_step,
    rounded_minutes,
    urgency_of,
)
from qma_app.domain.step_rules.words import sentence
from qma_app.i18n import _, day_text, level_text, ngettext

MINUTES_A_CHECKPOINT: Final = 4
ASSESSED_EVERY: Final = timedelta(days=92)
BASELINE_BY: Final = timedelta(days=60)
_ASKED: Final = frozenset({"assessment-completed", "coverage"})


def rate_criticals_first(state: EngagementState) -> Iterator[NextStep]:
    """Processes begun or at hand with undecided criticals one by one; the others are told area by area."""
    begun, elsewhere = _split(state)
    for place, progress in begun:
        if progress.criticals:
            yield _rate(state, progress, place, rule="critical", urgency=Urgency.BLOCKING)
    for area_id, group in groupby(elsewhere, key=attrgetter("area_id")):
        waiting = [one for one in group if one.criticals]
        if waiting:
            yield _criticals_of(state, AreaId(area_id), waiting)


def rate_what_is_at_hand(state: EngagementState) -> Iterator[NextStep]:
    """Processes begun and not finished, and the untouched ones of the visit and the wave, in the order of the standard."""
    begun, _elsewhere = _split(state)
    for place, progress in begun:
        if not progress.criticals:
            yield _rate(state, progress, place, rule="rate", urgency=Urgency.DUE)


def complete_what_is_decided(state: EngagementState) -> Iterator[NextStep]:
    """Nothing in the open assessment is left to decide."""
    current = state.open_assessment
    if current is None or not current.processes or any(one.left for one in current.processes):
        return
    yield a_step(
        Urgency.DUE,
        key=f"complete:{current.assessment.id}",
        rule="complete",
        kind=StepKind.DECIDE,
        title=_("Complete assessment {number}").format(number=current.assessment.number),
        reason=_("Every checkpoint is decided."),
        minutes=10,
        spot=Spot(page="checklists", assessment_id=current.assessment.id),
    )


def assess_again(state: EngagementState) -> Iterator[NextStep]:
    """No assessment is open, and the last is too old, missing, or not the one the phase asks for."""
    if state.open_assessment is not None or state.is_audited:
        return
    last = state.completed[-1] if state.completed else None
    if last is None:
        yield _start(
            _("Start the baseline"),
            _("Nothing has been assessed yet."),
            state,
            due=state.engagement.started_on + BASELINE_BY,
            key="assessment:baseline",
        )
        return
    ended = last.completed_on or last.started_on
    if _phase_asks(state, last):
        gate = state.gate
        assert gate is not None  # _phase_asks looks at it
        yield _start(
            _("Start the assessment the gate asks for"),
            _("The gate of {phase} asks for it by {day}.").format(
                phase=gate.title, day=day_text(gate.phase.ends_on)
            ),
            state,
            due=gate.phase.ends_on,
            key=f"assessment:{gate.phase.id}",
        )
    elif state.on - ended > ASSESSED_EVERY:
        yield _start(
            _("Start the next assessment"),
            _("The last one ended on {day}, more than three months ago.").format(day=day_text(ended)),
            state,
            due=ended + ASSESSED_EVERY,
            key=f"assessment:after:{last.id}",
        )


def _split(
    state: EngagementState,
) -> tuple[list[tuple[int, ProcessProgress]], list[ProcessProgress]]:
    """Unfinished processes begun or at hand with their place in the standard; and the rest."""
    current = state.open_assessment
    if current is None:
        return [], []
    near, left_out = state.areas_at_hand, state.left_out
    mine, others = [], []
    for place, one in enumerate(current.processes):
        if one.decided == one.total or one.area_id in left_out:
            continue
        if one.decided or one.area_id in near:
            mine.append((place, one))
        else:
            others.append(one)
    return mine, others


def _rate(
    state: EngagementState, progress: ProcessProgress, place: int, *, rule: str, urgency: Urgency
) -> NextStep:
    process = state.edition.processes[progress.process_id]
    assessment = state.open_assessment.assessment if state.open_assessment else None
    return a_step(
        urgency,
        key=f"rate:{assessment.id if assessment else ''}:{process.id}",
        rule=rule,
        kind=StepKind.RATE,
        title=_("Rate {area} · {number} {process}").format(
            area=state.edition.areas_by_id[progress.area_id].title,
            number=process.number,
            process=process.title,
        ),
        reason=" ".join(_rating_facts(state, progress)),
        minutes=rounded_minutes(MINUTES_A_CHECKPOINT * progress.left),
        spot=Spot(
            page="checklists",
            assessment_id=assessment.id if assessment else None,
            area_id=progress.area_id,
            process_id=progress.process_id,
            checkpoint_id=progress.next_checkpoint,
        ),
        place=place,
    )


def _rating_facts(state: EngagementState, progress: ProcessProgress) -> Iterator[str]:
    if progress.is_begun:
        yield ngettext(
            "{done} of {count} checkpoint is rated.",
            "{done} of {count} checkpoints are rated.",
            progress.total,
        ).format(done=progress.decided, count=progress.total)
    else:
        yield ngettext(
            "{count} checkpoint is to be rated.", "{count} checkpoints are to be rated.", progress.total
        ).format(count=progress.total)
    if progress.criticals:
        yield ngettext(
            "{count} critical is still open.", "{count} criticals are still open.", progress.criticals
        ).format(count=progress.criticals)
    before = state.levels.get(progress.process_id)
    if before is not None and not progress.is_begun:
        yield _("It was last rated {level} on {day}.").format(
            level=level_text(before.level), day=day_text(before.on)
        )


def _criticals_of(state: EngagementState, area_id: AreaId, waiting: Iterable[ProcessProgress]) -> NextStep:
    processes = list(waiting)
    count = sum(one.criticals for one in processes)
    assessment = state.open_assessment.assessment if state.open_assessment else None
    place = [area.id for area in state.edition.areas].index(area_id)
    return a_step(
        Urgency.SOON,
        key=f"critical:{assessment.id if assessment else ''}:{area_id}",
        rule="critical",
        kind=StepKind.RATE,
        title=_("Rate the criticals of {area}").format(area=state.edition.areas_by_id[area_id].title),
        reason=_criticals_text(count, [state.edition.processes[one.process_id].number for one in processes]),
        minutes=rounded_minutes(MINUTES_A_CHECKPOINT * count),
        spot=Spot(
            page="checklists",
            assessment_id=assessment.id if assessment else None,
            area_id=area_id,
            process_id=processes[0].process_id,
            checkpoint_id=processes[0].next_checkpoint,
        ),
        place=place,
    )


def _criticals_text(count: int, numbers: Sequence[str]) -> str:
    said = ngettext(
        "{count} critical checkpoint nobody has looked at: {numbers}",
        "{count} critical checkpoints nobody has looked at: {numbers}",
        count,
    )
    return sentence(said.format(count=count, numbers=", ".join(numbers)))


def _phase_asks(state: EngagementState, last: Assessment) -> bool:
    gate = state.gate
    if gate is None or gate.phase.is_passed or last.started_on >= gate.phase.starts_on:
        return False
    return state.on >= gate.phase.starts_on and any(
        check.holds is not True and check.check in _ASKED for check in gate.checks
    )


def _start(title: str, reason: str, state: EngagementState, *, due: date, key: str) -> NextStep:
    return a_step(
        urgency_of(due, state.on),
        key=key,
        rule="assessment",
        kind=StepKind.RATE,
        title=title,
        reason=reason,
        minutes=10,
        spot=Spot(page="checklists", view="start"),
        due_on=due,
    )


RULES: Final = (
    StepRule(code="critical", apply=rate_criticals_first),
    StepRule(code="rate", apply=rate_what_is_at_hand),
    StepRule(code="complete", apply=complete_what_is_decided),
    StepRule(code="assessment", apply=assess_again),
)
