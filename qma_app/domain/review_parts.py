"""What the data say to each input of a management review on a day; what happened later is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from qma_app.domain.action import Action
from qma_app.domain.days import within_calendar
from qma_app.domain.dealership import Site
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EngagementId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.review_figures import (
    Values,
    completed_up_to,
    kpi_line,
    level_lines,
    overall_text,
    reached,
    target_line,
    targets_of,
    values_up_to,
)
from qma_app.domain.sponsorship import answer_title, sponsorship
from qma_app.domain.standing import assessment_result, edition_of_assessment
from qma_app.domain.target import Gain, Target
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.verification import Effect, Verification
from qma_app.domain.wording import effect_title, grade_count, kind_title, verdict_title
from qma_app.i18n import _, day_text, percent_text

Figures = tuple[tuple[str, str], ...]
"""Title and value."""
Part = tuple[Sequence[str], Figures]
"""What one input says: sentences, and figures."""
_ENDS: Final = " .;:"
"""What a sentence ends with and goes where more is said behind it."""
_GRADES: Final = (FindingGrade.MAJOR, FindingGrade.MINOR)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What the inputs are made from, read once; `since` is the day of the review before, else the start of the programme."""

    reader: Reader
    engagement: Engagement
    edition: Edition
    on: date
    since: date
    before: ManagementReview | None
    findings: tuple[Finding, ...]
    actions: tuple[Action, ...]
    verifications: tuple[Verification, ...]
    targets: tuple[Target, ...]
    values: Values


def read_ground(reader: Reader, engagement_id: EngagementId, on: date) -> Ground:
    """Everything the inputs of a programme are made from, as it was on a day."""
    on = within_calendar(on)
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    held = [
        one
        for one in reader.all(ManagementReview, engagement_id=engagement_id)
        if one.held_on is not None and one.held_on < on
    ]
    before = max(held, key=lambda one: (one.held_on or date.min, one.number), default=None)
    findings = reader.all(Finding, engagement_id=engagement_id)
    return Ground(
        reader=reader,
        engagement=engagement,
        edition=edition,
        on=on,
        since=(before.held_on if before is not None else None) or engagement.started_on,
        before=before,
        findings=tuple(one for one in findings if one.seen_on is None or one.seen_on <= on),
        actions=tuple(
            one
            for one in reader.all(Action, engagement_id=engagement_id)
            if not one.is_proposal and (one.dropped_on is None or one.dropped_on > on)
        ),
        verifications=reader.all(Verification, engagement_id=engagement_id),
        targets=targets_of(reader, engagement_id),
        values=values_up_to(reader, engagement_id, edition, on),
    )


def _previous_actions(ground: Ground) -> Part:
    if ground.before is None:
        return (_("No review was held before."),), ()
    decisions = ground.reader.all(Decision, review_id=ground.before.id)
    actions = {action.id: action for action in ground.reader.all(Action, engagement_id=ground.engagement.id)}
    lines: list[str] = []
    settled = 0
    for decision in sorted(decisions, key=lambda one: one.place):
        action = actions.get(decision.action_id) if decision.action_id is not None else None
        settled += action is not None and _was(action.effective_on, ground.on)
        who = ", ".join([*([decision.owner] if decision.owner else []), *_due_words(decision.due_on)])
        words = decision.words.rstrip(_ENDS)
        said = f"{words} ({who})" if who else words
        lines.append(f"{said}: {_action_words(action, ground.on)}")
    figures = (
        (_("Review before"), day_text(ground.since)),
        (_("Decisions"), str(len(decisions))),
        (_("Shown to be effective"), str(settled)),
    )
    return lines or (_("The review before decided nothing."),), figures


def _context(ground: Ground) -> Part:
    lines = [
        _("The programme moved to {edition}.").format(edition=ground.reader.edition(one.to_edition).label)
        for one in ground.reader.all(Upgrade, engagement_id=ground.engagement.id)
    ]
    sites = ground.reader.all(Site, dealership_id=ground.engagement.dealership_id)
    staff = [site.staff for site in sites if site.staff is not None]
    figures = [(_("Sites"), str(len(sites)))]
    if staff and len(staff) == len(sites):
        figures.append((_("Staff"), str(sum(staff))))
    return lines, tuple(figures)


def _customers(ground: Ground) -> Part:
    mine = [one for one in ground.targets if one.gain is Gain.CUSTOMERS]
    named = {one.kpi for one in mine}
    lines = [target_line(ground.edition, one, ground.values) for one in mine]
    for group in ground.edition.kpi_groups:
        if group.perspective == "customers":
            lines += [
                kpi_line(kpi, ground.values[kpi.code])
                for kpi in group.kpis
                if kpi.code in ground.values and kpi.code not in named
            ]
    return lines or (_("No figure of customers was read yet."),), ()


def _objectives(ground: Ground) -> Part:
    lines = [target_line(ground.edition, one, ground.values) for one in ground.targets]
    there = sum(_is_reached(ground, one) is True for one in ground.targets)
    figures: Figures = ()
    if ground.targets:
        figures = ((_("Targets"), str(len(ground.targets))), (_("Reached"), str(there)))
    return lines or (_("No targets are agreed yet."),), figures


def _is_reached(ground: Ground, target: Target) -> bool | None:
    kpi, known = ground.edition.kpis.get(target.kpi), ground.values.get(target.kpi, ())
    return reached(kpi, known[-1][1], target.goal) if kpi is not None and known else None


def _processes(ground: Ground) -> Part:
    assessments = completed_up_to(ground.reader, ground.engagement.id, ground.on)
    lines = level_lines(ground.reader, ground.edition, assessments)
    return lines or (_("No assessment is completed yet."),), ()


def _nonconformities(ground: Ground) -> Part:
    graded = [one for one in ground.findings if one.grade.wants_effect]
    waiting = [one for one in graded if not _was(one.closed_on, ground.on)]
    ordered = sorted(waiting, key=lambda one: (one.grade is not FindingGrade.MAJOR, one.seen_on or date.min))
    lines = [f"{one.label}: {one.statement}" for one in ordered if one.grade is FindingGrade.MAJOR]
    lines += [
        _("{label} came back {count} times: {words}").format(
            label=one.label, count=one.reopened, words=one.statement
        )
        for one in ordered
        if one.reopened > 1 and one.grade is not FindingGrade.MAJOR
    ]
    closed = [
        one for one in graded if one.closed_on is not None and ground.since < one.closed_on <= ground.on
    ]
    late = [one for one in ground.actions if _is_late(one, ground.on)]
    counts = [grade_count(grade, sum(one.grade is grade for one in waiting)) for grade in _GRADES]
    return lines, (
        (_("Open"), ", ".join(counts)),
        (
            _("Closed since the review before") if ground.before is not None else _("Closed so far"),
            str(len(closed)),
        ),
        (_("Overdue actions"), str(len(late))),
    )


def _monitoring(ground: Ground) -> Part:
    lines = [
        kpi_line(kpi, ground.values[kpi.code])
        for kpi in ground.edition.kpis.values()
        if kpi.code in ground.values
    ]
    return lines or (_("No KPI was read yet."),), ()


def _audits(ground: Ground) -> Part:
    lines: list[str] = []
    for assessment in completed_up_to(ground.reader, ground.engagement.id, ground.on):
        if lines and (assessment.completed_on or date.min) < ground.since:
            break
        result = assessment_result(ground.reader, assessment)
        edition = edition_of_assessment(ground.reader, assessment)
        lines.append(
            _("{kind}, {day}: {level}, {verdict}").format(
                kind=kind_title(assessment.kind),
                day=day_text(assessment.completed_on or assessment.started_on),
                level=overall_text(edition, result),
                verdict=verdict_title(result.verdict),
            )
        )
    return lines or (_("No assessment is completed yet."),), ()


def _providers(_ground: Ground) -> Part:
    return (), ()


def _resources(ground: Ground) -> Part:
    engagement, reader = ground.engagement, ground.reader
    officer = reader.find(Person, engagement.officer_id) if engagement.officer_id is not None else None
    share = (
        f", {percent_text(str(engagement.officer_percent))}" if engagement.officer_percent is not None else ""
    )
    named = f"{officer.name}{share}" if officer is not None else _("not named")
    sponsor = sponsorship(reader, engagement.id, on=ground.on)
    lines = [_("Missed twice: {what}").format(what=answer_title(name)) for name in sponsor.red]
    owners = reader.all(ProcessOwner, engagement_id=engagement.id)
    without = len(ground.edition.processes) - sum(one.owner_id is not None for one in owners)
    return lines, (
        (_("Quality officer"), named),
        (_("Processes without an owner"), str(max(0, without))),
    )


def _risks(ground: Ground) -> Part:
    made = [
        one
        for one in ground.verifications
        if one.effect is not None and one.verified_on and ground.since <= one.verified_on <= ground.on
    ]
    labels: dict[str, str] = {action.id: f"{action.label} {action.what}" for action in ground.actions}
    labels |= {finding.id: f"{finding.label} {finding.statement}" for finding in ground.findings}
    lines = []
    for one in made:
        about = labels.get(one.action_id or one.finding_id or "")
        if one.effect is not None and one.effect is not Effect.EFFECTIVE and about:
            lines.append(f"{about.rstrip(_ENDS)}: {effect_title(one.effect)}")
    return lines, tuple(
        (effect_title(effect), str(sum(one.effect is effect for one in made))) for effect in Effect
    )


def _opportunities(ground: Ground) -> Part:
    found = [
        one
        for one in ground.findings
        if one.grade is FindingGrade.IMPROVEMENT and not _was(one.closed_on, ground.on)
    ]
    return [f"{one.label}: {one.statement}" for one in found], ((_("Open"), str(len(found))),)


PARTS: Final[tuple[tuple[str, Callable[[Ground], Part]], ...]] = (
    ("previous-actions", _previous_actions),
    ("context", _context),
    ("customer-satisfaction", _customers),
    ("objectives", _objectives),
    ("process-performance", _processes),
    ("nonconformities", _nonconformities),
    ("monitoring", _monitoring),
    ("audit-results", _audits),
    ("external-providers", _providers),
    ("resources", _resources),
    ("risks", _risks),
    ("opportunities", _opportunities),
)


def _was(day: date | None, on: date) -> bool:
    """Whether something had happened by a day."""
    return day is not None and day <= on


def _is_late(action: Action, on: date) -> bool:
    is_done = _was(action.done_on, on) or _was(action.effective_on, on)
    return not is_done and action.due_on is not None and action.due_on < on


def _due_words(day: date | None) -> list[str]:
    return [_("due {day}").format(day=day_text(day))] if day is not None else []


def _action_words(action: Action | None, on: date) -> str:
    if action is None:
        return _("no action was made of it")
    if _was(action.effective_on, on):
        return _("{label}, effect shown").format(label=action.label)
    if _was(action.dropped_on, on):
        return _("{label}, given up").format(label=action.label)
    if _was(action.done_on, on):
        return _("{label}, done, effect not yet shown").format(label=action.label)
    return _("{label}, late").format(label=action.label) if _is_late(action, on) else action.label
