"""Checking whether an action worked: by a drawn sample, a KPI before and after, looking again, or a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.drawing_lots import draw_lots
from qma_app.domain.finding import Finding
from qma_app.domain.ids import ActionId, CheckpointId, FindingId, VerificationId
from qma_app.domain.month import Month
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.verification import Effect, Verification, VerificationKind
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.effect_suggestion import MONTHS, checkpoint_of, readings_used, suggested_effect_of
from qma_app.services.findings import reopened
from qma_app.services.kept_fields import check_by_hand
from qma_app.services.verification_rules import check_decision, fitting
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

_DECIDED = frozenset({"effect", "verified_on", "verified_by", "readings", "action_id", "finding_id"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What is checked: an action, or a finding that has none; exactly one of them."""

    action_id: ActionId | None = None
    finding_id: FindingId | None = None


def plan_verification(
    workspace: Workspace,
    target: Target,
    *,
    kind: VerificationKind,
    planned_for: date | None = None,
    **fields: Any,
) -> Changes:
    """Agree beforehand how the effect will be checked: sample size and failures allowed, KPI and months, or where to look."""
    check_by_hand(fields, _DECIDED)
    with workspace.writing("verification.planned") as work:
        work.put(_new(work, target, kind, planned_for=planned_for, **fields))
    return work.changes


def change_verification(workspace: Workspace, verification_id: VerificationId, **fields: Any) -> Changes:
    """Correct a planned check. RuleBroken once it was made: then a new check is made."""
    check_by_hand(fields, _DECIDED)
    with workspace.writing("verification.changed") as work:
        verification = _planned(work, verification_id)
        work.put(fitting(replace(verification, **fields)))
    return work.changes


def remove_verification(workspace: Workspace, verification_id: VerificationId) -> Changes:
    """Take back a planned check; one that was made stays for ever."""
    with workspace.writing("verification.removed") as work:
        work.delete(_planned(work, verification_id))
    return work.changes


def draw_sample(
    workspace: Workspace,
    verification_id: VerificationId,
    *,
    population: int,
    size: int,
    seed: int,
    drawn_of: str = "",
    drawn_by: str = "",
) -> Changes:
    """Draw the records to look at by lot: the seed, the length of the list and the numbers are kept, so that it can be repeated."""
    numbers = draw_lots(population, size, seed)
    with workspace.writing("verification.drawn") as work:
        verification = _planned(work, verification_id)
        work.put(
            replace(
                verification,
                population=population,
                size=size,
                seed=seed,
                drawn=numbers,
                drawn_of=drawn_of or verification.drawn_of,
                drawn_by=drawn_by or verification.drawn_by,
            )
        )
    return work.changes


def offered_seed(workspace: Workspace) -> int:
    """A fresh seed of six digits, short enough to be written on paper; the chance is that of the workspace's ids."""
    return int(sha256(workspace.store.new_id().encode()).hexdigest(), 16) % 1_000_000


def verify_by_sample(
    workspace: Workspace,
    target: Target,
    *,
    size: int,
    allowed: int,
    failing: int,
    effect: Effect | None = None,
    words: str = "",
    reason: str = "",
    on: date | None = None,
    planned: VerificationId | None = None,
    **fields: Any,
) -> Changes:
    """`size` records were looked at, `failing` were not in order, up to `allowed` are tolerated; the effect follows unless decided otherwise."""
    check_by_hand(fields, _DECIDED)
    figures = {"size": size, "allowed": allowed, "failing": failing, **fields}
    return _verify(
        workspace,
        target,
        VerificationKind.SAMPLE,
        planned,
        figures,
        effect,
        words,
        reason,
        on,
    )


def verify_by_kpi(
    workspace: Workspace,
    target: Target,
    *,
    kpi: str,
    before: tuple[Month, Month],
    after: tuple[Month, Month],
    effect: Effect | None = None,
    words: str = "",
    reason: str = "",
    on: date | None = None,
    planned: VerificationId | None = None,
) -> Changes:
    """Compare the readings of the months before with those after; both ends are included, the figures used are kept with the check."""
    figures: dict[str, Any] = {"kpi": kpi}
    figures |= dict(zip(MONTHS, (*before, *after), strict=True))
    return _verify(workspace, target, VerificationKind.KPI, planned, figures, effect, words, reason, on)


def verify_by_look(
    workspace: Workspace,
    target: Target,
    *,
    points: int | None,
    checkpoint_id: CheckpointId | None = None,
    effect: Effect | None = None,
    words: str = "",
    reason: str = "",
    on: date | None = None,
    planned: VerificationId | None = None,
) -> Changes:
    """Somebody looked again on the spot: with the points it would get now, or in words."""
    figures = {"points": points, "checkpoint_id": checkpoint_id}
    return _verify(workspace, target, VerificationKind.LOOK, planned, figures, effect, words, reason, on)


def verify_by_document(
    workspace: Workspace,
    target: Target,
    *,
    effect: Effect,
    words: str,
    reason: str = "",
    on: date | None = None,
    planned: VerificationId | None = None,
) -> Changes:
    """A document shows it; the words say which, and what it says."""
    return _verify(workspace, target, VerificationKind.DOCUMENT, planned, {}, effect, words, reason, on)


def verifications_of_action(reader: Reader, action_id: ActionId) -> tuple[Verification, ...]:
    """Every check of an action, the first one first."""
    return reader.all(Verification, action_id=action_id)


def _verify(
    workspace: Workspace,
    target: Target,
    kind: VerificationKind,
    planned: VerificationId | None,
    figures: dict[str, Any],
    effect: Effect | None,
    words: str,
    reason: str,
    on: date | None,
) -> Changes:
    day = on or workspace.today()
    if day > workspace.today():
        raise RuleBroken(
            _("A check on {day} lies ahead: what will be seen then is not yet known.").format(
                day=day_text(day)
            ),
            code="verification.ahead",
            way_out=_("Choose the day on which it was looked at, or plan the check for that day."),
        )
    with workspace.writing("verification.made") as work:
        if planned is not None:
            verification = fitting(replace(_planned(work, planned), kind=kind, **figures))
            target = Target(action_id=verification.action_id, finding_id=verification.finding_id)
        else:
            verification = _new(work, target, kind, **figures)
        if kind is VerificationKind.KPI:
            verification = replace(verification, readings=readings_used(work, verification))
        if kind is VerificationKind.LOOK and verification.checkpoint_id is None:
            verification = replace(verification, checkpoint_id=checkpoint_of(work, verification))
        suggested = suggested_effect_of(work, verification)
        decided = effect or suggested
        check_decision(verification, decided, suggested, words, reason)
        made = replace(
            verification,
            effect=decided,
            verified_on=day,
            verified_by=work.who,
            words=words.strip(),
            reason=reason.strip(),
        )
        work.put(made)
        if made.action_id is not None:
            _follow(work, work.get(Action, made.action_id), made, day)
        elif decided is not Effect.EFFECTIVE and made.finding_id is not None:
            work.put(reopened(work.get(Finding, made.finding_id)))
    return work.changes


def _follow(work: WritingScope, action: Action, made: Verification, day: date) -> None:
    """An effect closes the action; none sends it back to plan, counts that, and opens what was closed on it."""
    if action.is_dropped or action.is_proposal:
        raise RuleBroken(
            _("{label} is not an agreed action.").format(label=action.label),
            code="action.not-agreed",
            way_out=_("Accept the proposal, or take the action up again."),
        )
    if action.stage not in (Stage.CHECK, Stage.ACT):
        raise RuleBroken(
            _("{label} is not yet done: its effect cannot be checked.").format(label=action.label),
            code="verification.not-done",
            way_out=_("Mark it as done first."),
        )
    if action.done_on is not None and day < action.done_on:
        raise RuleBroken(
            _("The check lies before the day the action was done."),
            code="verification.too-early",
            way_out=_("Choose a day after it was done."),
        )
    if made.effect is Effect.EFFECTIVE:
        due = action.checked_from
        if due is not None and day < due and not made.reason:
            raise RuleBroken(
                _("The effect was to be checked from {day} on; done is not yet effective.").format(
                    day=day_text(due)
                ),
                code="verification.before-check-day",
                way_out=_("Check it after that day, or write why it can be judged already."),
            )
        work.put(replace(action, effective_on=action.effective_on or day))
        return
    work.put(
        replace(
            action,
            started_on=None,
            done_on=None,
            effective_on=None,
            standardised_on=None,
            reopened=action.reopened + 1,
        )
    )
    for link in work.all(ActionLink, action_id=action.id):
        finding = work.find(Finding, link.finding_id)
        if finding is not None:
            again = reopened(finding)
            work.put(replace(again, plan_accepted_on=None, plan_accepted_by=None))


def _new(work: WritingScope, target: Target, kind: VerificationKind, **fields: Any) -> Verification:
    if (target.action_id is None) == (target.finding_id is None):
        raise ValueError("a check is of an action or of a finding")
    of = (
        work.get(Action, target.action_id)
        if target.action_id is not None
        else work.get(Finding, target.finding_id or "")
    )
    return fitting(
        Verification(
            id=VerificationId(work.new_id()),
            engagement_id=of.engagement_id,
            kind=kind,
            action_id=target.action_id,
            finding_id=target.finding_id,
            **fields,
        )
    )


def _planned(work: WritingScope, verification_id: VerificationId) -> Verification:
    verification = work.get(Verification, verification_id)
    if verification.is_made:
        raise RuleBroken(
            _("This check was made already; what it showed is not changed afterwards."),
            code="verification.made",
            way_out=_("Make a new check."),
        )
    return verification
