"""Words the rules share: months and quarters as a step names them, and whole sentences for its reason."""

from __future__ import annotations

from qma_app.domain.month import Month
from qma_app.domain.promise import Quarter
from qma_app.i18n import _, ngettext


def month_title(month: Month) -> str:
    """`October 2026`"""
    names = (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
    return f"{names[month.number - 1]} {month.year}"


def quarter_title(quarter: Quarter) -> str:
    """`quarter 4 of 2026`"""
    return _("quarter {number} of {year}").format(number=quarter.number, year=quarter.year)


def sentence(words: str) -> str:
    """The words with one mark behind them: what somebody typed may end with a full stop, or with none."""
    said = " ".join(words.split()).rstrip(" .,;:")
    return said if said.endswith(("!", "?", "…")) else f"{said}."


def late_text(days: int) -> str:
    """`It is 6 days late.`"""
    return ngettext("It is {count} day late.", "It is {count} days late.", days).format(count=days)


def owner_text(owner: str) -> str:
    """Who owns it, in a sentence, also where nobody does."""
    return sentence(_("Owner: {name}").format(name=owner)) if owner.strip() else _("Nobody owns it.")
