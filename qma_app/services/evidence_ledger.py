"""Every piece of evidence of a programme with where it is used, how long it counts, and whether its files are what was stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment
from qma_app.domain.charter import Charter
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink, PhotoPair
from qma_app.domain.evidence_use import Expiry, expiry_of, live_links, replaced
from qma_app.domain.finding import Finding
from qma_app.domain.history import assessment_label
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, EngagementId, EvidenceId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.ports import Reader
from qma_app.domain.verification import Verification
from qma_app.domain.visit import Visit
from qma_app.errors import NotFound, StorageTrouble
from qma_app.i18n import _

Progress = Callable[[float], bool]


class UseKind(StrEnum):
    """The kinds of places evidence is used at."""

    CHECKPOINT = "checkpoint"
    FINDING = "finding"
    ACTION = "action"
    VERIFICATION = "verification"
    VISIT = "visit"
    CHARTER = "charter"


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """One place: `label` as it is shown (`SRV-04.2 Base`, `F-014`, `A-041`), `id` of what is there.

    Not `is_own` is a finding whose checkpoint the evidence was taken in at: it supports it too, but is removed at the checkpoint.
    """

    kind: UseKind
    id: str
    label: str
    assessment_id: AssessmentId | None = None
    is_own: bool = True


class FileState(StrEnum):
    """Whether the files of evidence are what was stored; unread where nobody looked."""

    OK = "ok"
    MISSING = "missing"
    CHANGED = "changed"
    UNREAD = "unread"


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerLine:
    """One version of evidence. `broken` are the hashes of its files that are missing or changed.

    One that `is_replaced` by a newer version neither waits for a place nor expires. `areas` are in the order of the edition.
    """

    evidence: Evidence
    uses: tuple[Use, ...]
    areas: tuple[AreaId, ...]
    is_unlinked: bool
    is_replaced: bool
    expiry: Expiry | None
    pairs: tuple[PhotoPair, ...]
    file: FileState = FileState.UNREAD
    broken: tuple[str, ...] = ()


def evidence_ledger(
    reader: Reader,
    engagement_id: EngagementId,
    today: date,
    *,
    look: bool = False,
    progress: Progress | None = None,
) -> tuple[LedgerLine, ...]:
    """The evidence of a programme in the order it was taken in.

    Only with `look` the files are opened and proven, all of them; `progress` hears the share done and ends the looking, not the
    ledger, by answering False.
    """
    every = reader.all(Evidence, engagement_id=engagement_id)
    places = _Places(reader, engagement_id)
    uses: dict[EvidenceId, list[Use]] = defaultdict(list)
    for link in live_links(reader, engagement_id):
        uses[link.evidence_id] += places.uses(link)
    pairs: dict[EvidenceId, list[PhotoPair]] = defaultdict(list)
    for pair in reader.all(PhotoPair, engagement_id=engagement_id):
        pairs[pair.before_id].append(pair)
        pairs[pair.after_id].append(pair)
    old = replaced(every)
    files = _looked_at(reader, every, progress) if look else {}
    return tuple(
        _line(item, uses[item.id], places, pairs[item.id], item.id in old, today, files) for item in every
    )


def filtered(
    lines: Iterable[LedgerLine],
    *,
    unlinked: bool = False,
    expired: bool = False,
    area: AreaId | None = None,
) -> tuple[LedgerLine, ...]:
    """The lines that meet every filter set: tied to nothing, no longer valid, used in an area."""
    return tuple(
        line
        for line in lines
        if (line.is_unlinked or not unlinked)
        and (line.expiry is Expiry.EXPIRED or not expired)
        and (area is None or area in line.areas)
    )


def file_state(reader: Reader, evidence: Evidence) -> tuple[FileState, tuple[str, ...]]:
    """Whether every file of evidence is whole, and the hashes of those that are not; missing weighs more than changed."""
    missing, changed = [], []
    for digest in dict.fromkeys(evidence.digests()):
        try:
            reader.evidence_bytes(digest)
        except NotFound:
            missing.append(digest)
        except StorageTrouble:
            changed.append(digest)
    if missing:
        return FileState.MISSING, (*missing, *changed)
    return (FileState.CHANGED, tuple(changed)) if changed else (FileState.OK, ())


def file_sentence(line: LedgerLine) -> str:
    """What is wrong with the files of a line, each named by its hash; empty when nothing is known to be."""
    hashes = ", ".join(line.broken)
    if line.file is FileState.MISSING:
        return _("{name}: the stored file is missing ({hashes}).").format(
            name=line.evidence.name, hashes=hashes
        )
    if line.file is FileState.CHANGED:
        return _("{name}: the stored file was changed or damaged ({hashes}).").format(
            name=line.evidence.name, hashes=hashes
        )
    return ""


def _line(
    evidence: Evidence,
    uses: Sequence[Use],
    places: _Places,
    pairs: Sequence[PhotoPair],
    is_replaced: bool,
    today: date,
    files: Mapping[EvidenceId, tuple[FileState, tuple[str, ...]]],
) -> LedgerLine:
    single = tuple(dict.fromkeys(uses))
    state, broken = files.get(evidence.id, (FileState.UNREAD, ()))
    return LedgerLine(
        evidence=evidence,
        uses=single,
        areas=places.areas(single),
        is_unlinked=not single and not is_replaced,
        is_replaced=is_replaced,
        expiry=None if is_replaced else expiry_of(evidence, today),
        pairs=tuple(pairs),
        file=state,
        broken=broken,
    )


def _looked_at(
    reader: Reader, every: Sequence[Evidence], progress: Progress | None
) -> dict[EvidenceId, tuple[FileState, tuple[str, ...]]]:
    found = {}
    for number, evidence in enumerate(every):
        if progress is not None and not progress(number / len(every)):
            break
        found[evidence.id] = file_state(reader, evidence)
    return found


class _Places:
    """The assessments, findings, actions, checks, visits and the charter of a programme, each read once."""

    def __init__(self, reader: Reader, engagement_id: EngagementId) -> None:
        self._engagement = reader.get(Engagement, engagement_id)
        lineage = lineage_of(reader, engagement_id)
        self._assessments = {item.id: item for item in reader.all(Assessment, engagement_id=engagement_id)}
        self._editions = {id: reader.edition(lineage.of(item)) for id, item in self._assessments.items()}
        self._edition = reader.edition(self._engagement.edition)
        self._findings = {item.id: item for item in reader.all(Finding, engagement_id=engagement_id)}
        self._actions = {item.id: item for item in reader.all(Action, engagement_id=engagement_id)}
        self._checks = {item.id: item for item in reader.all(Verification, engagement_id=engagement_id)}
        self._visits = {item.id: item for item in reader.all(Visit, engagement_id=engagement_id)}
        self._charters = {item.id: item for item in reader.all(Charter, engagement_id=engagement_id)}
        self._raised_at: dict[tuple[str | None, str | None], list[Finding]] = defaultdict(list)
        for finding in self._findings.values():
            if finding.assessment_id and finding.checkpoint_id:
                self._raised_at[finding.assessment_id, finding.checkpoint_id].append(finding)
        self._served: dict[str, list[Finding]] = defaultdict(list)
        for link in reader.all(ActionLink):
            if link.finding_id in self._findings:
                self._served[link.action_id].append(self._findings[link.finding_id])
        self._order = {area.id: place for place, area in enumerate(self._edition.areas)}

    def uses(self, link: EvidenceLink) -> list[Use]:
        """The places one link names, those that are there."""
        found = []
        assessment = self._assessments.get(link.assessment_id) if link.assessment_id else None
        if link.checkpoint_id and (assessment is not None or link.assessment_id is None):
            found.append(self._at_checkpoint(link.checkpoint_id, assessment))
            found += [
                Use(kind=UseKind.FINDING, id=finding.id, label=finding.label, is_own=False)
                for finding in self._raised_at.get((link.assessment_id, link.checkpoint_id), ())
            ]
        if finding := self._findings.get(link.finding_id) if link.finding_id else None:
            found.append(Use(kind=UseKind.FINDING, id=finding.id, label=finding.label))
        if action := self._actions.get(link.action_id) if link.action_id else None:
            found.append(Use(kind=UseKind.ACTION, id=action.id, label=action.label))
        if check := self._checks.get(link.verification_id) if link.verification_id else None:
            found.append(Use(kind=UseKind.VERIFICATION, id=check.id, label=self._of_check(check)))
        if visit := self._visits.get(link.visit_id) if link.visit_id else None:
            label = _("visit {number}").format(number=visit.number)
            found.append(Use(kind=UseKind.VISIT, id=visit.id, label=label))
        if charter := self._charters.get(link.charter_id) if link.charter_id else None:
            found.append(Use(kind=UseKind.CHARTER, id=charter.id, label=_("charter")))
        return found

    def areas(self, uses: Iterable[Use]) -> tuple[AreaId, ...]:
        """The areas of these places in the order of the edition, those it does not know last."""
        areas = {area_of(id) for use in uses for id in self._checkpoints(use) if id}
        return tuple(sorted(areas, key=lambda id: (self._order.get(id, len(self._order)), id)))

    def _at_checkpoint(self, id: CheckpointId, assessment: Assessment | None) -> Use:
        edition: Edition = self._editions[assessment.id] if assessment else self._edition
        checkpoint = edition.checkpoints.get(id)
        number = checkpoint.number if checkpoint else id
        label = f"{number} {assessment_label(self._engagement, assessment)}" if assessment else number
        return Use(
            kind=UseKind.CHECKPOINT,
            id=id,
            label=label,
            assessment_id=assessment.id if assessment else None,
        )

    def _of_check(self, check: Verification) -> str:
        action = self._actions.get(check.action_id) if check.action_id else None
        finding = self._findings.get(check.finding_id) if check.finding_id else None
        about = action or finding
        return _("check of {label}").format(label=about.label) if about else _("check")

    def _checkpoints(self, use: Use) -> Iterable[CheckpointId | None]:
        match use.kind:
            case UseKind.CHECKPOINT:
                return (CheckpointId(use.id),)
            case UseKind.FINDING:
                return (self._findings[use.id].checkpoint_id,)  # type: ignore[index]
            case UseKind.ACTION:
                return self._behind_action(use.id)
            case UseKind.VERIFICATION:
                check = self._checks[use.id]  # type: ignore[index]
                finding = self._findings.get(check.finding_id) if check.finding_id else None
                return (
                    check.checkpoint_id,
                    finding.checkpoint_id if finding else None,
                    *(self._behind_action(check.action_id) if check.action_id else ()),
                )
            case UseKind.VISIT | UseKind.CHARTER:
                return ()

    def _behind_action(self, id: str) -> list[CheckpointId | None]:
        action = self._actions.get(id)  # type: ignore[call-overload]
        own = [action.from_checkpoint] if action else []
        return own + [finding.checkpoint_id for finding in self._served[id]]


def area_of(checkpoint_id: CheckpointId) -> AreaId:
    """The area a checkpoint's id begins with."""
    return AreaId(checkpoint_id.split(".", 1)[0])
