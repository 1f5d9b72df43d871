"""The plan of an audit in the words of the screen; no widgets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from fractions import Fraction

from qma_app.domain.audit import Audit, AuditSlot, Declaration, TeamMember, TeamPart
from qma_app.domain.edition import Area
from qma_app.domain.independence import Conflict, window
from qma_app.domain.people import Qualification
from qma_app.domain.tie import Tie, TieKind
from qma_app.i18n import _, day_text, exact_number_text, ngettext, percent_text
from ui.audit.plan_reading import MemberChoice, PlanSheet
from ui.models.standards_table import TableColumn, TableRow


def part_title(part: TeamPart) -> str:
    """What somebody does in the audit, as the papers say it."""
    return {
        TeamPart.LEAD: _("Lead auditor"),
        TeamPart.AUDITOR: _("Auditor"),
        TeamPart.EXPERT: _("Expert, does not grade"),
        TeamPart.OBSERVER: _("Observer, does not grade"),
    }[part]


def tie_title(kind: TieKind) -> str:
    """What ties somebody to the dealership, as a choice."""
    return {
        TieKind.COACHED: _("Coached this dealership"),
        TieKind.OWNED_ACTIONS: _("Owned actions of this dealership"),
        TieKind.EMPLOYED: _("Worked at this dealership"),
        TieKind.PAID: _("Was paid by this dealership"),
    }[kind]


def counted_from(audit: Audit, on: date) -> date:
    """The first day on which a tie still counts."""
    first = audit.first_on or on
    return window(first, audit.last_on or first)[0]


def conflict_text(conflict: Conflict) -> str:
    """The rule that is broken, and the records that say so."""
    if not conflict.records:
        return conflict.reason
    return f"{conflict.reason.removesuffix('.')}: {'; '.join(conflict.records)}."


def certificate_text(held: Sequence[Qualification]) -> str:
    """The auditor's certificates with their last days."""
    said = []
    for one in held:
        parts = [one.number or _("without a number")]
        if one.valid_until is not None:
            parts.append(_("valid until {day}").format(day=day_text(one.valid_until)))
        said.append(", ".join(parts))
    return " · ".join(said)


def declared_text(declared: Declaration | None) -> str:
    """When somebody declared what; empty while nothing was."""
    if declared is None:
        return ""
    if declared.is_free:
        return _("no tie, {day}").format(day=day_text(declared.declared_on))
    ties = ", ".join(tie_title(TieKind(tie)) for tie in declared.ties)
    return f"{day_text(declared.declared_on)}: {ties}"


def team_columns() -> tuple[TableColumn, ...]:
    """The heads of the team."""
    return (
        TableColumn(title=_("Name"), share=5, is_strong=True),
        TableColumn(title=_("Part"), share=3),
        TableColumn(title=_("Independence"), width=124, is_chip=True),
        TableColumn(title=_("Declared"), share=4),
    )


def team_row(member: TeamMember, sheet: PlanSheet) -> TableRow:
    """Somebody of the team, with the auditor's certificate below the name."""
    id, grades = member.person_id, member.part.grades
    against = sheet.conflicts(id)
    chip, tone = _standing(against, grades=grades)
    declared = sheet.declaration(id)
    lacks_declaration = declared is None and grades
    words = declared.words if declared is not None else ""
    small = {0: certificate_text(sheet.qualifications.get(id, ())), 3: words}
    return TableRow(
        key=id,
        cells=(
            sheet.name_of(id),
            part_title(member.part),
            chip,
            _("not yet") if lacks_declaration else declared_text(declared),
        ),
        tones={2: tone} | ({3: "warn"} if lacks_declaration else {}),
        small={place: text for place, text in small.items() if text},
    )


def choice_row(choice: MemberChoice) -> TableRow:
    """Somebody who may be chosen, with all that stands against it."""
    chip, tone = _standing(choice.conflicts, grades=True)
    if not choice.certificates:
        chip, tone = _("no certificate"), "neutral"
    held = certificate_text(choice.certificates) or _("holds no auditor’s certificate")
    said = " ".join(map(conflict_text, choice.conflicts)) or _("Nothing in the records speaks against it.")
    return TableRow(
        key=choice.person.id,
        cells=(choice.person.name, chip, said),
        tones={1: tone} | ({2: "muted"} if choice.is_free else {}),
        small={0: held},
    )


def _standing(against: Sequence[Conflict], *, grades: bool) -> tuple[str, str]:
    if not grades:
        return _("does not grade"), "neutral"
    if against:
        return _("not free"), "bad"
    return _("independent"), "ok"


def tie_row(tie: Tie, sheet: PlanSheet, counts_from: date) -> TableRow:
    """A tie that was noted; one that ended long ago is muted."""
    is_over = tie.until_on is not None and tie.until_on < counts_from
    small = {1: tie.words, 2: _("no longer counts") if is_over else ""}
    return TableRow(
        key=tie.id,
        cells=(sheet.name_of(tie.person_id), tie_title(tie.kind), span_text(tie.from_on, tie.until_on)),
        tones={1: "muted", 2: "muted"} if is_over else {},
        small={place: text for place, text in small.items() if text},
    )


def span_text(first: date | None, last: date | None) -> str:
    """From when until when, where it is known."""
    if first is not None and last is not None:
        return _("{first} to {last}").format(first=day_text(first), last=day_text(last))
    if first is not None:
        return _("since {day}").format(day=day_text(first))
    if last is not None:
        return _("until {day}").format(day=day_text(last))
    return _("without days")


def area_name(area: Area) -> str:
    """Code and title."""
    return f"{area.code} {area.title}"


def scope_row(area: Area, sheet: PlanSheet) -> TableRow:
    """An area, in or out with its reason."""
    is_in = area.id in sheet.state.assessment.scope
    reason = next((one.reason for one in sheet.audit.left_out if one.area_id == area.id), "")
    small = {} if is_in else {0: reason or _("without a reason")}
    return TableRow(
        key=area.id,
        cells=(area_name(area), str(sheet.counts.get(area.id, 0)), _("in") if is_in else _("left out")),
        tones={2: "ok" if is_in else "neutral"} | ({} if is_in else {0: "muted"}),
        small=small,
    )


def scope_words(sheet: PlanSheet) -> str:
    """How many areas and checkpoints are looked at."""
    areas, points = len(sheet.state.assessment.scope), len(sheet.state.applicable)
    return " · ".join(
        (
            ngettext("{count} area", "{count} areas", areas).format(count=areas),
            ngettext("{count} checkpoint", "{count} checkpoints", points).format(count=points),
        )
    )


def weekday_day(day: date) -> str:
    """`Monday 14 Jun`"""
    # Translators: pattern of a day with its weekday and without its year, as in "Monday 14 Jun".
    return day_text(day, _("EEEE d MMM"))


def clock_text(at: time) -> str:
    """`08:30`"""
    return f"{at:%H:%M}"


def slot_words(slot: AuditSlot, sheet: PlanSheet) -> str:
    """What a line is about: its area, its own words, or both."""
    area = sheet.state.edition.areas_by_id.get(slot.area_id) if slot.area_id else None
    return ": ".join(filter(None, (area_name(area) if area else "", slot.words)))


def slot_rows(sheet: PlanSheet) -> Iterator[TableRow]:
    """The lines by day and time; the day stands at the first of each."""
    before: date | None = None
    for slot in sheet.desk.view.slots:
        times = f"{clock_text(slot.begins)}–{clock_text(slot.ends)}"
        is_first = slot.on != before
        before = slot.on
        yield TableRow(
            key=slot.id,
            cells=(
                weekday_day(slot.on) if is_first else "",
                times,
                slot_words(slot, sheet),
                sheet.name_of(slot.auditor_id) or _("everybody"),
                slot.with_whom,
            ),
            tones={} if slot.area_id else {2: "muted", 3: "muted"},
            tip=f"{weekday_day(slot.on)}, {times}",
        )


def signed_percent(share: Fraction) -> str:
    """`+10%`, `−10%`: what a risk adds to the days or takes away."""
    sign = "+" if share > 0 else "−" if share < 0 else ""
    return sign + percent_text(exact_number_text(as_percent(abs(share)), 2))


def as_percent(share: Fraction) -> Decimal:
    """A share in percent, to four places."""
    return round(Decimal(share.numerator * 100) / Decimal(share.denominator), 4).normalize()


def missing_areas(sheet: PlanSheet) -> tuple[Area, ...]:
    """Areas looked at that have no time yet."""
    planned = {slot.area_id for slot in sheet.desk.view.slots}
    scope = sheet.state.assessment.scope
    return tuple(area for area in sheet.state.edition.areas if area.id in scope and area.id not in planned)
