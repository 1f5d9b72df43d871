"""All dealerships on one page: what stands in a line, which lines there are, and that nothing is recomputed for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.people import Person
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.promise import Promise
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes, Record
from qma_app.domain.standing import applicable_in, standing_result
from qma_app.domain.visit import Visit
from qma_app.services.assessments import complete_assessment
from qma_app.services.dealerships import add_dealership, archive_dealership
from qma_app.services.log import verify_workspace
from qma_app.services.people import add_person
from qma_app.services.portfolio import PortfolioLine, PortfolioView, portfolio
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.today import today
from qma_app.services.undoing import undo
from qma_app.services.workspace import Workspace, open_workspace
from qma_app.storage.scopes import ReadingScope
from tests.builders import NOW
from tests.services.conftest import PRICE, Programme

ON = date(2026, 11, 21)


def seen(workspace: Workspace, on: date = ON, **options: Any) -> PortfolioView:
    with workspace.reading() as reader:
        return portfolio(reader, on=on, **options)


def line(programme: Programme, on: date = ON) -> PortfolioLine:
    (only,) = seen(programme.workspace, on).lines
    return only


def put(workspace: Workspace, *records: Record) -> Changes:
    with workspace.writing("test.put") as work:
        for record in records:
            work.put(record)
    return work.changes


def rate_all(programme: Programme, points: int, **options: Any) -> None:
    assessment = options.get("assessment", programme.assessment)
    with programme.workspace.writing("test.rated") as work:
        for place, checkpoint in enumerate(applicable_in(work, assessment)):
            rating = Rating(id=work.new_id(), assessment_id=assessment.id, checkpoint_id=checkpoint)  # type: ignore[arg-type]
            work.put(rating.rated(10 if place % 2 else points, at=work.at, by=None))


def phase(
    programme: Programme, name: str, place: int, first: date, last: date, **fields: Any
) -> PlannedPhase:
    return PlannedPhase(
        id=f"phase-{place}",  # type: ignore[arg-type]
        engagement_id=programme.engagement.id,
        phase=name,
        place=place,
        starts_on=first,
        ends_on=last,
        **fields,
    )


def test_levels_are_those_of_today(programme: Programme) -> None:
    rate_all(programme, 6)
    complete_assessment(programme.workspace, programme.assessment.id)
    progress = programme.start(AssessmentKind.PROGRESS)
    rate_checkpoint(programme.workspace, progress.id, PRICE, points=0)
    shown = line(programme)
    with programme.workspace.reading() as reader:
        result = standing_result(reader, programme.engagement.id)
        view = today(reader, programme.dealership.id, on=ON)
    assert shown.overall == result.overall
    assert shown.areas == {area.area_id: area.level for area in result.areas if area.applies}
    assert (shown.rated_areas, shown.counted_areas) == (result.rated_areas, result.counted_areas)
    assert shown.is_whole
    assert shown.unmet_criticals == len(result.unmet_criticals) > 0
    assert shown.trend == view.since_last
    assert shown.history == (view.columns[0].overall,)
    assert (shown.month, shown.months) == (view.month, 18)


def test_departments_the_house_lacks_need_no_rating(programme: Programme) -> None:
    """Whole is what Today calls whole: the past level counts, and so does the gain over it."""
    workspace = programme.workspace
    with workspace.reading() as reader:
        (site,) = reader.all(Site, dealership_id=programme.dealership.id)
    put(workspace, replace(site, features=("service",)))
    areas = tuple(line(programme).areas)
    narrow = programme.start(AssessmentKind.PROGRESS, scope=areas)
    assert len(narrow.scope) < len(programme.assessment.scope)
    rate_all(programme, 6, assessment=narrow)
    complete_assessment(workspace, narrow.id)
    newer = programme.start(AssessmentKind.PROGRESS)
    rate_checkpoint(workspace, newer.id, PRICE, points=0)
    with workspace.reading() as reader:
        view = today(reader, programme.dealership.id, on=ON)
    assert view.since_last is not None
    assert line(programme).trend == view.since_last


def test_nothing_rated_is_not_nought(programme: Programme) -> None:
    shown = line(programme)
    assert (shown.overall, shown.trend, shown.history, shown.is_whole) == (None, None, (), False)
    assert set(shown.areas.values()) == {None}
    assert shown.phase_title == "No plan yet"
    assert not shown.gate_at_risk


def test_days_count_from_the_day_asked_for(programme: Programme) -> None:
    mine: dict[str, Any] = {"engagement_id": programme.engagement.id, "number": 1}
    put(
        programme.workspace,
        Visit(id="v1", planned_on=date(2026, 10, 5), closed_at=NOW, held_on=date(2026, 10, 6), **mine),  # type: ignore[arg-type]
        Visit(id="v2", planned_on=date(2026, 11, 2), **mine),  # type: ignore[arg-type]
        Visit(id="v3", planned_on=date(2026, 12, 7), **mine),  # type: ignore[arg-type]
        Action(id="a1", what="Sign", due_on=date(2026, 11, 20), **mine),  # type: ignore[arg-type]
        Action(id="a2", what="Train", due_on=ON, **mine),  # type: ignore[arg-type]
        Promise(id="p1", what="Come", who="M. Beispiel", due_on=date(2026, 11, 1), **mine),  # type: ignore[arg-type]
        Promise(id="p2", what="Send", who="C. Coach", due_on=date(2026, 11, 1), is_coachs=True, **mine),  # type: ignore[arg-type]
        Finding(id="f1", grade=FindingGrade.MAJOR, statement="No price", **mine),  # type: ignore[arg-type]
    )
    shown = line(programme)
    assert (shown.last_visit, shown.next_visit) == (date(2026, 10, 6), date(2026, 12, 7))
    assert (shown.overdue_actions, shown.late_promises, shown.open_majors) == (1, 1, 1)
    assert line(programme, date(2026, 11, 22)).overdue_actions == 2


class TestGates:
    """The phase a dealership is in, and whether its gate is at risk."""

    def test_the_first_phase_not_passed_is_the_stage(self, programme: Programme) -> None:
        put(
            programme.workspace,
            phase(
                programme, "commitment", 0, date(2026, 9, 1), date(2026, 9, 30), passed_on=date(2026, 9, 28)
            ),
            phase(programme, "improve", 1, date(2026, 10, 1), date(2027, 3, 31), wave=2),
        )
        shown = line(programme)
        assert shown.phase_title == "Improve, wave 2"
        assert (shown.phase_is_late, shown.gate_at_risk, shown.why_at_risk) == (False, False, "")

    def test_open_conditions_count_in_the_last_month(self, programme: Programme) -> None:
        put(programme.workspace, phase(programme, "commitment", 0, date(2026, 9, 1), date(2026, 12, 1)))
        shown = line(programme)
        assert shown.gate_at_risk
        assert shown.why_at_risk == "charter not signed; targets not locked; no quality officer with time"
        assert not line(programme, date(2026, 10, 31)).gate_at_risk

    def test_a_phase_whose_time_is_over_is_late(self, programme: Programme) -> None:
        put(programme.workspace, phase(programme, "audit", 0, date(2026, 9, 1), date(2026, 11, 1)))
        shown = line(programme)
        assert shown.phase_is_late
        assert shown.gate_at_risk
        assert shown.why_at_risk == "was to end on 1 Nov 2026"

    def test_areas_of_the_finished_waves_must_reach_the_bound(self, programme: Programme) -> None:
        rate_all(programme, 0)
        mine = {"engagement_id": programme.engagement.id}
        put(
            programme.workspace,
            phase(programme, "improve", 0, date(2026, 9, 1), date(2026, 12, 1), wave=1),
            PlannedArea(id="x1", area_id=AreaId("service"), wave=1, **mine),  # type: ignore[arg-type]
            PlannedArea(id="x2", area_id=AreaId("parts"), wave=2, **mine),  # type: ignore[arg-type]
        )
        shown = line(programme)
        level = shown.areas[AreaId("service")]
        assert level is not None
        assert f"below 75: SRV {round(level)}" in shown.why_at_risk
        assert "PRT" not in shown.why_at_risk

    def test_many_areas_are_named_in_full_and_in_short(self, programme: Programme) -> None:
        """A gate that asks for every area must not push everything else out of its line."""
        put(programme.workspace, phase(programme, "baseline", 0, date(2026, 9, 1), date(2026, 12, 1)))
        shown = line(programme)
        codes = [area.code for area in seen(programme.workspace).areas]
        assert len(codes) > 4
        whole = f"too little rated: {', '.join(codes)}"
        assert whole in shown.why_at_risk
        short = f"too little rated: {', '.join(codes[:3])} and {len(codes) - 3} more"
        assert short in shown.why_in_short
        assert whole not in shown.why_in_short

    def test_old_majors_and_late_actions_are_named(self, programme: Programme) -> None:
        mine: dict[str, Any] = {"engagement_id": programme.engagement.id}
        put(
            programme.workspace,
            phase(programme, "pre-audit", 0, date(2026, 9, 1), date(2026, 12, 1)),
            Finding(id="f1", number=1, grade=FindingGrade.MAJOR, statement="x", **mine),  # type: ignore[arg-type]
            *(
                Action(id=f"a{number}", number=number, what="x", due_on=date(2026, 1, 1), **mine)  # type: ignore[arg-type]
                for number in range(4)
            ),
        )
        why = line(programme).why_at_risk
        assert "1 open major" in why
        assert "4 actions overdue" in why
        assert "no management review in 92 days" in why

    def test_a_programme_that_has_ended_has_no_gate(self, programme: Programme) -> None:
        put(programme.workspace, phase(programme, "audit", 0, date(2026, 9, 1), date(2026, 11, 1)))
        put(programme.workspace, replace(programme.engagement, ended_on=ON, ended_reason="sold"))
        shown = line(programme)
        assert (shown.phase_title, shown.gate_at_risk, shown.has_ended) == ("Ended", False, True)


class TestWhichDealerships:
    """Archived ones, those of another coach, the newest programme of each."""

    @pytest.fixture
    def others(self, programme: Programme) -> tuple[Person, Person]:
        """Two coaches; the second has two dealerships, the first one."""
        workspace = programme.workspace
        coaches = [add_person(workspace, name=name).made(Person) for name in ("Ada Sample", "Bo Sample")]
        put(workspace, replace(programme.engagement, coach_id=coaches[0].id))
        for name in ("Autohaus Zwei", "autohaus Alpha"):
            engagement = add_dealership(workspace, name=name, country="AT").made(Engagement)
            put(workspace, replace(engagement, coach_id=coaches[1].id))
        return coaches[0], coaches[1]

    def test_lines_stand_by_name(self, programme: Programme, others: tuple[Person, Person]) -> None:
        view = seen(programme.workspace)
        assert [one.dealership.name for one in view.lines] == [
            "autohaus Alpha",
            "Autohaus Beispiel",
            "Autohaus Zwei",
        ]
        assert [one.coach_name for one in view.lines] == ["Bo Sample", "Ada Sample", "Bo Sample"]
        with programme.workspace.reading() as reader:
            edition = reader.edition(programme.engagement.edition)
        shown = set(view.lines[0].areas)
        assert [area.id for area in view.areas] == [area.id for area in edition.areas if area.id in shown]

    def test_a_coach_sees_her_own(self, programme: Programme, others: tuple[Person, Person]) -> None:
        view = seen(programme.workspace, coach_id=others[0].id)
        assert [one.dealership.name for one in view.lines] == ["Autohaus Beispiel"]

    def test_archived_ones_are_shown_when_asked_for(
        self, programme: Programme, others: tuple[Person, Person]
    ) -> None:
        archive_dealership(programme.workspace, programme.dealership.id)
        assert len(seen(programme.workspace).lines) == 2
        everything = seen(programme.workspace, with_archived=True)
        assert len(everything.lines) == 3
        assert sum(one.dealerships for one in everything.cover) == 2

    def test_cover_says_who_waits_longest(self, programme: Programme, others: tuple[Person, Person]) -> None:
        with programme.workspace.reading() as reader:
            ids = {
                one.name: engagement.id
                for one in reader.all(Dealership)
                for engagement in reader.all(Engagement, dealership_id=one.id)
            }
        alpha, zwei = ids["autohaus Alpha"], ids["Autohaus Zwei"]
        day = programme.engagement.started_on + timedelta(days=60)
        put(
            programme.workspace,
            a_visit("v1", alpha, day - timedelta(days=8), is_held=True),
            a_visit("v2", zwei, day - timedelta(days=45), is_held=True),
            a_visit("v3", zwei, day + timedelta(days=30)),
            a_visit("v4", zwei, day + timedelta(days=31)),
        )
        ada, bo = seen(programme.workspace, day).cover
        assert (ada.coach_name, ada.dealerships, ada.visits_next_30, ada.days_since_longest) == (
            "Ada Sample",
            1,
            0,
            60,
        )
        assert (bo.dealerships, bo.visits_next_30, bo.days_since_longest, bo.longest) == (
            2,
            1,
            45,
            "Autohaus Zwei",
        )


def a_visit(id: str, engagement_id: EngagementId, day: date, *, is_held: bool = False) -> Visit:
    return Visit(
        id=id,  # type: ignore[arg-type]
        engagement_id=engagement_id,
        number=1,
        planned_on=day,
        held_on=day if is_held else None,
        closed_at=NOW if is_held else None,
    )


def test_nothing_is_recomputed_for_it(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    rate_all(programme, 6)
    monkeypatch.delattr(ReadingScope, "ratings")
    monkeypatch.delattr(ReadingScope, "standing")
    assert line(programme).overall is not None


def test_an_undone_rating_is_undone_here_as_well(programme: Programme) -> None:
    rate_all(programme, 8)
    before = line(programme)
    with programme.workspace.reading() as reader:
        stood = reader.ratings(programme.assessment.id)[PRICE]
    changes = rate_checkpoint(
        programme.workspace, programme.assessment.id, PRICE, points=4 if stood.points == 10 else 10
    )
    assert line(programme) != before
    undo(programme.workspace, changes)
    assert line(programme) == before


def test_a_workspace_without_rollups_gets_them_when_it_is_opened(programme: Programme) -> None:
    """As one that was made before there were any."""
    rate_all(programme, 6)
    before = line(programme)
    for table in ("rollup_areas", "rollups"):
        programme.workspace.store._writer.execute(f"DELETE FROM {table}")
    assert line(programme) == before
    programme.workspace.close()
    with open_workspace(programme.workspace.folder) as workspace, workspace.reading() as reader:
        assert reader.counts()["rollups"] == 1
        assert portfolio(reader, on=ON).lines == (before,)


def test_verify_notes_a_rollup_that_differs_and_still_calls_the_workspace_genuine(
    programme: Programme,
) -> None:
    assert verify_workspace(programme.workspace).notes == ()
    programme.workspace.store._writer.execute("UPDATE rollup_areas SET rated = rated + 1")
    found = verify_workspace(programme.workspace)
    assert found.is_genuine
    assert found.notes[0] == "what the portfolio shows of Autohaus Beispiel is not what its records say"
    assert f'qma rebuild "{programme.workspace.folder}"' in found.notes[1]
    assert tuple(line.strip() for line in found.lines()[-2:]) == found.notes


def test_fractions_stay_exact(programme: Programme) -> None:
    rate_all(programme, 6)
    complete_assessment(programme.workspace, programme.assessment.id)
    (level,) = line(programme).history
    assert isinstance(level, Fraction)
    assert level == line(programme).overall
