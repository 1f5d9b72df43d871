"""What the view reads from the workspace: the ledger with the areas, and everything about one piece of evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceKind, PhotoPair
from qma_app.domain.evidence_use import expiry_of
from qma_app.domain.ids import AreaId, EngagementId, EvidenceId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.errors import QmaError
from qma_app.services.evidence_ledger import FileState, LedgerLine, evidence_ledger, file_state
from ui.jobs import Progress
from ui.workbench import Workbench

FileStates = Mapping[EvidenceId, tuple[FileState, tuple[str, ...]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class PairShown:
    """A pair with both its photos."""

    pair: PhotoPair
    before: Evidence
    after: Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceDetail:
    """One piece of evidence with its picture as it leaves the app, who took it in, its versions and pairs."""

    line: LedgerLine
    picture: bytes | None
    taken_in_by: str
    revisions: tuple[Evidence, ...]
    pairs: tuple[PairShown, ...]


def read_ledger(
    reader: Reader, engagement: Engagement, today: date
) -> tuple[tuple[LedgerLine, ...], tuple[tuple[AreaId, str], ...]]:
    """Every line, and the areas of the edition with their titles."""
    areas = tuple((area.id, str(area.title)) for area in reader.edition(engagement.edition).areas)
    return evidence_ledger(reader, engagement.id, today), areas


def read_files(
    workbench: Workbench, engagement_id: EngagementId, today: date, progress: Progress
) -> FileStates:
    """The state of every file of a programme; slow, so not called in the window's thread."""
    lines = workbench.read(evidence_ledger, engagement_id, today, look=True, progress=progress)
    return {line.evidence.id: (line.file, line.broken) for line in lines if line.file is not FileState.UNREAD}


def read_evidence_detail(reader: Reader, line: LedgerLine, revisions: Sequence[Evidence]) -> EvidenceDetail:
    """What the panel shows of a line; its files are looked at, so that a missing one is named."""
    item = line.evidence
    state, broken = file_state(reader, item)
    person = reader.find(Person, item.taken_in_by, in_bin=True) if item.taken_in_by else None
    return EvidenceDetail(
        line=replace(line, file=state, broken=broken),
        picture=_picture(reader, item),
        taken_in_by=person.name if person is not None else "",
        revisions=tuple(revisions),
        pairs=tuple(found for pair in line.pairs if (found := read_pair(reader, pair)) is not None),
    )


def read_pair(reader: Reader, pair: PhotoPair) -> PairShown | None:
    """A pair with its photos; None where one of them is in the bin."""
    before, after = (reader.find(Evidence, id) for id in (pair.before_id, pair.after_id))
    if before is None or after is None:
        return None
    return PairShown(pair=pair, before=before, after=after)


def revisions_among(lines: Mapping[EvidenceId, LedgerLine], item: Evidence) -> tuple[Evidence, ...]:
    """Every version of a piece of evidence, the first one first; itself among them."""
    newer = {
        line.evidence.revision_of: line.evidence
        for line in lines.values()
        if line.evidence.revision_of is not None
    }
    chain = [item]
    while (older := chain[0].revision_of) is not None and older in lines:
        chain.insert(0, lines[older].evidence)
    while (next_one := newer.get(chain[-1].id)) is not None:
        chain.append(next_one)
    return tuple(chain)


def corrected(line: LedgerLine, evidence: Evidence, today: date) -> LedgerLine:
    """A line after its evidence was described, marked or its consent noted."""
    return replace(line, evidence=evidence, expiry=None if line.is_replaced else expiry_of(evidence, today))


def with_files(line: LedgerLine, states: FileStates) -> LedgerLine:
    """A line with what is known of its files."""
    state = states.get(line.evidence.id)
    if state is None:
        return line
    # Marks are other files than those that were looked at.
    known = set(line.evidence.digests())
    broken = tuple(digest for digest in state[1] if digest in known)
    return replace(line, file=state[0] if broken or not state[1] else FileState.UNREAD, broken=broken)


def _picture(reader: Reader, item: Evidence) -> bytes | None:
    if item.kind is not EvidenceKind.PHOTO:
        return None
    try:
        return reader.evidence_bytes(item.paper_digest or item.digest)
    except QmaError:
        return None  # the file's state says so with its hash
