"""Checks of an effect in words: what was agreed beforehand, and what came out."""

from __future__ import annotations

from qma_app.domain.action import Action
from qma_app.domain.edition import Edition, KpiDefinition
from qma_app.domain.month import Month
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.domain.wording import unit_title, verification_title
from qma_app.i18n import _, day_text, ngettext, unit_text
from ui.findings.figure_field import figure_text


def planned_words(check: Verification, edition: Edition) -> str:
    """`Due 28 Nov 2026: 20 cases, at most 1 failing`."""
    what = _figures(check, edition) or verification_title(check.kind)
    if check.words:
        what = f"{what}: {check.words}" if _figures(check, edition) else check.words
    if check.planned_for is None:
        return _("Planned: {what}").format(what=what)
    return _("Due {day}: {what}").format(day=day_text(check.planned_for), what=what)


def made_words(check: Verification, edition: Edition) -> str:
    """`Sample: 20 repair orders, 1 failing, at most 1 allowed`."""
    figures = _figures(check, edition)
    kind = verification_title(check.kind)
    return f"{kind}: {figures}" if figures else kind


def made_by(check: Verification, who: str) -> str:
    """When it was checked, and by whom."""
    day = day_text(check.verified_on) if check.verified_on else ""
    return " · ".join(filter(None, (day, who)))


def unplanned_words(action: Action) -> str:
    """When the effect of an action is to be looked at while no check is planned."""
    if action.reopened and action.done_on is None:
        return _("{action}: no effect so far; it is checked again once it is done anew.").format(
            action=action.label
        )
    day = action.checked_from
    if day is None:
        return _("{action}: no check planned yet.").format(action=action.label)
    return _("{action}: to be checked from {day} on.").format(action=action.label, day=day_text(day))


def month_text(month: Month) -> str:
    """`Mar 2026`"""
    return day_text(month.first_day).partition(" ")[2] or str(month)


def expected_words(action: Action, kpi: KpiDefinition | None) -> str:
    """`effect expected: contact within 24 h from 42% to 95%`; "" where nothing is said."""
    of_kpi = unit_title(kpi.unit) if kpi is not None else ""
    unit = unit_title(action.unit) if action.unit else of_kpi
    now, then = (unit_text(figure_text(value), unit) for value in (action.problem_figure, action.goal_figure))
    # Figures in another unit than the KPI's are not the KPI's figures.
    words = action.goal or (str(kpi.title) if kpi is not None and unit == of_kpi else "")
    if now and then:
        figures = _("from {now} to {then}").format(now=now, then=then)
    elif then:
        figures = _("to {then}").format(then=then)
    else:
        figures = ""
    said = " ".join(filter(None, (words, figures)))
    return _("effect expected: {what}").format(what=said) if said else ""


def _figures(check: Verification, edition: Edition) -> str:
    match check.kind:
        case VerificationKind.SAMPLE:
            return _sample(check)
        case VerificationKind.KPI:
            return _kpi(check, edition)
        case VerificationKind.LOOK:
            return _look(check, edition)
        case _:
            return ""


def _sample(check: Verification) -> str:
    parts = []
    if check.size is not None:
        of = check.drawn_of or ngettext("case", "cases", check.size)
        parts.append(f"{check.size} {of}")
    if check.failing is not None:
        parts.append(_("{count} failing").format(count=check.failing))
    if check.allowed is not None:
        parts.append(
            _("at most {count} failing").format(count=check.allowed)
            if check.failing is None
            else _("at most {count} allowed").format(count=check.allowed)
        )
    if check.drawn_by:
        parts.append(_("drawn by {name}").format(name=check.drawn_by))
    return ", ".join(parts)


def _kpi(check: Verification, edition: Edition) -> str:
    kpi = edition.kpis.get(check.kpi)
    name = f"{check.kpi} {kpi.title}" if kpi is not None else check.kpi
    spans = [(check.before_from, check.before_until), (check.after_from, check.after_until)]
    known = [_span(first, last) for first, last in spans if first and last]
    if len(known) < len(spans):
        return name
    return _("{kpi}, {before} against {after}").format(kpi=name, before=known[0], after=known[1])


def _span(first: Month, last: Month) -> str:
    return month_text(first) if first == last else f"{month_text(first)} – {month_text(last)}"


def _look(check: Verification, edition: Edition) -> str:
    point = edition.checkpoints.get(check.checkpoint_id) if check.checkpoint_id else None
    parts = [point.number] if point is not None else []
    if check.points is not None:
        parts.append(ngettext("{count} point", "{count} points", check.points).format(count=check.points))
    return ", ".join(parts)
