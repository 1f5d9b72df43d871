"""The action plan: what is to be done, by whom, until when, for which effect; of the house, an area, an owner, or each owner."""

from __future__ import annotations

from functools import partial
from typing import BinaryIO

from qma_app.design import LIGHT
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, day_text
from qma_app.reports.actions.blocks import action_card, plain_table
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.actions.planning import collect_plan
from qma_app.reports.actions.summary import add_summary
from qma_app.reports.actions.values import ActionPart, Frame, LooseFinding, PlanPaper, PlanSheet
from qma_app.reports.actions.words import served_line
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.progress import Progress
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET
from qma_app.reports.tables import Table
from qma_app.reports.wording import GRADE_COLOURS

collect = collect_plan


def title() -> str:
    """What it is called in lists."""
    return _("Action plan")


def draw(paper: PlanPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the plan as a PDF; each sheet begins on a page of its own and counts its pages."""
    parts = [Part(name=sheet.title, add=partial(_add_sheet, paper.frame, sheet)) for sheet in paper.sheets]
    draw_parts(paper.frame, out, parts, title=title(), pictures=pictures, progress=progress)


def _add_sheet(frame: Frame, sheet: PlanSheet, kit: Kit) -> None:
    entry = kit.entry(sheet.title, 0, in_contents=False)
    kit.flow.add(paper_head(kit, frame, title(), sheet.title), opens_page=True, entry=entry)
    if sheet.is_empty:
        kit.lead(_("No action is planned, and no finding waits for one."))
        return
    add_summary(kit, sheet)
    for group in sheet.groups:
        name = " ".join(filter(None, (group.code, group.title)))
        if name:
            kit.heading(name, level=1, before=26)
        else:
            kit.heading(_("Actions"), before=26)
        for part in group.parts:
            kit.flow.add(action_card(kit, part), before=10)
    if sheet.proposals:
        kit.heading(_("Proposals that wait for an answer"), level=1, before=26)
        kit.flow.add(_short_list(kit, sheet.proposals), before=2)
    if sheet.dropped:
        kit.heading(_("Given up"), level=1, before=26)
        kit.flow.add(_short_list(kit, sheet.dropped), before=2)
    if sheet.loose:
        name = _("Further open findings") if sheet.is_personal else _("Open findings without an action")
        kit.heading(name, level=1, before=26)
        kit.flow.add(_loose_table(kit, sheet.loose), before=2)


def _short_list(kit: Kit, parts: tuple[ActionPart, ...]) -> Table:
    rows: list[list[Block | None]] = []
    for part in parts:
        action = part.action
        said: list[Block] = [kit.words(action.what, CELL, where=action.label)]
        said += [kit.words(served_line(each), CELL_QUIET, where=action.label) for each in part.served]
        if action.dropped_reason:
            said.append(kit.words(action.dropped_reason, CELL_QUIET, where=action.label))
        if action.proposed_by:
            by = _("Proposed by {name}").format(name=action.proposed_by)
            said.append(kit.words(by, CELL_QUIET, where=action.label))
        day = action.dropped_on if action.is_dropped else action.due_on
        rows.append(
            [
                kit.words(action.label, CELL_NUMBER),
                Stack(said, gap=1),
                kit.words(part.owner or "–", CELL, where=action.label),
                kit.words(day_text(day) if day else "–", CELL_QUIET),
            ]
        )
    titles = (_("No."), _("Action"), _("Owner"), _("Day"))
    return plain_table(kit, titles, (38, CONTENT_WIDTH - 38 - 96 - 66 - 30, 96, 66), rows)


def _loose_table(kit: Kit, loose: tuple[LooseFinding, ...]) -> Table:
    rows: list[list[Block | None]] = []
    for each in loose:
        finding = each.finding
        badge = Badge(kit.setter, grade_title(finding.grade), GRADE_COLOURS[finding.grade], line_height=12)
        rows.append(
            [
                kit.words(finding.label, CELL_NUMBER),
                badge,
                kit.words(finding.statement, CELL, where=finding.label),
                kit.words(each.checkpoint.number if each.checkpoint else "–", CELL_QUIET),
                kit.words(finding.owner or "–", CELL_QUIET, where=finding.label),
                kit.words(
                    day_text(finding.due_on) if finding.due_on else "–", CELL_QUIET.in_colour(LIGHT.muted)
                ),
            ]
        )
    titles = (_("No."), _("Grade"), _("Finding"), _("Checkpoint"), _("Owner"), _("Due"))
    return plain_table(kit, titles, (34, 74, CONTENT_WIDTH - 34 - 74 - 50 - 72 - 60 - 50, 50, 72, 60), rows)
