"""What the files about the life of a finding consist of, key by key."""

from __future__ import annotations

import re
from typing import Final

from qma_app.content.shapes import Fields, Key, ListOf, Shape, Whole, Word
from qma_app.domain.finding import Elsewhere, Reply
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.i18n import _
from qma_app.services.sample.forms import DAY, DAYS, FINDING, NUMBER, ByName, one_of, optional

_TEXT: Final = Word()
_FIGURE: Final = r"-?\d+(?:\.\d+)?"
_MONTH: Final = r"\d{4}-\d\d"
_DAY: Final = r"\d{4}-\d\d-\d\d"

WHY: Final = re.compile(r"([1-9])(!?) ([a-z]+) ([a-z]+) (\S.*)")
FIGURES: Final = re.compile(rf"({_FIGURE}) to ({_FIGURE}) (\S.*)")
MONEY: Final = re.compile(r"(\d+|-) (\d+) (\d+|-)")
VALUES: Final = re.compile(r"([1-5]) ([1-5]) ([1-5]) ([1-5]) (\d{1,3})")
MONTHS: Final = re.compile(rf"({_MONTH}) to ({_MONTH}), ({_MONTH}) to ({_MONTH})")
SAMPLE: Final = re.compile(r"(?:(\d+) failing of )?(\d+), (\d+) allowed")
LOTS: Final = re.compile(r"(\d+) (\S.*), seed (\d+), drawn by (\S.*)")
FIGURE: Final = re.compile(rf"({_FIGURE})(?:/(\d+(?:\.\d+)?))?")
COST: Final = re.compile(r"(\d+) a year")
WAY: Final = re.compile(rf"(do|done|plan) ({_DAY})(?:, (?:do|done|plan) {_DAY})*")
ANEW: Final = re.compile(rf"({_DAY})(?:, due ({_DAY}))?(?:, check ({_DAY}))?")
_NAME: Final = re.compile(r"[a-z0-9-]+")


def _pattern(pattern: re.Pattern[str], example: str) -> Word:
    return Word(pattern=pattern, form=lambda: _("words in this order"), example=example)


def _all_of(shape: Shape, *names: str) -> dict[str, Key]:
    return {name: optional(shape) for name in names}


_SEEN_AGAIN = Fields(
    keys={"day": Key(shape=DAY), "words": Key(shape=_TEXT)}
    | _all_of(_TEXT, "place", "pass")
    | {"at": optional(NUMBER), "due": optional(DAY)}
)
ANSWERS = ByName(
    shape=Fields(
        keys={
            "day": Key(shape=DAY),
            "reply": optional(one_of(Reply)),
            "cost": optional(_pattern(COST, "4200 a year")),
        }
        | _all_of(_TEXT, "by", "words", "correction", "elsewhere_words", "closing_again")
        | _all_of(DAY, "corrected", "closed_again")
        | {"elsewhere": optional(one_of(Elsewhere)), "accepted": optional(DAYS)}
        | {"again": optional(ListOf(shape=_SEEN_AGAIN, least=1))}
    )
)
CAUSES = ByName(
    shape=Fields(
        keys={
            "asked": Key(shape=DAY),
            "whys": Key(
                shape=ListOf(shape=_pattern(WHY, "3! method organisation Nobody checks the form."), least=1)
            ),
        }
    )
)
ACTIONS = ByName(
    shape=Fields(
        keys={"planned": Key(shape=DAY), "serves": Key(shape=_TEXT)}
        | _all_of(_TEXT, "what", "owner", "problem", "goal", "unit", "kpi", "proof", "note", "proposed_by")
        | _all_of(_TEXT, "confirmed_by", "counted_in", "standardised_in", "dropped_reason")
        | _all_of(DAY, "due", "check", "agreed", "confirmed", "standardised", "dropped")
        | {"standard": optional(Whole(least=1, most=9))}
        | {"figures": optional(_pattern(FIGURES, "4 to 1 of 10 orders unsigned"))}
        | {"money": optional(_pattern(MONEY, "1200 1800 2600"))}
        | {"values": optional(_pattern(VALUES, "2 3 4 1 70"))}
        | {"anew": optional(_pattern(ANEW, "2026-02-16, due 2026-04-10, check 2026-05-22"))}
        | {"way": optional(_pattern(WAY, "do 2025-07-10, done 2025-08-29"))}
    )
)
CHECKS = ListOf(
    shape=Fields(
        keys={"kind": Key(shape=one_of(VerificationKind))}
        | {"action": optional(_pattern(_NAME, "key-cabinet")), "finding": optional(FINDING)}
        | _all_of(DAY, "planned", "for", "made")
        | {"effect": optional(one_of(Effect))}
        | _all_of(_TEXT, "words", "reason", "kpi", "pass")
        | {"sample": optional(_pattern(SAMPLE, "1 failing of 10, 1 allowed"))}
        | {"lots": optional(_pattern(LOTS, "214 orders of May, seed 4711, drawn by P. Ammer"))}
        | {"months": optional(_pattern(MONTHS, "2025-07 to 2025-12, 2026-02 to 2026-05"))}
        | {"points": optional(Whole(least=0, most=10)), "at": optional(NUMBER)}
    )
)
READINGS = ByName(
    shape=Fields(
        keys={"first": Key(shape=_pattern(re.compile(_MONTH), "2025-03")), "typed": Key(shape=DAYS)}
        | {"figures": Key(shape=_TEXT), "notes": optional(ByName(shape=_TEXT))}
    )
)
