"""What the files of the sample consist of, key by key."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qma_app.content.nodes import MapNode, Node, ScalarNode
from qma_app.content.report import Report
from qma_app.content.schema import CHECKPOINT_NUMBER
from qma_app.content.shapes import Fields, Flag, Key, ListOf, Shape, Whole, Word
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.evidence import Consent, MarkKind
from qma_app.domain.finding import FindingGrade
from qma_app.domain.people import Role
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class ByName:
    """A group whose keys are names, each with the same shape."""

    shape: Shape

    def look(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, MapNode):
            report.add(
                "shape.kind",
                node.line,
                _("`{key}` holds no group of keys").format(key=key),
                _("write one line `name: …` for each"),
            )
            return
        for name, entry in node.entries.items():
            self.shape.look(entry, name[:40], report)


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """One or more days, with a space between them."""

    most: int

    def look(self, node: Node, key: str, report: Report) -> None:
        words = str(node.value).split() if isinstance(node, ScalarNode) else []
        if not 1 <= len(words) <= self.most or not all(map(_is_day, words)):
            found = _("`{key}` holds no day").format(key=key)
            report.add("sample.day", node.line, found, _("write it like 2026-11-21"))


def _is_day(word: str) -> bool:
    try:
        date.fromisoformat(word)
    except ValueError:
        return False
    return True


def one_of(words: Iterable[str]) -> Word:
    """One of these words and no other."""
    known = sorted(words)
    return Word(
        pattern=re.compile("|".join(map(re.escape, known))),
        form=lambda: _("one of {words}").format(words=", ".join(known)),
        example=known[0],
    )


def optional(shape: Shape) -> Key:
    """A key that may be left out."""
    return Key(shape=shape, is_required=False)


DAY, DAYS = Days(most=1), Days(most=9)
NUMBER = Word(pattern=CHECKPOINT_NUMBER, form=lambda: _("the number of a checkpoint"), example="SRV-04.2")
FINDING = Word(
    pattern=re.compile(rf"[a-z0-9-]+ {CHECKPOINT_NUMBER.pattern}"),
    form=lambda: _("a pass and the number of a checkpoint"),
    example="baseline SRV-04.2",
)
MARK = re.compile(rf"({'|'.join(MarkKind)}) at (\d+) (\d+)(?: by (-?\d+) (-?\d+))?(?:, (\S.*))?")
_MARK = Word(
    pattern=MARK,
    form=lambda: _("what is drawn, where, how large and with which words"),
    example="arrow at 2000 3000 by 1500 -800",
)
_TEXT = Word()
_TEXTS = ByName(shape=_TEXT)

PEOPLE = ByName(
    shape=Fields(
        keys={"role": Key(shape=one_of(Role)), "name": Key(shape=_TEXT), "number": Key(shape=_TEXT)}
        | {"valid_from": Key(shape=DAY), "valid_until": Key(shape=DAY)}
        | {"training": optional(_TEXT), "trained": optional(DAY), "checked": optional(DAY)}
        | {"supervised": optional(Whole(least=0, most=99))}
    )
)
HOUSE = Fields(
    keys={name: Key(shape=_TEXT) for name in ("name", "code", "country", "city", "address", "features")}
    | {"staff": Key(shape=Whole(least=1, most=999)), "months": Key(shape=Whole(least=1, most=60))}
    | {"started": Key(shape=DAY), "note": Key(shape=_TEXT), "programme": Key(shape=_TEXT)}
    | {"people": Key(shape=_TEXTS), "coach": optional(_TEXT)}
)
RATINGS = Fields(keys={"passes": Key(shape=_TEXT), "rows": Key(shape=_TEXTS)})
LEVELS = Fields(keys={"passes": Key(shape=_TEXT), "areas": Key(shape=_TEXTS)})
PASS = Fields(
    keys={"kind": Key(shape=one_of(AssessmentKind)), "by": Key(shape=one_of(Role))}
    | {"days": Key(shape=ByName(shape=DAYS)), "completed": optional(DAY), "summary": optional(_TEXT)}
    | {name: optional(_TEXTS) for name in ("remarks", "reasons", "samples", "notes")}
)
FINDINGS = ListOf(
    shape=Fields(
        keys={"raised": Key(shape=DAY), "pass": Key(shape=_TEXT), "at": Key(shape=NUMBER)}
        | {"grade": Key(shape=one_of(FindingGrade))}
        | {name: Key(shape=_TEXT) for name in ("place", "statement", "evidence")}
        | {name: optional(_TEXT) for name in ("grade_reason", "owner", "closing")}
        | {"due": optional(DAY), "closed": optional(DAY)}
    )
)
EVIDENCE = ListOf(
    shape=Fields(
        keys={
            "taken": Key(shape=DAY),
            "pass": Key(shape=_TEXT),
            "file": Key(shape=_TEXT),
            "caption": Key(shape=_TEXT),
        }
        | {"at": optional(NUMBER), "finding": optional(FINDING)}
        | {"picture": optional(_TEXT), "document": optional(_TEXT)}
        | {name: optional(DAY) for name in ("made", "valid_from", "valid_until", "check", "visit")}
        | {name: optional(_TEXT) for name in ("action", "consent_words", "revision_of")}
        | {"charter": optional(Flag())}
        | {"consent": optional(one_of(Consent)), "marks": optional(ListOf(shape=_MARK, least=1))}
    )
)
PAIRS = ListOf(
    shape=Fields(
        keys={"day": Key(shape=DAY), "finding": Key(shape=FINDING)}
        | {name: Key(shape=_TEXT) for name in ("before", "after", "words")}
    )
)
