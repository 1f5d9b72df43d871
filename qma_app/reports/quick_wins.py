"""Quick wins on paper: what was improved in the first ninety days of a programme, and what of it can be shown by figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import BinaryIO, Final

from qma_app.domain.evidence import Evidence, PhotoPair
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.target import Target
from qma_app.i18n import _, day_text
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.actions.reading import Programme
from qma_app.reports.actions.values import PairPart
from qma_app.reports.document import PictureBytes
from qma_app.reports.evidence_register import register_of
from qma_app.reports.kit import Kit
from qma_app.reports.principal.moved import kpi_moves
from qma_app.reports.principal.winning import (
    WinsPaper,
    add_actions,
    add_closed,
    add_figures,
    add_moves,
    add_pairs,
    add_practices,
)
from qma_app.reports.progress import Progress
from qma_app.reports.styles import LEAD
from qma_app.reports.year.log_end import add_log_end
from qma_app.reports.year.values import FindingLine

DAYS: Final = 90


def title() -> str:
    """What it is called in lists."""
    return _("Quick wins")


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    _of: str | None = None,
    *,
    on: date,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> WinsPaper:
    """What was done, closed and read in the first ninety days; what was checked later counts as the effect of it."""
    programme = Programme(reader, engagement_id, on=on, is_sample=is_sample)
    first = programme.engagement.started_on
    last = first + timedelta(days=DAYS - 1)

    def is_within(day: date | None) -> bool:
        return day is not None and first <= day <= min(last, on)

    done = [
        one
        for one in programme.actions
        if not one.is_dropped and not one.is_proposal and (is_within(one.done_on or one.effective_on))
    ]
    pairs = _pairs(programme, min(last, on), step)
    wanted = [
        *(one.kpi for one in reader.all(Target, engagement_id=engagement_id)),
        *(one.kpi for one in done),
    ]
    return WinsPaper(
        frame=programme.frame,
        first=first,
        last=last,
        actions=programme.parts(done),
        closed=tuple(_line(programme, one) for one in programme.findings if is_within(one.closed_on)),
        practices=tuple(
            _line(programme, one)
            for one in programme.findings
            if one.grade is FindingGrade.GOOD_PRACTICE and is_within(one.seen_on)
        ),
        moves=kpi_moves(programme, wanted, first=first, last=min(last, on)),
        pairs=pairs,
    )


def draw(paper: WinsPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the paper as a PDF; `pictures` gives the photos the paper names."""

    def add(kit: Kit) -> None:
        entry = kit.entry(title(), 0, in_contents=False)
        kit.flow.add(paper_head(kit, paper.frame, title(), title()), entry=entry, keeps=True)
        kit.paragraph(_span_words(paper), LEAD, before=2)
        add_figures(kit, paper)
        add_actions(kit, paper)
        add_closed(kit, paper)
        add_moves(kit, paper)
        add_practices(kit, paper)
        add_pairs(kit, paper)
        add_log_end(kit, paper.frame)

    part = Part(name="", add=add)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress)


def _span_words(paper: WinsPaper) -> str:
    first, last, on = paper.first, paper.last, paper.frame.on
    said = _("What was improved in the first {days} days, {first} to {last}.").format(
        days=DAYS, first=day_text(first), last=day_text(last)
    )
    if on < first:
        return f"{said} {_('The programme has not begun.')}"
    if on < last:
        passed = (on - first).days + 1
        return f"{said} {_('Today is day {day} of {days}.').format(day=passed, days=DAYS)}"
    return said


def _pairs(programme: Programme, last: date, step: Callable[[float], None]) -> tuple[PairPart, ...]:
    """The pairs of photos whose second one was made within the time."""
    reader = programme.reader
    found: list[tuple[PhotoPair, Evidence, Evidence]] = []
    for pair in reader.all(PhotoPair, engagement_id=programme.engagement.id):
        before, after = reader.find(Evidence, pair.before_id), reader.find(Evidence, pair.after_id)
        if before is not None and after is not None:
            made = after.made_on or after.taken_in_at.date()
            if programme.engagement.started_on <= made <= last:
                found.append((pair, before, after))
    labels = {finding.id: finding.label for finding in programme.findings}
    used = (
        (one, labels.get(pair.finding_id, "") if pair.finding_id else "")
        for pair, before, after in found
        for one in (before, after)
    )
    entries = {entry.evidence.id: entry for entry in register_of(reader, used, step)}
    return tuple(
        PairPart(pair=pair, before=entries[before.id], after=entries[after.id])
        for pair, before, after in found
    )


def _line(programme: Programme, finding: Finding) -> FindingLine:
    return FindingLine(finding=finding, checkpoint=programme.place(finding))
