"""What a paper or workbook is about: which dealership, which assessment, and what its file is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.wording import kind_title
from qma_app.errors import NotFound, RuleBroken
from qma_app.exchange.file_names import clean_name
from qma_app.i18n import _, day_text

_LONGEST_PART = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperChoice:
    """A report or workbook that can be made: of which kind, of which assessment (`of`), and how lists show it."""

    kind: str
    title: str
    of: int
    label: str
    is_open: bool


def choice_of(kind: str, title: str, assessment: Assessment) -> PaperChoice:
    """The choice to make a kind of paper of one assessment."""
    return PaperChoice(
        kind=kind,
        title=title,
        of=assessment.number,
        label=_("{number} {kind}, {day}").format(
            number=assessment.number,
            kind=kind_title(assessment.kind),
            day=day_text(assessment.completed_on or assessment.started_on),
        ),
        is_open=assessment.is_open,
    )


def dealership_meant(reader: Reader, dealership_id: DealershipId | None) -> Dealership:
    """The dealership named, or the one there is, or a sample's first; RuleBroken names the codes where it is not clear."""
    if dealership_id is not None:
        return reader.get(Dealership, dealership_id)
    known = [dealership for dealership in reader.all(Dealership) if dealership.archived_at is None]
    if not known:
        raise NotFound(_("This workspace holds no dealership yet."), code="dealership.none")
    if len(known) > 1 and not known[0].is_sample:
        raise RuleBroken(
            _("There are {count} dealerships here.").format(count=len(known)),
            code="dealership.ambiguous",
            way_out=_("Say which: {codes}.").format(codes=", ".join(each.code for each in known)),
        )
    return known[0]


def newest_of(assessments: Sequence[Assessment]) -> Assessment:
    """The newest completed assessment, else the newest."""
    completed = [assessment for assessment in assessments if not assessment.is_open]
    return (completed or list(assessments))[-1]


def day_of(reader: Reader, assessment: Assessment) -> date:
    """The day a paper on an assessment speaks of: of completion, or of the last change while it is open."""
    changed = reader.log_head().at
    return assessment.completed_on or (changed.astimezone().date() if changed else assessment.started_on)


def file_name(ending: str, *parts: str) -> str:
    """A file name people recognise: its parts with letters and digits of any script, everything else one underscore."""
    return clean_name("_".join(_name_part(part) for part in parts) + ending)


def _name_part(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).encode("utf-8", "ignore").decode()
    return re.sub(r"[^\w-]+", "_", plain).strip("_-")[:_LONGEST_PART].rstrip("_-") or _("paper")
