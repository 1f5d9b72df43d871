"""Reads the sample's files strictly, so that a slip of the pen is named with file and line before anything is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from qma_app.content.nodes import MapNode
from qma_app.content.shapes import Shape
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.domain.people import Role
from qma_app.domain.rating import Outcome
from qma_app.errors import ContentProblems
from qma_app.i18n import _
from qma_app.services.sample import forms
from qma_app.services.sample.audit_reading import AUDIT, read_audit
from qma_app.services.sample.life_reading import LifeReader
from qma_app.services.sample.light import PORTFOLIO, read_light_houses
from qma_app.services.sample.marking import AS_LAST, UNTOUCHED, Marking, record_of
from qma_app.services.sample.names import Names
from qma_app.services.sample.sheets import Files, Sheet, day_of, lines_of, texts_of
from qma_app.services.sample.showing_reading import ShowingReader
from qma_app.services.sample.story import Certified, FoundLine, House, Pass, Row, Story
from qma_app.services.sample.year_reading import YearReader

_HOUSES = ("lindner", "wendelin", "birkner")
_LEFT_OUT: Mapping[str, Outcome] = {"n": Outcome.NOT_APPLICABLE, "u": Outcome.NOT_SEEN}


def read_story(folder: Path, edition: Edition, *, portfolio: bool = False) -> Story:
    """The sample as its files tell it, against the edition it is rated by; ContentProblems names every mistake.

    The thirty light houses belong to it with `portfolio` only.
    """
    files = Files(folder)
    certified = _certified(files.sheet("people.yaml", forms.PEOPLE))
    houses = tuple(_HouseReader(files, name, edition).read() for name in _HOUSES)
    seats = {each.seat: each for each in certified}
    light = read_light_houses(files.sheet("portfolio.yaml", PORTFOLIO), seats) if portfolio else ()
    is_audited = any(house.is_audited for house in light)
    audit = read_audit(files.sheet("audit.yaml", AUDIT), edition) if is_audited else None
    if files.problems:
        raise ContentProblems(
            _("The sample cannot be made from its files: {count} mistakes.").format(
                count=len(files.problems)
            ),
            files.problems,
            code="sample.problems",
        )
    return Story(certified=certified, houses=houses, light=light, audit=audit)


class _HouseReader:
    """One folder of a house."""

    def __init__(self, files: Files, name: str, edition: Edition) -> None:
        self._files, self._name, self._edition = files, name, edition
        self._numbers = {checkpoint.number: checkpoint for checkpoint in edition.checkpoints.values()}
        self._processes = {process.number: process for area in edition.areas for process in area.processes}
        self._house = self._sheet("house", forms.HOUSE).top
        features = frozenset(self._house.text("features").split())
        premises = Premises(features=features, staff=self._house.whole("staff"))
        self._marking = Marking(files, name, edition, premises)
        self._names = self._marking.names

    def read(self) -> House:
        house = self._house
        passes = tuple(self._pass(place, name) for place, name in enumerate(self._names))
        findings = tuple(self._findings())
        known = {(line.pass_name, line.at): line.raised for line in findings}
        names = Names(self._edition, self._names, known)
        life = LifeReader(self._sheet, names).read()
        actions = {line.name: line.planned for line in life.actions}
        year = YearReader(self._sheet, names, texts_of(house, "people"), actions).read()
        visits = [str(line.on) for line in year.visits if line.is_held]
        showing = ShowingReader(self._sheet, names, life, visits)
        evidence = tuple(showing.evidence())
        return House(
            name=house.text("name"),
            code=house.text("code"),
            country=house.text("country"),
            city=house.text("city"),
            address=house.text("address"),
            features=tuple(house.text("features").split()),
            staff=house.whole("staff") or 0,
            started=day_of(house, "started") or date.min,
            months=house.whole("months") or 0,
            note=house.text("note"),
            programme=house.text("programme"),
            coach=house.text("coach"),
            people=texts_of(house, "people"),
            passes=passes,
            findings=findings,
            evidence=evidence,
            pairs=tuple(showing.pairs(evidence)),
            life=life,
            year=year,
        )

    def _sheet(self, name: str, shape: Shape) -> Sheet:
        return self._files.sheet(f"{self._name}/{name}.yaml", shape)

    def _pass(self, place: int, name: str) -> Pass:
        sheet = self._sheet(f"{place + 1}-{name}", forms.PASS)
        top, marks = sheet.top, self._marking.column(place, sheet)
        areas = [str(area.id) for area in self._edition.areas]
        known = {"days": areas, "remarks": areas, "samples": [*marks], "notes": [*marks]}
        known["reasons"] = [*marks, *self._processes]
        for group, names in known.items():
            for word, line in lines_of(top, group):
                if word not in names:
                    sheet.unknown(line, word, names)
        days = {
            AreaId(area): tuple(map(date.fromisoformat, words.split()))
            for area, words in texts_of(top, "days").items()
        }
        return Pass(
            name=name,
            kind=AssessmentKind(top.text("kind") or AssessmentKind.BASELINE),
            role=Role(top.text("by") or Role.COACH),
            days=days,
            completed=day_of(top, "completed"),
            summary=top.text("summary"),
            remarks={AreaId(area): text for area, text in texts_of(top, "remarks").items()},
            rows=tuple(row for row in self._rows(marks, sheet) if row.checkpoint.area_id in days),
        )

    def _rows(self, marks: Mapping[str, str], sheet: Sheet) -> Iterable[Row]:
        reasons, samples, notes = (texts_of(sheet.top, group) for group in ("reasons", "samples", "notes"))
        for number, mark in marks.items():
            row = self._row(self._numbers[number], mark, sheet, reasons)
            sample = tuple(map(record_of, samples.get(number, "").split()))
            yield replace(row, sample=sample, note=notes.get(number, ""))

    def _row(self, checkpoint: Checkpoint, mark: str, sheet: Sheet, reasons: Mapping[str, str]) -> Row:
        number, process = checkpoint.number, self._edition.process(checkpoint.process_id)
        steps = {str(points): points for points in self._edition.points}
        if mark not in (*steps, *_LEFT_OUT, AS_LAST):
            self._marking.ratings.unknown(
                self._marking.marks.line_of(number), mark, (*steps, *_LEFT_OUT, AS_LAST, UNTOUCHED)
            )
        if mark in _LEFT_OUT and sheet.is_sound and not reasons.keys() & {number, process.number}:
            found = _("{number} is left out without a reason").format(number=number)
            at = sheet.top.line_of("reasons")
            sheet.report.add("sample.reason", at, found, _("write it under `reasons`"))
        return Row(
            checkpoint=checkpoint,
            outcome=_LEFT_OUT.get(mark, Outcome.RATED),
            points=steps.get(mark),
            is_as_last_time=mark == AS_LAST,
            reason=reasons.get(number) or reasons.get(process.number, "") if mark in _LEFT_OUT else "",
            whole_process=process.id if mark in _LEFT_OUT and number not in reasons else None,
        )

    def _findings(self) -> Iterable[FoundLine]:
        sheet = self._sheet("findings", forms.FINDINGS)
        for entry in sheet.entries():
            at = self._place(sheet, entry, "at")
            if at is not None:
                yield FoundLine(
                    raised=day_of(entry, "raised") or date.min,
                    pass_name=entry.text("pass"),
                    at=at,
                    grade=FindingGrade(entry.text("grade")),
                    place=entry.text("place"),
                    statement=entry.text("statement"),
                    evidence=entry.text("evidence"),
                    grade_reason=entry.text("grade_reason"),
                    owner=entry.text("owner"),
                    due=day_of(entry, "due"),
                    closed=day_of(entry, "closed"),
                    closing=entry.text("closing"),
                )

    def _place(self, sheet: Sheet, entry: MapNode, key: str) -> CheckpointId | None:
        """The checkpoint named under `key`; pass and number must be known."""
        number, name = entry.text(key), entry.text("pass")
        if name not in self._names:
            sheet.unknown(entry.line_of("pass"), name, self._names)
        if not number:
            return None
        if number not in self._numbers:
            sheet.unknown(entry.line_of(key), number, self._numbers)
            return None
        return self._numbers[number].id


def _certified(sheet: Sheet) -> tuple[Certified, ...]:
    people = []
    for seat in sheet.top.entries:
        entry = sheet.top.child(seat) or MapNode(0)
        people.append(
            Certified(
                seat=seat,
                role=Role(entry.text("role") or Role.COACH),
                name=entry.text("name"),
                number=entry.text("number"),
                valid_from=day_of(entry, "valid_from") or date.min,
                valid_until=day_of(entry, "valid_until") or date.max,
                training=entry.text("training"),
                trained=day_of(entry, "trained"),
                supervised=entry.whole("supervised"),
                checked=day_of(entry, "checked"),
            )
        )
    return tuple(people)
