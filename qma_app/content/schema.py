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
from qma_app.domain.edition_words import CALCULATIONS, GATE_CHECKS, PERSPECTIVES, RHYTHMS, UNITS
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
_COUNT = Key(shape=Whole(least=0, most=10_000))
_BOUND = _optional(Whole(least=0, most=10_000))


def _one_of(code: str, *words: str) -> Word:
    return Word(
        pattern=re.compile("|".join(map(re.escape, words))),
        form=lambda: _("one of {words}").format(words=", ".join(words)),
        example=words[0],
        code=code,
    )


_PHASE = Fields(
    keys={
        "id": Key(shape=_ID),
        "title": _WORDS,
        "purpose": _optional(Words()),
        "spans": _optional(ListOf(shape=Fields(keys={"length": _COUNT, "first": _COUNT, "last": _COUNT}))),
        "gate": _optional(
            ListOf(
                shape=Fields(
                    keys={
                        "id": Key(shape=_ID),
                        "check": Key(shape=_one_of("gate.check", *GATE_CHECKS)),
                        "title": _WORDS,
                        "at_least": _BOUND,
                        "at_most": _BOUND,
                    }
                )
            )
        ),
    }
)
_DECIMAL = Word(
    pattern=re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,4})?"),
    form=lambda: _("a number with a dot, in double quotes"),
    example="97.5",
    code="decimal.form",
)
KPI = Fields(
    keys={
        "code": Key(shape=_KPI),
        "title": _WORDS,
        "purpose": _WORDS,
        "numerator": _WORDS,
        "denominator": _optional(Words()),
        "calculation": Key(shape=_one_of("calculation.form", *CALCULATIONS)),
        "factor": _optional(Whole(least=1, most=1_000_000)),
        "unit": Key(shape=_one_of("unit.form", *UNITS)),
        "direction": Key(shape=_one_of("direction.form", "higher", "lower", "band")),
        "range": _optional(
            Fields(
                keys={
                    "from": _optional(_DECIMAL),
                    "to": _optional(_DECIMAL),
                    "source": _WORDS,
                    "note": _optional(Words()),
                }
            )
        ),
        "rhythm": Key(shape=_one_of("rhythm.form", *RHYTHMS)),
        "area": Key(shape=_ID),
        "remark": _REMARK,
    }
)
KPI_GROUP = Fields(
    keys={
        "perspective": Key(shape=_one_of("perspective.form", *PERSPECTIVES)),
        "title": _WORDS,
        "remark": _REMARK,
        "kpis": Key(shape=ListOf(shape=KPI, least=1)),
    }
)
"""Of each file in `kpis`."""
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
        "guidance": _optional(Words()),
        "evidence": _optional(Words()),
        "failure": _optional(Words()),
        "actions": _optional(ListOf(shape=Words())),
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
        "phases": Key(shape=ListOf(shape=_PHASE, least=1)),
        "features": Key(shape=_NAMED),
        "roles": Key(shape=_NAMED),
        "cause_categories": Key(shape=_NAMED),
        "origins": Key(shape=_NAMED),
        "reported_under": _optional(
            ListOf(
                shape=Fields(
                    keys={
                        "id": Key(shape=_ID),
                        "title": _WORDS,
                        "areas": Key(shape=ListOf(shape=_ID, least=1)),
                    }
                )
            )
        ),
        "remark": _REMARK,
        "kpi_files": _optional(ListOf(shape=_one_of("kpi-file.form", *PERSPECTIVES))),
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
"""Of `standard.yaml`; AREA of each file in `areas`, KPI_GROUP of each in `kpis`."""
