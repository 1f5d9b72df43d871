"""The sheet of one finding: seen, graded, understood, acted on, checked, and how it came to that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from qma_app.design import LIGHT
from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import elsewhere_title, grade_title, reply_title, state_title
from qma_app.i18n import _, day_text, instant_text, ngettext
from qma_app.reports.actions.blocks import action_card, check_block, plain_table
from qma_app.reports.actions.causes import add_causes
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.actions.files import add_pictures, add_register
from qma_app.reports.actions.finding import collect_finding
from qma_app.reports.actions.values import FindingPaper, SightingPart
from qma_app.reports.actions.words import money_text
from qma_app.reports.blocks import Block, Gap, Rule, Stack, Together
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.progress import Progress
from qma_app.reports.styles import CELL, CELL_QUIET, CELL_STRONG, LEAD
from qma_app.reports.tables import side_by_side
from qma_app.reports.wording import GRADE_COLOURS

collect = collect_finding

_LABEL = 112.0


def title() -> str:
    """What it is called in lists."""
    return _("Finding sheet")


def draw(paper: FindingPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the sheet as a PDF; `pictures` gives the photos the paper names."""

    def add(kit: Kit) -> None:
        _add_head(kit, paper)
        _add_facts(kit, paper)
        _add_sightings(kit, paper)
        _add_answer(kit, paper)
        add_pictures(kit, paper)
        add_causes(kit, paper)
        _add_actions(kit, paper)
        _add_checks(kit, paper)
        _add_obstacles(kit, paper)
        add_register(kit, paper)
        _add_history(kit, paper)
        _add_signatures(kit, paper)

    part = Part(name=paper.finding.label, add=add)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress)


def _add_head(kit: Kit, paper: FindingPaper) -> None:
    finding = paper.finding
    entry = kit.entry(finding.label, 0, in_contents=False)
    kit.flow.add(paper_head(kit, paper.frame, title(), finding.label), entry=entry, keeps=True)
    badge = Badge(kit.setter, grade_title(finding.grade), GRADE_COLOURS[finding.grade], is_filled=True)
    state = CELL_STRONG.in_colour(LIGHT.bad) if paper.is_overdue else CELL_STRONG
    line = side_by_side(
        (badge, kit.words(" · ".join(_state(paper)), state)),
        (badge.width(), CONTENT_WIDTH - badge.width() - 10),
        gutter=10,
    )
    kit.flow.add(line, before=2, keeps=True)
    kit.flow.add(kit.words(finding.statement, LEAD, where=_("Statement")), before=6)


def _state(paper: FindingPaper) -> Iterator[str]:
    finding = paper.finding
    yield state_title(paper.state)
    if paper.is_overdue and finding.due_on:
        yield _("was due {day}").format(day=day_text(finding.due_on))
    if finding.reopened:
        yield ngettext("reopened {count} time", "reopened {count} times", finding.reopened).format(
            count=finding.reopened
        )


def _add_facts(kit: Kit, paper: FindingPaper) -> None:
    finding = paper.finding
    point = paper.checkpoint
    where = " · ".join(
        filter(
            None,
            (
                str(paper.area.title) if paper.area else "",
                f"{point.number} {point.statement}" if point else "",
            ),
        )
    )
    rows = (
        (_("Requirement"), finding.requirement),
        (_("Checkpoint"), where or finding.checkpoint_id or _("none: a requirement of its own")),
        (_("Seen"), finding.evidence),
        (_("Where and when"), ", ".join(filter(None, (finding.place, day_text(finding.seen_on) if finding.seen_on else "")))),
        (_("By whom"), " · ".join(filter(None, (paper.raised_by, paper.raised_in)))),
        (_("Grade"), " · ".join(_grade(paper))),
        (_("Owner"), finding.owner),
        (_("Due"), day_text(finding.due_on) if finding.due_on else ""),
        (_("Cost a year"), money_text(finding.cost) if finding.cost is not None else ""),
        (_("Plan accepted"), _on_by(paper)),
        (_("Closed") if finding.closed_on else _("Closing note"), ": ".join(filter(None, (day_text(finding.closed_on) if finding.closed_on else "", finding.closing_note)))),
    )  # fmt: skip
    kit.flow.add(kit.facts(rows, label_width=_LABEL, padding=2.2, where=finding.label), before=8)


def _grade(paper: FindingPaper) -> Iterator[str]:
    """The grade, what the rating spoke for, and why it was graded otherwise."""
    finding = paper.finding
    yield grade_title(finding.grade)
    if paper.suggested is not None and paper.suggested is not finding.grade:
        yield _("the rating suggests {grade}").format(grade=grade_title(paper.suggested))
    elif paper.suggested is not None:
        yield _("as the rating suggests")
    if finding.grade_reason:
        yield _("because: {reason}").format(reason=finding.grade_reason)


def _on_by(paper: FindingPaper) -> str:
    day = paper.finding.plan_accepted_on
    return ", ".join(filter(None, (day_text(day) if day else "", paper.accepted_by)))


def _add_sightings(kit: Kit, paper: FindingPaper) -> None:
    if not paper.sightings:
        return
    kit.heading(_("Seen again"), level=1, before=20)
    rows: list[list[Block | None]] = [
        [
            kit.words(day_text(part.sighting.seen_on), CELL_QUIET),
            kit.words(part.sighting.words or "–", CELL, where=_("seen again")),
            kit.words(_sighting_place(part) or "–", CELL_QUIET, where=_("seen again")),
            kit.words(part.who or "–", CELL_QUIET),
        ]
        for part in paper.sightings
    ]
    widths = (62, CONTENT_WIDTH - 62 - 140 - 80 - 30, 140, 80)
    kit.flow.add(plain_table(kit, (_("Day"), _("What"), _("Where"), _("By whom")), widths, rows), before=2)


def _sighting_place(part: SightingPart) -> str:
    point = part.checkpoint.number if part.checkpoint else ""
    return " · ".join(filter(None, (part.sighting.place, point, part.assessment)))


def _add_answer(kit: Kit, paper: FindingPaper) -> None:
    """The right of reply, the car put right, and whether the same was looked for in other places."""
    finding = paper.finding
    if finding.grade is FindingGrade.GOOD_PRACTICE and not (
        finding.reply or finding.reply_words or finding.correction
    ):
        return
    reply = reply_title(finding.reply) if finding.reply else _("none yet")
    said = " · ".join(
        filter(None, (finding.reply_by, day_text(finding.replied_on) if finding.replied_on else ""))
    )
    corrected = day_text(finding.corrected_on) if finding.corrected_on else ""
    elsewhere = elsewhere_title(finding.elsewhere) if finding.elsewhere else _("not yet looked")
    rows = (
        (_("Reply of the dealership"), ", ".join(filter(None, (reply, said)))),
        (_("In their words"), finding.reply_words),
        (
            _("Correction, the single case"),
            ": ".join(filter(None, (corrected, finding.correction))) or _("none noted"),
        ),
        (_("Looked for elsewhere"), ": ".join(filter(None, (elsewhere, finding.elsewhere_words)))),
    )
    kit.heading(_("Answer of the dealership"), level=1, before=20)
    kit.flow.add(kit.facts(rows, label_width=_LABEL, padding=2.2, where=finding.label), before=2)


def _add_actions(kit: Kit, paper: FindingPaper) -> None:
    if not paper.actions:
        return
    kit.heading(_("Corrective actions, the system"), level=1, before=22)
    for part in paper.actions:
        kit.flow.add(action_card(kit, part), before=10)


def _add_checks(kit: Kit, paper: FindingPaper) -> None:
    if not paper.checks:
        return
    kit.heading(_("Checks of the finding itself"), level=1, before=22)
    for part in paper.checks:
        kit.flow.add(Stack([check_block(kit, part), Gap(2)]), before=6)


def _add_obstacles(kit: Kit, paper: FindingPaper) -> None:
    if not paper.obstacles:
        return
    kit.minor_heading(_("Before it can be closed"), before=16)
    for obstacle in paper.obstacles:
        kit.quiet(f"• {obstacle.words}", before=2)


def _add_history(kit: Kit, paper: FindingPaper) -> None:
    if not paper.history:
        return
    kit.heading(_("History"), level=1, before=22)
    rows: list[list[Block | None]] = [
        [
            kit.words(instant_text(step.at), CELL_QUIET),
            kit.words(step.who or "–", CELL_QUIET),
            Stack(
                [
                    kit.words(step.title, CELL, where=_("history")),
                    *([kit.words(step.detail, CELL_QUIET, where=_("history"))] if step.detail else []),
                ]
            ),
        ]
        for step in paper.history
    ]
    titles = (_("When"), _("Who"), _("What"))
    kit.flow.add(plain_table(kit, titles, (98, 84, CONTENT_WIDTH - 98 - 84 - 20), rows), before=2)


def _add_signatures(kit: Kit, paper: FindingPaper) -> None:
    half = (CONTENT_WIDTH - 40) / 2
    coach = paper.frame.coach
    fields = side_by_side(
        (
            _field(kit, coach.name if coach else "", _("Coach: place, date, signature")),
            _field(kit, "", _("For the dealership: name, date, signature")),
        ),
        (half, half),
        gutter=40,
    )
    kit.flow.add(Together(Stack([Gap(40), fields])), before=10)


def _field(kit: Kit, name: str, caption: str) -> Block:
    return Stack(
        [kit.words(name or " ", CELL), Rule(LIGHT.control_edge), kit.words(caption, CELL_QUIET)], gap=3
    )
