"""Looks at every file an assessment rests on: numbered, proven, and named when it is missing or not what was taken in."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.evidence_use import paper_picture
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId, FindingId
from qma_app.domain.ports import Reader
from qma_app.errors import NotFound, StorageTrouble
from qma_app.reports.paper import EvidenceEntry, EvidenceState, Jpeg

_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""JPEG frames every PDF reader can show: baseline, extended, progressive."""

_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """The register, and which of its entries are used at a checkpoint or support a finding, by their ids."""

    register: tuple[EvidenceEntry, ...] = ()
    at_checkpoint: Mapping[CheckpointId, tuple[EvidenceEntry, ...]] = field(default_factory=dict)
    of_finding: Mapping[FindingId, tuple[EvidenceEntry, ...]] = field(default_factory=dict)


def files_behind(
    reader: Reader,
    assessment: Assessment,
    findings: Sequence[Finding],
    number_of: Callable[[CheckpointId], str],
    step: Callable[[float], None],
) -> Files:
    """The files used at the checkpoints of an assessment and at these findings, numbered in the order of intake and proven."""
    here: dict[CheckpointId, list[Evidence]] = defaultdict(list)
    for link in reader.all(EvidenceLink, assessment_id=assessment.id):
        evidence = reader.find(Evidence, link.evidence_id)
        place = link.checkpoint_id
        if evidence is not None and place is not None and place.split(".", 1)[0] in assessment.scope:
            here[place].append(evidence)
    supporting = {finding.id: _supporting(reader, assessment, finding, here) for finding in findings}
    used = [
        *((file, number_of(id)) for id, files in here.items() for file in files),
        *((file, finding.label) for finding in findings for file in supporting[finding.id]),
    ]
    register = register_of(reader, used, step)
    entries: dict[str, EvidenceEntry] = {entry.evidence.id: entry for entry in register}
    return Files(
        register=register,
        at_checkpoint={id: _entries(files, entries) for id, files in here.items()},
        of_finding={id: _entries(files, entries) for id, files in supporting.items()},
    )


def jpeg_shape(content: bytes) -> tuple[int, int, int] | None:
    """Width, height and number of components of a JPEG, or None when it is none a PDF can show."""
    if content[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _ALONE:
            at += 2
        elif marker in _FRAMES:
            depth, height, width, components = struct.unpack(">BHHB", content[at + 4 : at + 10])
            is_usable = depth == 8 and width and height and components in (1, 3, 4)
            return (width, height, components) if is_usable else None
        elif marker == 0xDA:
            return None
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None


def _supporting(
    reader: Reader, assessment: Assessment, finding: Finding, here: Mapping[CheckpointId, list[Evidence]]
) -> list[Evidence]:
    """What supports a finding: its own files, and those at its checkpoint in its assessment."""
    links = reader.all(EvidenceLink, finding_id=finding.id)
    is_from_here = finding.assessment_id == assessment.id
    if finding.assessment_id and finding.checkpoint_id and not is_from_here:
        links += reader.all(
            EvidenceLink, assessment_id=finding.assessment_id, checkpoint_id=finding.checkpoint_id
        )
    found = [reader.find(Evidence, link.evidence_id) for link in links]
    if is_from_here and finding.checkpoint_id:
        found += here.get(finding.checkpoint_id, [])
    return [evidence for evidence in found if evidence is not None]


def register_of(
    reader: Reader, used: Iterable[tuple[Evidence, str]], step: Callable[[float], None]
) -> tuple[EvidenceEntry, ...]:
    """Each file once, with each place it is used at."""
    places: dict[str, dict[str, None]] = {}
    found: dict[str, Evidence] = {}
    for evidence, place in used:
        found.setdefault(evidence.id, evidence)
        places.setdefault(evidence.id, {})[place] = None
    entries = []
    for number, evidence in enumerate(sorted(found.values(), key=_intake), 1):
        step(number / len(found))
        state, jpeg = _examined(reader, evidence)
        entries.append(
            EvidenceEntry(
                label=f"E-{number:03d}",
                evidence=evidence,
                state=state,
                jpeg=jpeg,
                used_at=tuple(places[evidence.id]),
            )
        )
    return tuple(entries)


def _entries(files: Sequence[Evidence], entries: Mapping[str, EvidenceEntry]) -> tuple[EvidenceEntry, ...]:
    return tuple(entries[id] for id in dict.fromkeys(evidence.id for evidence in files))


def _examined(reader: Reader, evidence: Evidence) -> tuple[EvidenceState, Jpeg | None]:
    """Whether the stored file is whole, and the picture for paper where there is one that may be shown."""
    state = EvidenceState.WHOLE
    jpeg = None
    digest = paper_picture(evidence)
    try:
        if digest is not None:
            shape = jpeg_shape(reader.evidence_bytes(digest))
            if shape is None:
                state = EvidenceState.UNREADABLE
            else:
                jpeg = Jpeg(digest=digest, width=shape[0], height=shape[1], components=shape[2])
        if jpeg is None or jpeg.digest != evidence.digest:
            reader.evidence_bytes(evidence.digest)
    except NotFound:
        return EvidenceState.MISSING, jpeg
    except StorageTrouble:
        return EvidenceState.CHANGED, jpeg
    return state, jpeg


def _intake(evidence: Evidence) -> tuple[str, str]:
    return evidence.taken_in_at.isoformat(), evidence.id
