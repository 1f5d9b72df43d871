"""What a paper or workbook is about: which dealership, which assessment, and what its file is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Edition, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.wording import kind_title
from qma_app.errors import NotFound, RuleBroken
from qma_app.exchange.file_names import clean_name
from qma_app.i18n import _, day_text

_LONGEST_PART = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperChoice:
    """A report or workbook that can be made: of which kind, of what (`of`), and how lists show it.

    `of` is the number of an assessment, or the code of an area or the number of a process (`SRV`, `SRV-04`).
    """

    kind: str
    title: str
    of: int | str
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


def area_choices(
    reader: Reader, engagement: Engagement, kind: str, title: str, *, with_processes: bool
) -> tuple[PaperChoice, ...]:
    """The choices to make a kind of paper of each area in which something applies, and of its processes if wanted."""
    edition = reader.edition(engagement.edition)
    points = [
        edition.checkpoints[id]
        for id in applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    ]
    areas, processes = {point.area_id for point in points}, {point.process_id for point in points}
    choices = []
    for area in edition.areas:
        if area.id not in areas:
            continue
        whole = _("{area}, the whole area") if with_processes else "{area}"
        label = f"{area.code} {whole.format(area=area.title)}"
        choices.append(PaperChoice(kind=kind, title=title, of=area.code, label=label, is_open=False))
        for process in area.processes if with_processes else ():
            if process.id in processes:
                label = f"{process.number} {process.title}"
                choices.append(
                    PaperChoice(kind=kind, title=title, of=process.number, label=label, is_open=False)
                )
    return tuple(choices)


def area_meant(edition: Edition, of: int | str | None) -> Area | None:
    """The area known by that code, id or title."""
    key = _key(of)
    return next(
        (a for a in edition.areas if key in (a.code.casefold(), a.id.casefold(), str(a.title).casefold())),
        None,
    )


def process_meant(edition: Edition, of: int | str | None) -> Process | None:
    """The process known by that number, id or title."""
    key = _key(of)
    return next(
        (
            process
            for process in edition.processes.values()
            if key in (process.number.casefold(), process.id.casefold(), str(process.title).casefold())
        ),
        None,
    )


def no_such_area(edition: Edition, of: int | str | None) -> NotFound:
    """What is said where no area was named, or one that the edition does not have."""
    codes = ", ".join(area.code for area in edition.areas)
    if not _key(of):
        return NotFound(
            _("It is not said which area this is about."),
            code="area.missing",
            way_out=_("Choose one of: {codes}.").format(codes=codes),
        )
    return NotFound(
        _("{edition} has no area or process “{name}”.").format(edition=edition.label, name=of),
        code="area.unknown",
        way_out=_("Choose one of: {codes}.").format(codes=codes),
        name=str(of),
    )


def _key(of: int | str | None) -> str:
    return "" if of is None else str(of).strip().casefold()


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
    return assessment.completed_on or reader.log_head().day or assessment.started_on


def file_name(ending: str, *parts: str) -> str:
    """A file name people recognise: its parts with letters and digits of any script, everything else one underscore."""
    return clean_name("_".join(_name_part(part) for part in parts) + ending)


def _name_part(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).encode("utf-8", "ignore").decode()
    return re.sub(r"[^\w-]+", "_", plain).strip("_-")[:_LONGEST_PART].rstrip("_-") or _("paper")
