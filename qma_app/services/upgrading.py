"""Moving a running programme to another edition: what can be chosen, what is proposed, how the score moves, and the move itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment
from qma_app.domain.change_words import change_title, field_title
from qma_app.domain.edition import Edition, EditionStatus
from qma_app.domain.edition_diff import ChangeKind, CheckpointChange, EditionDiff, compare
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId, EditionHash, EngagementId, UpgradeId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes
from qma_app.domain.result import Result
from qma_app.domain.scoring import score
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.upgrade_proposals import Decision, Proposal, decide, propose, standing_after
from qma_app.errors import NotFound
from qma_app.i18n import _
from qma_app.services.upgrade_rules import check_may_upgrade, check_none_open
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import ReadingScope

Decisions = Mapping[CheckpointId, Decision]


@dataclass(frozen=True, kw_only=True, slots=True)
class UpgradeProposal:
    """Everything to decide on: both editions, what differs, what is proposed for each checkpoint of the new one, and where the dealership stands."""

    engagement: Engagement
    old: Edition
    new: Edition
    diff: EditionDiff
    proposals: tuple[Proposal, ...]
    standing: Mapping[CheckpointId, Rating]
    before: Result
    applicable: tuple[CheckpointId, ...]
    findings: tuple[Finding, ...]
    open_assessment: int | None = None

    @property
    def to_decide(self) -> tuple[Proposal, ...]:
        """The proposals on checkpoints that changed."""
        return tuple(proposal for proposal in self.proposals if proposal.is_changed)


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """The standing in the old edition, and in the new one right after these decisions."""

    before: Result
    after: Result
    carried: int
    asked: int


def upgrade_choices(
    reader: ReadingScope, engagement_id: EngagementId, shipped: Iterable[Edition] | None = None
) -> tuple[Edition, ...]:
    """The other editions of the standard a programme follows, shipped or kept here, the newest first.

    Editions it has left already are not offered: the way back is undo.
    """
    engagement = reader.get(Engagement, engagement_id)
    left = lineage_of(reader, engagement_id).editions
    current = reader.edition(engagement.edition)
    kept = (reader.edition(hash) for hash in reader.editions())
    known = {one.hash: one for one in (*kept, *(_shipped() if shipped is None else shipped))}
    others = [one for hash, one in known.items() if one.standard == current.standard and hash not in left]
    return tuple(sorted(others, key=_age, reverse=True))


def propose_upgrade(
    reader: ReadingScope,
    engagement_id: EngagementId,
    to: EditionHash,
    shipped: Iterable[Edition] | None = None,
) -> UpgradeProposal:
    """What going over to an edition would mean; NotFound when it is not among the choices."""
    engagement = reader.get(Engagement, engagement_id)
    new = next((one for one in upgrade_choices(reader, engagement_id, shipped) if one.hash == to), None)
    if new is None:
        raise NotFound(
            _("This programme cannot go over to that edition."),
            code="upgrade.no-choice",
            way_out=_("Choose another edition of the same standard; one it has left comes back with undo."),
            edition=to,
        )
    old = reader.edition(engagement.edition)
    standing = reader.standing(engagement_id)
    diff = compare(old, new)
    premises = premises_of(reader, engagement.dealership_id)
    findings = reader.all(Finding, engagement_id=engagement_id)
    still_open = [one.number for one in reader.all(Assessment, engagement_id=engagement_id) if one.is_open]
    return UpgradeProposal(
        engagement=engagement,
        old=old,
        new=new,
        diff=diff,
        proposals=propose(diff, old, new, standing),
        standing=standing,
        before=score(old, standing, applicable_checkpoints(old, premises), findings),
        applicable=applicable_checkpoints(new, premises),
        findings=findings,
        open_assessment=min(still_open, default=None),
    )


def preview(proposal: UpgradeProposal, decisions: Decisions) -> Preview:
    """The score before, and right after these decisions; nothing is read or written."""
    carried = decide(proposal.proposals, decisions)
    after = standing_after(carried, proposal.standing)
    return Preview(
        before=proposal.before,
        after=score(proposal.new, after, proposal.applicable, proposal.findings),
        carried=len(after),
        asked=sum(id not in after for id in proposal.applicable),
    )


def upgrade_engagement(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    to: EditionHash,
    decisions: Decisions,
    shipped: Iterable[Edition] | None = None,
) -> Changes:
    """Go over to another edition: one edit, one undo. What is not decided goes as proposed.

    Assessments, papers and workbooks made before stay in their edition. RuleBroken while an assessment is open.
    """
    known = tuple(_shipped() if shipped is None else shipped)
    with workspace.writing("engagement.upgraded", edition=to) as work:
        check_may_upgrade(workspace)
        check_none_open(work, engagement_id)
        proposal = propose_upgrade(work, engagement_id, to, known)
        work.put_edition(proposal.new)
        work.put(
            Upgrade(
                id=UpgradeId(work.new_id()),
                engagement_id=engagement_id,
                from_edition=proposal.old.hash,
                to_edition=proposal.new.hash,
                decided_on=workspace.today(),
                carried=decide(proposal.proposals, decisions),
            )
        )
        work.put(replace(proposal.engagement, edition=proposal.new.hash))
    return work.changes


def diff_text(old: Edition, new: Edition) -> Iterator[str]:
    """The difference line by line, as the command line prints it: counts, each changed checkpoint, and what else differs."""
    diff = compare(old, new)
    yield f"{old.label} → {new.label}"
    yield " · ".join(f"{count} {change_title(kind)}" for kind, count in diff.counts.items() if count) or _(
        "no checkpoint in either edition"
    )
    for change in diff.changes:
        if change.kind is not ChangeKind.SAME:
            yield from _change_lines(change, old, new)
    for other in diff.other:
        yield ""
        yield other.what
        yield from _both(other.before, other.after)


def _change_lines(change: CheckpointChange, old: Edition, new: Edition) -> Iterator[str]:
    before = [old.checkpoints[id] for id in change.before]
    after = [new.checkpoints[id] for id in change.after]
    numbers = [", ".join(point.number for point in points) for points in (before, after)]
    yield ""
    fields = f" ({', '.join(map(field_title, change.fields))})" if change.fields else ""
    yield f"{change_title(change.kind)}: {' → '.join(dict.fromkeys(filter(None, numbers)))}{fields}"
    if change.is_renamed:
        yield f"  {change.before[0]} → {change.after[0]}"
    said_before = [f"{point.statement}" for point in before]
    said_after = [f"{point.statement}" for point in after]
    if said_before == said_after:
        yield f"    {said_after[0]}"
        return
    yield from (f"  - {words}" for words in said_before)
    yield from (f"  + {words}" for words in said_after)


def _both(before: str, after: str) -> Iterator[str]:
    if before:
        yield f"  - {before}"
    if after:
        yield f"  + {after}"


def _shipped() -> tuple[Edition, ...]:
    from qma_app.services.browsing_standards import read_shipped_editions  # brings the YAML reader with it

    return read_shipped_editions()


def _age(edition: Edition) -> tuple[list[int], bool, str]:
    """2026.9 is older than 2026.10; of one version the released edition is the newer."""
    parts = [int(part) for part in edition.version.split(".") if part.isdecimal()]
    return parts, edition.status is EditionStatus.RELEASED, edition.hash
