"""Looks at every file an assessment rests on: numbered, proven, and named when it is missing or not what was taken in."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from typing import Final

from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.ports import Reader
from qma_app.errors import NotFound, StorageTrouble
from qma_app.reports.paper import EvidenceEntry, EvidenceState, Jpeg

_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""JPEG frames every PDF reader can show: baseline, extended, progressive."""

_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})


def register_of(
    reader: Reader, used: Iterable[tuple[Evidence, str]], step: Callable[[float], None]
) -> tuple[EvidenceEntry, ...]:
    """The register in the order of intake; `used` names each piece of evidence with each place it is used at."""
    places: dict[str, list[str]] = {}
    found: dict[str, Evidence] = {}
    for evidence, place in used:
        found.setdefault(evidence.id, evidence)
        where = places.setdefault(evidence.id, [])
        if place not in where:
            where.append(place)
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


def _examined(reader: Reader, evidence: Evidence) -> tuple[EvidenceState, Jpeg | None]:
    """Whether the stored file is whole, and the picture for paper where there is one."""
    state = EvidenceState.WHOLE
    jpeg = None
    try:
        if evidence.kind is EvidenceKind.PHOTO:
            digest = evidence.paper_digest or evidence.digest
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
