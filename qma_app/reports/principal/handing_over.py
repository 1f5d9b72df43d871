"""The parts of the handover: who is who, where it stands, what was tried, what is open, the visits, and the story in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.finding import Finding
from qma_app.domain.gates import GateView
from qma_app.domain.handover import HandoverView, PhaseLine, StoryLine, TriedLine, WhoLine
from qma_app.domain.next_step import NextStep
from qma_app.domain.promise import Quarter, SponsorCheck
from qma_app.domain.result import Result
from qma_app.domain.sponsorship import SponsorView, answer_title, quarter_text
from qma_app.domain.visit import Visit, VisitState
from qma_app.domain.wording import visit_title
from qma_app.i18n import _, day_text, level_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.actions.values import Frame
from qma_app.reports.blocks import Block, Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.principal.gate import gate_table
from qma_app.reports.principal.lines import add_more, bullets, clipped
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG
from qma_app.reports.wording import level_shown
from qma_app.reports.year.promises import PromiseLine, promise_table

MOST_PEOPLE: Final = 15
MOST_TRIED: Final = 12
MOST_OPEN: Final = 15
MOST_VISITS: Final = 8
MOST_STORY: Final = 30
"""A list longer than this is not read in ten minutes: the rest is counted."""
_DAY: Final = 66.0


@dataclass(frozen=True, kw_only=True, slots=True)
class HandoverPaper:
    """Everything the handover shows; `gate` is that of the phase the programme is in."""

    frame: Frame
    view: HandoverView
    result: Result
    gate: GateView | None
    sponsor: SponsorView
    promises: tuple[PromiseLine, ...]


def add_people(kit: Kit, paper: HandoverPaper) -> None:
    """Everybody with a part in the programme, then others of the house."""
    kit.heading(_("Who is who"), level=1)
    known = sorted(paper.view.people, key=_has_no_part)
    shown = known[:MOST_PEOPLE]
    rows = [_person(kit, one) for one in shown]
    if not shown:
        kit.paragraph(_("Nobody is named."), CELL, before=1)
        return
    wide = CONTENT_WIDTH - 20
    titles = (_("Name"), _("Part in the programme"), _("Reached by"))
    kit.flow.add(plain_table(kit, titles, (wide * 0.25, wide * 0.41, wide * 0.34), rows), before=1)
    add_more(kit, len(known) - len(shown))
    _add_sponsor(kit, paper.sponsor)


def _has_no_part(line: WhoLine) -> bool:
    return not line.parts


def _person(kit: Kit, line: WhoLine) -> list[Block | None]:
    person, where = line.person, _("Who is who")
    name: list[Block] = [kit.words(person.name or "–", CELL_STRONG, where=where)]
    if line.function:
        name.append(clipped(kit, line.function, CELL_QUIET, where=where, most=2))
    reached = [kit.words(way, CELL_QUIET, where=where) for way in (person.phone, person.email) if way]
    return [
        Stack(name),
        clipped(kit, "; ".join(line.parts), CELL, where=where, most=8),
        Stack(reached) if reached else kit.words("–", CELL_QUIET),
    ]


def _add_sponsor(kit: Kit, view: SponsorView) -> None:
    """Whether the principal stands behind it: what was missed twice, else the newest quarter looked at."""
    kit.minor_heading(_("How the principal stands behind it"))
    if view.red:
        names = ", ".join(map(answer_title, view.red))
        words = _("Missed in two quarters running: {list}.").format(list=names)
        kit.paragraph(words, CELL_STRONG.in_colour(LIGHT.bad), before=1)
    elif view.checks:
        kit.paragraph(_("Nothing was missed in two quarters running."), CELL, before=1)
    else:
        kit.paragraph(_("Nobody has looked at it yet."), CELL, before=1)
    if view.checks:
        kit.quiet(_sponsor_line(view.checks[0]), before=2)


def _sponsor_line(check: SponsorCheck) -> str:
    quarter = quarter_text(Quarter.parse(check.quarter))
    missed = ", ".join(map(answer_title, check.missed))
    words = _("{quarter}: missed {list}") if missed else _("{quarter}: nothing was missed")
    said = words.format(quarter=quarter, list=missed)
    return f"{said}. {check.words}" if check.words else said


def add_standing(kit: Kit, paper: HandoverPaper) -> None:
    """Score, phase, and the gates with the reason they were passed for."""
    kit.heading(_("Where it stands"), level=1)
    result, edition = paper.result, paper.frame.edition
    level = level_shown(edition, result.overall)
    words = _("Level {level}, pass mark {mark}; {rated} of {count} areas are rated.")
    if result.overall is None and not result.rated_areas:
        words = _("No area is rated yet; pass mark {mark}.")
    said = words.format(
        level=level,
        mark=level_text(Fraction(edition.rules.pass_mark)),
        rated=result.rated_areas,
        count=result.counted_areas,
    )
    kit.paragraph(said, CELL_STRONG, before=1)
    if not paper.view.phases:
        kit.paragraph(_("There is no plan yet."), CELL, before=2)
        return
    rows = [_phase(kit, one) for one in paper.view.phases]
    widths = (104.0, 114.0, CONTENT_WIDTH - 104 - 114 - 20)
    kit.flow.add(plain_table(kit, (_("Phase"), _("Planned"), _("Gate")), widths, rows), before=4)
    if paper.gate is not None:
        kit.minor_heading(_("The next gate: {phase}").format(phase=paper.gate.title))
        kit.flow.add(gate_table(kit, paper.gate), before=2)


def _phase(kit: Kit, line: PhaseLine) -> list[Block | None]:
    planned, where = line.planned, line.title
    days = _("{first} to {last}").format(first=day_text(planned.starts_on), last=day_text(planned.ends_on))
    gate: list[Block] = [kit.words(_("not passed yet"), CELL_QUIET)]
    if planned.passed_on is not None:
        gate = [kit.words(_("passed {day}").format(day=day_text(planned.passed_on)), CELL)]
        if planned.passed_reason:
            words = _("although not everything held: {reason}").format(reason=planned.passed_reason)
            gate.append(kit.words(words, CELL, where=where))
        gate += [
            kit.words(_("open then: {words}").format(words=_open(one.words, one.figures)), CELL_QUIET)
            for one in line.open
        ]
    return [kit.words(line.title, CELL_STRONG, where=where), kit.words(days, CELL_QUIET), Stack(gate)]


def _open(words: str, figures: str) -> str:
    return f"{words} ({figures})" if figures else words


def add_tried(kit: Kit, paper: HandoverPaper) -> None:
    """What worked, what did not, and what nobody has checked yet."""
    kit.heading(_("What was tried"), level=1)
    tried = paper.view.tried
    if not tried:
        kit.paragraph(_("No action is done yet."), CELL, before=1)
        return
    groups = (
        (_("It worked"), True, LIGHT.ok),
        (_("It did not work"), False, LIGHT.bad),
        (_("Done, effect not checked yet"), None, LIGHT.warn),
    )
    for name, worked, colour in groups:
        lines = [line for line in tried if line.worked is worked]
        if lines:
            kit.flow.add(Badge(kit.setter, name, colour), before=8, keeps=True)
            shown = lines[-MOST_TRIED:]
            kit.flow.add(_tried_table(kit, shown), before=2)
            add_more(kit, len(lines) - len(shown))


def _tried_table(kit: Kit, lines: Sequence[TriedLine]) -> Block:
    rows: list[list[Block | None]] = []
    for line in lines:
        action = line.action
        said: list[Block] = [clipped(kit, action.what, CELL, where=action.label, most=3)]
        if line.findings:
            serves = _("serves {findings}").format(findings=", ".join(line.findings))
            said.append(kit.words(serves, CELL_QUIET))
        rows.append(
            [
                kit.words(action.label, CELL_NUMBER),
                Stack(said, gap=1),
                clipped(kit, line.words, CELL, where=action.label, most=3),
                kit.words(day_text(line.on) if line.on else "–", CELL_QUIET),
            ]
        )
    wide = (CONTENT_WIDTH - 38 - _DAY - 30) / 2
    titles = (_("No."), _("Action"), _("What came of it"), _("Day"))
    return plain_table(kit, titles, (38.0, wide, wide, _DAY), rows)


def add_opened(kit: Kit, paper: HandoverPaper) -> None:
    """What goes over to the next coach: promises and majors."""
    kit.heading(_("Promises that are open"), level=1)
    shown = paper.promises[:MOST_OPEN]
    if shown:
        kit.flow.add(promise_table(kit, shown), before=1)
        add_more(kit, len(paper.promises) - len(shown))
    else:
        kit.paragraph(_("No promise is open."), CELL, before=1)
    kit.heading(_("Major findings that are open"), level=1)
    majors = paper.view.open_majors
    if not majors:
        kit.paragraph(_("None."), CELL, before=1)
        return
    rows = [_major(kit, one) for one in majors[:MOST_OPEN]]
    widths = (38.0, CONTENT_WIDTH - 38 - 100 - 2 * _DAY - 40, 100.0, _DAY, _DAY)
    titles = (_("No."), _("Finding"), _("Owner"), _("Seen"), _("Due"))
    kit.flow.add(plain_table(kit, titles, widths, rows), before=1)
    add_more(kit, len(majors) - len(rows))


def _major(kit: Kit, finding: Finding) -> list[Block | None]:
    return [
        kit.words(finding.label, CELL_NUMBER),
        clipped(kit, finding.statement, CELL, where=finding.label),
        kit.words(finding.owner or _("no owner yet"), CELL, where=finding.label),
        kit.words(day_text(finding.seen_on) if finding.seen_on else "–", CELL_QUIET),
        kit.words(day_text(finding.due_on) if finding.due_on else "–", CELL_QUIET),
    ]


def add_steps(kit: Kit, paper: HandoverPaper) -> None:
    """What to do first."""
    kit.heading(_("Next steps"), level=1)
    steps = [one for one in paper.view.next_steps if one.ticked_on is None]
    if not steps:
        kit.paragraph(_("Nothing is waiting."), CELL, before=1)
        return
    rows = [_step(kit, place, one) for place, one in enumerate(steps, 1)]
    wide = (CONTENT_WIDTH - 18 - _DAY - 30) / 2
    titles = ("", _("What"), _("Why"), _("Due"))
    kit.flow.add(plain_table(kit, titles, (18.0, wide, wide, _DAY), rows), before=1)


def _step(kit: Kit, place: int, step: NextStep) -> list[Block | None]:
    where = _("Next steps")
    return [
        kit.words(str(place), CELL_NUMBER),
        clipped(kit, step.title, CELL_STRONG, where=where),
        clipped(kit, step.reason, CELL, where=where),
        kit.words(day_text(step.due_on) if step.due_on else "–", CELL_QUIET),
    ]


def add_visits(kit: Kit, paper: HandoverPaper) -> None:
    """The last visits with their summaries, the newest first; then what is planned."""
    visits = paper.view.visits
    held = [one for one in reversed(visits) if one.state is VisitState.CLOSED]
    ahead = [one for one in visits if one.is_ahead]
    kit.heading(_("Visits"), level=1)
    if not held:
        kit.paragraph(_("No visit was held yet."), CELL, before=1)
    for visit in held[:MOST_VISITS]:
        kit.flow.add(Together(_visit(kit, visit)), before=5)
    add_more(kit, len(held) - MOST_VISITS)
    if ahead:
        kit.minor_heading(_("Ahead"))
        shown = [_ahead_line(one) for one in ahead[:MOST_VISITS]]
        kit.flow.add(bullets(kit, shown, where=_("Visits")), before=1)
        add_more(kit, len(ahead) - len(shown))


def _visit(kit: Kit, visit: Visit) -> Block:
    where = visit_title(visit)
    head = " · ".join(filter(None, (where, day_text(visit.day), visit.purpose)))
    said = visit.summary or _("No summary was written.")
    style = CELL if visit.summary else CELL_QUIET
    return Stack(
        [
            clipped(kit, head, CELL_STRONG, where=where, most=2),
            clipped(kit, said, style, where=where, most=8),
        ],
        heads=True,
    )


def _ahead_line(visit: Visit) -> str:
    begun = _("begun, not closed yet") if visit.clock else ""
    return " · ".join(filter(None, (visit_title(visit), day_text(visit.planned_on), visit.purpose, begun)))


def add_story(kit: Kit, paper: HandoverPaper) -> None:
    """What happened in time; visits that were held stand above with their summaries."""
    told = [*_story(paper)]
    shown = (
        told if len(told) <= MOST_STORY else [one for one in told if not _is_of_finding(one)][-MOST_STORY:]
    )
    kit.heading(_("What happened, day by day"), level=1)
    rows: list[list[Block | None]] = [
        [kit.words(day_text(one.on), CELL_QUIET), clipped(kit, one.words, CELL, where=_("story"))]
        for one in shown
    ]
    widths = (_DAY, CONTENT_WIDTH - _DAY - 10)
    kit.flow.add(plain_table(kit, (_("Day"), _("What happened")), widths, rows), before=1)
    add_more(kit, len(told) - len(shown))


def _is_of_finding(line: StoryLine) -> bool:
    """These are left out first: findings have papers of their own."""
    return line.spot is not None and line.spot.finding_id is not None


def _story(paper: HandoverPaper) -> Iterator[StoryLine]:
    held = {one.id for one in paper.view.visits if one.state is VisitState.CLOSED}
    for line in paper.view.story:
        if line.spot is None or line.spot.visit_id is None or line.spot.visit_id not in held:
            yield line
