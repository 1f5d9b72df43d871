"""From a written standard without mistakes to the edition the programme works with."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from qma_app.content.nodes import MapNode
from qma_app.content.schema import STAFF
from qma_app.content.written import Written, WrittenArea, WrittenCheckpoint, WrittenProcess, WrittenStandard
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
from qma_app.domain.edition_json import hash_of
from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, ProcessId


def build_edition(standard: WrittenStandard) -> Edition:
    """The edition, under the hash of its content."""
    node, base = standard.node, standard.base
    edition = Edition(
        hash=EditionHash(""),
        standard=standard.id,
        version=node.text("version"),
        status=EditionStatus(node.text("status")),
        title=_text(node, "title", base),
        languages=standard.languages,
        scale=tuple(
            Step(points=_whole(step, "points"), title=_text(step, "title", base))
            for step in node.children("scale")
        ),
        rules=_rules(standard.rules.node),
        phases=tuple(_phase(phase, base) for phase in node.children("phases")),
        features=_named(node, "features", base),
        roles=_named(node, "roles", base),
        cause_categories=_named(node, "cause_categories", base),
        origins=_named(node, "origins", base),
        areas=tuple(_area(area, base) for area in standard.areas),
        reported_under=tuple(
            ReportedArea(
                id=one.text("id"),
                title=_text(one, "title", base),
                areas=tuple(map(AreaId, _words(one, "areas"))),
            )
            for one in node.children("reported_under")
        ),
        kpi_groups=tuple(_kpi_group(file, base) for file in standard.kpi_files),
        remark=node.text("remark"),
    )
    return replace(edition, hash=hash_of(edition))


def _phase(node: MapNode, base: str) -> Phase:
    return Phase(
        id=node.text("id"),
        title=_text(node, "title", base),
        purpose=_text(node, "purpose", base),
        spans=tuple(
            Span(length=_whole(span, "length"), first=_whole(span, "first"), last=_whole(span, "last"))
            for span in node.children("spans")
        ),
        gate=tuple(
            GateCondition(
                id=condition.text("id"),
                check=condition.text("check"),
                title=_text(condition, "title", base),
                at_least=condition.whole("at_least"),
                at_most=condition.whole("at_most"),
            )
            for condition in node.children("gate")
        ),
    )


def _kpi_group(file: Written, base: str) -> KpiGroup:
    return KpiGroup(
        perspective=file.node.text("perspective"),
        title=_text(file.node, "title", base),
        kpis=tuple(_kpi(node, base) for node in file.node.children("kpis")),
        remark=file.node.text("remark"),
    )


def _kpi(node: MapNode, base: str) -> KpiDefinition:
    span = node.child("range")
    return KpiDefinition(
        code=node.text("code"),
        title=_text(node, "title", base),
        purpose=_text(node, "purpose", base),
        numerator=_text(node, "numerator", base),
        denominator=_text(node, "denominator", base),
        calculation=node.text("calculation"),
        factor=node.whole("factor") or 1,
        unit=node.text("unit"),
        direction=Direction(node.text("direction")),
        rhythm=node.text("rhythm"),
        area=AreaId(node.text("area")),
        range=KpiRange(
            least=span.text("from"),
            most=span.text("to"),
            source=_text(span, "source", base),
            note=_text(span, "note", base),
        )
        if span
        else None,
        remark=node.text("remark"),
    )


def _rules(node: MapNode) -> ResultRules:
    grades, weights = _group(node, "grades"), node.child("area_weights")
    return ResultRules(
        pass_mark=_whole(node, "pass_mark"),
        area_floor=_whole(node, "area_floor"),
        coverage=Fraction(node.text("coverage")),
        critical_points=_whole(node, "critical_points"),
        critical_sample_cap=_whole(node, "critical_sample_cap"),
        sample=tuple(
            SampleRule(share=Fraction(step.text("share")), points=_whole(step, "points"))
            for step in node.children("sample")
        ),
        grades=GradeRules(
            a_from=_whole(grades, "a_from"),
            b_from=_whole(grades, "b_from"),
            a_element_floor=_whole(grades, "a_element_floor"),
            c_element_floor=_whole(grades, "c_element_floor"),
            b_critical_points=_whole(grades, "b_critical_points"),
        ),
        area_weights={AreaId(name): _whole(weights, name) for name in weights.entries} if weights else {},
        conditional_days=node.whole("conditional_days") or 90,
    )


def _area(area: WrittenArea, base: str) -> Area:
    return Area(
        id=AreaId(area.id),
        code=area.code,
        title=_text(area.node, "title", base),
        processes=tuple(_process(process, base) for process in area.processes),
        remark=area.node.text("remark"),
    )


def _process(process: WrittenProcess, base: str) -> Process:
    return Process(
        id=ProcessId(process.full_id),
        number=process.number,
        title=_text(process.node, "title", base),
        purpose=_text(process.node, "purpose", base),
        owner=process.node.text("owner"),
        checkpoints=tuple(_checkpoint(checkpoint, base) for checkpoint in process.checkpoints),
        remark=process.node.text("remark"),
    )


def _checkpoint(checkpoint: WrittenCheckpoint, base: str) -> Checkpoint:
    node = checkpoint.node
    impact, sample = _group(node, "impact"), node.child("sample")
    return Checkpoint(
        id=CheckpointId(checkpoint.full_id),
        number=checkpoint.number,
        weight=_whole(node, "weight"),
        is_critical=node.flag("critical"),
        statement=_text(node, "statement", base),
        guidance=_text(node, "guidance", base),
        evidence=_text(node, "evidence", base),
        failure=_text(node, "failure", base),
        actions=tuple(_in_languages(action, base) for action in node.children("actions")),
        impact=Impact(cx=_whole(impact, "cx"), ex=_whole(impact, "ex"), profit=_whole(impact, "profit")),
        sample=SampleSpec(size=_whole(sample, "size"), of=_text(sample, "of", base)) if sample else None,
        clauses=_words(node, "clauses"),
        kpis=_words(node, "kpis"),
        when=_words(node, "when"),
        when_staff=tuple(_staff(condition.text("staff")) for condition in node.children("when")),
        replaces=tuple(CheckpointId(word) for word in _words(node, "replaces")),
        remark=node.text("remark"),
    )


def _staff(condition: str) -> StaffCondition:
    match = STAFF.fullmatch(condition)
    assert match
    return StaffCondition(sign=match[1], count=int(match[2]))


def _named(node: MapNode, key: str, base: str) -> tuple[Named, ...]:
    return tuple(Named(id=one.text("id"), title=_text(one, "title", base)) for one in node.children(key))


def _text(node: MapNode, key: str, base: str) -> Text:
    """The text under `key`; empty where the file leaves it out."""
    group = node.child(key)
    return _in_languages(group, base) if group else Text()


def _in_languages(node: MapNode, base: str) -> Text:
    """The base language comes first, because what has no translation falls back on the first."""
    return Text(texts={base: node.text(base)} | {language: node.text(language) for language in node.entries})


def _words(node: MapNode, key: str) -> tuple[str, ...]:
    return tuple(word for word, _line in node.words(key))


def _group(node: MapNode, key: str) -> MapNode:
    group = node.child(key)
    assert group is not None
    return group


def _whole(node: MapNode, key: str) -> int:
    number = node.whole(key)
    assert number is not None
    return number
