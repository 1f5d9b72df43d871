"""What was agreed in the words of the screen; no widgets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from qma_app.domain.dealership import ClosingDay
from qma_app.domain.features_effect import AreaEffect
from qma_app.domain.promise import Promise
from qma_app.i18n import _, day_text, exact_number_text, ngettext, number_text
from qma_app.services.targets import TargetLine, gain_title
from ui.agreement.reading import Agreed
from ui.models.standards_table import TableColumn, TableRow
from ui.promises.words import state_words
from ui.today.tick_row import TickLine
from ui.today.words import short_day
from ui.verification.words import month_words


def detail_words(agreed: Agreed) -> str:
    """How charter and targets stand, and how long the programme is."""
    charter, locked = agreed.charter, agreed.engagement.targets_locked_on
    signed = charter.signed_on if charter is not None else None
    parts = [
        _("Charter signed {day}").format(day=day_text(signed)) if signed else _("Charter not signed"),
        _("targets locked {day}").format(day=day_text(locked)) if locked else _("targets not locked"),
        length_words(agreed),
    ]
    return " · ".join(parts)


def length_words(agreed: Agreed) -> str:
    """`month 9 of 18`, or that it ended."""
    engagement = agreed.engagement
    if engagement.ended_on is not None:
        return _("ended {day}").format(day=day_text(engagement.ended_on))
    return _("month {month} of {months}").format(
        month=engagement.month_on(agreed.on), months=engagement.months
    )


def promise_line(promise: Promise, agreed: Agreed) -> TickLine:
    """A promise of the charter."""
    state, tone = state_words(promise, agreed.on)
    due = (
        _("due {day}").format(day=short_day(promise.due_on, agreed.on)) if promise.due_on is not None else ""
    )
    return TickLine(
        key=promise.id,
        strong=" ".join(promise.what.split()),
        detail=" · ".join(filter(None, (promise.who, due))),
        right=state,
        tone=tone if tone in ("warn", "bad", "ok") else "muted",
        can_tick=False,
        icon="thumbs-up",
    )


def target_columns() -> tuple[TableColumn, ...]:
    """The heads of the table of targets."""
    return (
        TableColumn(title=_("KPI"), share=5, is_strong=True),
        TableColumn(title=_("Start"), width=66, hidden_below=470),
        TableColumn(title=_("Now"), width=80),
        TableColumn(title=_("Goal"), width=116),
        TableColumn(title=_("State"), width=112, is_chip=True),
    )


def target_row(line: TargetLine, agreed: Agreed) -> TableRow:
    """A target with what the figures say of it."""
    target = line.target
    state, tone = _reached(line)
    due = _("by {day}").format(day=short_day(target.due_on, agreed.on)) if target.due_on is not None else ""
    below = (gain_title(target.gain), line.unit, " ".join(target.words.split()))
    small = {0: " · ".join(filter(None, below)), 3: due}
    if line.now_month is not None:
        small[2] = month_words(line.now_month)
    return TableRow(
        key=target.id,
        cells=(line.kpi_title, _exact(target.start), _value(line.now), _exact(target.goal), state),
        tones={4: tone},
        small={place: words for place, words in small.items() if words},
        tip=target.words,
    )


def _reached(line: TargetLine) -> tuple[str, str]:
    if line.now is None:
        return _("not read yet"), "neutral"
    if line.is_reached is None:
        return _("no bounds"), "neutral"
    return (f"✓ {_('reached')}", "ok") if line.is_reached else (f"○ {_('on the way')}", "warn")


def _exact(value: Decimal | None) -> str:
    return exact_number_text(value) if value is not None else "–"


def _value(value: Fraction | None) -> str:
    """As many decimals as say something, two at most."""
    if value is None:
        return "–"
    places = next((one for one in (0, 1) if (value * 10**one).denominator == 1), 2)
    return number_text(value, places)


def lacking_words(agreed: Agreed) -> str:
    """For whom nothing is agreed yet; empty where each has a target."""
    if not agreed.lacking:
        return ""
    return _("Still without a target: {gains}.").format(gains=", ".join(map(gain_title, agreed.lacking)))


def closing_row(closing: ClosingDay, agreed: Agreed) -> TableRow:
    """A closing time as a line."""
    first, last = closing.first_on, closing.last_on
    days = short_day(first, agreed.on)
    if last != first:
        days = _("{first} to {last}").format(first=days, last=short_day(last, agreed.on))
    is_over = last < agreed.on
    return TableRow(
        key=closing.id, cells=(days, closing.words), tones={0: "muted", 1: "muted"} if is_over else {}
    )


def applies_words(agreed: Agreed) -> str:
    """`412 of 484 checkpoints apply`."""
    effect = agreed.effect
    return ngettext(
        "{applicable} of {total} checkpoint applies",
        "{applicable} of {total} checkpoints apply",
        effect.total,
    ).format(applicable=number_text(effect.applicable), total=number_text(effect.total))


def area_columns() -> tuple[TableColumn, ...]:
    """The heads of the table of areas."""
    return (
        TableColumn(title=_("Area"), share=3, is_strong=True),
        TableColumn(title=_("Applies"), width=92),
        TableColumn(title=_("Because"), share=4, is_quiet=True),
        TableColumn(title=_("State"), width=116, is_chip=True),
    )


def area_row(one: AreaEffect, agreed: Agreed) -> TableRow:
    """An area with how much of it applies, and why something falls away or is left out."""
    reason = agreed.left_out.get(one.area.id)
    state, tone = _area_state(one, reason)
    fallen = one.total - one.applicable
    falls = (
        ngettext("{count} checkpoint falls away", "{count} checkpoints fall away", fallen).format(
            count=fallen
        )
        if fallen
        else ""
    )
    why = f"{falls}: {one.reason}" if falls and one.reason else falls
    said = reason if reason is not None else why
    small = {2: why} if reason is not None and why and why != reason else {}
    return TableRow(
        key=one.area.id,
        cells=(
            str(one.area.title),
            _("{applicable} of {total}").format(applicable=one.applicable, total=one.total),
            said,
            state,
        ),
        tones={3: tone},
        small=small,
    )


def _area_state(one: AreaEffect, reason: str | None) -> tuple[str, str]:
    if reason is not None:
        return _("left out"), "neutral"
    if one.falls_away:
        return _("reason missing"), "warn"
    return _("worked on"), "ok"
