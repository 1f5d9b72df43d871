"""Reads the files about the coaching year of one house; every name in them must be known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from qma_app.content.nodes import MapNode
from qma_app.content.shapes import Shape
from qma_app.domain.ids import AreaId
from qma_app.domain.next_step import RULES
from qma_app.domain.people import Role
from qma_app.domain.review_parts import PARTS
from qma_app.domain.target import Gain
from qma_app.i18n import _
from qma_app.services.sample import year_forms as forms
from qma_app.services.sample.names import Names
from qma_app.services.sample.sheets import Sheet, day_of, days_of, match_of, texts_of
from qma_app.services.sample.visit_reading import VisitReader
from qma_app.services.sample.year import (
    Agreement,
    ClosedLine,
    DecisionLine,
    GateLine,
    GoalLine,
    MarkLine,
    MovedLine,
    OwnerLine,
    Owners,
    PlanLine,
    PromiseLine,
    Reach,
    ReviewLine,
    SaidLine,
    SponsorLine,
    Year,
)

_REVIEW_INPUTS: Final = tuple(code for code, _made in PARTS)


class YearReader:
    """Six files of a house; `open_sheet` reads one of them by name, `people` are those of the house, `actions` those it may name."""

    def __init__(
        self,
        open_sheet: Callable[[str, Shape], Sheet],
        names: Names,
        people: Collection[str],
        actions: Mapping[str, date],
    ) -> None:
        self._open, self._names, self._people, self._actions = open_sheet, names, people, actions
        edition = names.edition
        self._areas = {str(area.id): area for area in edition.areas}
        self._processes = {process.number: process for area in edition.areas for process in area.processes}
        self._phases = [phase.id for phase in edition.phases]

    def read(self) -> Year:
        """The agreement first; what follows names people, areas and phases."""
        visits = VisitReader(self._open("visits", forms.VISITS), self._names, self._areas, self._people)
        reviews = self._open("reviews", forms.REVIEWS)
        return Year(
            agreement=self._agreement(),
            owners=self._owners(),
            plan=self._plan(),
            visits=tuple(visits.read()),
            promises=tuple(self._promises()),
            reviews=tuple(self._review(reviews, entry) for entry in reviews.top.children("reviews")),
            sponsor=tuple(_sponsor(reviews)),
            marks=tuple(_marks(reviews)),
        )

    def _agreement(self) -> Agreement:
        sheet = self._open("agreement", forms.AGREEMENT)
        top, charter = sheet.top, sheet.top.child("charter") or MapNode(0)
        for key in ("principal", "officer"):
            self._known(sheet, top.line_of(key), top.text(key), self._people)
        for group, known in (("reach", self._people), ("left_out", self._areas)):
            entry = top.child(group) or MapNode(0)
            for name, line in entry.key_lines.items():
                self._known(sheet, line, name, known)
        return Agreement(
            region=top.text("region"),
            language=top.text("language"),
            listed=day_of(top, "listed"),
            principal=top.text("principal"),
            officer=top.text("officer"),
            percent=top.whole("percent"),
            reach=dict(_reach(top)),
            closed=tuple(_closed(top)),
            left_out={AreaId(area): words for area, words in texts_of(top, "left_out").items()},
            aim=charter.text("aim"),
            coach_part=charter.text("coach_part"),
            signed=day_of(charter, "signed"),
            by=charter.text("by"),
            place=charter.text("place"),
            goals=tuple(self._goals(sheet)),
            locked=day_of(top, "locked"),
        )

    def _goals(self, sheet: Sheet) -> Iterable[GoalLine]:
        group = sheet.top.child("targets") or MapNode(0)
        for kpi, words in texts_of(sheet.top, "targets").items():
            self._names.kpi(sheet, group.line_of(kpi), kpi)
            if found := match_of(forms.GOAL, words):
                yield GoalLine(
                    kpi=kpi,
                    gain=Gain(found[1]),
                    start=Decimal(found[2]) if found[2] else None,
                    goal=Decimal(found[3]),
                    due=date.fromisoformat(found[4]) if found[4] else None,
                    words=found[5],
                )

    def _owners(self) -> Owners:
        """A process without a line of its own has what is said of its area."""
        sheet = self._open("owners", forms.OWNERS)
        said: dict[str, str] = {}
        for group, known in (("areas", self._areas), ("processes", self._processes)):
            entry = sheet.top.child(group) or MapNode(0)
            for name, words in texts_of(sheet.top, group).items():
                self._known(sheet, entry.line_of(name), name, known)
                found = match_of(forms.OWNER, words)
                for person in (found[2], found[3]) if found else ():
                    self._known(sheet, entry.line_of(name), person or "", self._people)
                said[name] = words
        lines = []
        for process in self._processes.values():
            words = said.get(process.number) or said.get(process.checkpoints[0].area_id, "")
            if found := match_of(forms.OWNER, words):
                kept = found[4] or sheet.top.text("kept")
                lines.append(
                    OwnerLine(
                        process=process.id,
                        owner=found[2],
                        deputy=found[3] or "",
                        seen=date.fromisoformat(found[1]) if found[1] else None,
                        kept=f"{kept}, {process.number}" if kept else "",
                    )
                )
        return Owners(named=day_of(sheet.top, "named"), lines=tuple(lines))

    def _plan(self) -> PlanLine | None:
        sheet = self._open("plan", forms.PLAN)
        top = sheet.top
        days = days_of(top, "made")
        if not days:
            return None
        made = days[0]
        areas = top.child("areas") or MapNode(0)
        for name, line in areas.key_lines.items():
            self._known(sheet, line, name, self._areas)
        said = []
        for entry in top.children("said"):
            self._known(sheet, entry.line_of("area"), entry.text("area"), self._areas)
            said.append(
                SaidLine(
                    day=day_of(entry, "day") or made,
                    check=entry.text("check"),
                    words=entry.text("words"),
                    figure=entry.whole("figure"),
                    area=AreaId(entry.text("area")) if entry.text("area") else None,
                    by=Role(entry.text("by") or Role.COACH),
                )
            )
        phases = top.child("phases") or MapNode(0)
        gates = top.child("gates") or MapNode(0)
        return PlanLine(
            made=days,
            waves=top.whole("waves"),
            phases={
                self._phase(sheet, phases.line_of(name), name): span
                for name, words in texts_of(top, "phases").items()
                if (span := _span(words)) is not None
            },
            areas={AreaId(name): areas.whole(name) or 1 for name in areas.entries},
            accepted=day_of(top, "accepted"),
            by=top.text("by"),
            moved=tuple(
                MovedLine(
                    day=day_of(entry, "day") or made,
                    phase=self._phase(sheet, entry.line_of("phase"), entry.text("phase")),
                    until=day_of(entry, "until") or made,
                )
                for entry in top.children("moved")
            ),
            gates=tuple(
                GateLine(
                    phase=self._phase(sheet, gates.line_of(name), name),
                    passed=day_of(entry, "passed") or made,
                    reason=entry.text("reason"),
                )
                for name, entry in gates.entries.items()
                if isinstance(entry, MapNode)
            ),
            said=tuple(said),
        )

    def _promises(self) -> Iterable[PromiseLine]:
        sheet = self._open("promises", forms.PROMISES)
        for entry in sheet.entries():
            if not entry.flag("coachs"):
                self._known(sheet, entry.line_of("who"), entry.text("who"), self._people)
            yield PromiseLine(
                made=day_of(entry, "made") or date.min,
                what=entry.text("what"),
                who=entry.text("who"),
                due=day_of(entry, "due"),
                is_coachs=entry.flag("coachs"),
                on_charter=entry.flag("charter"),
                kept=day_of(entry, "kept"),
                broken=day_of(entry, "broken"),
                outcome=entry.text("outcome"),
            )

    def _review(self, sheet: Sheet, entry: MapNode) -> ReviewLine:
        held, remarks = day_of(entry, "held"), entry.child("remarks") or MapNode(0)
        for name, line in remarks.key_lines.items():
            self._known(sheet, line, name, _REVIEW_INPUTS)
        for one in entry.children("decisions"):
            action = one.text("action")
            self._known(sheet, one.line_of("action"), action, self._actions)
            if action and self._actions.get(action, held) != held:
                found = _("{name} was planned on {day}").format(name=action, day=self._actions[action])
                sheet.report.add("sample.day", one.line_of("action"), found, _("write the day of the review"))
        return ReviewLine(
            planned=day_of(entry, "planned") or date.min,
            due=day_of(entry, "for") or date.min,
            held=held,
            led_by=entry.text("led_by"),
            present=tuple(VisitReader.present(entry)),
            remarks=texts_of(entry, "remarks"),
            conclusion=entry.text("conclusion"),
            decisions=tuple(
                DecisionLine(
                    words=one.text("words"),
                    owner=one.text("owner"),
                    due=day_of(one, "due"),
                    action=one.text("action"),
                )
                for one in entry.children("decisions")
            ),
        )

    def _phase(self, sheet: Sheet, line: int, words: str) -> tuple[str, int]:
        found = match_of(forms.PHASE, words)
        self._known(sheet, line, found[1] if found else words, self._phases)
        return (found[1], int(found[2] or 0)) if found else (words, 0)

    def _known(self, sheet: Sheet, line: int, word: str, known: Collection[str]) -> None:
        if word and word not in known:
            sheet.unknown(line, word, known)


def _reach(top: MapNode) -> Iterable[tuple[str, Reach]]:
    for name, words in texts_of(top, "reach").items():
        if found := match_of(forms.REACH, words):
            yield name, Reach(email=found[1], phone=found[2])


def _closed(top: MapNode) -> Iterable[ClosedLine]:
    for words, days in texts_of(top, "closed").items():
        if (span := _span(days)) is not None:
            yield ClosedLine(first=span[0], last=span[1], words=words)


def _span(words: str) -> tuple[date, date] | None:
    found = match_of(forms.SPAN, words)
    return (date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else None


def _sponsor(sheet: Sheet) -> Iterable[SponsorLine]:
    group = sheet.top.child("sponsor") or MapNode(0)
    for quarter, line in group.key_lines.items():
        entry = group.child(quarter)
        if entry is None:
            continue
        if forms.QUARTER.fullmatch(quarter) is None:
            sheet.unknown(line, quarter, ("2026-Q1",))
        answers = dict.fromkeys(entry.text("yes").split(), True) | dict.fromkeys(
            entry.text("no").split(), False
        )
        yield SponsorLine(
            quarter=quarter, day=day_of(entry, "day") or date.min, answers=answers, words=entry.text("words")
        )


def _marks(sheet: Sheet) -> Iterable[MarkLine]:
    for entry in sheet.top.children("marks"):
        rules = [rule.code for rule in RULES]
        if entry.text("rule") not in rules:
            sheet.unknown(entry.line_of("rule"), entry.text("rule"), rules)
        yield MarkLine(
            day=day_of(entry, "day") or date.min,
            rule=entry.text("rule"),
            until=day_of(entry, "until"),
            reason=entry.text("reason"),
        )
