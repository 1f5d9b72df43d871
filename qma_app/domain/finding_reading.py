"""What belongs to a finding, read through a reader: its causes, actions, suggested grade, and what keeps it from being closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import cause_problems
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade, Sighting
from qma_app.domain.finding_state import Obstacle, agreed_actions, closing_obstacles, is_shown_directly
from qma_app.domain.ids import ActionId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Rating
from qma_app.domain.sampling import suggested_grade
from qma_app.domain.standing import place_of_finding
from qma_app.domain.verification import Effect, Verification
from qma_app.i18n import _, day_text


def causes_of_finding(reader: Reader, finding_id: FindingId) -> tuple[Cause, ...]:
    """Every "why" written below a finding, in the order they were made."""
    return reader.all(Cause, finding_id=finding_id)


def actions_of_finding(reader: Reader, finding_id: FindingId) -> tuple[Action, ...]:
    """The actions that serve a finding, by number; dropped ones and proposals too."""
    links = reader.all(ActionLink, finding_id=finding_id)
    found = (reader.find(Action, id) for id in dict.fromkeys(link.action_id for link in links))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.number))


def findings_of_action(reader: Reader, action_id: ActionId) -> tuple[Finding, ...]:
    """The findings an action serves, by number."""
    links = reader.all(ActionLink, action_id=action_id)
    found = (reader.find(Finding, id) for id in dict.fromkeys(link.finding_id for link in links))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.number))


def edition_of_finding(reader: Reader, finding: Finding) -> Edition:
    """The edition whose words stand at a finding: that of its checkpoint, else the one in force."""
    place = place_of_finding(reader, finding)
    if place is not None:
        return place[0]
    return reader.edition(reader.get(Engagement, finding.engagement_id).edition)


def suggested_grade_of(reader: Reader, finding: Finding) -> FindingGrade | None:
    """The grade that the rating at its checkpoint in its assessment speaks for; None where nothing was rated."""
    place = place_of_finding(reader, finding)
    if place is None or finding.assessment_id is None:
        return None
    edition, checkpoint = place
    found = reader.all(Rating, assessment_id=finding.assessment_id, checkpoint_id=finding.checkpoint_id)
    points = found[0].points if found else None
    if points is None:
        return None
    return suggested_grade(checkpoint, points, critical_points=edition.rules.critical_points)


def blocking_causes(reader: Reader, finding: Finding) -> tuple[str, ...]:
    """What must still be written about the cause before a plan is accepted or the finding closed."""
    problems = cause_problems(
        finding, causes_of_finding(reader, finding.id), edition_of_finding(reader, finding)
    )
    return tuple(problem.words for problem in problems if problem.is_blocking)


def obstacles_of(reader: Reader, finding: Finding) -> tuple[Obstacle, ...]:
    """What keeps a finding from being closed, as it stands; what was shown before it was last seen shows nothing."""
    actions = actions_of_finding(reader, finding.id)
    seen = [one.seen_on for one in reader.all(Sighting, finding_id=finding.id)]
    seen += [finding.seen_on] if finding.seen_on is not None else []
    failed = [day for one in actions for day in _days_of(reader, one, is_effective=False)]
    direct = [
        one
        for one in reader.all(Verification, finding_id=finding.id)
        if one.verified_on is None or one.verified_on >= max((*seen, *failed), default=one.verified_on)
    ]
    obstacles = closing_obstacles(finding, actions, direct, cause_words=blocking_causes(reader, finding))
    if not seen or not finding.grade.wants_effect or is_shown_directly(direct):
        return obstacles
    return (*obstacles, *_shown_before(reader, actions, max(seen)))


def _shown_before(reader: Reader, actions: Sequence[Action], seen_on: date) -> tuple[Obstacle, ...]:
    """Where no effect was shown since the finding was last seen, what was shown before is none: it was there in spite of it."""
    shown = [one for one in agreed_actions(actions) if one.effective_on is not None]
    days = [day for one in shown for day in (one.effective_on, *_days_of(reader, one, is_effective=True))]
    if not shown or any(day is not None and day >= seen_on for day in days):
        return ()
    labels = ", ".join(one.label for one in shown)
    words = _("Seen on {day}, after the last check of {labels}: check the effect again.")
    return (Obstacle("seen-since", words.format(day=day_text(seen_on), labels=labels)),)


def _days_of(reader: Reader, action: Action, *, is_effective: bool) -> list[date]:
    return [
        one.verified_on
        for one in reader.all(Verification, action_id=action.id)
        if one.verified_on is not None and (one.effect is Effect.EFFECTIVE) is is_effective
    ]
