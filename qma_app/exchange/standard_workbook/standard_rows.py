"""The sheet of the standard back into what it describes: languages, scale, rules, phases, and all that has an id and a title."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from qma_app.domain.edition import (
    GateCondition,
    GradeRules,
    Named,
    Phase,
    ReportedArea,
    ResultRules,
    SampleRule,
    Span,
    Step,
    Text,
)
from qma_app.domain.edition_words import GATE_CHECKS
from qma_app.domain.ids import AreaId
from qma_app.exchange.importing.names import advice, quoted
from qma_app.exchange.standard_workbook.cells import Scribe, titles_to_ids
from qma_app.exchange.standard_workbook.lines import rule_meanings
from qma_app.exchange.standard_workbook.notes import sheet_place
from qma_app.exchange.standard_workbook.sheets import RowIn, SheetIn
from qma_app.i18n import _

KEYS_IN_FILE: Final = {
    "phase": "phases",
    "feature": "features",
    "role": "roles",
    "cause": "cause_categories",
    "origin": "origins",
    "reported": "reported_under",
}
"""The kinds of rows that have an id, by the key of their list in the standard's file."""
_LARGEST: Final = 10_000


@dataclass(kw_only=True, slots=True)
class Frame:
    """Everything of an edition but its areas and KPIs, and the row each piece stood in."""

    id: str = ""
    title: Text = field(default_factory=Text)
    remark: str = ""
    languages: tuple[str, ...] = ()
    scale: tuple[Step, ...] = ()
    rules: ResultRules
    phases: tuple[Phase, ...] = ()
    named: dict[str, tuple[Named, ...]] = field(default_factory=dict)
    reported: tuple[ReportedArea, ...] = ()
    perspectives: dict[str, tuple[Text, str]] = field(default_factory=dict)


def rows_by_kind(sheet: SheetIn, scribe: Scribe) -> dict[str, list[RowIn]]:
    """The rows of the sheet by what they are; a row without a known kind is noted."""
    found: defaultdict[str, list[RowIn]] = defaultdict(list)
    for row in sheet.rows:
        if not any(text for key, text in row.texts.items() if not key.startswith("@")):
            scribe.notes.error(
                "workbook.only-id",
                row.place(),
                _("of this row only its hidden id is left"),
                _("delete the whole row, or write its texts again"),
            )
            continue
        if kind := scribe.choice(row, "kind", "standard-kind", instead=""):
            found[kind].append(row)
            found["phase-part"].extend([row] if kind in ("phase", "gate", "span") else [])
    return found


def languages_of(rows: dict[str, list[RowIn]]) -> tuple[str, ...]:
    """The languages listed, the base language first."""
    return tuple(dict.fromkeys(row.text("id") for row in rows.get("language", ()) if row.text("id")))


def named_of(rows: dict[str, list[RowIn]], kind: str, scribe: Scribe) -> tuple[Named, ...]:
    """Features, roles, cause categories or origins."""
    return tuple(Named(id=row.text("id"), title=scribe.texts(row, "title")) for row in rows.get(kind, ()))


def read_frame(sheet: SheetIn, rows: dict[str, list[RowIn]], scribe: Scribe) -> Frame:
    """What the rows say; the lists of references of the scribe must be there already."""
    frame = Frame(rules=_rules(sheet, rows, scribe), languages=scribe.languages)
    heads = rows.get("standard", [])
    if len(heads) != 1:
        scribe.notes.error(
            "workbook.standard-row",
            sheet_place(sheet.name) if not heads else heads[1].place("kind"),
            _("the sheet has {count} rows of the kind “Standard”").format(count=len(heads)),
            _("expected: exactly one, with id and title"),
        )
    if heads:
        frame.id, frame.remark = heads[0].text("id"), heads[0].text("remark")
        frame.title = scribe.texts(heads[0], "title")
    frame.scale = tuple(
        Step(points=scribe.whole(row, "value", least=0, most=10, instead=0), title=scribe.texts(row, "title"))
        for row in rows.get("step", ())
    )
    frame.phases = _phases(rows, scribe)
    frame.named = {kind: named_of(rows, kind, scribe) for kind in ("feature", "role", "cause", "origin")}
    frame.reported = tuple(
        ReportedArea(
            id=row.text("id"),
            title=scribe.texts(row, "title"),
            areas=tuple(map(AreaId, scribe.references(row, "value", "area"))),
        )
        for row in rows.get("reported", ())
    )
    for row in rows.get("perspective", ()):
        perspective = scribe.choice(row, "id", "perspective", instead="")
        if perspective in frame.perspectives:
            scribe.notes.error(
                "workbook.twice",
                row.place("id"),
                _("{text} stands here a second time").format(text=quoted(perspective)),
                _("delete one of the two rows"),
            )
        elif perspective:
            frame.perspectives[perspective] = (scribe.texts(row, "title"), row.text("remark"))
    return frame


def _phases(rows: dict[str, list[RowIn]], scribe: Scribe) -> tuple[Phase, ...]:
    phases: list[Phase] = []
    for row in rows.get("phase-part", ()):
        kind = scribe.choice(row, "kind", "standard-kind", instead="phase")
        if kind == "phase":
            phases.append(
                Phase(
                    id=row.text("id"), title=scribe.texts(row, "title"), purpose=scribe.texts(row, "purpose")
                )
            )
        elif not phases:
            scribe.notes.error(
                "workbook.no-phase",
                row.place("kind"),
                _("the row stands above the first phase"),
                _("move it below the phase it belongs to"),
            )
        elif kind == "span":
            phases[-1] = replace(phases[-1], spans=(*phases[-1].spans, _span(row, scribe)))
        else:
            phases[-1] = replace(phases[-1], gate=(*phases[-1].gate, _gate(row, scribe)))
    return tuple(phases)


def _span(row: RowIn, scribe: Scribe) -> Span:
    length, first, last = (
        scribe.whole(row, key, least=0, most=_LARGEST, instead=0) for key in ("value", "from", "to")
    )
    return Span(length=length, first=first, last=last)


def _gate(row: RowIn, scribe: Scribe) -> GateCondition:
    return GateCondition(
        id=row.text("id"),
        check=scribe.choice(row, "value", "check", instead=GATE_CHECKS[0]),
        title=scribe.texts(row, "title"),
        at_least=scribe.whole_or_none(row, "from", least=0, most=_LARGEST),
        at_most=scribe.whole_or_none(row, "to", least=0, most=_LARGEST),
    )


def _rules(sheet: SheetIn, rows: dict[str, list[RowIn]], scribe: Scribe) -> ResultRules:
    numbers: dict[str, int] = {}
    coverage = Fraction(1)
    known = rule_meanings()
    found: dict[str, RowIn] = {}
    for row in rows.get("rule", ()):
        key = row.text("id")
        if key not in known or key in found:
            scribe.notes.error(
                "workbook.rule",
                row.place("id"),
                _("{text} stands here a second time").format(text=quoted(key))
                if key in found
                else _("{text} is no rule").format(text=quoted(key)),
                advice(key, [name for name in known if name not in found]),
            )
            continue
        found[key] = row
        if key == "coverage":
            coverage = scribe.fraction(row, "value")
        else:
            most = 730 if key == "conditional_days" else 10 if "critical" in key else 100
            least = 1 if key == "conditional_days" else 0
            numbers[key] = scribe.whole(row, "value", least=least, most=most, instead=least)
    for key in known:
        if key not in found:
            scribe.notes.error(
                "workbook.rule-missing",
                sheet_place(sheet.name),
                _("the rule {key} is missing").format(key=quoted(key)),
                _("add a row of the kind “Rule” with this id and its value"),
            )
            numbers.setdefault(key, 0)
    return ResultRules(
        pass_mark=numbers["pass_mark"],
        area_floor=numbers["area_floor"],
        coverage=coverage,
        critical_points=numbers["critical_points"],
        critical_sample_cap=numbers["critical_sample_cap"],
        conditional_days=numbers["conditional_days"] or 90,
        sample=tuple(
            SampleRule(
                share=scribe.fraction(row, "from"),
                points=scribe.whole(row, "value", least=0, most=10, instead=0),
            )
            for row in rows.get("sample", ())
        ),
        grades=GradeRules(
            a_from=numbers["a_from"],
            b_from=numbers["b_from"],
            a_element_floor=numbers["a_element_floor"],
            c_element_floor=numbers["c_element_floor"],
            b_critical_points=numbers["b_critical_points"],
        ),
        area_weights={
            AreaId(scribe.reference(row, "id", "area")): scribe.whole(
                row, "value", least=1, most=10, instead=1
            )
            for row in rows.get("area-weight", ())
        },
    )


def reference_titles(rows: dict[str, list[RowIn]], scribe: Scribe) -> dict[str, dict[str, str]]:
    """What leads to a role."""
    roles = ((one.id, one.title) for one in named_of(rows, "role", scribe))
    return {"owner": titles_to_ids(roles)}
