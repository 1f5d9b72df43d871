"""Reads the visits of one house: when, about what, who was there, what came of each point, what was noted and who signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from typing import Final

from qma_app.content.nodes import MapNode
from qma_app.domain.ids import AreaId
from qma_app.domain.next_step import RULES
from qma_app.i18n import _
from qma_app.services.sample import year_forms as forms
from qma_app.services.sample.names import Names
from qma_app.services.sample.sheets import Sheet, day_of, lines_of, match_of, texts_of
from qma_app.services.sample.year import ItemLine, NoteLine, PresentLine, VisitLine
from qma_app.services.visit_rules import FIRST_TIME, LAST_TIME

FRAME_POINTS: Final = ("opening", "break", "closing")
"""The points every agenda has."""


class VisitReader:
    """One sheet of visits; numbers are given in its order."""

    def __init__(
        self, sheet: Sheet, names: Names, areas: Mapping[str, object], people: Collection[str]
    ) -> None:
        self._sheet, self._names, self._areas, self._people = sheet, names, areas, people
        self._rules = [rule.code for rule in RULES]

    def read(self) -> Iterable[VisitLine]:
        """Every visit in the order of its day."""
        entries = self._sheet.entries()
        days = [day_of(entry, "on") or date.min for entry in entries]
        for entry, day, before in zip(entries, days, [date.min, *days], strict=False):
            if day <= before:
                found = _("the visit on {day} stands behind a later one").format(day=day)
                self._sheet.report.add(
                    "sample.day", entry.line_of("on"), found, _("write them in their order")
                )
        for number, (entry, following) in enumerate(zip(entries, [*days[1:], None], strict=True), 1):
            yield self._visit(number, entry, following)

    def _visit(self, number: int, entry: MapNode, following: date | None) -> VisitLine:
        on = day_of(entry, "on") or date.min
        areas = entry.text("areas").split()
        for area in areas:
            if area not in self._areas:
                self._sheet.unknown(entry.line_of("areas"), area, self._areas)
        for rule, line in lines_of(entry, "outcomes"):
            if rule not in (*FRAME_POINTS, *self._rules):
                self._sheet.unknown(line, rule, (*FRAME_POINTS, *self._rules))
        done = tuple(entry.text("done").split())
        for rule in done:
            if rule not in self._rules:
                self._sheet.unknown(entry.line_of("done"), rule, self._rules)
        starts, ends = _hours(entry.text("hours"))
        present = tuple(self.present(entry))
        for one in present:
            if not one.function and one.name not in self._people:
                self._sheet.unknown(entry.line_of("present"), one.name, self._people)
        return VisitLine(
            number=number,
            on=on,
            planned=day_of(entry, "planned"),
            starts=starts,
            ends=ends,
            areas=tuple(map(AreaId, areas)),
            purpose=entry.text("purpose"),
            bring=entry.text("bring"),
            prepared=day_of(entry, "prepared"),
            present=present,
            items=tuple(_items(entry)),
            outcomes=texts_of(entry, "outcomes"),
            done=done,
            notes=tuple(self._notes(entry)),
            has_break=entry.flag("break"),
            summary=entry.text("summary"),
            signed=tuple(filter(None, entry.text("signed").split(", "))),
            cancelled=day_of(entry, "cancelled"),
            reason=entry.text("reason"),
            is_held=bool(present),
            is_closed=bool(entry.text("summary")),
            next_on=following,
        )

    def _notes(self, entry: MapNode) -> Iterable[NoteLine]:
        for one in entry.children("notes"):
            name = one.text("finding")
            finding = self._names.finding(self._sheet, one.line_of("finding"), name) if name else None
            if bool(name) == bool(one.text("words")):
                found = _("a note needs words or the finding made of it")
                self._sheet.report.add("sample.note", one.line, found, _("write one of the two"))
            yield NoteLine(
                words=one.text("words"), at=self._names.checkpoint(self._sheet, one), finding=finding
            )

    @staticmethod
    def present(entry: MapNode) -> Iterable[PresentLine]:
        """Who was there, and at opening or closing; behind a comma the function of a guest."""
        for name, words in texts_of(entry, "present").items():
            if found := match_of(forms.PRESENT, words):
                yield PresentLine(
                    name=name, function=found[3] or "", at_opening=bool(found[1]), at_closing=bool(found[2])
                )


def _items(entry: MapNode) -> Iterable[ItemLine]:
    for words, _line in entry.words("items"):
        if found := match_of(forms.ITEM, words):
            yield ItemLine(
                minutes=int(found[1]), title=found[2], reason=found[3] or "", outcome=found[4] or ""
            )


def _hours(words: str) -> tuple[time, time]:
    found = match_of(forms.HOURS, words)
    return (time.fromisoformat(found[1]), time.fromisoformat(found[2])) if found else (FIRST_TIME, LAST_TIME)
