"""How the audit went: its timetable, both meetings with everybody who was there, each evening, and how the evidence was seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.audit import Meeting
from qma_app.domain.rating import Outcome
from qma_app.i18n import _, day_text, ngettext, number_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.auditing.point_words import meeting_point_title
from qma_app.reports.auditing.reading import SlotLine
from qma_app.reports.auditing.report_values import AreaLooks, AuditPart
from qma_app.reports.auditing.words import area_text, slot_text, time_text
from qma_app.reports.blocks import Block, Gap, Together
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH, HALF
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG, LABEL, Align
from qma_app.reports.tables import Row, Table
from qma_app.reports.year.signing import SignatureField, add_signatures
from qma_app.reports.year.words import stretch_text, weekday_text

_TIME: Final = 82.0
_AUDITOR: Final = 104.0
_MEETS: Final = 110.0
_COUNT: Final = 46.0
_TALL: Final = 420.0
"""A record of a meeting with more people than go on so much paper may be broken."""


def add_conduct(kit: Kit, paper: AssessmentPaper, audit: AuditPart) -> None:
    """The section in the order of the days."""
    kit.section(_("How the audit was done"), below=HALF)
    _add_timetable(kit, audit)
    record = audit.head.audit
    _add_meeting(kit, _("Opening meeting"), record.opening)
    _add_evenings(kit, audit)
    _add_meeting(kit, _("Closing meeting"), record.closing)
    _add_looks(kit, paper, audit)


def _add_timetable(kit: Kit, audit: AuditPart) -> None:
    kit.heading(_("Timetable"), level=1, before=2)
    sent = audit.head.audit.sent_on
    kit.paragraph(
        _("Sent to the dealership on {day}; as it was carried out:").format(day=day_text(sent))
        if sent
        else _("As it was carried out:"),
        CELL,
        before=0,
        keeps=True,
    )
    if not audit.slots:
        kit.quiet(_("No timetable is recorded."))
        return
    what = CONTENT_WIDTH - _TIME - _AUDITOR - _MEETS - 30
    titles = (_("Time"), _("What"), _("Auditor"), _("Meets"))
    for day, lines in groupby(audit.slots, key=_day_of):
        kit.minor_heading(weekday_text(day))
        rows = [Row(tuple(_slot(kit, line)), padding=2.0) for line in lines]
        day_table = Table((_TIME, what, _AUDITOR, _MEETS), rows, head=kit.head_row(titles))
        kit.flow.add(Together(day_table), before=2)


def _day_of(line: SlotLine) -> date:
    return line.slot.on


def _slot(kit: Kit, line: SlotLine) -> list[Block | None]:
    where = _("timetable")
    return [
        kit.words(time_text(line.slot), CELL_NUMBER),
        kit.words(slot_text(line) or "–", CELL, where=where),
        kit.words(line.auditor or "–", CELL, where=where),
        kit.words(line.slot.with_whom or "–", CELL_QUIET, where=where),
    ]


def _add_meeting(kit: Kit, title: str, meeting: Meeting | None) -> None:
    kit.heading(title, level=1)
    if meeting is None:
        kit.paragraph(_("Not held yet."), CELL, before=0)
        return
    there = "; ".join(", ".join(filter(None, (one.name, one.function))) for one in meeting.attendees)
    rows = (
        (_("Held"), stretch_text(meeting.held_at, meeting.ended_at)),
        (_("Place"), meeting.place),
        (_("Took part"), there),
        (_("Gone through"), "; ".join(map(meeting_point_title, meeting.points))),
        (_("Said"), meeting.words),
    )
    facts = Together(kit.facts(rows, padding=1.8, where=title), tall=_TALL)
    kit.flow.add(facts, before=0, keeps=bool(meeting.signatures))
    if meeting.signatures:
        caption = _("Took part: signature")
        fields = [SignatureField(name=one.name, caption=caption, signature=one) for one in meeting.signatures]
        add_signatures(kit, fields, before=8)
        kit.flow.add(Gap(1))


def _add_evenings(kit: Kit, audit: AuditPart) -> None:
    if not audit.wrap_ups:
        return
    kit.heading(_("At the end of each day"), level=1)
    rows: list[list[Block | None]] = [
        [
            kit.words(day_text(line.wrap_up.on), CELL_NUMBER),
            kit.words(line.wrap_up.words, CELL, where=_("Wrap-up")),
            kit.words(line.by or "–", CELL_QUIET),
        ]
        for line in audit.wrap_ups
    ]
    titles = (_("Day"), _("What was told"), _("By"))
    widths = (_TIME, CONTENT_WIDTH - _TIME - _AUDITOR - 20, _AUDITOR)
    kit.flow.add(plain_table(kit, titles, widths, rows), before=2)


def _add_looks(kit: Kit, paper: AssessmentPaper, audit: AuditPart) -> None:
    kit.heading(_("How evidence was seen"), level=1)
    unseen = sum(line.outcome is Outcome.NOT_SEEN for line in paper.lines)
    said = [
        _(
            "Checkpoints with points, by where the auditor was, whether the work was watched while it was done, and whether a check was made again. Annex A has interviews, observation and records of each."
        )
    ]
    if unseen:
        said.append(
            ngettext(
                "{count} checkpoint was not seen; annex C names it with its reason.",
                "{count} checkpoints were not seen; annex C names them with their reasons.",
                unseen,
            ).format(count=number_text(unseen))
        )
    kit.paragraph(" ".join(said), CELL, before=0, keeps=bool(audit.looked))
    if not audit.looked:
        kit.quiet(_("Nothing is rated yet."))
        return
    titles = (_("Area"), _("On site"), _("Remote"), _("On paper"), _("Not said"), _("Live"), _("Repeated"))
    number = CELL_QUIET.aligned(Align.END)
    area = CONTENT_WIDTH - 6 * (_COUNT + 8)
    rows: list[list[Block | None]] = [
        [
            kit.words(area_text(line.area), CELL),
            *(kit.words(number_text(count) if count else "–", number) for count in _counts(line)),
        ]
        for line in audit.looked
    ]
    totals = [sum(column) for column in zip(*map(_counts, audit.looked), strict=True)]
    rows.append(
        [
            kit.words(_("Altogether"), CELL_STRONG),
            *(kit.words(number_text(count), CELL_STRONG.aligned(Align.END)) for count in totals),
        ]
    )
    kit.flow.add(Together(_counted(kit, titles, (area, *([_COUNT] * 6)), rows)), before=6)


def _counts(line: AreaLooks) -> tuple[int, ...]:
    return line.on_site, line.remote, line.on_paper, line.unsaid, line.live, line.repeated


def _counted(
    kit: Kit, titles: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Block | None]]
) -> Table:
    """A table of figures, whose heads stand over their ends."""
    first, *others = titles
    ends = LABEL.aligned(Align.END)
    head = Row(
        (kit.words(first, LABEL), *(kit.words(title, ends) for title in others)),
        padding=3,
        rule=LIGHT.control_edge,
        keeps=True,
    )
    return Table(widths, [Row(tuple(row), padding=3) for row in rows], head=head, gutter=8.0)
