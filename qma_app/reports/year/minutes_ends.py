"""The second half of the minutes: what was agreed, the day of the next visit, and the signatures."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.domain.wording import visit_title
from qma_app.i18n import _, day_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.actions.values import ActionPart
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.styles import BODY, CELL, CELL_NUMBER, CELL_QUIET
from qma_app.reports.year.promises import promise_table
from qma_app.reports.year.signing import SignatureField, add_signatures
from qma_app.reports.year.values import MinutesPaper
from qma_app.reports.year.words import clock_text, weekday_text


def add_agreed(kit: Kit, paper: MinutesPaper) -> None:
    """Actions and promises, each with owner and day."""
    kit.heading(_("What was agreed"), level=1)
    if not (paper.actions or paper.made):
        none = _("Nothing is agreed yet.") if paper.is_draft else _("Nothing was agreed.")
        kit.paragraph(none, CELL, before=1)
        return
    if paper.actions:
        rows = [_action(kit, part) for part in paper.actions]
        titles = (_("No."), _("Action"), _("Owner"), _("By when"))
        widths = (38.0, CONTENT_WIDTH - 38 - 110 - 66 - 30, 110.0, 66.0)
        kit.flow.add(plain_table(kit, titles, widths, rows), before=1)
    if paper.made:
        kit.flow.add(promise_table(kit, paper.made, with_made=False), before=8 if paper.actions else 1)


def _action(kit: Kit, part: ActionPart) -> list[Block | None]:
    action = part.action
    said: list[Block] = [kit.words(action.what or "–", CELL, where=action.label)]
    serves = ", ".join(each.finding.label for each in part.served)
    if serves:
        said.append(kit.words(_("serves {findings}").format(findings=serves), CELL_QUIET))
    # What became of it later is told in later papers: minutes read the same on every day after.
    due = day_text(action.due_on) if action.due_on else _("no date yet")
    return [
        kit.words(action.label, CELL_NUMBER),
        Stack(said, gap=1),
        kit.words(part.owner or _("no owner yet"), CELL, where=action.label),
        kit.words(due, CELL_QUIET),
    ]


def add_next(kit: Kit, paper: MinutesPaper) -> None:
    """The day agreed, and what is planned."""
    kit.heading(_("Next visit"), level=1)
    kit.paragraph(" ".join(_next(paper)) or _("No day is agreed yet."), BODY, before=1, keeps=True)


def _next(paper: MinutesPaper) -> Iterator[str]:
    agreed, planned = paper.visit.next_on, paper.next_visit
    if agreed is not None and planned is not None and agreed == planned.planned_on:
        yield _("{visit}: {day}, {first} to {last}.").format(
            visit=visit_title(planned),
            day=weekday_text(agreed),
            first=clock_text(planned.starts_at),
            last=clock_text(planned.ends_at),
        )
        return
    if agreed is not None:
        yield _("Agreed: {day}.").format(day=weekday_text(agreed))
    if planned is not None:
        yield _("{visit} is planned for {day}, {first} to {last}.").format(
            visit=visit_title(planned),
            day=day_text(planned.planned_on),
            first=clock_text(planned.starts_at),
            last=clock_text(planned.ends_at),
        )


def add_signing(kit: Kit, paper: MinutesPaper) -> None:
    """The signatures drawn on the screen, and a line to sign on where there are fewer than two."""
    visit = paper.visit
    kit.heading(_("Signatures"), level=1)
    fields = [
        SignatureField(name=one.name, caption=_("has read these minutes"), signature=one)
        for one in visit.signatures
    ]
    coach = paper.coach.name if paper.coach else ""
    is_coach_there = any(one.name.strip() == coach for one in visit.signatures)
    if not any(one.name.strip() != coach for one in visit.signatures):
        fields.insert(0, SignatureField(name="", caption=_("For the dealership: name, date, signature")))
    if not is_coach_there and len(fields) < 2:
        fields.append(SignatureField(name=coach, caption=_("Coach: place, date, signature")))
    add_signatures(kit, fields, before=4)
