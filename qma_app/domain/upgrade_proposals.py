"""What is proposed for each checkpoint when a programme goes over to another edition, and what the decisions come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.edition_diff import ChangeKind, CheckpointChange, EditionDiff, sources_of
from qma_app.domain.ids import CheckpointId
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.upgrade import Carry
from qma_app.errors import RuleBroken
from qma_app.i18n import _

ASKED_AGAIN = ("statement", "critical", "sample")
"""Where one of these differs, the points were given for something else."""


class Decision(StrEnum):
    """What becomes of the rating a checkpoint had."""

    CARRY = "carry"
    ASK = "ask"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What is proposed for one checkpoint of the new edition, and why; `rating` is what can be carried, None = nothing can."""

    checkpoint_id: CheckpointId
    kind: ChangeKind
    decision: Decision
    reason: str
    sources: tuple[CheckpointId, ...] = ()
    fields: tuple[str, ...] = ()
    rating: Rating | None = None

    @property
    def may_carry(self) -> bool:
        return self.rating is not None

    @property
    def is_changed(self) -> bool:
        """Whether somebody has to decide; what stayed the same is carried by itself."""
        return self.kind is not ChangeKind.SAME

    def as_decided(self, decision: Decision) -> Carry:
        """The record of a decision."""
        rating = self.rating if decision is Decision.CARRY else None
        source = rating.checkpoint_id if rating is not None else next(iter(self.sources), None)
        return Carry(
            checkpoint_id=self.checkpoint_id,
            source=source,
            rating_id=rating.id if rating is not None else None,
        )


def propose(
    diff: EditionDiff, old: Edition, new: Edition, standing: Mapping[CheckpointId, Rating]
) -> tuple[Proposal, ...]:
    """One proposal for each checkpoint of the new edition, in the order of the difference.

    Points the new scale lacks are never carried. A merged checkpoint carries the lowest points of its parts, and only when all
    of them are rated.
    """
    return tuple(
        _proposal(change, new.checkpoints[id], old, new, standing)
        for change in diff.changes
        for id in change.after
    )


def decide(proposals: Sequence[Proposal], decisions: Mapping[CheckpointId, Decision]) -> tuple[Carry, ...]:
    """What is written down: the decisions over the proposals; RuleBroken for one that cannot be taken.

    A checkpoint that stayed the same and was never rated goes on by itself and is not named.
    """
    known = {proposal.checkpoint_id: proposal for proposal in proposals}
    for id, decision in decisions.items():
        proposal = known.get(id)
        if proposal is None or not proposal.is_changed:
            raise RuleBroken(
                _("There is nothing to decide at {id}.").format(id=id),
                code="upgrade.nothing-to-decide",
                way_out=_("Decide for checkpoints that changed."),
                checkpoint=id,
            )
        if decision is Decision.CARRY and not proposal.may_carry:
            raise RuleBroken(
                _("No rating can be carried to {id}.").format(id=id),
                code="upgrade.nothing-to-carry",
                way_out=_("Let it be asked again."),
                checkpoint=id,
            )
    decided = (
        (proposal, proposal.as_decided(decisions.get(proposal.checkpoint_id, proposal.decision)))
        for proposal in proposals
    )
    return tuple(carry for proposal, carry in decided if proposal.is_changed or carry.rating_id is not None)


def standing_after(
    carried: Sequence[Carry], standing: Mapping[CheckpointId, Rating]
) -> dict[CheckpointId, Rating]:
    """Where the dealership stands right after these decisions, by the checkpoints of the new edition."""
    by_id = {rating.id: rating for rating in standing.values()}
    return {
        carry.checkpoint_id: replace(by_id[carry.rating_id], checkpoint_id=carry.checkpoint_id)
        for carry in carried
        if carry.rating_id is not None and carry.rating_id in by_id
    }


def _proposal(
    change: CheckpointChange,
    checkpoint: Checkpoint,
    old: Edition,
    new: Edition,
    standing: Mapping[CheckpointId, Rating],
) -> Proposal:
    sources = sources_of(checkpoint, old.checkpoints)
    rating, why_not = _carriable([standing.get(id) for id in sources], new)
    decision, reason = Decision.ASK, why_not
    if rating is not None:
        decision, reason = _judged(change, checkpoint, old, rating)
    return Proposal(
        checkpoint_id=checkpoint.id,
        kind=change.kind,
        decision=decision,
        reason=reason,
        sources=sources,
        fields=change.fields,
        rating=rating,
    )


def _carriable(ratings: Sequence[Rating | None], new: Edition) -> tuple[Rating | None, str]:
    """The rating that could go on, or why none can."""
    if not ratings:
        return None, _("New in this edition.")
    given = [rating for rating in ratings if rating is not None]
    if not given:
        return None, _("Was not rated.")
    if len(given) < len(ratings):
        return None, _("Not all parts were rated.")
    if any(rating.outcome is Outcome.RATED and rating.points not in new.points for rating in given):
        return None, _("The new scale has no such points.")
    if len({rating.outcome for rating in given}) > 1:
        return None, _("Only some parts applied.")
    return min(given, key=_points), ""


def _judged(
    change: CheckpointChange, checkpoint: Checkpoint, old: Edition, rating: Rating
) -> tuple[Decision, str]:
    if change.kind is ChangeKind.SAME:
        return Decision.CARRY, _("Unchanged.")
    if change.kind is ChangeKind.SPLIT:
        return Decision.ASK, _("The points were given for the whole.")
    if change.kind is ChangeKind.MERGED:
        if len(change.after) > 1:
            return Decision.ASK, _("Its parts were shared out anew.")
        return Decision.CARRY, _("All parts were rated; the lowest points go on.")
    before = old.checkpoints[change.before[0]]
    if "statement" in change.fields and not _is_only_translated(before, checkpoint):
        return Decision.ASK, _("It asks for something in other words.")
    if "critical" in change.fields:
        is_now = checkpoint.is_critical
        return Decision.ASK, _("It is critical now.") if is_now else _("It is no longer critical.")
    if "sample" in change.fields:
        return Decision.ASK, _("Another sample is drawn.")
    if "when" in change.fields and rating.outcome is Outcome.NOT_APPLICABLE:
        return Decision.ASK, _("It applies under other conditions.")
    if change.is_renamed and not change.fields:
        return Decision.CARRY, _("Only its id changed.")
    if "weight" in change.fields:
        return Decision.CARRY, _("It asks for the same; it weighs {weight}, before {before}.").format(
            weight=checkpoint.weight, before=before.weight
        )
    return Decision.CARRY, _("It asks for the same.")


def _is_only_translated(before: Checkpoint, after: Checkpoint) -> bool:
    """Whether it says the same in every language both have, so that only languages came or went."""
    then, now = before.statement.texts, after.statement.texts
    shared = [code for code in then if then[code] and now.get(code)]
    return bool(shared) and all(then[code] == now[code] for code in shared)


def _points(rating: Rating) -> int:
    return rating.points if rating.points is not None else 0
