"""Puts what Today knows into rows, lines and places to jump to; no widgets, so that it can be read and tested by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from qma_app.design import points_colour
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId
from qma_app.domain.levels import bounds_of, shown_level
from qma_app.domain.passing import no_level_sentence
from qma_app.domain.result import Result
from qma_app.domain.wording import kind_title
from qma_app.i18n import _, day_text, level_text, ngettext, number_text, rounded
from qma_app.services.today import AreaLine, TodayView
from ui.models.standing_model import StandingColumn, StandingRow
from ui.places import Place
from ui.today.step_row import Step

GAPS_SHOWN, DUE_SHOWN = 3, 4
_RULES_WITH_COUNTS = ("area-floor", "criticals", "majors")


def title_of(engagement: Engagement, assessment: Assessment) -> str:
    """The assessment's kind, and its month where there are many of the kind."""
    if assessment.kind is not AssessmentKind.PROGRESS:
        return kind_title(assessment.kind)
    return _("{kind} in month {month}").format(
        kind=kind_title(assessment.kind), month=engagement.month_on(assessment.started_on)
    )


def checkpoint_place(view: TodayView, checkpoint: Checkpoint, assessment: Assessment | None = None) -> Place:
    """The checkpoint in the given assessment, else in the open one, else in the newest that looked at its area."""
    if assessment is None:
        assessment = view.resume.assessment if view.resume else None
    if assessment is None:
        holding = [
            column.assessment for column in view.columns if checkpoint.area_id in column.assessment.scope
        ]
        assessment = holding[-1] if holding else None
    return Place(
        page="checklists",
        dealership_id=view.dealership.id,
        assessment_id=assessment.id if assessment else None,
        area_id=checkpoint.area_id,
        process_id=checkpoint.process_id,
        checkpoint_id=checkpoint.id,
    )


def finding_place(view: TodayView, finding: Finding) -> Place:
    """The finding on its own screen."""
    return Place(page="findings", dealership_id=view.dealership.id, finding_id=finding.id)


def resume_place(view: TodayView) -> Place | None:
    """Where "Continue checklist" leads; None while no assessment is open."""
    if view.resume is None:
        return None
    if view.resume.checkpoint is not None:
        return checkpoint_place(view, view.resume.checkpoint)
    return Place(page="checklists", dealership_id=view.dealership.id, assessment_id=view.resume.assessment.id)


def resume_words(view: TodayView) -> str:
    """Where the checklist goes on, and how far it has come."""
    resume = view.resume
    if resume is None:
        return ""
    done = _("{decided} of {total}").format(decided=resume.decided, total=resume.total)
    point = resume.checkpoint
    where = (
        _("Every checkpoint has points or a mark.") if point is None else f"{point.number} {point.statement}"
    )
    return f"{where} · {done}"


def area_of(edition: Edition, finding: Finding) -> str:
    """The title of the area a finding belongs to; empty for one that concerns the whole house."""
    if finding.checkpoint_id is None:
        return ""
    area = edition.areas_by_id.get(AreaId(finding.checkpoint_id.split(".", 1)[0]))
    return str(area.title) if area else ""


def late_text(finding: Finding, on: date) -> str:
    """How long a finding is overdue."""
    days = (on - finding.due_on).days if finding.due_on else 0
    return ngettext("{count} day late", "{count} days late", days).format(count=days)


def gap_steps(view: TodayView) -> tuple[Step, ...]:
    """The most urgent gaps with their points."""
    return tuple(
        Step(
            strong=gap.checkpoint.number,
            rest=str(gap.checkpoint.statement),
            detail=" · ".join(
                filter(
                    None,
                    (
                        str(view.edition.areas_by_id[gap.checkpoint.area_id].title),
                        _("critical") if gap.is_unmet_critical else "",
                    ),
                )
            ),
            badge=str(gap.points),
            badge_colour=points_colour(gap.points, view.edition.points),
            place=checkpoint_place(view, gap.checkpoint),
        )
        for gap in view.gaps[:GAPS_SHOWN]
    )


def due_steps(view: TodayView, findings: Sequence[Finding], on: date) -> tuple[Step, ...]:
    """Open findings in the order they are due, those overdue first."""
    due = sorted(
        (f for f in findings if f.is_open and f.due_on),
        key=lambda f: (f.due_on or on, f.number),
    )
    return tuple(
        Step(
            strong=finding.label,
            rest=finding.statement,
            detail=" · ".join(filter(None, (finding.owner, area_of(view.edition, finding)))),
            right=late_text(finding, on)
            if finding.due_on and finding.due_on < on
            else short_day(finding.due_on or on, on),
            tone="bad" if finding.due_on and finding.due_on < on else "muted",
            place=finding_place(view, finding),
        )
        for finding in due[:DUE_SHOWN]
    )


def short_day(day: date, on: date) -> str:
    """A day without its year while that is this one."""
    # Translators: patterns of a short date, as in "28 Nov" and "28 Nov 2027".
    return day_text(day, _("d MMM") if day.year == on.year else _("d MMM yyyy"))


def standing_columns(view: TodayView) -> tuple[StandingColumn, ...]:
    """The assessments as heads of columns."""
    return tuple(
        StandingColumn(
            id=column.assessment.id,
            title=column.label,
            name=f"{title_of(view.engagement, column.assessment)}, {day_text(column.assessment.started_on)}",
        )
        for column in view.columns
    )


def standing_rows(view: TodayView) -> tuple[StandingRow, ...]:
    """The areas with their figures, never rounded across a bound."""
    bounds = bounds_of(view.edition.rules)
    return tuple(
        StandingRow(
            id=line.area.id,
            title=str(line.area.title),
            levels=line.levels,
            figures=tuple(shown_level(level, bounds, places=0) for level in line.levels),
            standing=line.standing,
            standing_text=standing_text(view.edition, line.standing, line.coverage),
            own=_("Self {gap}").format(gap=signed_text(line.own.gap.level)) if line.own else "",
            own_text=_own_text(line, bounds),
        )
        for line in view.areas
    )


def standing_text(edition: Edition, level: Fraction | None, coverage: Fraction) -> str:
    """Where an area stands, with a word when too little of it is rated."""
    if level is None:
        return _("not rated")
    text = _("now {level}").format(level=shown_level(level, bounds_of(edition.rules)))
    if coverage < edition.rules.coverage:
        text += _(", only {share} of its checkpoints rated").format(share=level_text(coverage * 100))
    return text


def _own_text(line: AreaLine, bounds: tuple[int, ...]) -> str:
    if line.own is None:
        return ""
    gap = line.own.gap
    return ngettext(
        "sees itself at {own}, the coach at {coach}, on {count} checkpoint that both have rated",
        "sees itself at {own}, the coach at {coach}, on {count} checkpoints that both have rated",
        gap.count,
    ).format(
        own=shown_level(gap.own_level, bounds), coach=shown_level(gap.coach_level, bounds), count=gap.count
    )


def signed_text(value: Fraction) -> str:
    """A difference in whole points with its sign; nought has none."""
    text = number_text(abs(value))
    return text if text == "0" else f"+{text}" if value > 0 else f"−{text}"


def overall_figure(standing: Result, edition: Edition) -> str:
    """The figure inside the ring."""
    return shown_level(standing.overall, bounds_of(edition.rules))


def overall_headline(view: TodayView) -> str:
    """How far from the pass mark, or how much is still to be rated."""
    standing = view.standing
    if standing.overall is None:
        tally = standing.tally
        if not tally.rated:
            return _("Nothing rated yet")
        return no_level_sentence(tally).removesuffix(".")
    if standing.is_partial:
        return _("{rated} of {count} areas rated").format(
            rated=standing.rated_areas, count=standing.counted_areas
        )
    gap = standing.overall - view.edition.rules.pass_mark
    if gap == 0:
        return _("Exactly at the pass mark")
    if gap < 0:
        return _("{points} points below the pass mark").format(points=_distance(-gap))
    return _("{points} points above the pass mark").format(points=_distance(gap))


def overall_change(view: TodayView) -> str:
    """What was gained since the baseline and since the assessment before."""
    parts = []
    if view.since_baseline is not None:
        parts.append(_("{change} since the baseline").format(change=_change(view.since_baseline)))
    is_other = len([c for c in view.columns[:-1] if c.overall is not None]) > 1
    if view.since_last is not None and is_other:
        parts.append(
            _("{change} since {label}").format(change=_change(view.since_last), label=view.last_label)
        )
    return ", ".join(parts)


def overall_obstacles(view: TodayView) -> str:
    """What stands between the dealership and the certificate, in counts; empty when every rule holds."""
    counts = {rule.code: len(rule.records) for rule in view.standing.rules if not rule.holds}
    parts = []
    if view.standing.is_partial and view.standing.overall is not None:
        parts.append(_("all areas must be rated"))
    if count := counts.get("area-floor"):
        floor = level_text(Fraction(view.edition.rules.area_floor))
        parts.append(
            ngettext("{count} area below {floor}", "{count} areas below {floor}", count).format(
                count=count, floor=floor
            )
        )
    if count := len(view.standing.unmet_criticals):
        parts.append(
            ngettext(
                "{count} critical checkpoint not met", "{count} critical checkpoints not met", count
            ).format(count=count)
        )
    if count := len(view.standing.open_criticals):
        words = ngettext(
            "{count} critical checkpoint without points", "{count} critical checkpoints without points", count
        )
        parts.append(words.format(count=count))
    if view.open_majors:
        parts.append(
            ngettext("{count} major open", "{count} majors open", view.open_majors).format(
                count=view.open_majors
            )
        )
    # Nothing is cut between a count and its word.
    return " · ".join(part.replace(" ", "\u00a0") for part in parts)


def _change(gain: Fraction) -> str:
    if rounded(gain, 1) == 0:
        return _("unchanged")
    return (_("up {points}") if gain > 0 else _("down {points}")).format(points=number_text(abs(gain), 1))


def _distance(gap: Fraction) -> str:
    """With one decimal, or as many as it takes not to read as nothing."""
    places = 1
    while rounded(gap, places) == 0:
        places += 1
    return number_text(gap, places)
