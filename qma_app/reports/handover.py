"""The history of a programme for the next coach, written from the records, to be read in ten minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from qma_app.domain.gates import gate_of
from qma_app.domain.handover_reading import handover
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.sponsorship import sponsorship
from qma_app.domain.standing import standing_result
from qma_app.i18n import _
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.actions.reading import Programme
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.principal.handing_over import (
    HandoverPaper,
    add_opened,
    add_people,
    add_standing,
    add_steps,
    add_story,
    add_tried,
    add_visits,
)
from qma_app.reports.principal.lines import bullets
from qma_app.reports.progress import Progress
from qma_app.reports.styles import BODY
from qma_app.reports.year.log_end import add_log_end
from qma_app.reports.year.promises import promise_lines


def title() -> str:
    """What it is called in lists."""
    return _("Handover")


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    _of: str | None = None,
    *,
    on: date,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> HandoverPaper:
    """What the next coach must know of a programme on a day."""
    programme = Programme(reader, engagement_id, on=on, is_sample=is_sample)
    view = handover(reader, engagement_id, on=on)
    step(0.7)
    current = next((one.planned for one in view.phases if not one.planned.is_passed), None)
    promises = [line.promise for line in view.open_promises]
    return HandoverPaper(
        frame=programme.frame,
        view=view,
        result=standing_result(reader, engagement_id),
        gate=gate_of(reader, engagement_id, current, on=on) if current else None,
        sponsor=sponsorship(reader, engagement_id, on=on),
        promises=promise_lines(reader, promises, on=on),
    )


def draw(paper: HandoverPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the history as a PDF."""

    def add(kit: Kit) -> None:
        entry = kit.entry(title(), 0, in_contents=False)
        kit.flow.add(paper_head(kit, paper.frame, title(), title()), entry=entry, keeps=True)
        kit.flow.add(bullets(kit, paper.view.summary, where=title(), style=BODY), before=2)
        note = paper.frame.engagement.note
        kit.quote(note, title=_("Note to the programme"), where=_("Note to the programme"))
        add_people(kit, paper)
        add_standing(kit, paper)
        add_tried(kit, paper)
        add_opened(kit, paper)
        add_steps(kit, paper)
        add_visits(kit, paper)
        add_story(kit, paper)
        kit.quiet(_("Where a text ends with …, the app has all of it."), before=10)
        add_log_end(kit, paper.frame)

    part = Part(name="", add=add)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress)
