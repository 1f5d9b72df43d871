"""What is told to the dealership at the end of an audit day, on one page: looked at, found so far, still open, what comes tomorrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from qma_app.design import LIGHT
from qma_app.domain.audit import WrapUp
from qma_app.domain.edition import Area
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AuditId, CheckpointId
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.sample_showing import sample_findings
from qma_app.domain.wording import grade_title
from qma_app.errors import NotFound
from qma_app.i18n import _, day_text, ngettext
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.auditing.fitting import GrowingList, grown_to_fit, more_in_report, titled
from qma_app.reports.auditing.reading import AuditHead, AuditRecords, SlotLine
from qma_app.reports.auditing.words import audit_name, slot_text, time_text
from qma_app.reports.blocks import Block, Gap, Stack
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from qma_app.reports.principal.lines import clipped
from qma_app.reports.progress import Progress
from qma_app.reports.styles import BODY, CELL, CELL_NUMBER, CELL_QUIET, LABEL, Align
from qma_app.reports.tables import Row, Table
from qma_app.reports.wording import GRADE_COLOURS
from qma_app.reports.year.signing import SignatureField, add_signatures
from qma_app.reports.year.words import weekday_text

_SIGNING: Final = 96.0
"""Room to sign at the foot of the page."""
_LINES: Final = 24
_WORDS, _FINDINGS = 9, 8
"""Lines of what was told: at most, and those that go before anything else; findings that go before the other lists."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaSeen:
    """How many checkpoints of an area were decided on a day, and how many are still open at its end."""

    area: Area
    decided: int
    open: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPart:
    """One audit day. `decided` of `count` checkpoints by its end; `samples_open` are samples with records not looked at yet.

    `findings` are all so far, the heaviest first, those of the day before older ones.
    """

    on: date
    wrap_up: WrapUp | None
    by: str
    slots: tuple[SlotLine, ...]
    areas: tuple[AreaSeen, ...]
    decided: int
    count: int
    samples_open: tuple[str, ...]
    findings: tuple[Finding, ...]
    tomorrow: tuple[SlotLine, ...]
    tomorrow_on: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class WrapUpPaper:
    """Everything the wrap-ups show, a page a day."""

    head: AuditHead
    days: tuple[DayPart, ...]


def title() -> str:
    """What it is called in lists."""
    return _("Wrap-up of an audit day")


def collect(
    reader: Reader,
    audit_id: AuditId,
    of: date | None = None,
    *,
    on: date,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> WrapUpPaper:
    """The wrap-up of the audit day `of`, else of every one that has come by `on`; NotFound where there is none."""
    records = AuditRecords(reader, audit_id, on=on, is_sample=is_sample)
    days = [day for day in records.days if (day <= on if of is None else day == of)]
    if not days:
        known = ", ".join(map(day_text, records.days)) or _("none")
        raise NotFound(
            _("{audit} has no such day; its days are: {days}.").format(
                audit=records.audit.number, days=known
            ),
            code="audit.no-day",
            way_out=_("Name one of its days, or wait until the first has come."),
            audit=records.audit.id,
        )
    parts = []
    for place, day in enumerate(days, 1):
        parts.append(_day(records, day))
        step(place / len(days))
    return WrapUpPaper(head=records.head, days=tuple(parts))


def draw(paper: WrapUpPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write a page for each day as a PDF."""
    name = audit_name(paper.head)
    parts = [Part(name=f"{name} · {day_text(day.on)}", add=_adder(paper.head, day)) for day in paper.days]
    draw_parts(paper.head.frame, out, parts, title=title(), pictures=pictures, progress=progress)


def _day(records: AuditRecords, day: date) -> DayPart:
    state, audit = records.state, records.audit
    then = {id: one for id, one in state.ratings.items() if _is_by(one, day)}
    on_day = Counter(
        point.area_id for point in state.to_rate if point.id in then and _day_of(then[point.id]) == day
    )
    waiting = Counter(point.area_id for point in state.to_rate if point.id not in then)
    told = [one for one in audit.wrap_ups if one.on == day]
    wrap_up = told[-1] if told else None
    grades = tuple(FindingGrade)
    findings = [one for one in state.standing_findings if one.seen_on is None or one.seen_on <= day]
    later = [line for line in records.slots if line.slot.on > day]
    tomorrow_on = later[0].slot.on if later else next((one for one in records.days if one > day), None)
    return DayPart(
        on=day,
        wrap_up=wrap_up,
        by=records.name(wrap_up.by) if wrap_up else "",
        slots=tuple(line for line in records.slots if line.slot.on == day),
        areas=tuple(
            AreaSeen(area=area, decided=on_day[area.id], open=waiting[area.id])
            for area in records.edition.areas
            if on_day[area.id] or waiting[area.id]
        ),
        decided=sum(point.id in then for point in state.to_rate),
        count=len(state.to_rate),
        samples_open=tuple(_samples_open(records, then, day)),
        findings=tuple(
            sorted(
                findings, key=lambda one: (grades.index(one.grade), one.seen_on != day, one.number, one.id)
            )
        ),
        tomorrow=tuple(line for line in later if line.slot.on == tomorrow_on),
        tomorrow_on=tomorrow_on,
    )


def _day_of(rating: Rating) -> date | None:
    return rating.rated_at.astimezone().date() if rating.rated_at else None


def _is_by(rating: Rating, day: date) -> bool:
    """Whether a checkpoint was decided by the end of a day, as far as its last decision tells."""
    decided_on = _day_of(rating)
    return rating.outcome is not Outcome.OPEN and (decided_on is None or decided_on <= day)


def _samples_open(records: AuditRecords, then: dict[CheckpointId, Rating], day: date) -> list[str]:
    lines = []
    for sample in records.samples:
        if sample.drawn_at is not None and sample.drawn_at.astimezone().date() > day:
            continue
        seen = sample_findings(sample, then.get(sample.checkpoint_id))
        point = records.edition.checkpoints.get(sample.checkpoint_id)
        if seen.looked_at < seen.size:
            lines.append(
                _("{number}: {seen} of {size} records looked at").format(
                    number=point.number if point else sample.checkpoint_id,
                    seen=seen.looked_at,
                    size=seen.size,
                )
            )
    return lines


def _adder(head: AuditHead, day: DayPart) -> Callable[[Kit], None]:
    def add(kit: Kit) -> None:
        top = paper_head(kit, head.frame, f"{title()} · {audit_name(head)}", weekday_text(day.on))
        room = CONTENT_HEIGHT - top.height(CONTENT_WIDTH) - _SIGNING
        entry = kit.entry(weekday_text(day.on), 0, in_contents=False)
        kit.flow.add(top, opens_page=True, entry=entry)
        kit.flow.add(Stack(grown_to_fit(_parts(kit, day), room)))
        lead = head.lead.person.name if head.lead else ""
        fields = [
            SignatureField(name=day.by or lead, caption=_("For the audit team: date, signature")),
            SignatureField(name="", caption=_("For the dealership, taken note: date, signature")),
        ]
        add_signatures(kit, fields, before=8)

    return add


def _parts(kit: Kit, day: DayPart) -> list[GrowingList]:
    """What stands on the page."""
    looked = _seen_lines(day) + [_slot_line(line) for line in day.slots]
    still = [
        _("{done} of {count} checkpoints are decided.").format(done=day.decided, count=day.count),
        *_open_lines(day),
        *day.samples_open,
    ]
    coming = [_slot_line(line) for line in day.tomorrow]
    name = weekday_text(day.tomorrow_on) if day.tomorrow_on else ""
    heading = _("What comes next: {day}").format(day=name) if name else _("What comes next")
    nothing = _("The timetable is not made yet.") if day.tomorrow_on else _("This was the last audit day.")

    def told(lines: int) -> Block:
        if day.wrap_up is None or not day.wrap_up.words.strip():
            return Stack([])
        said = clipped(kit, day.wrap_up.words, BODY, where=_("Wrap-up"), most=lines)
        return Stack([kit.words(_("What was told"), LABEL), Gap(2), said])

    def seen(rows: int) -> Block:
        return titled(kit, _("What was looked at"), _list(kit, looked, rows, _("Nothing is noted.")))

    def found(rows: int) -> Block:
        return titled(kit, _("Findings so far"), _findings(kit, day, rows), remark=_finding_words(day))

    def waiting(rows: int) -> Block:
        return titled(kit, _("Still open"), _list(kit, still, rows, ""))

    def ahead(rows: int) -> Block:
        return titled(kit, heading, _list(kit, coming, rows, nothing))

    return [
        GrowingList(told, most=_LINES, first=_WORDS),
        GrowingList(seen, most=len(looked)),
        GrowingList(found, most=len(day.findings), first=_FINDINGS),
        GrowingList(waiting, most=len(still)),
        GrowingList(ahead, most=len(coming)),
    ]


def _list(kit: Kit, lines: Sequence[str], most: int, nothing: str) -> Block:
    """The first lines, each on one line of paper, and how many more there are."""
    if not lines:
        return kit.words(nothing, CELL_QUIET)
    shown = [
        Row(
            (kit.words("•", CELL_QUIET), clipped(kit, one, CELL, where=_("Wrap-up"), most=2)),
            padding=1.0,
            rule=None,
        )
        for one in lines[:most]
    ]
    left = len(lines) - most
    more = ngettext("… and {count} more", "… and {count} more", left).format(count=left)
    rest = [kit.words(more, CELL_QUIET)] if left > 0 else []
    return Stack([Table((8, CONTENT_WIDTH - 12), shown, gutter=4), *rest])


def _findings(kit: Kit, day: DayPart, most: int) -> Block:
    if not day.findings:
        return kit.words(_("Nothing was found so far."), CELL_QUIET)
    shown = day.findings[:most]
    badges = [
        Badge(kit.setter, grade_title(one.grade), GRADE_COLOURS[one.grade], line_height=12) for one in shown
    ]
    wide = max(badge.width() for badge in badges)
    made = [
        Row(
            (
                kit.words(one.label, CELL_NUMBER),
                badge,
                clipped(kit, one.statement, CELL, where=one.label, most=2),
                kit.words(_("today") if one.seen_on == day.on else "", CELL_QUIET.aligned(Align.END)),
            ),
            padding=2.2,
            rule=LIGHT.line,
        )
        for one, badge in zip(shown, badges, strict=True)
    ]
    rest = len(day.findings) - len(shown)
    table = Table((38, wide, CONTENT_WIDTH - 38 - wide - 40 - 30, 40), made)
    return Stack([table, *([kit.words(more_in_report(rest), CELL_QUIET)] if rest else [])])


def _finding_words(day: DayPart) -> str:
    return _("As they stand that day; the report has the final grade.") if day.findings else ""


def _slot_line(line: SlotLine) -> str:
    return " · ".join(
        filter(None, (time_text(line.slot), slot_text(line), line.auditor, line.slot.with_whom))
    )


def _seen_lines(day: DayPart) -> list[str]:
    """How many checkpoints of which areas were decided that day, all on one line."""
    said = [f"{one.area.code} {one.decided}" for one in day.areas if one.decided]
    return [_("Checkpoints decided: {areas}").format(areas=", ".join(said))] if said else []


def _open_lines(day: DayPart) -> list[str]:
    said = [f"{one.area.code} {one.open}" for one in day.areas if one.open]
    return [_("Checkpoints open: {areas}").format(areas=", ".join(said))] if said else []
