"""Agreeing actions, moving them through plan, do, check and act, and tying them to findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.edition import Text
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.finding_reading import edition_of_finding
from qma_app.domain.ids import (
    ActionId,
    ActionLinkId,
    CauseId,
    CheckpointId,
    EngagementId,
    FindingId,
    PersonId,
)
from qma_app.domain.money import counted_in_problem
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.happened import check_days_happened, check_happened
from qma_app.services.kept_fields import check_by_hand, check_figure
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

_KEPT_AS_PLANNED: Final = frozenset({"effective_on", "standardised_on", "dropped_on", "reopened"})
_KEPT: Final = frozenset({"dropped_on", "is_proposal", "reopened"})
_HAPPENED: Final = ("started_on", "done_on", "standardised_on", "money_confirmed_on")
_BOUNDS: Final = {"effort": (1, 5), "cx": (1, 5), "ex": (1, 5), "profit": (1, 5), "confidence": (0, 100)}


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferedAction:
    """An action the standard proposes at a checkpoint, with how often it was taken here and how often its effect was shown."""

    words: str
    checkpoint_id: CheckpointId
    taken: int
    effective: int


def plan_action(
    workspace: Workspace,
    *,
    engagement_id: EngagementId,
    what: str,
    findings: Sequence[FindingId] = (),
    **fields: Any,
) -> Changes:
    """A new action with the next number of the programme, serving the findings given; `fields` are those of Action."""
    check_by_hand(fields, _KEPT_AS_PLANNED)
    with workspace.writing("action.planned") as work:
        action = Action(
            id=ActionId(work.new_id()),
            engagement_id=work.get(Engagement, engagement_id).id,
            number=next_number(work, engagement_id),
            what=_needed_words(what),
            **fields,
        )
        check_days_happened(None, action, _HAPPENED, workspace.today())
        work.put(checked_action(work, action))
        for finding_id in dict.fromkeys(findings):
            tie_action(work, action, finding_id)
    return work.changes


def change_action(workspace: Workspace, action_id: ActionId, **fields: Any) -> Changes:
    """Correct words, owner, dates, figures or values; the stage changes by `move_action` and by checks of the effect."""
    check_by_hand(fields, _KEPT)
    if "what" in fields:
        _needed_words(fields["what"])
    with workspace.writing("action.changed") as work:
        before = work.get(Action, action_id)
        after = replace(before, **fields)
        if after.effective_on != before.effective_on:
            raise _needs_check(before, Stage.ACT if before.effective_on is None else Stage.CHECK)
        check_days_happened(before, after, _HAPPENED, workspace.today())
        _check_days(before, after)
        work.put(checked_action(work, after))
    return work.changes


def link_action(
    workspace: Workspace, action_id: ActionId, finding_id: FindingId, *, cause_id: CauseId | None = None
) -> Changes:
    """The action serves one more finding, or another cause of it."""
    with workspace.writing("action.linked") as work:
        tie_action(work, work.get(Action, action_id), finding_id, cause_id)
    return work.changes


def untie_cause(workspace: Workspace, action_id: ActionId, finding_id: FindingId) -> Changes:
    """The action goes on serving a finding, but is no longer said to remove one cause of it."""
    with workspace.writing("action.linked") as work:
        for link in work.all(ActionLink, action_id=action_id, finding_id=finding_id):
            work.put(replace(link, cause_id=None))
    return work.changes


def unlink_action(workspace: Workspace, action_id: ActionId, finding_id: FindingId) -> Changes:
    """The action no longer serves a finding."""
    with workspace.writing("action.unlinked") as work:
        for link in work.all(ActionLink, action_id=action_id, finding_id=finding_id):
            work.delete(link)
    return work.changes


def move_action(
    workspace: Workspace, action_id: ActionId, stage: Stage, *, on: date | None = None
) -> Changes:
    """Put an action into plan, do or check, with the day. RuleBroken for act: only a shown effect leads there, and out of it."""
    day = on or workspace.today()
    check_happened(Action, "done_on" if stage is Stage.CHECK else "started_on", day, workspace.today())
    with workspace.writing("action.moved") as work:
        work.put(moved_action(work.get(Action, action_id), stage, day))
    return work.changes


def moved_action(action: Action, stage: Stage, day: date) -> Action:
    """The action in another stage, with the day; RuleBroken where it cannot be moved there."""
    if action.is_proposal or action.is_dropped:
        raise RuleBroken(
            _("{label} is not an agreed action.").format(label=action.label),
            code="action.not-agreed",
            way_out=_("Accept the proposal, or take the action up again."),
        )
    if stage is Stage.ACT or action.stage is Stage.ACT:
        if stage is not action.stage:
            raise _needs_check(action, stage)
        return action
    match stage:
        case Stage.PLAN:
            return replace(action, started_on=None, done_on=None)
        case Stage.DO:
            return replace(action, started_on=action.started_on or day, done_on=None)
    return replace(action, started_on=min(action.started_on or day, day), done_on=action.done_on or day)


def standardise_action(
    workspace: Workspace, action_id: ActionId, *, document: str, on: date | None = None
) -> Changes:
    """What worked is written down as the new way of working: in which document, since when."""
    check_happened(Action, "standardised_on", on, workspace.today())
    with workspace.writing("action.standardised") as work:
        action = work.get(Action, action_id)
        if action.stage is not Stage.ACT:
            raise _needs_check(action, Stage.ACT)
        if not document.strip():
            raise RuleBroken(
                _("Say in which document it is written down."),
                code="action.document-missing",
                way_out=_("Name the instruction, checklist or job description."),
            )
        work.put(replace(action, standardised_in=document.strip(), standardised_on=on or workspace.today()))
    return work.changes


def drop_action(workspace: Workspace, action_id: ActionId, *, reason: str, on: date | None = None) -> Changes:
    """The action is given up, with the reason; it stays readable."""
    if not reason.strip():
        raise RuleBroken(
            _("Giving up an action needs a reason."),
            code="action.reason-missing",
            way_out=_("Write why it is not pursued."),
        )
    check_happened(Action, "dropped_on", on, workspace.today())
    with workspace.writing("action.dropped") as work:
        action = work.get(Action, action_id)
        work.put(
            replace(
                action,
                dropped_on=on or workspace.today(),
                dropped_reason=reason.strip(),
                is_proposal=False,
            )
        )
    return work.changes


def take_up_action(workspace: Workspace, action_id: ActionId) -> Changes:
    """An action that was given up is pursued again."""
    with workspace.writing("action.taken-up") as work:
        work.put(replace(work.get(Action, action_id), dropped_on=None, dropped_reason=""))
    return work.changes


def accept_proposal(workspace: Workspace, action_id: ActionId) -> Changes:
    """What the dealership proposed is agreed."""
    with workspace.writing("action.accepted") as work:
        work.put(replace(work.get(Action, action_id), is_proposal=False))
    return work.changes


def delete_action(workspace: Workspace, action_id: ActionId) -> Changes:
    """Move an action to the bin with its ties; its number is not given again."""
    with workspace.writing("action.deleted") as work:
        for link in work.all(ActionLink, action_id=action_id):
            work.delete(link)
        work.delete(work.get(Action, action_id))
    return work.changes


def offered_actions(reader: Reader, finding_id: FindingId) -> tuple[OfferedAction, ...]:
    """The actions of the standard at the checkpoint of a finding, those proven here first."""
    finding = reader.get(Finding, finding_id)
    checkpoint_id = finding.checkpoint_id
    if checkpoint_id is None:
        return ()
    checkpoint = edition_of_finding(reader, finding).checkpoints.get(checkpoint_id)
    if checkpoint is None:
        return ()
    taken = reader.all(Action, from_checkpoint=checkpoint_id)
    offered = [_offered(words, checkpoint_id, taken) for words in checkpoint.actions]
    return tuple(sorted(offered, key=lambda one: -one.effective))


def _offered(words: Text, checkpoint_id: CheckpointId, taken: Sequence[Action]) -> OfferedAction:
    mine = [one for one in taken if one.what.strip() in words.texts.values()]
    return OfferedAction(
        words=str(words),
        checkpoint_id=checkpoint_id,
        taken=len(mine),
        effective=sum(one.effective_on is not None for one in mine),
    )


def list_actions(reader: Reader, engagement_id: EngagementId) -> tuple[Action, ...]:
    """The actions of a programme, newest number first."""
    return tuple(sorted(reader.all(Action, engagement_id=engagement_id), key=lambda one: -one.number))


def next_number(work: WritingScope, engagement_id: EngagementId) -> int:
    """The number of the next action of a programme; those in the bin keep theirs."""
    numbers = [one.number for one in work.all(Action, engagement_id=engagement_id)]
    numbers += [one.number for one in work.in_bin(Action, engagement_id=engagement_id)]
    return max(numbers, default=0) + 1


def tie_action(
    work: WritingScope, action: Action, finding_id: FindingId, cause_id: CauseId | None = None
) -> None:
    """Let the action serve a finding of its own programme."""
    finding = work.get(Finding, finding_id)
    if finding.engagement_id != action.engagement_id:
        raise RuleBroken(
            _("Finding and action belong to different programmes."),
            code="action.other-programme",
            way_out=_("Choose a finding of the same programme."),
        )
    if cause_id is not None and work.get(Cause, cause_id).finding_id != finding_id:
        raise RuleBroken(
            _("This cause belongs to another finding."),
            code="cause.other-finding",
            way_out=_("Choose a cause of the same finding."),
        )
    known = work.all(ActionLink, action_id=action.id, finding_id=finding_id)
    if known:
        work.put(replace(known[0], cause_id=cause_id or known[0].cause_id))
        return
    work.put(
        ActionLink(
            id=ActionLinkId(work.new_id()), action_id=action.id, finding_id=finding_id, cause_id=cause_id
        )
    )


def checked_action(work: WritingScope, action: Action) -> Action:
    """The action with its owner found among the people of the house; RuleBroken for values out of their range."""
    for name, (least, most) in _BOUNDS.items():
        value = getattr(action, name)
        if value is not None and not least <= value <= most:
            raise RuleBroken(
                _("A value of {value} lies outside {least} to {most}.").format(
                    value=value, least=least, most=most
                ),
                code="action.value",
                way_out=_("Choose a value from {least} to {most}.").format(least=least, most=most),
                field=name,
            )
    for name in ("problem_figure", "goal_figure", "money_low", "money_likely", "money_high"):
        check_figure(name, getattr(action, name))
    money = [one for one in (action.money_low, action.money_likely, action.money_high) if one is not None]
    if money != sorted(money):
        raise RuleBroken(
            _("The low, likely and high effect do not rise in that order."),
            code="action.money-order",
            way_out=_("Write the lowest figure first."),
        )
    if action.counted_in is not None:
        counted_in_problem(action, action.counted_in, work.all(Action, engagement_id=action.engagement_id))
    return replace(action, owner_id=_person_named(work, action))


def _check_days(before: Action, after: Action) -> None:
    """What was shown stays behind what was done; RuleBroken for days that would take that back or turn it round."""
    if after.standardised_on is not None and after.stage is not Stage.ACT:
        raise _needs_check(before, Stage.ACT)
    if after.effective_on is None or after.done_on == before.done_on:
        return
    if after.done_on is None:
        raise _needs_check(before, Stage.CHECK)
    if after.done_on > after.effective_on:
        raise RuleBroken(
            _("The check lies before the day the action was done."),
            code="verification.too-early",
            way_out=_("Make a new check if it no longer holds."),
        )


def _person_named(work: WritingScope, action: Action) -> PersonId | None:
    name = action.owner.strip().casefold()
    if not name:
        return None
    engagement = work.get(Engagement, action.engagement_id)
    known = work.all(Person, dealership_id=engagement.dealership_id)
    return next((person.id for person in known if person.name.strip().casefold() == name), None)


def _needs_check(action: Action, stage: Stage) -> RuleBroken:
    if stage is Stage.ACT:
        return RuleBroken(
            _("{label} is not yet shown to be effective: done is not effective.").format(label=action.label),
            code="action.unverified",
            way_out=_("Check its effect first."),
        )
    return RuleBroken(
        _("The effect of {label} was shown already.").format(label=action.label),
        code="action.verified",
        way_out=_("Make a new check if it no longer holds."),
    )


def _needed_words(words: str) -> str:
    if not words.strip():
        raise RuleBroken(
            _("An action needs words."),
            code="action.words-missing",
            way_out=_("Write in one sentence what will be done."),
        )
    return words
