"""From an edition back to the files it is kept in: what loading reads, in the canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qma_app.content.canonical import canonical_text, without_empty_lists
from qma_app.content.nodes import Value
from qma_app.content.source import AREAS_FOLDER, KPIS_FOLDER
from qma_app.content.written import STANDARD_FILE
from qma_app.domain.edition import (
    Area,
    Checkpoint,
    Edition,
    GateCondition,
    KpiDefinition,
    KpiGroup,
    Named,
    Phase,
    Process,
    ResultRules,
    Text,
)

Group = dict[str, Value]


def edition_files(edition: Edition) -> Mapping[Path, str]:
    """Every file of the edition's folder by its place in it; loading them gives the same edition."""
    files: dict[Path, Group] = {Path(STANDARD_FILE): _standard(edition)}
    for area in edition.areas:
        files[Path(AREAS_FOLDER, f"{area.code.lower()}.yaml")] = _area(area)
    for group in edition.kpi_groups:
        files[Path(KPIS_FOLDER, f"{group.perspective}.yaml")] = _kpi_group(group)
    return {path: _in_form(content) for path, content in files.items()}


def _in_form(content: Group) -> str:
    tidy = without_empty_lists(content)
    assert isinstance(tidy, dict)
    return canonical_text(tidy)


def _standard(edition: Edition) -> Group:
    return {
        "id": edition.standard,
        "version": edition.version,
        "status": str(edition.status),
        "title": _text(edition.title),
        "languages": list(edition.languages),
        "scale": [{"points": step.points, "title": _text(step.title)} for step in edition.scale],
        "rules": _rules(edition.rules),
        "phases": [_phase(phase) for phase in edition.phases],
        "features": _named(edition.features),
        "roles": _named(edition.roles),
        "cause_categories": _named(edition.cause_categories),
        "origins": _named(edition.origins),
        "reported_under": [
            {"id": one.id, "title": _text(one.title), "areas": list(one.areas)}
            for one in edition.reported_under
        ],
        "kpi_files": [group.perspective for group in edition.kpi_groups],
        "areas": [area.code.lower() for area in edition.areas],
        **_filled(remark=edition.remark),
    }


def _rules(rules: ResultRules) -> Group:
    grades = rules.grades
    return {
        "pass_mark": rules.pass_mark,
        "area_floor": rules.area_floor,
        "coverage": f"{rules.coverage.numerator}/{rules.coverage.denominator}",
        "critical_points": rules.critical_points,
        "critical_sample_cap": rules.critical_sample_cap,
        "conditional_days": rules.conditional_days,
        "sample": [
            {"share": f"{step.share.numerator}/{step.share.denominator}", "points": step.points}
            for step in rules.sample
        ],
        "grades": {
            "a_from": grades.a_from,
            "b_from": grades.b_from,
            "a_element_floor": grades.a_element_floor,
            "c_element_floor": grades.c_element_floor,
            "b_critical_points": grades.b_critical_points,
        },
        "area_weights": {str(area): weight for area, weight in rules.area_weights.items()},
    }


def _phase(phase: Phase) -> Group:
    return {
        "id": phase.id,
        "title": _text(phase.title),
        **_filled(purpose=_text(phase.purpose)),
        "spans": [{"length": span.length, "first": span.first, "last": span.last} for span in phase.spans],
        "gate": [_condition(condition) for condition in phase.gate],
    }


def _condition(condition: GateCondition) -> Group:
    group: Group = {"id": condition.id, "check": condition.check, "title": _text(condition.title)}
    if condition.at_least is not None:
        group["at_least"] = condition.at_least
    if condition.at_most is not None:
        group["at_most"] = condition.at_most
    return group


def _kpi_group(group: KpiGroup) -> Group:
    return {
        "perspective": group.perspective,
        "title": _text(group.title),
        "kpis": [_kpi(kpi) for kpi in group.kpis],
        **_filled(remark=group.remark),
    }


def _kpi(kpi: KpiDefinition) -> Group:
    written: Group = {
        "code": kpi.code,
        "title": _text(kpi.title),
        "purpose": _text(kpi.purpose),
        "numerator": _text(kpi.numerator),
        "calculation": kpi.calculation,
        "unit": kpi.unit,
        "direction": str(kpi.direction),
        "rhythm": kpi.rhythm,
        "area": str(kpi.area),
        **_filled(denominator=_text(kpi.denominator), remark=kpi.remark),
    }
    if kpi.factor != 1:
        written["factor"] = kpi.factor
    if span := kpi.range:
        ends: Group = {"from": span.least, "to": span.most}
        written["range"] = {"source": _text(span.source), **_filled(**ends, note=_text(span.note))}
    return written


def _area(area: Area) -> Group:
    return {
        "id": str(area.id),
        "code": area.code,
        "title": _text(area.title),
        "processes": [_process(process) for process in area.processes],
        **_filled(remark=area.remark),
    }


def _process(process: Process) -> Group:
    return {
        "id": process.id.rsplit(".", 1)[-1],
        "number": process.number,
        "title": _text(process.title),
        "purpose": _text(process.purpose),
        "owner": process.owner,
        "checkpoints": [_checkpoint(checkpoint) for checkpoint in process.checkpoints],
        **_filled(remark=process.remark),
    }


def _checkpoint(checkpoint: Checkpoint) -> Group:
    sample, impact = checkpoint.sample, checkpoint.impact
    conditions: list[Value] = [*checkpoint.when]
    conditions += [{"staff": f"{one.sign} {one.count}"} for one in checkpoint.when_staff]
    return {
        "id": checkpoint.id.rsplit(".", 1)[-1],
        "number": checkpoint.number,
        "weight": checkpoint.weight,
        "critical": checkpoint.is_critical,
        "statement": _text(checkpoint.statement),
        "actions": [_text(action) for action in checkpoint.actions],
        "impact": {"cx": impact.cx, "ex": impact.ex, "profit": impact.profit},
        "clauses": list(checkpoint.clauses),
        "kpis": list(checkpoint.kpis),
        "when": conditions,
        "replaces": [str(id) for id in checkpoint.replaces],
        **_filled(
            guidance=_text(checkpoint.guidance),
            evidence=_text(checkpoint.evidence),
            failure=_text(checkpoint.failure),
            sample={"size": sample.size, "of": _text(sample.of)} if sample else {},
            remark=checkpoint.remark,
        ),
    }


def _named(named: tuple[Named, ...]) -> list[Value]:
    return [{"id": one.id, "title": _text(one.title)} for one in named]


def _text(text: Text) -> Group:
    return dict(text.texts)


def _filled(**content: Value) -> Group:
    """What a file leaves out when there is nothing to say."""
    return {key: value for key, value in content.items() if value not in ("", {})}
