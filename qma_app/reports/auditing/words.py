"""Words the papers around an audit say the same way: who is in the team, which days, how one objects."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from qma_app.domain import audit_wording
from qma_app.domain.audit import AuditSlot
from qma_app.domain.edition import Area
from qma_app.domain.independence import Conflict
from qma_app.domain.wording import kind_title
from qma_app.i18n import LANGUAGES, _, day_text, in_language, language
from qma_app.reports.auditing.reading import AuditHead, SlotLine, TeamLine
from qma_app.reports.wording import days_text
from qma_app.reports.year.words import clock_text

part_title = audit_wording.part_title


def audit_name(head: AuditHead) -> str:
    """`Certification audit R-2027-0001`, with its revision from the second on."""
    name = f"{kind_title(head.assessment.kind)} {head.audit.number}"
    if head.audit.revision > 1:
        return _("{audit}, revision {number}").format(audit=name, number=head.audit.revision)
    return name


def span_text(head: AuditHead) -> str:
    """The days of the audit in words."""
    audit = head.audit
    first = audit.first_on or audit.last_on
    return days_text(first, audit.last_on) if first else _("no day is set yet")


def area_text(area: Area) -> str:
    """Code and title of an area."""
    return f"{area.code} {area.title}"


def language_text(head: AuditHead) -> str:
    """The language the audit and its report are held in."""
    code = head.audit.language or language()
    return {"en": _("English"), "de": _("German")}.get(code, code)


def aims_text(head: AuditHead) -> str:
    """What the audit is for, as it was written, else what every audit of this kind is for."""
    return head.audit.aims or _(
        "To find out on site whether the dealership meets the standard, and to recommend a decision to those who decide on the certificate."
    )


def methods_text(head: AuditHead) -> str:
    """How the team looks, as it was written, else as it always does."""
    return head.audit.methods or _(
        "Talks with staff at their place of work, watching the work, and records drawn by chance. Only what can be verified counts as evidence."
    )


def confidentiality_text(head: AuditHead) -> str:
    """What stays between whom."""
    return head.audit.confidentiality or _(
        "What the team sees and hears stays between the dealership, the team, and those who decide. Personal data are looked at, never taken along."
    )


def certificate_text(line: TeamLine) -> str:
    """The certificates as auditor: number and last day each, and the audit days that none covers."""
    said = []
    for held in line.certificates:
        parts = [held.number or _("without a number")]
        if held.valid_until is not None:
            parts.append(_("valid until {day}").format(day=day_text(held.valid_until)))
        said.append(", ".join(parts))
    if not said and line.part.grades:
        return _("No auditor's certificate is recorded.")
    if line.uncovered and said:
        said.append(_("not valid on {days}").format(days=", ".join(map(day_text, line.uncovered))))
    return " · ".join(said)


def independence_text(line: TeamLine, conflicts: Collection[Conflict]) -> str:
    """What was declared, and what the records say against it."""
    declared = line.declaration
    if declared is None:
        said = _("not declared yet") if line.part.grades else ""
    elif declared.is_free:
        said = _("declared on {day}: no tie to the dealership").format(day=day_text(declared.declared_on))
    else:
        said = _("declared on {day}: {ties}").format(
            day=day_text(declared.declared_on), ties=", ".join(map(_tie_text, declared.ties))
        )
    words = declared.words if declared else ""
    against = [one.reason for one in conflicts if one.person_id == line.person.id]
    return " · ".join(filter(None, (said, words, *against)))


def _tie_text(code: str) -> str:
    return {
        "coached": _("coached here"),
        "owned-actions": _("owned actions here"),
        "employed": _("worked here"),
        "paid": _("was paid from here"),
    }.get(code, code)


def time_text(slot: AuditSlot) -> str:
    """`08:30 to 09:00`"""
    return _("{first} to {last}").format(first=clock_text(slot.begins), last=clock_text(slot.ends))


def slot_text(line: SlotLine) -> str:
    """What a line of the timetable is about: its area, its own words, or both."""
    words = _spoken_here(line.slot.words)
    return ": ".join(filter(None, (area_text(line.area) if line.area else "", words)))


def _spoken_here(words: str) -> str:
    """What the app itself wrote into a timetable in one of its languages, in the one in force; other words as they are."""
    for code, _name in LANGUAGES:
        with in_language(code):
            known = _proposed_words()
        if words in known:
            return _proposed_words()[known.index(words)]
    return words


def _proposed_words() -> tuple[str, ...]:
    return (
        _("Opening meeting"),
        _("Lunch"),
        _("Wrap-up of the day"),
        _("The team agrees on the result"),
        _("Closing meeting"),
    )


def objection_lines(day: date | None) -> tuple[str, ...]:
    """How the dealership can object, before, during and after."""
    until = _("before {day}").format(day=day_text(day)) if day else _("before the first audit day")
    return (
        _(
            "Against the plan or somebody of the team: in writing to the lead auditor {until}, with the reason; another auditor is named where the reason holds."
        ).format(until=until),
        _(
            "Against a finding: at the closing meeting, or in writing after it; what the dealership says goes into the report in its own words."
        ),
        _(
            "Against the result or the decision: as an appeal, answered by somebody who neither audited nor decided. An objection never brings a disadvantage."
        ),
    )
