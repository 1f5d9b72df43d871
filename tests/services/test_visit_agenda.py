"""The agenda of a visit fits into its hours, keeps what people wrote and ticked, and goes on being right when made again."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from qma_app.domain.action import Action
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EvidenceLinkId, VisitId
from qma_app.domain.promise import Promise
from qma_app.domain.visit import AgendaItem
from qma_app.domain.visit_reading import agenda_of
from qma_app.services import visits
from qma_app.services.actions import plan_action
from qma_app.services.evidence import add_evidence
from qma_app.services.findings import raise_finding
from qma_app.services.promises import break_promise, keep_promise, make_promise
from qma_app.services.undoing import undo
from qma_app.services.visit_notes import note
from qma_app.services.visit_view import VisitView, list_visits, visit_view
from tests.exchange.pictures import a_photo
from tests.services.visiting import MONDAY, House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

NEXT = date(2026, 4, 8)


def items(house: House, visit_id: VisitId) -> tuple[AgendaItem, ...]:
    with house.workspace.reading() as reader:
        return agenda_of(reader, visit_id)


def view(house: House, visit_id: VisitId, *, on: date = MONDAY) -> VisitView:
    with house.workspace.reading() as reader:
        return visit_view(reader, visit_id, on=on, now=house.clock())


class TestPreparing:
    """One key makes the agenda from the next steps."""

    def test_it_opens_with_promises_closes_with_the_principal_and_fits_into_the_hours(
        self, house: House
    ) -> None:
        visit = house.plan(MONDAY)
        visits.prepare_visit(house.workspace, visit.id)
        made = items(house, visit.id)
        assert (made[0].step, made[-1].step) == ("agenda:opening", "agenda:closing")
        assert [one.place for one in made] == list(range(1, len(made) + 1))
        assert sum(one.minutes for one in made) <= visit.minutes_planned
        assert all(one.rule for one in made if not one.step.startswith("agenda:"))

    def test_made_again_it_keeps_what_was_ticked_and_typed(self, house: House) -> None:
        visit = house.plan(MONDAY)
        visits.prepare_visit(house.workspace, visit.id)
        first = items(house, visit.id)
        steps = [one for one in first if not one.step.startswith("agenda:")]
        visits.tick_item(house.workspace, steps[0].id, outcome="agreed")
        visits.add_item(house.workspace, visit.id, "Walk through the workshop", minutes=40)
        visits.prepare_visit(house.workspace, visit.id)
        again = items(house, visit.id)
        ticked = next(one for one in again if one.id == steps[0].id)
        assert (ticked.outcome, ticked.done_at is not None) == ("agreed", True)
        assert [one.title for one in again].count("Walk through the workshop") == 1
        assert len({one.step for one in again if one.step}) == len([one for one in again if one.step])
        assert (again[0].step, again[-1].step) == ("agenda:opening", "agenda:closing")
        assert sum(one.minutes for one in again) <= visit.minutes_planned
        assert {one.id for one in again} >= {first[0].id, first[-1].id}, "points that stay keep their ids"

    def test_opening_and_closing_that_were_ticked_stand_once_and_in_their_place(self, house: House) -> None:
        visit = house.plan(MONDAY)
        visits.prepare_visit(house.workspace, visit.id)
        first = items(house, visit.id)
        for item in (first[0], first[-1]):
            visits.tick_item(house.workspace, item.id)
        visits.prepare_visit(house.workspace, visit.id)
        again = items(house, visit.id)
        assert [one.step for one in again] == [one.step for one in first]

    def test_made_again_at_once_it_changes_nothing(self, house: House) -> None:
        visit = house.plan(MONDAY)
        visits.prepare_visit(house.workspace, visit.id)
        assert not visits.prepare_visit(house.workspace, visit.id)

    def test_what_to_bring_is_said_once_and_never_overwritten(self, house: House) -> None:
        visit = house.plan(MONDAY, bring="My own list")
        visits.prepare_visit(house.workspace, visit.id)
        assert house.now(visit.id).bring == "My own list"
        other = house.plan(NEXT)
        visits.prepare_visit(house.workspace, other.id)
        assert house.now(other.id).bring

    def test_one_step_takes_the_agenda_back(self, house: House) -> None:
        visit = house.plan(MONDAY)
        undo(house.workspace, visits.prepare_visit(house.workspace, visit.id))
        assert items(house, visit.id) == ()

    def test_a_visit_that_is_over_is_not_prepared(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, visit.id)
        visits.close_visit(house.workspace, visit.id)
        with refused("visit.closed"):
            visits.prepare_visit(house.workspace, visit.id)


class TestPoints:
    """Points are written, moved, ticked and taken away by hand."""

    def test_a_typed_point_stands_before_the_closing(self, house: House) -> None:
        visit = house.plan(MONDAY)
        visits.add_item(house.workspace, visit.id, "First")
        visits.prepare_visit(house.workspace, visit.id)
        visits.add_item(house.workspace, visit.id, "Second")
        assert [one.title for one in items(house, visit.id)][-3:-1] == ["First", "Second"]

    def test_points_move_and_stay_in_order(self, house: House) -> None:
        visit = house.plan(MONDAY)
        for title in ("A", "B", "C"):
            visits.add_item(house.workspace, visit.id, title)
        a, _b, c = items(house, visit.id)
        visits.move_item(house.workspace, c.id, place=1)
        assert [one.title for one in items(house, visit.id)] == ["C", "A", "B"]
        visits.move_item(house.workspace, a.id, place=99)
        assert [one.title for one in items(house, visit.id)] == ["C", "B", "A"]
        visits.remove_item(house.workspace, c.id)
        assert [(one.title, one.place) for one in items(house, visit.id)] == [("B", 1), ("A", 2)]

    def test_a_point_needs_words_and_minutes_of_a_day(self, house: House) -> None:
        visit = house.plan(MONDAY)
        with refused("agenda.title-missing"):
            visits.add_item(house.workspace, visit.id, " ")
        for minutes in (-1, 1441):
            with refused("agenda.minutes"):
                visits.add_item(house.workspace, visit.id, "A", minutes=minutes)
        visits.add_item(house.workspace, visit.id, "A")
        (item,) = items(house, visit.id)
        with refused("agenda.title-missing"):
            visits.change_item(house.workspace, item.id, title="")
        with pytest.raises(ValueError, match="done_at"):
            visits.change_item(house.workspace, item.id, done_at=None)
        visits.change_item(house.workspace, item.id, title=" B ", minutes=20)
        assert [(one.title, one.minutes) for one in items(house, visit.id)] == [("B", 20)]

    def test_a_tick_keeps_its_instant_and_gives_way(self, house: House) -> None:
        visit = house.plan(MONDAY)
        visits.add_item(house.workspace, visit.id, "A")
        (item,) = items(house, visit.id)
        visits.tick_item(house.workspace, item.id, outcome="seen")
        (first,) = items(house, visit.id)
        visits.tick_item(house.workspace, item.id)
        assert items(house, visit.id) == (first,)
        visits.untick_item(house.workspace, item.id)
        assert [(one.done_at, one.outcome) for one in items(house, visit.id)] == [(None, "seen")]


class TestView:
    """What the screen shows of a visit comes from one reading."""

    def test_each_point_has_the_time_it_begins(self, house: House) -> None:
        visit = house.plan(MONDAY, starts_at=time(22), ends_at=time(23))
        for minutes in (15, 130, 10):
            visits.add_item(house.workspace, visit.id, "Point", minutes=minutes)
        assert view(house, visit.id).starts == (time(22), time(22, 15), None)

    def test_promises_that_were_open_that_morning_open_the_visit(self, house: House) -> None:
        def promised(what: str, **options: object) -> Promise:
            return make_promise(
                house.workspace,
                house.engagement.id,
                what=what,
                who="Paul",
                due_on=None,
                **options,  # type: ignore[arg-type]  # options of the test
            ).made(Promise)

        kept_before, kept_there, still_open = (promised(what) for what in ("before", "there", "open"))
        visit = house.plan(MONDAY)
        house.clock.put(date(2026, 3, 9))
        later = promised("later", made_on=date(2026, 3, 9))
        keep_promise(house.workspace, kept_before.id, on=date(2026, 2, 20))
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, visit.id)
        keep_promise(house.workspace, kept_there.id, on=MONDAY)
        made = promised("at the visit", visit_id=visit.id)
        house.clock.put(date(2026, 3, 10))
        break_promise(house.workspace, still_open.id, on=date(2026, 3, 10))
        seen = view(house, visit.id, on=date(2026, 3, 10))
        assert [one.id for one in seen.promises_due] == [kept_there.id, still_open.id]
        assert [one.id for one in seen.promises_made] == [made.id]
        assert made.made_on == MONDAY
        assert later.id not in {one.id for one in seen.promises_due}

    def test_actions_written_down_or_due_that_day_are_agreed_at_the_visit(self, house: House) -> None:
        engagement = house.engagement.id
        early = plan_action(house.workspace, engagement_id=engagement, what="Early").made(Action)
        due = plan_action(house.workspace, engagement_id=engagement, what="Due", due_on=MONDAY).made(Action)
        visit = house.plan(MONDAY)
        assert view(house, visit.id).actions_agreed == ()
        house.clock.put(MONDAY)
        visits.start_visit(house.workspace, visit.id)
        there = plan_action(house.workspace, engagement_id=engagement, what="There").made(Action)
        finding = raise_finding(
            house.workspace, engagement_id=engagement, statement="Seen", grade=FindingGrade.MINOR
        ).made(Finding)
        house.clock.put(date(2026, 3, 3))
        plan_action(house.workspace, engagement_id=engagement, what="The day after")
        seen = view(house, visit.id)
        assert [one.id for one in seen.actions_agreed] == [due.id, there.id]
        assert early.id not in {one.id for one in seen.actions_agreed}
        assert [one.id for one in seen.findings] == [finding.id]

    def test_notes_photos_people_and_areas_belong_to_it(self, house: House) -> None:
        visit = house.plan(MONDAY, areas=("parts", "service"))
        note(house.workspace, house.engagement.id, "Keys", visit_id=visit.id)
        evidence = add_evidence(
            house.workspace, engagement_id=house.engagement.id, name="desk.jpg", data=a_photo()
        ).made(Evidence)
        with house.workspace.writing("test.linked") as work:
            work.put(EvidenceLink(id=EvidenceLinkId("link"), evidence_id=evidence.id, visit_id=visit.id))
        seen = view(house, visit.id)
        assert [one.words for one in seen.notes] == ["Keys"]
        assert [one.id for one in seen.photos] == [evidence.id]
        assert [area.code for area in seen.areas] == ["SRV", "PRT"]
        assert seen.coach == house.coach
        assert (seen.worked, seen.remarks) == (timedelta(), ())

    def test_a_clock_set_back_or_left_running_is_told_in_words(self, house: House) -> None:
        visit = house.plan(MONDAY)
        house.clock.put(MONDAY, 12)
        visits.start_visit(house.workspace, visit.id)
        house.clock.put(MONDAY, 9)
        visits.pause_visit(house.workspace, visit.id)
        house.clock.put(MONDAY, 8)
        visits.resume_visit(house.workspace, visit.id)
        house.clock.put(date(2026, 3, 3), 8)
        seen = view(house, visit.id)
        assert [remark.split(":")[0] for remark in seen.remarks] == [
            "The clock of this computer was set back during the visit",
            "The clock has run without a pause since 2 Mar 2026, 08",
            "The clock of this computer was set back in a pause",
        ]
        assert timedelta(hours=23) < seen.worked < timedelta(hours=25)

    def test_visits_are_listed_by_their_day_those_called_off_among_them(self, house: House) -> None:
        late, early = house.plan(NEXT), house.plan(MONDAY)
        visits.cancel_visit(house.workspace, early.id, reason="flu")
        with house.workspace.reading() as reader:
            assert [one.id for one in list_visits(reader, house.engagement.id)] == [early.id, late.id]
