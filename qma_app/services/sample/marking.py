"""The marks of a house: those written by hand, and those drawn where a file gives only the level of an area."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from qma_app.content.nodes import MapNode
from qma_app.domain.applicability import applicable_checkpoints
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Area, Checkpoint, Edition
from qma_app.domain.rating import Sample, SampleRecord
from qma_app.domain.sampling import suggested_points
from qma_app.i18n import _
from qma_app.services.sample import forms
from qma_app.services.sample.drawing import drawn_points, is_same_again
from qma_app.services.sample.sheets import Files, Sheet, texts_of

AS_LAST, UNTOUCHED = "s", "."
_DRAWN: Final = "d"
_FAILED: Final = "!"
_LEVEL: Final = re.compile(r"\d\d(/\d+)?")


def record_of(word: str) -> SampleRecord:
    """One record of a sample as the files write it: its label, with a mark behind it if it failed."""
    return SampleRecord(label=word.removesuffix(_FAILED), conforms=not word.endswith(_FAILED))


class Marking:
    """Ratings and levels of one house; the passes are asked for one after the other, since later ones look back."""

    def __init__(self, files: Files, house: str, edition: Edition, premises: Premises) -> None:
        self._house, self._edition = house, edition
        self._numbers = {checkpoint.number: checkpoint for checkpoint in edition.checkpoints.values()}
        self._applying = frozenset(applicable_checkpoints(edition, premises))
        self.ratings = files.sheet(f"{house}/ratings.yaml", forms.RATINGS)
        self.names = self.ratings.top.text("passes").split()
        self.marks = self.ratings.top.child("rows") or MapNode(0)
        self._levels = files.sheet(f"{house}/levels.yaml", forms.LEVELS)
        self._aimed = self._levels.top.child("areas") or MapNode(0)
        self._last: dict[str, int] = {}
        self._look_at_rows()
        self._look_at_levels()

    def _look_at_rows(self) -> None:
        for number, line in self.marks.key_lines.items():
            if number not in self._numbers:
                self.ratings.unknown(line, number, self._numbers)
            elif len(self.marks.text(number).split()) != len(self.names):
                found = _("{number} has another number of columns than `passes`").format(number=number)
                self.ratings.report.add("sample.columns", line, found, _("write one mark for each pass"))

    def _look_at_levels(self) -> None:
        """Each row of the levels names an area and has a column for each pass that holds a level, or nothing."""
        if not (self._levels.is_sound and self.ratings.is_sound):
            return
        if self._levels.top.text("passes").split() != self.names:
            found = _("`passes` are others than those of the ratings")
            at = self._levels.top.line_of("passes")
            self._levels.report.add("sample.columns", at, found, _("write the same passes in the same order"))
        areas = [str(area.id) for area in self._edition.areas]
        for area, line in self._aimed.key_lines.items():
            aims = self._aims(area)
            if area not in areas:
                self._levels.unknown(line, area, areas)
            elif len(aims) != len(self.names):
                found = _("{area} has another number of columns than `passes`").format(area=area)
                self._levels.report.add("sample.columns", line, found, _("write one level for each pass"))
            for aim in aims:
                if aim != UNTOUCHED and not _LEVEL.fullmatch(aim):
                    self._levels.unknown(line, aim, ("62", "62/3", UNTOUCHED))

    def _aims(self, area: str) -> list[str]:
        """What the drawn points of an area aim at, one word a pass; empty where all of it is written by hand."""
        return self._aimed.text(area).split()

    def column(self, place: int, sheet: Sheet) -> dict[str, str]:
        """The marks of one pass by checkpoint number, in the order of the standard: written by hand, or drawn."""
        columns = {number: self.marks.text(number).split()[place : place + 1] for number in self._numbers}
        written = {number: marks[0] for number, marks in columns.items() if marks}
        kind = AssessmentKind(sheet.top.text("kind") or AssessmentKind.BASELINE)
        days = (sheet.top.child("days") or MapNode(0)).key_lines
        for area in self._edition.areas:
            aim = "".join(self._aims(area.id)[place : place + 1])
            if _LEVEL.fullmatch(aim) and area.id in days:
                written |= self._drawn_marks(area, place, written, sheet, kind)
            elif _LEVEL.fullmatch(aim) and sheet.is_sound:
                found = _("{area} has a level in {name} and no day").format(
                    area=area.id, name=self.names[place]
                )
                way_out = _("give the area a day in that pass, or write a dot")
                self._levels.report.add("sample.day", self._aimed.key_lines[area.id], found, way_out)
        left = (UNTOUCHED, _DRAWN)
        marks = {
            number: written[number] for number in self._numbers if written.get(number, _DRAWN) not in left
        }
        if kind is not AssessmentKind.SELF_ASSESSMENT:
            self._last |= {number: int(mark) for number, mark in marks.items() if mark.isdigit()}
        return marks

    def _drawn_marks(
        self, area: Area, place: int, written: Mapping[str, str], sheet: Sheet, kind: AssessmentKind
    ) -> dict[str, str]:
        """Marks for what applies in an area and is not written by hand; a sample that was looked through speaks for itself."""
        aim, _slash, processes = self._aims(area.id)[place].partition("/")
        seen = [c for p in area.processes[: int(processes or len(area.processes))] for c in p.checkpoints]
        mine = [c for c in seen if c.id in self._applying and written.get(c.number, _DRAWN) == _DRAWN]
        sampled = self._sampled(mine, sheet)
        known = {**{c.number: written.get(c.number, "") for c in seen}, **sampled}
        fixed = [
            (c.weight, self._last.get(c.number, 0) if known[c.number] == AS_LAST else int(known[c.number]))
            for c in seen
            if known[c.number].isdigit() or known[c.number] == AS_LAST
        ]
        free = [c for c in mine if c.number not in sampled]
        name = self.names[place]
        points = drawn_points(self._edition, free, fixed, aim=int(aim), house=self._house, pass_name=name)
        looks_back = not kind.is_audit and kind is not AssessmentKind.SELF_ASSESSMENT
        return sampled | {
            number: AS_LAST
            if looks_back and self._last.get(number) == got and is_same_again(self._house, number, name)
            else str(got)
            for number, got in points.items()
        }

    def _sampled(self, checkpoints: Iterable[Checkpoint], sheet: Sheet) -> dict[str, str]:
        """The points that the records drawn in this pass speak for."""
        samples = texts_of(sheet.top, "samples")
        found = {}
        for checkpoint in checkpoints:
            records = tuple(map(record_of, samples.get(checkpoint.number, "").split()))
            points = suggested_points(Sample(records=records), self._edition.rules, checkpoint.is_critical)
            if points is not None:
                found[checkpoint.number] = str(points)
        return found
