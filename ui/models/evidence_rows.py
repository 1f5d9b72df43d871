"""Which evidence is shown, and how many there are of each sort; plain values, no widgets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.evidence_use import Expiry
from qma_app.domain.ids import AreaId
from qma_app.i18n import _
from qma_app.services.evidence_ledger import FileState, LedgerLine


class Shown(StrEnum):
    """The saved filters of the view."""

    ALL = "all"
    UNLINKED = "unlinked"
    EXPIRY = "expiry"
    FILES = "files"
    CONSENT = "consent"
    PAIRS = "pairs"
    OLDER = "older"


class Sort(StrEnum):
    """Photos, documents or both."""

    BOTH = "both"
    PHOTOS = "photos"
    DOCUMENTS = "documents"


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceFilter:
    """What is wanted; everything set must hold."""

    shown: Shown = Shown.ALL
    sort: Sort = Sort.BOTH
    area: AreaId | None = None
    text: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != EvidenceFilter()


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceCounts:
    """How many there are of each sort, before any filter."""

    shown: dict[Shown, int] = field(default_factory=dict)
    sorts: dict[Sort, int] = field(default_factory=dict)
    areas: dict[AreaId, int] = field(default_factory=dict)


def shown_title(shown: Shown) -> str:
    """The name of a saved filter."""
    return {
        Shown.ALL: _("All"),
        Shown.UNLINKED: _("Not linked"),
        Shown.EXPIRY: _("Expired or soon"),
        Shown.FILES: _("Missing or changed"),
        Shown.CONSENT: _("No consent noted"),
        Shown.PAIRS: _("Before and after"),
        Shown.OLDER: _("Older versions"),
    }[shown]


def sort_title(sort: Sort) -> str:
    """Photos, documents or both, in words."""
    return {
        Sort.BOTH: _("Photos and documents"),
        Sort.PHOTOS: _("Photos"),
        Sort.DOCUMENTS: _("Documents"),
    }[sort]


def is_of(line: LedgerLine, shown: Shown) -> bool:
    """Whether a line belongs to a saved filter; a version that was replaced stands among the older ones only."""
    if shown is Shown.OLDER or line.is_replaced:
        return line.is_replaced and (shown is Shown.OLDER or (shown is Shown.FILES and bool(line.broken)))
    match shown:
        case Shown.UNLINKED:
            return line.is_unlinked
        case Shown.EXPIRY:
            return line.expiry in (Expiry.SOON, Expiry.EXPIRED)
        case Shown.FILES:
            return line.file in (FileState.MISSING, FileState.CHANGED)
        case Shown.CONSENT:
            return line.evidence.kind is EvidenceKind.PHOTO and line.evidence.consent is None
        case Shown.PAIRS:
            return bool(line.pairs)
        case _:
            return True


def wanted(lines: Iterable[LedgerLine], evidence_filter: EvidenceFilter) -> list[LedgerLine]:
    """The lines a filter lets through, the newest first."""
    words = evidence_filter.text.casefold().split()
    found = [
        line
        for line in lines
        if is_of(line, evidence_filter.shown)
        and _is_sort(line.evidence, evidence_filter.sort)
        and (evidence_filter.area is None or evidence_filter.area in line.areas)
        and (not words or _says(line, words))
    ]
    found.reverse()
    return found


def counts_of(lines: Sequence[LedgerLine]) -> EvidenceCounts:
    """How many lines each filter would show by itself."""
    current = [line for line in lines if not line.is_replaced]
    areas = Counter(area for line in current for area in line.areas)
    return EvidenceCounts(
        shown={shown: sum(is_of(line, shown) for line in lines) for shown in Shown},
        sorts={sort: sum(_is_sort(line.evidence, sort) for line in current) for sort in Sort},
        areas=dict(areas),
    )


def title_of(evidence: Evidence) -> str:
    """What a piece of evidence is called: its caption, else its file's name."""
    return evidence.caption or evidence.name


def _is_sort(evidence: Evidence, sort: Sort) -> bool:
    return sort is Sort.BOTH or (sort is Sort.PHOTOS) is (evidence.kind is EvidenceKind.PHOTO)


def _says(line: LedgerLine, words: Sequence[str]) -> bool:
    item = line.evidence
    labels = " ".join(use.label for use in line.uses)
    text = f"{item.name} {item.caption} {item.consent_words} {labels} {item.digest} {item.original_digest}"
    folded = text.casefold()
    return all(word in folded for word in words)
