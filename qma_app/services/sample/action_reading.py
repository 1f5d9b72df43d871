"""Reads the actions of one house: what, by whom, until when, for which findings, and how they went on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from qma_app.content.nodes import MapNode
from qma_app.domain.action import Stage
from qma_app.domain.ids import CheckpointId
from qma_app.i18n import _
from qma_app.services.sample import life_forms as forms
from qma_app.services.sample.life import ActionLine, CauseLine, FindingKey, Serving
from qma_app.services.sample.names import Names
from qma_app.services.sample.sheets import Sheet, day_of, match_of

_STAGES: Final = {"plan": Stage.PLAN, "do": Stage.DO, "done": Stage.CHECK}
_COPIED: Final = ("owner", "problem", "goal", "unit", "kpi", "proof", "note", "proposed_by")
_VALUES: Final = ("effort", "cx", "ex", "profit", "confidence")
_MONEY: Final = ("money_low", "money_likely", "money_high")
_DAYS: Final = {"due": "due_on", "check": "check_on", "confirmed": "money_confirmed_on"}


def read_actions(sheet: Sheet, names: Names, causes: Sequence[CauseLine]) -> tuple[ActionLine, ...]:
    """Every action of the sheet in its order; `causes` are those it may name."""
    reader = _ActionReader(sheet, names, {line.finding: line for line in causes})
    entries = sheet.top.entries.items()
    return tuple(reader.read(name, entry) for name, entry in entries if isinstance(entry, MapNode))


@dataclass(frozen=True, slots=True)
class _ActionReader:
    """One sheet of actions."""

    sheet: Sheet
    names: Names
    causes: Mapping[FindingKey, CauseLine]

    def read(self, name: str, entry: MapNode) -> ActionLine:
        """One action; what is wrong in it is noted."""
        known = self.sheet.top.entries
        if entry.text("counted_in") and entry.text("counted_in") not in known:
            self.sheet.unknown(entry.line_of("counted_in"), entry.text("counted_in"), known)
        self.names.kpi(self.sheet, entry.line_of("kpi"), entry.text("kpi"))
        serves = tuple(self._serves(entry))
        what, taken_from = self._what(entry, serves)
        steps = (step.split() for step in entry.text("way").split(", ") if step)
        return ActionLine(
            name=name,
            planned=day_of(entry, "planned") or date.min,
            what=what,
            serves=serves,
            fields=_fields(entry, taken_from),
            way=tuple((_STAGES[word], date.fromisoformat(day)) for word, day in steps),
            agreed=day_of(entry, "agreed"),
            anew=_anew(entry.text("anew")),
            counted_in=entry.text("counted_in"),
            standardised=day_of(entry, "standardised"),
            standardised_in=entry.text("standardised_in"),
            dropped=day_of(entry, "dropped"),
            dropped_reason=entry.text("dropped_reason"),
        )

    def _serves(self, entry: MapNode) -> Iterable[Serving]:
        """The findings, each with the why that is named; neither may be younger than the action."""
        for words in entry.text("serves").split(", "):
            name, _slash, why = words.partition("/")
            finding = self.names.finding(self.sheet, entry.line_of("serves"), name)
            if finding is None:
                continue
            asked = self.causes.get(finding)
            known = [f"{name}/{number + 1}" for number in range(len(asked.whys) if asked else 0)]
            if why and words not in known:
                self.sheet.unknown(entry.line_of("serves"), words, known)
                continue
            since = asked.day if asked and why else self.names.raised[finding]
            if (day_of(entry, "planned") or date.min) < since:
                found = _("{name} was not known before {day}").format(name=words, day=since)
                self.sheet.report.add("sample.day", entry.line_of("planned"), found, _("write a later day"))
            yield Serving(finding=finding, why=int(why) if why else None)

    def _what(self, entry: MapNode, serves: Sequence[Serving]) -> tuple[str, CheckpointId | None]:
        """Its own words, or those of the standard at the checkpoint of the first finding it serves."""
        place = entry.whole("standard")
        if bool(entry.text("what")) == bool(place):
            found = _("an action needs either `what` or `standard`")
            self.sheet.report.add("sample.what", entry.line, found, _("write one of the two"))
        if not place or not serves:
            return entry.text("what"), None
        checkpoint = self.names.edition.checkpoint(serves[0].finding[1])
        if place > len(checkpoint.actions):
            known = [str(number + 1) for number in range(len(checkpoint.actions))]
            self.sheet.unknown(entry.line_of("standard"), str(place), known)
            return "", None
        return checkpoint.actions[place - 1].texts["en"], checkpoint.id


def _fields(entry: MapNode, taken_from: CheckpointId | None) -> Mapping[str, Any]:
    fields: dict[str, Any] = {name: entry.text(name) for name in _COPIED if entry.text(name)}
    fields |= {field: day for key, field in _DAYS.items() if (day := day_of(entry, key)) is not None}
    if entry.text("confirmed_by"):
        fields["money_confirmed_by"] = entry.text("confirmed_by")
    if entry.text("proposed_by"):
        fields["is_proposal"] = True
    if figures := match_of(forms.FIGURES, entry.text("figures")):
        fields |= {
            "problem_figure": Decimal(figures[1]),
            "goal_figure": Decimal(figures[2]),
            "unit": figures[3],
        }
    if values := match_of(forms.VALUES, entry.text("values")):
        fields |= dict(zip(_VALUES, map(int, values.groups()), strict=True))
    if money := match_of(forms.MONEY, entry.text("money")):
        known = zip(_MONEY, money.groups(), strict=True)
        fields |= {name: Decimal(word) for name, word in known if word != "-"}
    if taken_from is not None:
        fields["from_checkpoint"] = taken_from
    return fields


def _anew(words: str) -> tuple[date, Mapping[str, date]] | None:
    found = match_of(forms.ANEW, words)
    if found is None:
        return None
    days = {"due_on": found[2], "check_on": found[3]}
    return date.fromisoformat(found[1]), {name: date.fromisoformat(day) for name, day in days.items() if day}
