"""The first half of the minutes: the facts, who was there, the promises at the opening, what was looked at and found."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.domain.visit import Stretch
from qma_app.domain.wording import grade_title, visit_title
from qma_app.i18n import _, day_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.actions.drawing import paper_head
from qma_app.reports.blocks import Block, Gap, Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.photos import evidence_line, photo_grid
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG
from qma_app.reports.wording import GRADE_COLOURS
from qma_app.reports.year.items import ItemPart
from qma_app.reports.year.people import people_table, roles_in
from qma_app.reports.year.promises import promise_table
from qma_app.reports.year.values import FindingLine, MinutesPaper, NotePart
from qma_app.reports.year.words import (
    clock_text,
    here_text,
    hours_text,
    minute_text,
    weekday_text,
    worked_text,
)

_LABEL = 96.0
_TIME, _MINUTES = 34.0, 40.0


def add_head(kit: Kit, paper: MinutesPaper, title: str) -> None:
    """Which visit, when, by whom, for how long; then what the coach says of it as a whole."""
    visit = paper.visit
    name = f"{visit_title(visit)}: {weekday_text(visit.day)}"
    entry = kit.entry(visit_title(visit), 0, in_contents=False)
    kit.flow.add(paper_head(kit, paper.frame, title, name), entry=entry, keeps=True)
    kit.flow.add(
        kit.facts(_facts(paper), label_width=_LABEL, padding=2.2, where=visit_title(visit)), before=2
    )
    for remark in paper.remarks:
        kit.quiet(remark)
    kit.quote(visit.summary, title=_("Summary"), where=_("Summary"))


def _facts(paper: MinutesPaper) -> Iterator[tuple[str, str]]:
    visit = paper.visit
    if visit.cancelled_on is not None:
        day = day_text(visit.cancelled_on)
        yield _("Called off"), ": ".join(filter(None, (day, visit.cancelled_reason)))
    planned = _("{day}, {first} to {last} ({span})").format(
        day=day_text(visit.planned_on),
        first=clock_text(visit.starts_at),
        last=clock_text(visit.ends_at),
        span=hours_text(visit.minutes_planned),
    )
    yield _("Planned"), planned
    if visit.clock:
        spans = ", ".join(map(_stretch, visit.clock))
        yield _("Worked"), _("{span} in all: {spans}").format(span=worked_text(paper.worked), spans=spans)
    yield _("Coach"), paper.coach.name if paper.coach else ""
    yield _("Areas"), ", ".join(f"{area.code} {area.title}" for area in paper.areas)
    yield _("Purpose"), visit.purpose
    yield _("To bring"), visit.bring
    if visit.closed_at is not None:
        yield _("Closed"), here_text(visit.closed_at)


def _stretch(stretch: Stretch) -> str:
    begun = stretch.begun.astimezone()
    if stretch.ended is None:
        return _("from {begun}, still running").format(begun=f"{begun:%H:%M}")
    ended = stretch.ended.astimezone()
    until = f"{ended:%H:%M}" if ended.date() == begun.date() else here_text(stretch.ended)
    return f"{begun:%H:%M}–{until}"


def add_people(kit: Kit, paper: MinutesPaper) -> None:
    """Everybody who was there."""
    kit.heading(_("Who was there"), level=1)
    if paper.visit.participants:
        table = people_table(kit, paper.visit.participants, roles_in(paper.frame.engagement))
        kit.flow.add(table, before=1)
    else:
        kit.paragraph(_("Nobody is noted."), CELL, before=1)


def add_opening(kit: Kit, paper: MinutesPaper) -> None:
    """The promise book opens each visit."""
    kit.heading(_("Promises at the opening"), level=1)
    if paper.opening:
        kit.flow.add(promise_table(kit, paper.opening), before=1)
    else:
        kit.paragraph(_("No promise was open."), CELL, before=1)


def add_items(kit: Kit, paper: MinutesPaper) -> None:
    """Each point of the agenda with what came of it."""
    kit.heading(_("What was looked at"), level=1)
    if not paper.items:
        none = _("No point is planned yet.") if paper.is_ahead else _("There was no agenda.")
        kit.paragraph(none, CELL, before=1)
        return
    wide = CONTENT_WIDTH - _TIME - _MINUTES - 30
    before = ("", *(part.rule for part in paper.items))
    rows = [
        _item(kit, part, is_over=not paper.is_draft, is_told=part.rule == rule)
        for part, rule in zip(paper.items, before, strict=False)
    ]
    titles = (_("From"), _("Minutes"), _("Point, and why"), _("What came of it"))
    kit.flow.add(plain_table(kit, titles, (_TIME, _MINUTES, wide * 0.58, wide * 0.42), rows), before=1)


def _item(kit: Kit, part: ItemPart, *, is_over: bool, is_told: bool) -> list[Block | None]:
    """One point; `is_told` when the point before came from the same rule, whose sentence is said once."""
    item, where = part.item, _("agenda")
    said: list[Block] = [kit.words(part.title or "–", CELL_STRONG, where=where)]
    why = [item.reason, "" if is_told or part.rule == item.reason else part.rule]
    said += [kit.words(words, CELL_QUIET, where=where) for words in why if words]
    came: list[Block] = []
    if item.done_at is not None:
        done = _("done {time}").format(time=f"{item.done_at.astimezone():%H:%M}")
        came.append(kit.words(done, CELL_QUIET))
    if item.outcome:
        came.append(kit.words(item.outcome, CELL, where=where))
    if not came:
        came.append(kit.words(_("not dealt with") if is_over else "–", CELL_QUIET))
    return [
        kit.words(minute_text(part.begins), CELL_NUMBER),
        kit.words(str(item.minutes), CELL_NUMBER),
        Stack(said, gap=1),
        Stack(came, gap=1),
    ]


def add_notes(kit: Kit, paper: MinutesPaper) -> None:
    """What was noted down on the way."""
    if paper.notes:
        kit.heading(_("Notes"), level=1)
        rows = [_note(kit, paper, part) for part in paper.notes]
        is_one_day = all(_is_that_day(paper, part) for part in paper.notes)
        when = _TIME if is_one_day else _TIME + 52
        widths = (when, CONTENT_WIDTH - when - 150 - 20, 150.0)
        titles = (_("When"), _("Note"), _("Where, by whom"))
        kit.flow.add(plain_table(kit, titles, widths, rows), before=1)


def add_findings(kit: Kit, paper: MinutesPaper) -> None:
    """The findings raised."""
    kit.heading(_("Findings raised"), level=1)
    if not paper.findings:
        kit.paragraph(_("None."), CELL, before=1)
        return
    rows = [_finding(kit, line) for line in paper.findings]
    widths = (36.0, 84.0, CONTENT_WIDTH - 36 - 84 - 80 - 56 - 40, 80.0, 56.0)
    titles = (_("No."), _("Grade"), _("Finding"), _("Owner"), _("Due"))
    kit.flow.add(plain_table(kit, titles, widths, rows), before=1)


def _note(kit: Kit, paper: MinutesPaper, part: NotePart) -> list[Block | None]:
    note, where = part.note, _("Notes")
    at = note.noted_at.astimezone()
    when = f"{at:%H:%M}" if _is_that_day(paper, part) else here_text(note.noted_at)
    said: list[Block] = [kit.words(note.words or "–", CELL, where=where)]
    if part.finding:
        said.append(kit.words(_("became {finding}").format(finding=part.finding), CELL_QUIET))
    point = part.checkpoint
    place = f"{point.number} {point.statement}" if point else note.checkpoint_id or ""
    beside: list[Block] = [kit.words(words, CELL_QUIET, where=where) for words in (place, part.who) if words]
    return [kit.words(when, CELL_NUMBER), Stack(said, gap=1), Stack(beside or [Gap(0)], gap=1)]


def _is_that_day(paper: MinutesPaper, part: NotePart) -> bool:
    return part.note.noted_at.astimezone().date() == paper.visit.day


def _finding(kit: Kit, line: FindingLine) -> list[Block | None]:
    finding = line.finding
    badge = Badge(kit.setter, grade_title(finding.grade), GRADE_COLOURS[finding.grade], line_height=12)
    said: list[Block] = [kit.words(finding.statement or "–", CELL, where=finding.label)]
    if line.checkpoint is not None:
        point = f"{line.checkpoint.number} {line.checkpoint.statement}"
        said.append(kit.words(point, CELL_QUIET, where=finding.label))
    return [
        kit.words(finding.label, CELL_NUMBER),
        badge,
        Stack(said, gap=1),
        kit.words(finding.owner or "–", CELL_QUIET, where=finding.label),
        kit.words(day_text(finding.due_on) if finding.due_on else "–", CELL_QUIET),
    ]


def add_pictures(kit: Kit, paper: MinutesPaper) -> None:
    """Photos two across with their captions; other files by name."""
    if not paper.files:
        return
    kit.heading(_("Photos and files"), level=1)
    photos = [entry for entry in paper.files if entry.jpeg]
    for place in range(0, len(photos), 2):
        pair = photo_grid(kit.setter, photos[place : place + 2], width=CONTENT_WIDTH, columns=2)
        kit.flow.add(Together(pair), before=2)
    others = [entry for entry in paper.files if not entry.jpeg]
    if others:
        kit.flow.add(Stack([evidence_line(kit.setter, entry) for entry in others], gap=4), before=6)
