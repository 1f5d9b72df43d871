"""Readiness in the words of the screen, and where each of its lines leads; no widgets."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from qma_app.domain.edition import Checkpoint
from qma_app.domain.evidence import Evidence
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.result import RuleAnswer
from qma_app.domain.spot import Spot
from qma_app.domain.wording import effect_title, verification_title
from qma_app.i18n import _, day_text, level_text, ngettext
from qma_app.services.green_on_paper import GreenLine
from qma_app.services.readiness import Blocker
from ui.models.standards_table import TableRow
from ui.readiness.reading import Ready
from ui.today.tick_row import TickLine
from ui.today.words import short_day
from ui.visit.words import minutes_words


def headline(ready: Ready) -> tuple[str, str, str]:
    """The verdict in a word or two, the icon beside it, and the tone of both."""
    if not ready.is_anything_rated:
        return _("Nobody can tell yet"), "circle-question-mark", "muted"
    if ready.view.would_pass is True:
        return _("Ready"), "circle-check", "ok"
    if ready.view.would_pass is None:
        return _("Too close to call"), "circle-alert", "warn"
    return _("Not ready"), "circle-x", "bad"


def sentence(ready: Ready) -> str:
    """What is expected and how many things are in the way, without the word that stands above it."""
    _word, colon, rest = ready.view.verdict.partition(": ")
    return f"{rest[:1].upper()}{rest[1:]}" if colon else ready.view.verdict


def detail_words(ready: Ready) -> str:
    """The day, and how long it is to the audit."""
    due = ready.engagement.audit_due_on
    weeks = (due - ready.on).days // 7
    left = ngettext("{count} week left", "{count} weeks left", weeks).format(count=weeks) if weeks > 0 else ""
    parts = [
        _("As of {day}").format(day=day_text(ready.on)),
        _("audit due {day}").format(day=day_text(due)),
        left,
    ]
    return " · ".join(filter(None, parts))


def expected_text(ready: Ready, level: Fraction | None) -> str:
    """A level, never rounded across a bound."""
    return shown_level(level, bounds_of(ready.edition.rules))


def range_words(ready: Ready) -> str:
    """The bar in a sentence, for those who do not see it."""
    if not ready.is_anything_rated:
        return _("Nothing is rated yet.")
    low, high = expected_text(ready, ready.view.low), expected_text(ready, ready.view.high)
    said = (
        _("{expected} expected; pass mark {mark}")
        if low == high
        else _("{expected} expected, between {low} and {high}; pass mark {mark}")
    )
    return said.format(
        expected=expected_text(ready, ready.view.expected),
        low=low,
        high=high,
        mark=level_text(Fraction(ready.edition.rules.pass_mark)),
    )


def rule_spot(ready: Ready, rule: RuleAnswer) -> Spot | None:
    """The first record that decides a rule; None where there is none to show."""
    for record in rule.records:
        point = next((one for id, one in ready.edition.checkpoints.items() if id == record), None)
        if point is not None:
            return checkpoint_spot(point)
        area = next((one for id, one in ready.edition.areas_by_id.items() if id == record), None)
        if area is not None:
            return Spot(page="checklists", area_id=area.id)
    return Spot(page="findings") if rule.code == "majors" and rule.records else None


def checkpoint_spot(point: Checkpoint) -> Spot:
    """Where a checkpoint is rated."""
    return Spot(page="checklists", area_id=point.area_id, process_id=point.process_id, checkpoint_id=point.id)


def blocker_line(place: int, blocker: Blocker) -> TickLine:
    """A blocker with the time it takes."""
    return TickLine(
        key=str(place),
        strong=blocker.title,
        detail=blocker.why,
        right=minutes_words(blocker.effort_minutes),
        can_tick=False,
        icon="circle",
    )


def untouched_row(ready: Ready, point: Checkpoint) -> TableRow:
    """A checkpoint nobody decided."""
    area = ready.edition.areas_by_id[point.area_id]
    words = [str(area.title), *([_("critical")] if point.is_critical else [])]
    return TableRow(
        key=point.id,
        cells=(point.number, str(point.statement)),
        small={1: " · ".join(words)},
        tip=str(point.statement),
    )


def expired_line(evidence: Evidence, on: date) -> TickLine:
    """Evidence that ran out, and since when."""
    until = evidence.valid_until
    days = (on - until).days if until is not None else 0
    return TickLine(
        key=evidence.id,
        strong=" ".join((evidence.caption or evidence.name).split()),
        detail=_("valid until {day}").format(day=day_text(until)) if until is not None else "",
        right=ngettext("{count} day ago", "{count} days ago", days).format(count=days),
        tone="bad",
        can_tick=False,
        icon="file-text",
    )


def green_line(line: GreenLine, on: date) -> TickLine:
    """A checkpoint that stands as met, and what speaks against it."""
    against = [f"{one.label} {' '.join(one.statement.split())}" for one in line.findings]
    against += [
        ", ".join(
            filter(
                None,
                (
                    verification_title(one.kind),
                    effect_title(one.effect) if one.effect is not None else "",
                    short_day(one.verified_on, on) if one.verified_on is not None else "",
                ),
            )
        )
        for one in line.failed
    ]
    return TickLine(
        key=line.checkpoint.id,
        strong=line.checkpoint.number,
        rest=str(line.checkpoint.statement),
        detail=" · ".join(against),
        right=_("{points} on {day}").format(points=line.points, day=short_day(line.rated_on, on)),
        can_tick=False,
        icon="flag",
        hint="\n".join(against),
    )
