"""Reads what the sample tells of its audit, as strictly as the files of the houses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Final

from qma_app.content.nodes import MapNode
from qma_app.content.shapes import Fields, Key, ListOf, Whole, Word
from qma_app.domain.audit_days import DEFAULT_TABLE
from qma_app.domain.edition import Edition
from qma_app.domain.finding import FindingGrade, Reply
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.people import Role
from qma_app.i18n import _
from qma_app.services.sample import forms
from qma_app.services.sample.audit_story import AuditFound, AuditTold, LooksOf, MetLine
from qma_app.services.sample.forms import ByName, optional
from qma_app.services.sample.pictures import PICTURES
from qma_app.services.sample.sheets import Sheet, day_of, lines_of, texts_of
from qma_app.services.sample.story import Certified

_DAYS: Final = ("begun", "sent", "first", "last", "recommended")
_FIELDS: Final = ("aims", "methods", "confidentiality", "distribution", "limits")
_BY_NUMBER: Final = ("samples", "failing", "replaced", "no_sample", "not_seen")
_BY_AREA: Final = ("left_out", "meets", "levels", "remarks", "looks")
_OF_EACH: Final = ("meets", "levels", "remarks", "looks")
_TEXT: Final = Word()
_TEXTS: Final = ByName(shape=_TEXT)
_HOUR: Final = Word(
    pattern=re.compile(r"([01]\d|2[0-3]):[0-5]\d"), form=lambda: _("a time of day"), example="08:30"
)
_MET: Final = Fields(
    keys={"begins": Key(shape=_HOUR), "ends": Key(shape=_HOUR), "also": optional(_TEXTS)}
    | {name: Key(shape=_TEXT) for name in ("place", "words")}
)
_FOUND: Final = {"at": Key(shape=forms.NUMBER), "points": Key(shape=Whole(least=0, most=10))}
_FOUND_WORDS: Final = {
    "seen": Key(shape=forms.DAY),
    **{name: Key(shape=_TEXT) for name in ("place", "statement", "evidence")},
    **{name: optional(_TEXT) for name in ("picture", "file", "caption")},
}
_FINDING: Final = Fields(
    keys={**_FOUND, **_FOUND_WORDS}
    | {"grade": Key(shape=forms.one_of(FindingGrade)), "reply": Key(shape=forms.one_of(Reply))}
    | {"due": Key(shape=forms.DAY), **{name: Key(shape=_TEXT) for name in ("by", "words", "owner")}}
)
_LOOKS: Final = Fields(keys={name: Key(shape=ListOf(shape=_TEXT, least=1)) for name in ("asked", "watched")})
AUDIT: Final = Fields(
    keys={name: Key(shape=forms.DAY) for name in _DAYS}
    | {name: Key(shape=_TEXT) for name in (*_FIELDS, "observer", "risks", "summary")}
    | {"decider": Key(shape=forms.PEOPLE.shape), "opening": Key(shape=_MET), "closing": Key(shape=_MET)}
    | {name: Key(shape=_TEXTS) for name in ("left_out", "meets", "remarks", "wrap_ups", "samples")}
    | {name: Key(shape=_TEXTS) for name in ("replaced", "no_sample", "not_seen")}
    | {"failing": Key(shape=ByName(shape=Whole(least=1, most=99)))}
    | {"levels": Key(shape=ByName(shape=Whole(least=60, most=100)))}
    | {"findings": Key(shape=ListOf(shape=_FINDING, least=1))}
    | {"strengths": Key(shape=ListOf(shape=Fields(keys={**_FOUND, **_FOUND_WORDS})))}
    | {"looks": Key(shape=ByName(shape=_LOOKS))}
)


def read_audit(sheet: Sheet, edition: Edition) -> AuditTold | None:
    """The audit as its file tells it; None where the form of the file is not sound. Names nothing here has are noted with their lines."""
    return _AuditReader(sheet, edition).read() if sheet.is_sound else None


class _AuditReader:
    def __init__(self, sheet: Sheet, edition: Edition) -> None:
        self._sheet, self._top = sheet, sheet.top
        self._numbers: Mapping[str, CheckpointId] = {
            one.number: one.id for one in edition.checkpoints.values()
        }
        self._areas = [str(area.id) for area in edition.areas]
        first, last = (day_of(self._top, key) or date.min for key in ("first", "last"))
        self._days = [str(first + timedelta(days=after)) for after in range((last - first).days + 1)]

    def read(self) -> AuditTold:
        self._look_at_names()
        top = self._top
        return AuditTold(
            **{name: day_of(top, name) or date.min for name in _DAYS},
            observer=top.text("observer"),
            decider=self._decider(),
            risks=tuple(top.text("risks").split()),
            fields={name: top.text(name) for name in _FIELDS},
            left_out=self._by_area("left_out"),
            meets=self._by_area("meets"),
            opening=self._met("opening"),
            closing=self._met("closing"),
            wrap_ups={
                date.fromisoformat(day): words
                for day, words in texts_of(top, "wrap_ups").items()
                if day in self._days
            },
            samples=self._by_number("samples"),
            failing={self._numbers[at]: count for at, count in self._wholes("failing", self._numbers)},
            replaced=self._by_number("replaced"),
            no_sample=self._by_number("no_sample"),
            not_seen=self._by_number("not_seen"),
            levels={AreaId(area): level for area, level in self._wholes("levels", self._areas)},
            findings=(*self._found("findings"), *self._found("strengths")),
            summary=top.text("summary"),
            remarks=self._by_area("remarks"),
            looks={AreaId(area): self._looks(area) for area, _line in lines_of(top, "looks")},
        )

    def _look_at_names(self) -> None:
        """Everything that must be known: checkpoints, areas, risks, pictures, the days with a wrap-up; no area is forgotten."""
        names: list[tuple[str, Iterable[str]]] = [(group, self._numbers) for group in _BY_NUMBER]
        names += [(group, self._areas) for group in _BY_AREA] + [("wrap_ups", self._days)]
        for group, known in names:
            for word, line in lines_of(self._top, group):
                self._know(line, word, known)
        for group in _OF_EACH:
            self._look_for_forgotten(group)
        risks = [risk.code for risk in DEFAULT_TABLE.risks]
        for word in self._top.text("risks").split():
            self._know(self._top.line_of("risks"), word, risks)
        for entry in (*self._top.children("findings"), *self._top.children("strengths")):
            self._know(entry.line_of("at"), entry.text("at"), self._numbers)
            if entry.text("picture"):
                self._know(entry.line_of("picture"), entry.text("picture"), PICTURES)

    def _look_for_forgotten(self, group: str) -> None:
        """Each area stands in the group, or was left out of the audit."""
        told = {word for word, _line in (*lines_of(self._top, group), *lines_of(self._top, "left_out"))}
        for area in self._areas:
            if area not in told:
                found = _("{area} is neither in `{group}` nor left out").format(area=area, group=group)
                line, advice = self._top.line_of(group), _("write a line for it")
                self._sheet.report.add("sample.area", line, found, advice)

    def _know(self, line: int, word: str, known: Iterable[str]) -> None:
        if word not in known:
            self._sheet.unknown(line, word, known)

    def _by_number(self, group: str) -> dict[CheckpointId, str]:
        found = texts_of(self._top, group)
        return {self._numbers[at]: words for at, words in found.items() if at in self._numbers}

    def _by_area(self, group: str) -> dict[AreaId, str]:
        return {AreaId(area): words for area, words in texts_of(self._top, group).items()}

    def _wholes(self, group: str, known: Iterable[str]) -> list[tuple[str, int]]:
        node = self._top.child(group) or MapNode(0)
        return [(name, node.whole(name) or 0) for name in node.entries if name in known]

    def _met(self, key: str) -> MetLine:
        entry = self._top.child(key) or MapNode(0)
        return MetLine(
            place=entry.text("place"),
            begins=time.fromisoformat(entry.text("begins")),
            ends=time.fromisoformat(entry.text("ends")),
            also=texts_of(entry, "also"),
            words=entry.text("words"),
        )

    def _looks(self, area: str) -> LooksOf:
        entry = (self._top.child("looks") or MapNode(0)).child(area) or MapNode(0)
        asked, watched = (tuple(words for words, _line in entry.words(key)) for key in ("asked", "watched"))
        return LooksOf(asked=asked, watched=watched)

    def _found(self, key: str) -> Iterable[AuditFound]:
        for entry in self._top.children(key):
            at = self._numbers.get(entry.text("at"))
            if at is not None:
                yield AuditFound(
                    at=at,
                    points=entry.whole("points") or 0,
                    grade=FindingGrade(entry.text("grade") or FindingGrade.GOOD_PRACTICE),
                    seen=day_of(entry, "seen") or date.min,
                    place=entry.text("place"),
                    statement=entry.text("statement"),
                    evidence=entry.text("evidence"),
                    reply=Reply(entry.text("reply")) if entry.text("reply") else None,
                    by=entry.text("by"),
                    words=entry.text("words"),
                    due=day_of(entry, "due"),
                    owner=entry.text("owner"),
                    picture=entry.text("picture"),
                    file=entry.text("file"),
                    caption=entry.text("caption"),
                )

    def _decider(self) -> Certified:
        entry = self._top.child("decider") or MapNode(0)
        return Certified(
            seat="second-decision-maker",
            role=Role(entry.text("role")),
            name=entry.text("name"),
            number=entry.text("number"),
            valid_from=day_of(entry, "valid_from") or date.min,
            valid_until=day_of(entry, "valid_until") or date.max,
            training=entry.text("training"),
            trained=day_of(entry, "trained"),
            supervised=entry.whole("supervised"),
            checked=day_of(entry, "checked"),
        )
