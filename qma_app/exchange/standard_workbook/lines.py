"""An edition as lines of cells: what each row of the sheets says, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from qma_app.domain.edition import Area, Checkpoint, Edition, KpiDefinition, Named, Phase, Process, Text
from qma_app.exchange.standard_workbook.columns import FEWEST_ACTIONS, MEANING, text_key
from qma_app.exchange.standard_workbook.words import AREA, CHECKPOINT, NO, PROCESS, YES, words_of
from qma_app.exchange.workbook.file import Value
from qma_app.i18n import _

Cells = dict[str, Value]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One row: the id for the hidden column, and a value for each key that has one."""

    kind: str
    id: str
    cells: Cells = field(default_factory=dict)


def most_actions(edition: Edition) -> int:
    """So many columns of actions the sheets need."""
    return max((FEWEST_ACTIONS, *(len(point.actions) for point in edition.checkpoints.values())))


def area_lines(area: Area, edition: Edition) -> Iterator[Line]:
    """The area, then each process with its checkpoints below it."""
    yield Line(kind=AREA, id=area.id, cells=_area_cells(area))
    owners = labels(edition.roles)
    for process in area.processes:
        yield Line(kind=PROCESS, id=process.id, cells=_process_cells(process, owners))
        for point in process.checkpoints:
            yield Line(kind=CHECKPOINT, id=point.id, cells=_checkpoint_cells(point))


def kpi_lines(edition: Edition) -> Iterator[Line]:
    """Every KPI, perspective after perspective."""
    areas = area_labels(edition)
    for group in edition.kpi_groups:
        for kpi in group.kpis:
            yield Line(kind="kpi", id=kpi.code, cells=_kpi_cells(kpi, group.perspective, areas))


def standard_lines(edition: Edition) -> Iterator[Line]:
    """What `standard.yaml` says, and the titles of the KPI perspectives."""
    yield _line("standard", edition.standard, _texts("title", edition.title), remark=edition.remark)
    for code in edition.languages:
        yield _line("language", code)
    for step in edition.scale:
        yield _line("step", "", _texts("title", step.title), value=step.points)
    yield from _rule_lines(edition)
    for phase in edition.phases:
        yield from _phase_lines(phase)
    for kind, named in (
        ("feature", edition.features),
        ("role", edition.roles),
        ("cause", edition.cause_categories),
        ("origin", edition.origins),
    ):
        for one in named:
            yield _line(kind, one.id, _texts("title", one.title))
    for reported in edition.reported_under:
        yield _line("reported", reported.id, _texts("title", reported.title), value=", ".join(reported.areas))
    for group in edition.kpi_groups:
        yield _line("perspective", group.perspective, _texts("title", group.title), remark=group.remark)


def rule_meanings() -> dict[str, str]:
    """Every rule by its key, with what it says."""
    return {
        "pass_mark": _("overall level in percent from which a dealership passes"),
        "area_floor": _("level in percent that no area may be below"),
        "coverage": _("share of the applicable checkpoints of an area that must be rated"),
        "critical_points": _("points from which a critical checkpoint is met"),
        "critical_sample_cap": _("most points of a critical checkpoint whose sample has a failing record"),
        "conditional_days": _("days a dealership has to settle what keeps it from passing"),
        "a_from": _("level in percent from which the grade is A"),
        "b_from": _("level in percent from which the grade is B"),
        "a_element_floor": _("grade A falls to B when an area or process is below this level"),
        "c_element_floor": _("any grade falls to C when an area is below this level"),
        "b_critical_points": _("grade A falls to B when a critical checkpoint has at most these points"),
    }


def labels(named: tuple[Named, ...]) -> dict[str, str]:
    """`Service manager [service-manager]` by id: people read the title, the id decides."""
    return {one.id: _label(one.title, one.id) for one in named}


def area_labels(edition: Edition) -> dict[str, str]:
    """`Service [service]` by id."""
    return {area.id: _label(area.title, area.id) for area in edition.areas}


def _label(title: Text, id: str) -> str:
    return f"{' '.join(str(title).split())} [{id}]"


def _rule_lines(edition: Edition) -> Iterator[Line]:
    rules, grades = edition.rules, edition.rules.grades
    for key, meaning in rule_meanings().items():
        value = getattr(grades, key) if hasattr(grades, key) else getattr(rules, key)
        if key == "coverage":
            value = f"{value.numerator}/{value.denominator}"
        yield _line("rule", key, {MEANING: meaning}, value=value)
    for step in rules.sample:
        share = f"{step.share.numerator}/{step.share.denominator}"
        meaning = _("from this share of conforming records on, these points are suggested")
        yield _line("sample", "", {MEANING: meaning, "from": share}, value=step.points)
    for area, weight in rules.area_weights.items():
        yield _line("area-weight", area, value=weight)


def _phase_lines(phase: Phase) -> Iterator[Line]:
    yield _line("phase", phase.id, _texts("title", phase.title) | _texts("purpose", phase.purpose))
    for span in phase.spans:
        meaning = _("in a programme of {count} months").format(count=span.length)
        yield _line("span", "", {MEANING: meaning, "from": span.first, "to": span.last}, value=span.length)
    for gate in phase.gate:
        bounds: Cells = {"from": gate.at_least, "to": gate.at_most}
        yield _line("gate", gate.id, _texts("title", gate.title) | bounds, value=gate.check)


def _line(kind: str, id: str, cells: Cells | None = None, value: Value = None, remark: str = "") -> Line:
    title = words_of("standard-kind")[kind]
    return Line(
        kind=kind, id=id, cells={"kind": title, "id": id, "value": value, "remark": remark, **(cells or {})}
    )


def _area_cells(area: Area) -> Cells:
    return {
        "kind": words_of("kind")[AREA],
        "number": area.code,
        "remark": area.remark,
        **_texts("title", area.title),
    }


def _process_cells(process: Process, owners: dict[str, str]) -> Cells:
    return {
        "kind": words_of("kind")[PROCESS],
        "number": process.number,
        "owner": owners.get(process.owner, process.owner),
        "remark": process.remark,
        **_texts("title", process.title),
        **_texts("purpose", process.purpose),
    }


def _checkpoint_cells(point: Checkpoint) -> Cells:
    when = (*point.when, *(f"staff {one.sign} {one.count}" for one in point.when_staff))
    cells: Cells = {
        "kind": words_of("kind")[CHECKPOINT],
        "number": point.number,
        "weight": point.weight,
        "critical": words_of("critical")[YES if point.is_critical else NO],
        "cx": point.impact.cx,
        "ex": point.impact.ex,
        "profit": point.impact.profit,
        "when": ", ".join(when),
        "kpis": ", ".join(point.kpis),
        "clauses": ", ".join(point.clauses),
        "replaces": ", ".join(point.replaces),
        "remark": point.remark,
        **_texts("title", point.statement),
        **_texts("guidance", point.guidance),
        **_texts("evidence", point.evidence),
        **_texts("failure", point.failure),
    }
    for place, action in enumerate(point.actions, 1):
        cells |= _texts(f"action{place}", action)
    if point.sample is not None:
        cells |= {"size": point.sample.size, **_texts("of", point.sample.of)}
    return cells


def _kpi_cells(kpi: KpiDefinition, perspective: str, areas: dict[str, str]) -> Cells:
    cells: Cells = {
        "code": kpi.code,
        "perspective": words_of("perspective").get(perspective, perspective),
        "calculation": words_of("calculation").get(kpi.calculation, kpi.calculation),
        "factor": kpi.factor,
        "unit": words_of("unit").get(kpi.unit, kpi.unit),
        "direction": words_of("direction")[kpi.direction],
        "rhythm": words_of("rhythm").get(kpi.rhythm, kpi.rhythm),
        "area": areas.get(kpi.area, kpi.area),
        "remark": kpi.remark,
        **_texts("title", kpi.title),
        **_texts("purpose", kpi.purpose),
        **_texts("numerator", kpi.numerator),
        **_texts("denominator", kpi.denominator),
    }
    if kpi.range is not None:
        cells |= {"from": kpi.range.least, "to": kpi.range.most}
        cells |= _texts("source", kpi.range.source) | _texts("note", kpi.range.note)
    return cells


def _texts(key: str, text: Text) -> Cells:
    return {text_key(key, code): words for code, words in text.texts.items()}
