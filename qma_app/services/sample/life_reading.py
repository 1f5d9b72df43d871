"""Reads the files about the life of the findings of one house; every name in them must be known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from re import Match, Pattern

from qma_app.content.nodes import MapNode
from qma_app.content.shapes import Shape
from qma_app.domain.finding import Elsewhere, Reply
from qma_app.domain.month import Month
from qma_app.domain.verification import Effect, VerificationKind
from qma_app.i18n import _
from qma_app.services.readings import MonthFigures
from qma_app.services.sample import life_forms as forms
from qma_app.services.sample.action_reading import read_actions
from qma_app.services.sample.life import (
    AnswerLine,
    CauseLine,
    CheckLine,
    FindingKey,
    Life,
    ReadingLine,
    SeenAgain,
    Why,
)
from qma_app.services.sample.names import Names
from qma_app.services.sample.sheets import Sheet, day_of, days_of, match_of, texts_of


class LifeReader:
    """The five files of a house; `open_sheet` reads one of them by name."""

    def __init__(self, open_sheet: Callable[[str, Shape], Sheet], names: Names) -> None:
        self._open, self._names = open_sheet, names

    def read(self) -> Life:
        """Causes before actions, actions before checks: the later ones name the earlier ones."""
        causes = tuple(self._causes())
        actions = read_actions(self._open("actions", forms.ACTIONS), self._names, causes)
        return Life(
            answers=tuple(self._answers()),
            causes=causes,
            actions=actions,
            checks=tuple(self._checks([line.name for line in actions])),
            readings=tuple(self._readings()),
        )

    def _answers(self) -> Iterable[AnswerLine]:
        sheet = self._open("answers", forms.ANSWERS)
        for finding, entry in self._by_finding(sheet):
            cost = match_of(forms.COST, entry.text("cost"))
            yield AnswerLine(
                finding=finding,
                day=day_of(entry, "day") or date.min,
                reply=Reply(entry.text("reply")) if entry.text("reply") else None,
                by=entry.text("by"),
                words=entry.text("words"),
                correction=entry.text("correction"),
                corrected=day_of(entry, "corrected"),
                elsewhere=Elsewhere(entry.text("elsewhere")) if entry.text("elsewhere") else None,
                elsewhere_words=entry.text("elsewhere_words"),
                cost=Decimal(cost[1]) if cost else None,
                accepted=days_of(entry, "accepted"),
                again=tuple(self._seen_again(sheet, one) for one in entry.children("again")),
                closed_again=day_of(entry, "closed_again"),
                closing_again=entry.text("closing_again"),
            )

    def _seen_again(self, sheet: Sheet, entry: MapNode) -> SeenAgain:
        return SeenAgain(
            day=day_of(entry, "day") or date.min,
            place=entry.text("place"),
            words=entry.text("words"),
            pass_name=self._names.pass_name(sheet, entry),
            at=self._names.checkpoint(sheet, entry),
            due=day_of(entry, "due"),
        )

    def _causes(self) -> Iterable[CauseLine]:
        sheet = self._open("causes", forms.CAUSES)
        for finding, entry in self._by_finding(sheet):
            whys = tuple(self._why(sheet, words, line) for words, line in entry.words("whys"))
            depths = [0, *(why.depth for why in whys)]
            for (above, below), (_words, line) in zip(pairwise(depths), entry.words("whys"), strict=True):
                if below > above + 1:
                    found = _("a why of level {level} hangs in the air").format(level=below)
                    sheet.report.add("sample.level", line, found, _("write the why above it first"))
            yield CauseLine(finding=finding, day=day_of(entry, "asked") or date.min, whys=whys)

    def _why(self, sheet: Sheet, words: str, line: int) -> Why:
        found = _needed(forms.WHY, words)
        for word, known in (
            (found[3], self._names.edition.cause_categories),
            (found[4], self._names.edition.origins),
        ):
            names = [each.id for each in known]
            if word not in names:
                sheet.unknown(line, word, names)
        return Why(
            depth=int(found[1]),
            is_changeable=bool(found[2]),
            category=found[3],
            origin=found[4],
            words=found[5],
        )

    def _checks(self, actions: Sequence[str]) -> Iterable[CheckLine]:
        sheet = self._open("checks", forms.CHECKS)
        for entry in sheet.entries():
            action, finding = entry.text("action"), entry.text("finding")
            if action and actions and action not in actions:
                sheet.unknown(entry.line_of("action"), action, actions)
            if bool(action) == bool(finding) or not (entry.text("planned") or entry.text("made")):
                found = _("a check needs an action or a finding, and the day it was planned or made")
                sheet.report.add("sample.check", entry.line, found, _("write one `action` or `finding`"))
            key = self._names.finding(sheet, entry.line_of("finding"), finding) if finding else None
            yield self._check(sheet, entry, action, key)

    def _check(self, sheet: Sheet, entry: MapNode, action: str, finding: FindingKey | None) -> CheckLine:
        sample, lots = match_of(forms.SAMPLE, entry.text("sample")), match_of(forms.LOTS, entry.text("lots"))
        months = match_of(forms.MONTHS, entry.text("months"))
        return CheckLine(
            action=action,
            finding=finding,
            kind=VerificationKind(entry.text("kind")),
            planned=day_of(entry, "planned"),
            planned_for=day_of(entry, "for"),
            made=day_of(entry, "made"),
            effect=Effect(entry.text("effect")) if entry.text("effect") else None,
            words=entry.text("words"),
            reason=entry.text("reason"),
            sample=(int(sample[2]), int(sample[3]), int(sample[1]) if sample[1] else None)
            if sample
            else None,
            lots=(int(lots[1]), int(lots[3]), lots[2], lots[4]) if lots else None,
            kpi=self._names.kpi(sheet, entry.line_of("kpi"), entry.text("kpi")),
            months=_four_months(months) if months else None,
            points=entry.whole("points"),
            at=self._names.checkpoint(sheet, entry),
            pass_name=self._names.pass_name(sheet, entry),
        )

    def _readings(self) -> Iterable[ReadingLine]:
        sheet = self._open("readings", forms.READINGS)
        for kpi, line in sheet.top.key_lines.items():
            entry = sheet.top.child(kpi) or MapNode(line)
            self._names.kpi(sheet, line, kpi)
            notes, month = texts_of(entry, "notes"), Month.parse(entry.text("first"))
            months = []
            for word in entry.text("figures").split():
                figure = match_of(forms.FIGURE, word)
                if figure is None:
                    sheet.unknown(entry.line_of("figures"), word, ("41/52",))
                    continue
                months.append(
                    MonthFigures(
                        month=month,
                        numerator=Decimal(figure[1]),
                        denominator=Decimal(figure[2]) if figure[2] else None,
                        note=notes.pop(str(month), ""),
                    )
                )
                month = month.plus(1)
            for unused in notes:
                group = entry.child("notes") or entry
                sheet.unknown(group.line_of(unused), unused, [str(one.month) for one in months])
            yield ReadingLine(kpi=kpi, typed=days_of(entry, "typed"), months=tuple(months))

    def _by_finding(self, sheet: Sheet) -> Iterable[tuple[FindingKey, MapNode]]:
        for name, line in sheet.top.key_lines.items():
            finding, entry = self._names.finding(sheet, line, name), sheet.top.child(name)
            if finding is not None and entry is not None:
                yield finding, entry


def _four_months(found: Match[str]) -> tuple[Month, Month, Month, Month]:
    first, second, third, fourth = map(Month.parse, found.groups())
    return first, second, third, fourth


def _needed(pattern: Pattern[str], words: str) -> Match[str]:
    """For words whose form was looked through before."""
    found = pattern.fullmatch(words)
    assert found is not None
    return found
