"""What the files about the coaching year of a house consist of, key by key."""

from __future__ import annotations

import re
from typing import Final

from qma_app.content.shapes import Fields, Flag, Key, ListOf, Shape, Whole, Word
from qma_app.domain.people import Role
from qma_app.domain.promise import SPONSOR_ANSWERS
from qma_app.domain.target import Gain
from qma_app.i18n import _
from qma_app.services.sample.forms import DAY, DAYS, FINDING, NUMBER, ByName, one_of, optional

_TEXT: Final = Word()
_TEXTS: Final = ByName(shape=_TEXT)
_DAY: Final = r"\d{4}-\d\d-\d\d"
_FIGURE: Final = r"-?\d+(?:\.\d+)?"

GOAL: Final = re.compile(
    rf"({'|'.join(Gain)}), (?:from ({_FIGURE}) )?to ({_FIGURE})(?:, by ({_DAY}))?: (\S.*)"
)
REACH: Final = re.compile(r"(\S+@\S+), (\+[\d ]+)")
OWNER: Final = re.compile(rf"(?:({_DAY}) )?([^,]+?)(?:, deputy ([^,]+?))?(?:, in (\S.*))?")
PHASE: Final = re.compile(r"([a-z-]+)(?:/(\d))?")
SPAN: Final = re.compile(rf"({_DAY}) ({_DAY})")
HOURS: Final = re.compile(r"(\d\d:\d\d) (\d\d:\d\d)")
PRESENT: Final = re.compile(r"(opening)?(?: ?(closing))?(?:between)?(?:, (\S.*))?")
ITEM: Final = re.compile(r"(\d+) ([^|]+?)(?: \| because ([^|]+?))?(?: \| (\S.*))?")
QUARTER: Final = re.compile(r"\d{4}-Q[1-4]")


def _pattern(pattern: re.Pattern[str], example: str) -> Word:
    return Word(pattern=pattern, form=lambda: _("words in this order"), example=example)


def _all_of(shape: Shape, *names: str) -> dict[str, Key]:
    return {name: optional(shape) for name in names}


_WAVE: Final = Whole(least=1, most=6)
_PRESENT: Final = ByName(shape=_pattern(PRESENT, "opening closing"))

AGREEMENT = Fields(
    keys={"region": Key(shape=_TEXT), "language": Key(shape=_TEXT)}
    | _all_of(DAY, "listed", "locked")
    | _all_of(_TEXT, "principal", "officer")
    | {"percent": optional(Whole(least=1, most=100))}
    | {"reach": optional(ByName(shape=_pattern(REACH, "office@house.example, +49 8031 555000")))}
    | {"closed": optional(ByName(shape=_pattern(SPAN, "2025-08-11 2025-08-15")))}
    | {"left_out": optional(_TEXTS)}
    | {
        "charter": optional(
            Fields(
                keys={"aim": Key(shape=_TEXT), "coach_part": Key(shape=_TEXT), "signed": optional(DAY)}
                | _all_of(_TEXT, "by", "place")
            )
        )
    }
    | {"targets": optional(ByName(shape=_pattern(GOAL, "customers, from 41 to 90, by 2026-10-01: why")))}
)
OWNERS = Fields(
    keys={"named": optional(DAY), "kept": optional(_TEXT)}
    | _all_of(ByName(shape=_pattern(OWNER, "2025-09-15 R. Huber, deputy T. Rehm")), "areas", "processes")
)
PLAN = Fields(
    keys={"made": optional(DAYS), "waves": optional(_WAVE), "accepted": optional(DAY), "by": optional(_TEXT)}
    | {"phases": optional(ByName(shape=_pattern(SPAN, "2025-10-02 2026-05-17")))}
    | {"areas": optional(ByName(shape=_WAVE))}
    | {
        "moved": optional(
            ListOf(
                shape=Fields(keys={"day": Key(shape=DAY), "phase": Key(shape=_TEXT), "until": Key(shape=DAY)})
            )
        )
    }
    | {"gates": optional(ByName(shape=Fields(keys={"passed": Key(shape=DAY), "reason": optional(_TEXT)})))}
    | {
        "said": optional(
            ListOf(
                shape=Fields(
                    keys={"day": Key(shape=DAY), "check": Key(shape=_TEXT), "words": Key(shape=_TEXT)}
                    | {"figure": optional(Whole(least=0, most=520)), "area": optional(_TEXT)}
                    | {"by": optional(one_of(Role))}
                )
            )
        )
    }
)
VISITS = ListOf(
    shape=Fields(
        keys={"on": Key(shape=DAY), "purpose": Key(shape=_TEXT)}
        | {"hours": optional(_pattern(HOURS, '"08:30 16:30"'))}
        | _all_of(DAY, "planned", "prepared", "cancelled")
        | _all_of(_TEXT, "areas", "bring", "summary", "signed", "reason", "done")
        | {"present": optional(_PRESENT), "outcomes": optional(_TEXTS), "break": optional(Flag())}
        | {"items": optional(ListOf(shape=_pattern(ITEM, "30 Walk through the workshop | All clear.")))}
        | {
            "notes": optional(
                ListOf(
                    shape=Fields(
                        keys={"words": optional(_TEXT), "at": optional(NUMBER), "finding": optional(FINDING)}
                    )
                )
            )
        }
    )
)
PROMISES = ListOf(
    shape=Fields(
        keys={"made": Key(shape=DAY), "what": Key(shape=_TEXT), "who": Key(shape=_TEXT)}
        | _all_of(DAY, "due", "kept", "broken")
        | _all_of(Flag(), "coachs", "charter")
        | {"outcome": optional(_TEXT)}
    )
)
REVIEWS = Fields(
    keys={
        "reviews": optional(
            ListOf(
                shape=Fields(
                    keys={"planned": Key(shape=DAY), "for": Key(shape=DAY), "held": optional(DAY)}
                    | _all_of(_TEXT, "led_by", "conclusion")
                    | {"present": optional(_PRESENT), "remarks": optional(_TEXTS)}
                    | {
                        "decisions": optional(
                            ListOf(
                                shape=Fields(
                                    keys=_all_of(_TEXT, "words", "owner", "action") | {"due": optional(DAY)}
                                )
                            )
                        )
                    }
                )
            )
        ),
        "sponsor": optional(
            ByName(
                shape=Fields(
                    keys={"day": Key(shape=DAY), "words": optional(_TEXT)}
                    | _all_of(
                        _pattern(re.compile(rf"(?:{'|'.join(SPONSOR_ANSWERS)}| )+"), SPONSOR_ANSWERS[0]),
                        "yes",
                        "no",
                    )
                )
            )
        ),
        "marks": optional(
            ListOf(
                shape=Fields(
                    keys={"day": Key(shape=DAY), "rule": Key(shape=_TEXT)}
                    | {"until": optional(DAY), "reason": optional(_TEXT)}
                )
            )
        ),
    }
)
