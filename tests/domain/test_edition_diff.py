"""What the difference says of the edits a keeper really makes."""

from __future__ import annotations

from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import pytest

from qma_app.domain.edition import (
    Checkpoint,
    Direction,
    Edition,
    GateCondition,
    Impact,
    KpiDefinition,
    KpiGroup,
    KpiRange,
    Named,
    Phase,
    ReportedArea,
    SampleRule,
    SampleSpec,
    Span,
    StaffCondition,
)
from qma_app.domain.edition_diff import FIELDS, ChangeKind, CheckpointChange, compare
from qma_app.domain.ids import AreaId, CheckpointId
from tests.builders import (
    GREETING,
    PRICE_AGREED,
    a_checkpoint,
    a_process,
    a_text,
    an_area,
    an_edition,
    some_rules,
)

ONE, TWO, THREE, FOUR = (CheckpointId(f"service.desk.n{place}") for place in range(1, 5))


def points(*checkpoints: Checkpoint) -> Edition:
    """An edition of one process, unnumbered, so that places do not show as other numbers."""
    return an_edition([an_area("service", [a_process("service.desk", checkpoints)])])


def change(kind: ChangeKind, before: tuple = (), after: tuple = (), said: tuple = ()) -> CheckpointChange:
    return CheckpointChange(kind=kind, before=before, after=after, fields=said)


def test_an_untouched_copy_is_empty() -> None:
    edition = an_edition()
    assert compare(edition, replace(edition, version="2026.2")).is_empty


def test_a_split_names_the_old_one_and_both_halves() -> None:
    old = points(a_checkpoint(ONE))
    new = points(a_checkpoint(TWO, replaces=(ONE,)), a_checkpoint(THREE, replaces=(ONE,)))
    assert compare(old, new).changes == (change(ChangeKind.SPLIT, (ONE,), (TWO, THREE)),)


def test_it_is_a_split_too_when_one_half_keeps_the_old_id() -> None:
    old = points(a_checkpoint(ONE))
    new = points(a_checkpoint(TWO, replaces=(ONE,)), a_checkpoint(ONE, statement=a_text("The first half.")))
    assert compare(old, new).changes == (change(ChangeKind.SPLIT, (ONE,), (TWO, ONE)),)


def test_several_into_one_is_a_merge() -> None:
    old = points(a_checkpoint(ONE), a_checkpoint(TWO), a_checkpoint(THREE))
    new = points(a_checkpoint(TWO, replaces=(ONE,)), a_checkpoint(THREE))
    assert compare(old, new).changes == (
        change(ChangeKind.MERGED, (ONE, TWO), (TWO,)),
        change(ChangeKind.SAME, (THREE,), (THREE,)),
    )


def test_several_into_several_is_one_merge() -> None:
    old = points(a_checkpoint(ONE), a_checkpoint(TWO))
    new = points(a_checkpoint(THREE, replaces=(ONE, TWO)), a_checkpoint(FOUR, replaces=(TWO,)))
    assert compare(old, new).changes == (change(ChangeKind.MERGED, (ONE, TWO), (THREE, FOUR)),)


def test_another_id_alone_is_a_renamed_checkpoint() -> None:
    (renamed,) = compare(points(a_checkpoint(ONE)), points(_as(a_checkpoint(ONE), TWO))).changes
    assert renamed == change(ChangeKind.REWORDED, (ONE,), (TWO,))
    assert renamed.is_renamed


def test_gone_ones_stay_where_they_stood_and_new_ones_where_they_are() -> None:
    old = points(*map(a_checkpoint, (ONE, TWO, THREE)))
    new = points(*map(a_checkpoint, (THREE, FOUR, TWO)))
    kinds = [(each.kind, each.before or each.after) for each in compare(old, new).changes]
    assert kinds == [
        (ChangeKind.GONE, (ONE,)),
        (ChangeKind.SAME, (THREE,)),
        (ChangeKind.NEW, (FOUR,)),
        (ChangeKind.SAME, (TWO,)),
    ]
    gone = [
        each.before or each.after for each in compare(old, points(*map(a_checkpoint, (ONE, THREE)))).changes
    ]
    assert gone == [(ONE,), (TWO,), (THREE,)]


def test_replacing_what_the_old_edition_lacks_is_being_new() -> None:
    new = points(a_checkpoint(ONE), a_checkpoint(TWO, replaces=(CheckpointId("service.desk.never"),)))
    assert compare(points(a_checkpoint(ONE)), new).of_kind(ChangeKind.NEW) == (
        change(ChangeKind.NEW, (), (TWO,)),
    )


EDITS: dict[str, dict[str, Any]] = {
    "number": {"number": "SRV-01.9"},
    "statement": {"statement": a_text("Other words.")},
    "guidance": {"guidance": a_text("Other words.")},
    "evidence": {"evidence": a_text("Other words.")},
    "failure": {"failure": a_text("Other words.")},
    "actions": {"actions": ()},
    "weight": {"weight": 3},
    "critical": {"is_critical": True},
    "sample": {"sample": SampleSpec(size=5, of=a_text("orders"))},
    "when": {"when_staff": (StaffCondition(sign=">=", count=10),)},
    "impact": {"impact": Impact(cx=0, ex=0, profit=0)},
    "clauses": {"clauses": ("ISO 9001:2015 8.2.3",)},
    "kpis": {"kpis": ("C15",)},
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_reworded_checkpoint_names_what_differs(name: str) -> None:
    old = a_checkpoint(ONE)
    (found,) = compare(points(old), points(replace(old, **EDITS[name]))).changes
    assert found == change(ChangeKind.REWORDED, (ONE,), (ONE,), (name,))


def test_what_it_replaces_and_a_remark_do_not_make_another_checkpoint() -> None:
    old = a_checkpoint(ONE)
    assert compare(points(old), points(replace(old, replaces=(ONE,), remark="see minutes"))).is_empty


def test_no_field_of_a_checkpoint_is_overlooked() -> None:
    compared = {"critical": ("is_critical",), "when": ("when", "when_staff")}
    seen = {part for name in FIELDS for part in compared.get(name, (name,))}
    assert {each.name for each in fields(Checkpoint)} - seen == {"id", "replaces", "remark"}


A_KPI = KpiDefinition(
    code="C1",
    title=a_text("Kept promises"),
    purpose=a_text("Trust"),
    numerator=a_text("kept"),
    calculation="ratio",
    unit="%",
    direction=Direction.HIGHER,
    rhythm="monthly",
    area=AreaId("service"),
    range=KpiRange(source=a_text("practice"), least="80", most="95"),
)
BASE = an_edition(
    phases=(
        Phase(
            id="baseline",
            title=a_text("Baseline"),
            spans=(Span(length=18, first=1, last=2),),
            gate=(GateCondition(id="rated", check="areas-rated", title=a_text("All rated"), at_least=1),),
        ),
    ),
    reported_under=(ReportedArea(id="aftersales", title=a_text("After-sales"), areas=(AreaId("service"),)),),
    kpi_groups=(KpiGroup(perspective="customers", title=a_text("Customers"), kpis=(A_KPI,)),),
)
PHASE = BASE.phases[0]


def _with_kpi(**changes: Any) -> dict[str, Any]:
    group = BASE.kpi_groups[0]
    return {"kpi_groups": (replace(group, kpis=(replace(A_KPI, **changes),)),)}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            {"title": a_text("Quality Standard")},
            (
                "Title",
                "EN: Dealer Quality Standard · DE: Qualitätsstandard für Autohäuser",
                "EN: Quality Standard",
            ),
        ),
        ({"languages": ("en",)}, ("Languages", "en, de", "en")),
        ({"scale": BASE.scale[1:]}, ("Scale, 0 points: gone", "not met", "")),
        ({"rules": some_rules(pass_mark=85)}, ("Pass mark", "80", "85")),
        ({"rules": some_rules(coverage=Fraction(3, 4))}, ("Coverage", "2/3", "3/4")),
        (
            {"rules": some_rules(sample=(SampleRule(share=Fraction(1), points=10),))},
            ("Points for a sample", "1 → 10, 9/10 → 8, 3/4 → 6, 1/2 → 4", "1 → 10"),
        ),
        (
            {"phases": (replace(PHASE, spans=(Span(length=18, first=1, last=3),)),)},
            ("Phase baseline: months", "1 to 2 of 18", "1 to 3 of 18"),
        ),
        ({"phases": (replace(PHASE, gate=()),)}, ("Gate baseline, rated: gone", "All rated", "")),
        (
            {"features": (*BASE.features, Named(id="fleet", title=a_text("Fleet")))},
            ("Feature fleet: new", "", "Fleet"),
        ),
        (
            {"roles": (Named(id="service-manager", title=a_text("Service manager")),)},
            ("Role parts-manager: gone", "Parts manager", ""),
        ),
        (
            {"cause_categories": BASE.cause_categories[::-1]},
            (
                "Cause categories: order",
                "Cause category people, Cause category method, Cause category material",
                "Cause category material, Cause category method, Cause category people",
            ),
        ),
        ({"origins": BASE.origins[1:]}, ("Origin assessment: gone", "Assessment", "")),
        ({"reported_under": ()}, ("Reported area aftersales: gone", "After-sales", "")),
        (_with_kpi(unit="days"), ("KPI C1: unit", "%", "days")),
        (
            _with_kpi(title=a_text("Kept promises", de="Gehaltene Zusagen")),
            ("KPI C1: title", "", "DE: Gehaltene Zusagen"),
        ),
        (
            {"areas": (replace(BASE.areas[0], title=a_text("Workshop")), BASE.areas[1])},
            ("Area SRV: title", "Service", "Workshop"),
        ),
        ({"areas": BASE.areas[::-1]}, ("Areas: order", "Area SRV, Area PRT", "Area PRT, Area SRV")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_what_differs_around_the_checkpoints_is_said(
    edit: dict[str, Any], said: tuple[str, str, str]
) -> None:
    other = compare(BASE, replace(BASE, **edit)).other
    assert said in [(each.what, each.before, each.after) for each in other]


def test_a_process_with_another_owner_is_said_with_both_roles() -> None:
    area = BASE.areas[0]
    process = replace(area.processes[0], owner="parts-manager")
    new = replace(BASE, areas=(replace(area, processes=(process, *area.processes[1:])), BASE.areas[1]))
    (found,) = compare(BASE, new).other
    assert found.what == "Process SRV-01: owner"
    assert (found.before, found.after) == (
        "Service manager (service-manager)",
        "Parts manager (parts-manager)",
    )


def test_no_part_of_an_edition_is_overlooked() -> None:
    """A part that is added to the domain must be compared, or be named here."""
    not_compared = {"hash", "standard", "version", "status", "remark"}
    empty: dict[str, Any] = {
        name: () if isinstance(getattr(BASE, name), tuple) else None
        for name in (each.name for each in fields(Edition))
        if name not in not_compared | {"rules", "title"}
    }
    for name, nothing in empty.items():
        assert not compare(BASE, replace(BASE, **{name: nothing})).is_empty, name


def test_no_result_rule_is_overlooked() -> None:
    for rule in fields(BASE.rules):
        value = getattr(BASE.rules, rule.name)
        if rule.name == "grades":
            for grade in fields(value):
                grades = replace(value, **{grade.name: getattr(value, grade.name) + 1})
                assert compare(BASE, replace(BASE, rules=replace(BASE.rules, grades=grades))).other, (
                    grade.name
                )
            continue
        other: Any = (
            {AreaId("service"): 2}
            if rule.name == "area_weights"
            else ()
            if rule.name == "sample"
            else value + 1
        )
        assert compare(BASE, replace(BASE, rules=replace(BASE.rules, **{rule.name: other}))).other, rule.name


def test_the_counts_name_every_kind() -> None:
    old, new = an_edition(), an_edition(checkpoints=[a_checkpoint(GREETING, weight=2)])
    assert compare(old, new).counts[ChangeKind.GONE] == 6
    assert compare(old, new).counts[ChangeKind.SPLIT] == 0
    assert PRICE_AGREED in {id for each in compare(old, new).of_kind(ChangeKind.GONE) for id in each.before}


def _as(checkpoint: Checkpoint, id: CheckpointId) -> Checkpoint:
    return replace(checkpoint, id=id, replaces=(checkpoint.id,))
