"""The fixed words of a standard as a keeper reads them: written in the workbook's language, read back in any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache

from qma_app.domain.edition_words import GATE_CHECKS
from qma_app.exchange.importing.names import plain
from qma_app.i18n import LANGUAGES, _, in_language, language

AREA, PROCESS, CHECKPOINT = "area", "process", "checkpoint"
YES, NO = "yes", "no"


def _kinds() -> dict[str, str]:
    return {AREA: _("Area"), PROCESS: _("Process"), CHECKPOINT: _("Checkpoint")}


def _standard_kinds() -> dict[str, str]:
    return {
        "standard": _("Standard"),
        "language": _("Language"),
        "step": _("Step of the scale"),
        "rule": _("Rule"),
        "sample": _("Sample rule"),
        "area-weight": _("Weight of an area"),
        "phase": _("Phase"),
        "span": _("Months of the phase"),
        "gate": _("Gate condition"),
        "feature": _("Feature"),
        "role": _("Role"),
        "cause": _("Cause category"),
        "origin": _("Origin"),
        "reported": _("Reported area"),
        "perspective": _("KPI perspective"),
    }


def _yes_or_no() -> dict[str, str]:
    return {YES: _("yes"), NO: _("no")}


def _perspectives() -> dict[str, str]:
    return {
        "customers": _("customers"),
        "staff": _("staff"),
        "profit": _("profit"),
        "process": _("processes"),
    }


def _directions() -> dict[str, str]:
    return {
        "higher": _("higher is better"),
        "lower": _("lower is better"),
        "band": _("best within a band"),
    }


def _calculations() -> dict[str, str]:
    return {"ratio": _("ratio"), "median": _("median"), "count": _("count"), "score": _("score")}


def _rhythms() -> dict[str, str]:
    return {
        "week": _("every week"),
        "month": _("every month"),
        "quarter": _("every quarter"),
        "half-year": _("every half-year"),
        "year": _("every year"),
        "visit": _("at each visit"),
        "audit": _("at each audit"),
    }


def _units() -> dict[str, str]:
    return {
        "percent": _("percent"),
        "points": _("points"),
        "index": _("index"),
        "stars": _("stars"),
        "hours": _("hours"),
        "minutes": _("minutes"),
        "days": _("days"),
        "years": _("years"),
        "money": _("money"),
        "money-per-hour": _("money per hour"),
        "ratio": _("ratio"),
        "per-year": _("per year"),
        "per-hundred": _("per hundred"),
        "per-thousand": _("per thousand"),
        "per-million": _("per million"),
        "count": _("count"),
        "cars": _("cars"),
        "hours-per-order": _("hours per order"),
    }


def _gate_checks() -> dict[str, str]:
    return {check: check for check in GATE_CHECKS}


_TITLES: Mapping[str, Callable[[], dict[str, str]]] = {
    "kind": _kinds,
    "standard-kind": _standard_kinds,
    "critical": _yes_or_no,
    "perspective": _perspectives,
    "direction": _directions,
    "calculation": _calculations,
    "rhythm": _rhythms,
    "unit": _units,
    "check": _gate_checks,
}
_YES_AND_NO = {
    **dict.fromkeys(("yes", "y", "ja", "j", "true", "wahr", "x", "1"), YES),
    **dict.fromkeys(("no", "n", "nein", "false", "falsch", "0"), NO),
}
"""What people tick and spreadsheets make of it, in whatever language."""


def words_of(name: str) -> Mapping[str, str]:
    """Each key of a list of words with its word in the language in force; the key itself where two words are the same."""
    titles = _TITLES[name]()
    often = Counter(map(plain, titles.values()))
    return {key: title if often[plain(title)] == 1 else key for key, title in titles.items()}


def key_of(name: str, word: str, written_in: str = "") -> str:
    """The key behind a word in any language, that of the workbook first; empty where there is none."""
    return _known(name, written_in or language()).get(plain(word), "")


@cache
def _known(name: str, written_in: str) -> dict[str, str]:
    known = dict(_YES_AND_NO) if name == "critical" else {}
    for code in (written_in, *(code for code, _name in LANGUAGES)):
        with in_language(code):
            for key, word in words_of(name).items():
                known.setdefault(plain(word), key)
    for key in _TITLES[name]():
        known.setdefault(plain(key), key)
    return known
