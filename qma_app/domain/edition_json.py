"""How an edition is kept and named: one JSON text, whose SHA-256 is the edition's hash for ever.

What may be missing and is empty is left out, so that a field added later does not rename the editions of today.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from qma_app.domain.edition import (
    Area,
    Checkpoint,
    Direction,
    Edition,
    EditionStatus,
    GateCondition,
    GradeRules,
    Impact,
    KpiDefinition,
    KpiGroup,
    KpiRange,
    Named,
    Phase,
    Process,
    ReportedArea,
    ResultRules,
    SampleRule,
    SampleSpec,
    Span,
    StaffCondition,
    Step,
    Text,
)
from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, ProcessId
from qma_app.domain.plain_text import all_composed
from qma_app.errors import StorageTrouble
from qma_app.i18n import _

_Json = dict[str, Any]
_ReadText = Callable[[Mapping[str, str]], Text]


def edition_to_json(edition: Edition) -> str:
    """All content of the edition without its hash, in the one canonical form: sorted keys, no spaces, NFC."""
    content = _edition(edition)
    text = _dumped(content)
    return text if unicodedata.is_normalized("NFC", text) else _dumped(all_composed(content))


def hash_of(edition: Edition) -> EditionHash:
    """The SHA-256 of the edition's content."""
    return hash_of_text(edition_to_json(edition))


def hash_of_text(text: str) -> EditionHash:
    """The hash that a kept text must bear: to find a text that was changed."""
    return EditionHash(hashlib.sha256(text.encode()).hexdigest())


def edition_from_json(text: str, hash: EditionHash) -> Edition:
    """The edition kept as `text`; its `hash` is taken as given, not computed anew. StorageTrouble if the text is damaged."""
    try:
        return _read_edition(json.loads(text), hash)
    except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError, RecursionError) as error:
        raise StorageTrouble(
            _("A standard kept in the workspace cannot be read."),
            code="edition.unreadable",
            way_out=_("Restore the last backup, or import the standard again."),
            edition=hash,
        ) from error


def _dumped(content: _Json) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _edition(edition: Edition) -> _Json:
    return {
        "standard": edition.standard,
        "version": edition.version,
        "status": str(edition.status),
        "title": dict(edition.title.texts),
        "languages": list(edition.languages),
        "scale": [{"points": step.points, "title": dict(step.title.texts)} for step in edition.scale],
        "rules": _rules(edition.rules),
        "phases": [_phase(phase) for phase in edition.phases],
        "features": _named(edition.features),
        "roles": _named(edition.roles),
        "cause_categories": _named(edition.cause_categories),
        "origins": _named(edition.origins),
        "areas": [_area(area) for area in edition.areas],
        **_unless_empty(
            reported_under=[
                {"id": one.id, "title": dict(one.title.texts), "areas": list(one.areas)}
                for one in edition.reported_under
            ],
            kpi_groups=[_kpi_group(group) for group in edition.kpi_groups],
            remark=edition.remark,
        ),
    }


def _unless_empty(**content: Any) -> _Json:
    return {key: value for key, value in content.items() if value}


def _named(named: tuple[Named, ...]) -> list[_Json]:
    return [{"id": one.id, "title": dict(one.title.texts)} for one in named]


def _phase(phase: Phase) -> _Json:
    return {
        "id": phase.id,
        "title": dict(phase.title.texts),
        **_unless_empty(
            purpose=dict(phase.purpose.texts),
            spans=[[span.length, span.first, span.last] for span in phase.spans],
            gate=[_condition(condition) for condition in phase.gate],
        ),
    }


def _condition(condition: GateCondition) -> _Json:
    bounds = {"at_least": condition.at_least, "at_most": condition.at_most}
    return {
        "id": condition.id,
        "check": condition.check,
        "title": dict(condition.title.texts),
        **{key: bound for key, bound in bounds.items() if bound is not None},
    }


def _kpi_group(group: KpiGroup) -> _Json:
    return {
        "perspective": group.perspective,
        "title": dict(group.title.texts),
        "kpis": [_kpi(kpi) for kpi in group.kpis],
        **_unless_empty(remark=group.remark),
    }


def _kpi(kpi: KpiDefinition) -> _Json:
    span = kpi.range
    return {
        "code": kpi.code,
        "title": dict(kpi.title.texts),
        "purpose": dict(kpi.purpose.texts),
        "numerator": dict(kpi.numerator.texts),
        "calculation": kpi.calculation,
        "factor": kpi.factor,
        "unit": kpi.unit,
        "direction": str(kpi.direction),
        "rhythm": kpi.rhythm,
        "area": kpi.area,
        **_unless_empty(
            denominator=dict(kpi.denominator.texts),
            range=_unless_empty(
                least=span.least, most=span.most, source=dict(span.source.texts), note=dict(span.note.texts)
            )
            if span
            else None,
            remark=kpi.remark,
        ),
    }


def _rules(rules: ResultRules) -> _Json:
    grades = rules.grades
    return {
        "pass_mark": rules.pass_mark,
        "area_floor": rules.area_floor,
        "coverage": str(rules.coverage),
        "critical_points": rules.critical_points,
        "critical_sample_cap": rules.critical_sample_cap,
        "conditional_days": rules.conditional_days,
        "sample": [{"share": str(step.share), "points": step.points} for step in rules.sample],
        "grades": {
            "a_from": grades.a_from,
            "b_from": grades.b_from,
            "a_element_floor": grades.a_element_floor,
            "c_element_floor": grades.c_element_floor,
            "b_critical_points": grades.b_critical_points,
        },
        **_unless_empty(area_weights=dict(rules.area_weights)),
    }


def _area(area: Area) -> _Json:
    return {
        "id": area.id,
        "code": area.code,
        "title": dict(area.title.texts),
        "processes": [_process(process) for process in area.processes],
        **_unless_empty(remark=area.remark),
    }


def _process(process: Process) -> _Json:
    return {
        "id": process.id,
        "number": process.number,
        "title": dict(process.title.texts),
        "purpose": dict(process.purpose.texts),
        "owner": process.owner,
        "checkpoints": [_checkpoint(checkpoint) for checkpoint in process.checkpoints],
        **_unless_empty(remark=process.remark),
    }


def _checkpoint(checkpoint: Checkpoint) -> _Json:
    impact, sample = checkpoint.impact, checkpoint.sample
    return {
        "id": checkpoint.id,
        "number": checkpoint.number,
        "weight": checkpoint.weight,
        "critical": checkpoint.is_critical,
        "statement": dict(checkpoint.statement.texts),
        "guidance": dict(checkpoint.guidance.texts),
        "evidence": dict(checkpoint.evidence.texts),
        "failure": dict(checkpoint.failure.texts),
        "actions": [dict(action.texts) for action in checkpoint.actions],
        "impact": [impact.cx, impact.ex, impact.profit],
        **_unless_empty(
            sample={"size": sample.size, "of": dict(sample.of.texts)} if sample else None,
            clauses=list(checkpoint.clauses),
            kpis=list(checkpoint.kpis),
            when=list(checkpoint.when),
            when_staff=[[condition.sign, condition.count] for condition in checkpoint.when_staff],
            replaces=list(checkpoint.replaces),
            remark=checkpoint.remark,
        ),
    }


def _read_edition(content: _Json, hash: EditionHash) -> Edition:
    languages = tuple(content["languages"])
    text = _text_reader(languages[0] if languages else "en")
    return Edition(
        hash=hash,
        standard=content["standard"],
        version=content["version"],
        status=EditionStatus(content["status"]),
        title=text(content["title"]),
        languages=languages,
        scale=tuple(Step(points=step["points"], title=text(step["title"])) for step in content["scale"]),
        rules=_read_rules(content["rules"]),
        phases=tuple(_read_phase(phase, text) for phase in content["phases"]),
        features=_read_named(content["features"], text),
        roles=_read_named(content["roles"], text),
        cause_categories=_read_named(content["cause_categories"], text),
        origins=_read_named(content["origins"], text),
        areas=tuple(_read_area(area, text) for area in content["areas"]),
        reported_under=tuple(
            ReportedArea(id=one["id"], title=text(one["title"]), areas=tuple(map(AreaId, one["areas"])))
            for one in content.get("reported_under", ())
        ),
        kpi_groups=tuple(_read_kpi_group(group, text) for group in content.get("kpi_groups", ())),
        remark=content.get("remark", ""),
    )


def _text_reader(base: str) -> _ReadText:
    """Makes a text of its languages, the base language first: what has no translation falls back on the first."""
    if base == "en":
        return lambda texts: Text(texts=texts)

    def read(texts: Mapping[str, str]) -> Text:
        return Text(texts={base: texts[base], **texts} if base in texts else texts)

    return read


def _read_named(named: list[_Json], text: _ReadText) -> tuple[Named, ...]:
    return tuple(Named(id=one["id"], title=text(one["title"])) for one in named)


def _read_phase(phase: _Json, text: _ReadText) -> Phase:
    return Phase(
        id=phase["id"],
        title=text(phase["title"]),
        purpose=text(phase.get("purpose", {})),
        spans=tuple(
            Span(length=length, first=first, last=last) for length, first, last in phase.get("spans", ())
        ),
        gate=tuple(
            GateCondition(
                id=condition["id"],
                check=condition["check"],
                title=text(condition["title"]),
                at_least=condition.get("at_least"),
                at_most=condition.get("at_most"),
            )
            for condition in phase.get("gate", ())
        ),
    )


def _read_kpi_group(group: _Json, text: _ReadText) -> KpiGroup:
    return KpiGroup(
        perspective=group["perspective"],
        title=text(group["title"]),
        kpis=tuple(_read_kpi(kpi, text) for kpi in group["kpis"]),
        remark=group.get("remark", ""),
    )


def _read_kpi(kpi: _Json, text: _ReadText) -> KpiDefinition:
    span = kpi.get("range")
    return KpiDefinition(
        code=kpi["code"],
        title=text(kpi["title"]),
        purpose=text(kpi["purpose"]),
        numerator=text(kpi["numerator"]),
        denominator=text(kpi.get("denominator", {})),
        calculation=kpi["calculation"],
        factor=kpi["factor"],
        unit=kpi["unit"],
        direction=Direction(kpi["direction"]),
        rhythm=kpi["rhythm"],
        area=AreaId(kpi["area"]),
        range=KpiRange(
            least=span.get("least", ""),
            most=span.get("most", ""),
            source=text(span["source"]),
            note=text(span.get("note", {})),
        )
        if span
        else None,
        remark=kpi.get("remark", ""),
    )


def _read_rules(rules: _Json) -> ResultRules:
    return ResultRules(
        pass_mark=rules["pass_mark"],
        area_floor=rules["area_floor"],
        coverage=Fraction(rules["coverage"]),
        critical_points=rules["critical_points"],
        critical_sample_cap=rules["critical_sample_cap"],
        sample=tuple(
            SampleRule(share=Fraction(step["share"]), points=step["points"]) for step in rules["sample"]
        ),
        grades=GradeRules(**rules["grades"]),
        area_weights={AreaId(area): weight for area, weight in rules.get("area_weights", {}).items()},
        conditional_days=rules["conditional_days"],
    )


def _read_area(area: _Json, text: _ReadText) -> Area:
    return Area(
        id=AreaId(area["id"]),
        code=area["code"],
        title=text(area["title"]),
        processes=tuple(_read_process(process, text) for process in area["processes"]),
        remark=area.get("remark", ""),
    )


def _read_process(process: _Json, text: _ReadText) -> Process:
    return Process(
        id=ProcessId(process["id"]),
        number=process["number"],
        title=text(process["title"]),
        purpose=text(process["purpose"]),
        owner=process["owner"],
        checkpoints=tuple(_read_checkpoint(checkpoint, text) for checkpoint in process["checkpoints"]),
        remark=process.get("remark", ""),
    )


def _read_checkpoint(checkpoint: _Json, text: _ReadText) -> Checkpoint:
    get = checkpoint.get
    cx, ex, profit = checkpoint["impact"]
    sample = get("sample")
    return Checkpoint(
        id=CheckpointId(checkpoint["id"]),
        number=checkpoint["number"],
        weight=checkpoint["weight"],
        is_critical=checkpoint["critical"],
        statement=text(checkpoint["statement"]),
        guidance=text(checkpoint["guidance"]),
        evidence=text(checkpoint["evidence"]),
        failure=text(checkpoint["failure"]),
        actions=tuple(map(text, checkpoint["actions"])),
        impact=Impact(cx=cx, ex=ex, profit=profit),
        sample=SampleSpec(size=sample["size"], of=text(sample["of"])) if sample else None,
        clauses=tuple(get("clauses", ())),
        kpis=tuple(get("kpis", ())),
        when=tuple(get("when", ())),
        when_staff=tuple(StaffCondition(sign=sign, count=count) for sign, count in get("when_staff", ())),
        replaces=tuple(map(CheckpointId, get("replaces", ()))),
        remark=get("remark", ""),
    )
