"""What a line of the upgrade desk says: a checkpoint before and after, its last points, and what is decided; no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from qma_app.domain.change_words import change_title, field_title
from qma_app.domain.edition import Checkpoint
from qma_app.domain.edition_diff import ChangeKind, CheckpointChange
from qma_app.domain.ids import CheckpointId
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.upgrade_proposals import Decision, Proposal
from qma_app.i18n import _, ngettext
from qma_app.services.upgrading import UpgradeProposal

ORDER = (
    ChangeKind.REWORDED,
    ChangeKind.SPLIT,
    ChangeKind.MERGED,
    ChangeKind.NEW,
    ChangeKind.GONE,
    ChangeKind.SAME,
)
_WORDS = re.compile(r"\s*\S+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A piece of a wording; `is_changed` marks what the other wording lacks."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupRow:
    """The head of a group of lines."""

    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRow:
    """One checkpoint of the new edition with what it comes from, or one that is gone (`proposal` is None)."""

    kind: ChangeKind
    before: tuple[Checkpoint, ...]
    after: Checkpoint | None
    old_words: tuple[tuple[Passage, ...], ...]
    new_words: tuple[Passage, ...]
    proposal: Proposal | None
    rating: Rating | None
    decision: Decision | None

    @property
    def id(self) -> str:
        return self.after.id if self.after is not None else f"gone {self.before[0].id}"

    @property
    def may_be_decided(self) -> bool:
        """Whether both answers are possible."""
        return self.proposal is not None and self.proposal.is_changed and self.proposal.may_carry

    @property
    def numbers(self) -> str:
        """`SRV-01.2 → SRV-01.3`; one number where it stayed."""
        then = ", ".join(point.number for point in self.before)
        now = self.after.number if self.after is not None else ""
        return " → ".join(dict.fromkeys(filter(None, (then, now))))

    @property
    def chips(self) -> tuple[tuple[str, str], ...]:
        """Kind, and critical where it is: words with their tones."""
        tones = {ChangeKind.GONE: "bad", ChangeKind.NEW: "ok", ChangeKind.SAME: "neutral"}
        chips = [(change_title(self.kind), tones.get(self.kind, "accent"))]
        if (self.after or self.before[0]).is_critical:
            chips.append((_("critical"), "bad"))
        return tuple(chips)

    @property
    def fields_text(self) -> str:
        """What differs, by the names of the fields."""
        fields = self.proposal.fields if self.proposal is not None else ()
        return ", ".join(map(field_title, fields))

    @property
    def points_text(self) -> str:
        """The last points, `n/a` for not applicable, a dash where nothing stands."""
        if self.rating is None:
            return "–"
        return _("n/a") if self.rating.outcome is Outcome.NOT_APPLICABLE else str(self.rating.points)

    @property
    def decision_text(self) -> str:
        if self.decision is None:
            return _("Leaves the score") if self.rating is not None else _("Was not rated")
        return _("Carry") if self.decision is Decision.CARRY else _("Ask again")

    @property
    def reason(self) -> str:
        """Why it is proposed, or that somebody decided otherwise."""
        if self.proposal is None:
            return _("Its ratings and findings stay in the assessments of before.")
        if self.decision is not self.proposal.decision:
            return _("Decided by you. Proposed: {decision}. {reason}").format(
                decision=_("carry") if self.proposal.decision is Decision.CARRY else _("ask again"),
                reason=self.proposal.reason,
            )
        return self.proposal.reason

    @property
    def words(self) -> str:
        """Everything the filter looks in."""
        texts = (
            self.numbers,
            change_title(self.kind),
            self.fields_text,
            self.decision_text,
            *(str(point.statement) for point in self.before),
            str(self.after.statement) if self.after is not None else "",
        )
        return " ".join(texts).casefold()

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        point = self.after or self.before[0]
        said = _("{numbers}, {kind}: {statement}. Last points {points}. {decision}. {reason}")
        return said.format(
            numbers=self.numbers,
            kind=change_title(self.kind),
            statement=point.statement,
            points=self.points_text,
            decision=self.decision_text,
            reason=self.reason,
        )


Row = GroupRow | ChangeRow


def rows_of(proposal: UpgradeProposal, decisions: Mapping[CheckpointId, Decision]) -> tuple[ChangeRow, ...]:
    """A line for each changed or gone checkpoint by kind, and for each unchanged one whose rating cannot be carried."""
    known = {one.checkpoint_id: one for one in proposal.proposals}
    rows: list[ChangeRow] = []
    for change in proposal.diff.changes:
        if change.kind is ChangeKind.GONE:
            rows.append(_gone_row(proposal, change))
        for id in change.after:
            one = known[id]
            if one.is_changed or _is_lost(one, proposal.standing):
                rows.append(_row(proposal, change, one, decisions.get(id, one.decision)))
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.kind)))


def grouped(rows: Iterable[ChangeRow], filter_text: str) -> tuple[Row, ...]:
    """The lines that hold every word of the filter, each group under its head."""
    wanted = filter_text.casefold().split()
    shown: list[Row] = []
    last: ChangeKind | None = None
    kept = [row for row in rows if all(word in row.words for word in wanted)]
    for row in kept:
        if row.kind is not last:
            count = sum(other.kind is row.kind for other in kept)
            shown.append(GroupRow(title=_head(row.kind, count)))
            last = row.kind
        shown.append(row)
    return tuple(shown)


def unchanged_text(proposal: UpgradeProposal) -> str:
    """The folded rest: `462 unchanged, 430 ratings carried`."""
    same = [one for one in proposal.proposals if not one.is_changed]
    carried = sum(one.decision is Decision.CARRY for one in same)
    first = ngettext("{count} unchanged", "{count} unchanged", len(same))
    second = ngettext("{count} rating goes on", "{count} ratings go on", carried)
    return f"{first.format(count=len(same))}, {second.format(count=carried)}"


def marked(before: str, after: str) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """Two wordings with the words marked that the other lacks."""
    then, now = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(
        None, [word.strip() for word in then], [word.strip() for word in now], autojunk=False
    )
    first: list[Passage] = []
    second: list[Passage] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        is_changed = tag != "equal"
        if i < j:
            first.append(Passage(text="".join(then[i:j]), is_changed=is_changed))
        if k < m:
            second.append(Passage(text="".join(now[k:m]), is_changed=is_changed))
    return tuple(first), tuple(second)


def _row(proposal: UpgradeProposal, change: CheckpointChange, one: Proposal, decision: Decision) -> ChangeRow:
    sources = [proposal.old.checkpoints[id] for id in one.sources]
    after = proposal.new.checkpoints[one.checkpoint_id]
    old_words: tuple[tuple[Passage, ...], ...] = tuple(
        (Passage(text=str(point.statement)),) for point in sources
    )
    new_words: tuple[Passage, ...] = (Passage(text=str(after.statement)),)
    if len(sources) == 1:
        if str(sources[0].statement) == str(after.statement):
            old_words = ()
        else:
            first, new_words = marked(str(sources[0].statement), str(after.statement))
            old_words = (first,)
    rating = one.rating or next(
        (proposal.standing[id] for id in one.sources if id in proposal.standing), None
    )
    return ChangeRow(
        kind=change.kind,
        before=tuple(sources),
        after=after,
        old_words=old_words,
        new_words=new_words,
        proposal=one,
        rating=rating,
        decision=decision,
    )


def _gone_row(proposal: UpgradeProposal, change: CheckpointChange) -> ChangeRow:
    point = proposal.old.checkpoints[change.before[0]]
    return ChangeRow(
        kind=change.kind,
        before=(point,),
        after=None,
        old_words=((Passage(text=str(point.statement), is_changed=True),),),
        new_words=(),
        proposal=None,
        rating=proposal.standing.get(point.id),
        decision=None,
    )


def _is_lost(one: Proposal, standing: Mapping[CheckpointId, Rating]) -> bool:
    return not one.may_carry and any(id in standing for id in one.sources)


def _head(kind: ChangeKind, count: int) -> str:
    titles = {
        ChangeKind.REWORDED: _("Reworded"),
        ChangeKind.SPLIT: _("Split"),
        ChangeKind.MERGED: _("Merged"),
        ChangeKind.NEW: _("New"),
        ChangeKind.GONE: _("Gone"),
        ChangeKind.SAME: _("Unchanged, but their points are no longer on the scale"),
    }
    return f"{titles[kind]} · {count}"


def plain(passages: Sequence[Passage]) -> str:
    """The wording without marks."""
    return "".join(passage.text for passage in passages)
