"""What a standard's files consist of, key by key, in the order the canonical form writes them."""

from __future__ import annotations

import re

from qma_app.content.shapes import (
    Condition,
    Fields,
    Flag,
    Key,
    ListOf,
    NumberByName,
    Shape,
    Whole,
    Word,
    Words,
)
from qma_app.i18n import _

ID = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
STAFF = re.compile(r"(>=|>|<=|<|=) ?([0-9]{1,6})")
FRACTION = re.compile(r"([0-9]{1,6})/([1-9][0-9]{0,5})")
PROCESS_NUMBER = re.compile(r"[A-Z]{2,5}-[0-9]{2}")
AREA_FILE = re.compile("[a-z]{2,5}")
AREA_CODE = re.compile("[A-Z]{2,5}")
CHECKPOINT_NUMBER = re.compile(r"[A-Z]{2,5}-[0-9]{2}\.[1-9][0-9]?")


def _optional(shape: Shape) -> Key:
    return Key(shape=shape, is_required=False)


_WORDS = Key(shape=Words())
_REMARK = _optional(Word())
_PERCENT = Key(shape=Whole(least=0, most=100))
_POINTS = Key(shape=Whole(least=0, most=10))
_FRACTION = Key(
    shape=Word(
        pattern=FRACTION,
        form=lambda: _("two whole numbers with a stroke"),
        example="2/3",
        code="fraction.form",
    )
)
_ID = Word(
    pattern=re.compile(f"(?=.{{1,60}}$){ID}"),
    form=lambda: _("small letters and digits in words joined by hyphens, at most 60 characters"),
    example="price-agreed",
    code="id.form",
)
_NAMED = ListOf(shape=Fields(keys={"id": Key(shape=_ID), "title": _WORDS}), least=1)
_CLAUSE = Word(
    pattern=re.compile(r"ISO 9001:2015 (?:[4-9]|10)(?:\.[1-9][0-9]?){1,3}"),
    form=lambda: _("`ISO 9001:2015` and the number of a clause in chapter 4 to 10"),
    example="ISO 9001:2015 8.2.3",
    code="clause.form",
)
_KPI = Word(
    pattern=re.compile("[CEPO][0-9]{2}"),
    form=lambda: _("the letter C, E, P or O and two digits"),
    example="C15",
    code="kpi.form",
)
_REPLACED = Word(
    pattern=re.compile(rf"{ID}\.{ID}\.{ID}"),
    form=lambda: _("the full id of a checkpoint of the edition before: area, process and checkpoint"),
    example="service.repair-order.price-agreed",
    code="replaces.form",
)
_FEATURE = Word(
    pattern=_ID.pattern,
    form=lambda: _("the id of a feature, `not-` in front for its absence"),
    example="not-body-shop",
    code="when.form",
)
_STAFF = Word(
    pattern=STAFF,
    form=lambda: _("one of the signs >= > <= < = and a whole number"),
    example=">= 10",
    code="when.staff-form",
)
_NUMBER_OF_CHECKPOINT = Word(
    pattern=CHECKPOINT_NUMBER,
    form=lambda: _("the process number, a dot and a number"),
    example="SRV-04.2",
    code="number.form",
)
_NUMBER_OF_PROCESS = Word(
    pattern=PROCESS_NUMBER,
    form=lambda: _("the area's code, a hyphen and two digits"),
    example="SRV-04",
    code="number.form",
)

CHECKPOINT = Fields(
    keys={
        "id": Key(shape=_ID),
        "number": Key(shape=_NUMBER_OF_CHECKPOINT),
        "weight": Key(shape=Whole(least=1, most=3)),
        "critical": Key(shape=Flag()),
        "statement": _WORDS,
        "guidance": _WORDS,
        "evidence": _WORDS,
        "failure": _WORDS,
        "actions": Key(shape=ListOf(shape=Words(), least=1)),
        "sample": _optional(Fields(keys={"size": Key(shape=Whole(least=5, most=60)), "of": _WORDS})),
        "impact": Key(
            shape=Fields(keys={key: Key(shape=Whole(least=0, most=3)) for key in ("cx", "ex", "profit")})
        ),
        "clauses": _optional(ListOf(shape=_CLAUSE)),
        "kpis": _optional(ListOf(shape=_KPI)),
        "when": _optional(ListOf(shape=Condition(feature=_FEATURE, staff=_STAFF))),
        "replaces": _optional(ListOf(shape=_REPLACED)),
        "remark": _REMARK,
    }
)

PROCESS = Fields(
    keys={
        "id": Key(shape=_ID),
        "number": Key(shape=_NUMBER_OF_PROCESS),
        "title": _WORDS,
        "purpose": _WORDS,
        "owner": Key(shape=_ID),
        "remark": _REMARK,
        "checkpoints": Key(shape=ListOf(shape=CHECKPOINT, least=1)),
    }
)

AREA = Fields(
    keys={
        "id": Key(shape=_ID),
        "code": Key(
            shape=Word(
                pattern=AREA_CODE,
                form=lambda: _("two to five capital letters"),
                example="SRV",
                code="code.form",
            )
        ),
        "title": _WORDS,
        "remark": _REMARK,
        "processes": Key(shape=ListOf(shape=PROCESS, least=1)),
    }
)

RULES = Fields(
    keys={
        "pass_mark": _PERCENT,
        "area_floor": _PERCENT,
        "coverage": _FRACTION,
        "critical_points": _POINTS,
        "critical_sample_cap": _POINTS,
        "conditional_days": _optional(Whole(least=1, most=730)),
        "sample": Key(shape=ListOf(shape=Fields(keys={"share": _FRACTION, "points": _POINTS}), least=2)),
        "grades": Key(
            shape=Fields(
                keys={
                    "a_from": _PERCENT,
                    "b_from": _PERCENT,
                    "a_element_floor": _PERCENT,
                    "c_element_floor": _PERCENT,
                    "b_critical_points": _POINTS,
                }
            )
        ),
        "area_weights": _optional(NumberByName(shape=Whole(least=1, most=10))),
    }
)

STANDARD = Fields(
    keys={
        "id": Key(shape=_ID),
        "version": Key(
            shape=Word(
                pattern=re.compile(r"[0-9]{4}\.[0-9]{1,3}"),
                form=lambda: _("the year, a dot and a number"),
                example="2026.1",
                code="version.form",
            )
        ),
        "status": Key(
            shape=Word(
                pattern=re.compile("draft|released"),
                form=lambda: _("the word draft or released"),
                example="draft",
                code="status.form",
            )
        ),
        "title": _WORDS,
        "languages": Key(
            shape=ListOf(
                shape=Word(
                    pattern=re.compile("[a-z]{2}"),
                    form=lambda: _("two small letters, as in ISO 639"),
                    example="de",
                    code="language.form",
                ),
                least=1,
            )
        ),
        "scale": Key(shape=ListOf(shape=Fields(keys={"points": _POINTS, "title": _WORDS}), least=2)),
        "rules": Key(shape=RULES),
        "phases": Key(shape=_NAMED),
        "features": Key(shape=_NAMED),
        "roles": Key(shape=_NAMED),
        "cause_categories": Key(shape=_NAMED),
        "origins": Key(shape=_NAMED),
        "remark": _REMARK,
        "areas": Key(
            shape=ListOf(
                shape=Word(
                    pattern=AREA_FILE,
                    form=lambda: _("the name of a file in `areas` without its ending, in small letters"),
                    example="srv",
                    code="file.name-form",
                ),
                least=1,
            )
        ),
    }
)
"""Of `standard.yaml`; AREA of each file in `areas`."""
