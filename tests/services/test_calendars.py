"""The calendar opens in two independent readers, updates on a second import, and is the same for the same state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject

from qma_app.domain.action import Action, Stage
from qma_app.domain.gates import gate_of
from qma_app.domain.ids import PlannedPhaseId
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.promise import Promise
from qma_app.domain.review import ManagementReview
from qma_app.i18n import in_language
from qma_app.services import visits
from qma_app.services.actions import delete_action, drop_action, move_action, plan_action
from qma_app.services.calendars import calendar_bytes, write_calendar
from qma_app.services.dealerships import archive_dealership, change_dealership
from qma_app.services.journey import journey
from qma_app.services.promises import break_promise, keep_promise, make_promise
from qma_app.services.reviews import hold_review, plan_review
from qma_app.services.undoing import undo
from tests.services.visiting import MONDAY, House, make_house

pytest_plugins = ["tests.services.visiting_fixtures"]

NEXT = date(2026, 4, 8)
HOSTILE = "Besuch; 7, \\n Öl\r\nEND:VEVENT\rUID:x\u2028\x0b" + "ß" * 90


def written(house: House, *, everything: bool = False) -> bytes:
    with house.workspace.reading() as reader:
        return calendar_bytes(reader, None if everything else house.engagement.id, on=MONDAY)


def entries(content: bytes) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(content)
    return {str(one["UID"]): one for one in calendar.walk() if one.name in ("VEVENT", "VTODO")}


def filled(house: House) -> dict[str, str]:
    """Something of each kind, and the UID of each."""
    workspace, engagement = house.workspace, house.engagement.id
    visit = house.plan(MONDAY, areas=("service",), purpose=HOSTILE, starts_at=time(9), ends_at=time(12, 30))
    review = plan_review(workspace, engagement, planned_on=NEXT).made(ManagementReview)
    action = plan_action(workspace, engagement_id=engagement, what=HOSTILE, due_on=NEXT, owner="Paul").made(
        Action
    )
    plan_action(workspace, engagement_id=engagement, what="Some day")
    promise = make_promise(workspace, engagement, what="Pay", who="Paul", due_on=NEXT).made(Promise)
    with workspace.writing("test.phase") as work:
        phase = work.put(
            PlannedPhase(
                id=PlannedPhaseId("p"),
                engagement_id=engagement,
                phase="improve",
                place=3,
                wave=1,
                starts_on=MONDAY,
                ends_on=date(2028, 2, 29),
            )
        )
    names = {
        "visit": visit.id,
        "review": review.id,
        "action": action.id,
        "promise": promise.id,
        "phase": phase.id,
    }
    return {kind: f"{kind}-{id}@qma-coach" for kind, id in names.items()}


class TestReading:
    """Two readers that know nothing of each other say the same."""

    def test_icalendar_reads_every_entry_with_its_times_and_words(self, house: House) -> None:
        uids = filled(house)
        found = entries(written(house))
        assert set(found) == {*uids.values(), f"audit-{house.engagement.id}@qma-coach"}
        visit = found[uids["visit"]]
        assert (visit.decoded("dtstart"), visit.decoded("dtend")) == (
            datetime(2026, 3, 2, 9),  # noqa: DTZ001  the clock of the dealership, wherever it is read
            datetime(2026, 3, 2, 12, 30),  # noqa: DTZ001  as above
        )
        assert str(visit["SUMMARY"]) == "Visit 1: Service"
        assert str(visit["DESCRIPTION"]) == "Besuch; 7, \\n Öl\nEND:VEVENT\nUID:x\n" + "ß" * 90
        assert str(visit["LOCATION"]) == "Autohaus Beispiel, Musterstadt"
        phase = found[uids["phase"]]
        assert (phase.decoded("dtstart"), phase.decoded("dtend")) == (date(2028, 2, 29), date(2028, 3, 1))
        assert found[uids["review"]].decoded("dtstart") == NEXT
        assert found[uids["action"]].decoded("due") == found[uids["promise"]].decoded("due") == NEXT
        assert "\n" not in str(found[uids["action"]]["SUMMARY"])

    def test_vobject_reads_the_same(self, house: House) -> None:
        uids = filled(house)
        content = written(house)
        calendar = vobject.readOne(content.decode())
        events = {one.uid.value: one for one in calendar.vevent_list}
        tasks = {one.uid.value: one for one in calendar.vtodo_list}
        known = entries(content)
        assert {*events, *tasks} == set(known)
        for uid, one in {**events, **tasks}.items():
            assert one.summary.value == str(known[uid]["SUMMARY"])
            assert int(one.sequence.value) == known[uid]["SEQUENCE"]
        visit = events[uids["visit"]]
        assert visit.dtstart.value == datetime(2026, 3, 2, 9)  # noqa: DTZ001  as above
        assert visit.description.value == str(known[uids["visit"]]["DESCRIPTION"])
        assert tasks[uids["promise"]].due.value == NEXT
        assert events[uids["phase"]].dtstart.value == date(2028, 2, 29)

    def test_no_line_is_longer_than_75_bytes_and_all_end_alike(self, house: House) -> None:
        filled(house)
        content = written(house)
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert content.count(b"\n") == content.count(b"\r\n")

    def test_it_speaks_the_language_in_force(self, house: House) -> None:
        filled(house)
        with in_language("de"):
            german = written(house)
        assert b"PRODID:-//QMA Coach//DE" in german
        assert set(entries(german)) == set(entries(written(house)))


class TestUpdating:
    """A second import updates what the first one brought."""

    @pytest.mark.parametrize(
        ("language", "title"), [("en", "Gate: Improve, wave 1"), ("de", "Tor: Umsetzung, Welle 1")]
    )
    def test_a_wave_is_called_as_on_screen_and_paper(self, house: House, language: str, title: str) -> None:
        uids = filled(house)
        with in_language(language):
            assert str(entries(written(house))[uids["phase"]]["SUMMARY"]) == title
            phase = house.get(PlannedPhase, "p")
            with house.workspace.reading() as reader:
                assert (
                    gate_of(reader, house.engagement.id, phase, on=MONDAY).title == title.partition(": ")[2]
                )
                (bar,) = journey(reader, house.engagement.id, on=MONDAY).phases
            assert bar.title == title.partition(": ")[2]

    def test_the_same_state_gives_the_same_bytes(self, house: House) -> None:
        filled(house)
        house.clock.put(NEXT)
        assert written(house) == written(house)

    def test_the_sequence_rises_with_each_change_also_one_taken_back(self, house: House) -> None:
        uid = filled(house)["visit"]
        visit_id = uid.removeprefix("visit-").removesuffix("@qma-coach")
        seen = [entries(written(house))[uid]["SEQUENCE"]]
        changes = visits.change_visit(house.workspace, visit_id, planned_on=NEXT)  # type: ignore[arg-type]  # an id as text
        seen.append(entries(written(house))[uid]["SEQUENCE"])
        undo(house.workspace, changes)
        seen.append(entries(written(house))[uid]["SEQUENCE"])
        change_dealership(house.workspace, house.dealership.id, name="Autohaus Neu")
        seen.append(entries(written(house))[uid]["SEQUENCE"])
        assert seen == sorted(set(seen))
        assert str(entries(written(house))[uid]["LOCATION"]).startswith("Autohaus Neu")

    def test_what_is_called_off_deleted_or_settled_leaves_the_calendar(self, house: House) -> None:
        workspace, engagement = house.workspace, house.engagement.id
        off, gone = house.plan(MONDAY), house.plan(NEXT)
        visits.cancel_visit(workspace, off.id, reason="flu")
        visits.delete_visit(workspace, gone.id)
        done, dropped, deleted, waiting = (
            plan_action(workspace, engagement_id=engagement, what=what, due_on=NEXT).made(Action)
            for what in "ABCD"
        )
        house.clock.put(MONDAY)
        move_action(workspace, done.id, Stage.CHECK, on=MONDAY)
        drop_action(workspace, dropped.id, reason="no use")
        delete_action(workspace, deleted.id)
        kept, broken = (
            make_promise(workspace, engagement, what=what, who="P", due_on=NEXT).made(Promise)
            for what in "EF"
        )
        house.clock.put(MONDAY)
        keep_promise(workspace, kept.id, on=MONDAY)
        break_promise(workspace, broken.id, on=MONDAY)
        found = entries(written(house))
        states = {
            f"visit-{off.id}": "CANCELLED",
            f"visit-{gone.id}": "CANCELLED",
            f"action-{done.id}": "COMPLETED",
            f"action-{dropped.id}": "CANCELLED",
            f"action-{deleted.id}": "CANCELLED",
            f"action-{waiting.id}": "NEEDS-ACTION",
            f"promise-{kept.id}": "COMPLETED",
            f"promise-{broken.id}": "CANCELLED",
        }
        assert {uid: str(found[f"{uid}@qma-coach"]["STATUS"]) for uid in states} == states

    def test_a_programme_that_ended_has_nothing_ahead(self, house: House) -> None:
        uids = filled(house)
        review = house.all(ManagementReview)[0]
        house.clock.put(MONDAY)
        hold_review(house.workspace, review.id, on=MONDAY, led_by="Paul")
        with house.workspace.writing("test.ended") as work:
            work.put(replace(house.engagement, ended_on=date(2026, 2, 20), ended_reason="sold"))
        found = entries(written(house))
        assert str(found[uids["visit"]]["STATUS"]) == str(found[uids["phase"]]["STATUS"]) == "CANCELLED"
        assert str(found[uids["review"]]["STATUS"]) == "CONFIRMED"


class TestAll:
    """One file for all dealerships, and written to disk whole."""

    def test_all_dealerships_stand_in_one_file_under_their_names(self, house: House, tmp_path: Path) -> None:
        other = make_house(house.workspace, house.clock, "Autohaus Muster")
        closed = make_house(house.workspace, house.clock, "Autohaus Zu")
        for one in (house, other, closed):
            one.plan(MONDAY)
        archive_dealership(house.workspace, closed.dealership.id)
        titles = [
            str(one["SUMMARY"])
            for one in entries(written(house, everything=True)).values()
            if one.name == "VEVENT"
        ]
        assert titles == [
            "Autohaus Beispiel: Visit 1",
            "Autohaus Beispiel: The agreed time is over: audit due",
            "Autohaus Muster: Visit 1",
            "Autohaus Muster: The agreed time is over: audit due",
        ]
        path = write_calendar(house.workspace, tmp_path / "all.ics")
        assert path.read_bytes() == written(house, everything=True)
        alone = write_calendar(house.workspace, tmp_path / "one.ics", dealership_id=other.dealership.id)
        assert b"X-WR-CALNAME:Autohaus Muster" in alone.read_bytes()

    def test_the_wider_world_hears_nothing_of_proposals(self, house: House) -> None:
        plan_action(
            house.workspace, engagement_id=house.engagement.id, what="Idea", due_on=NEXT, is_proposal=True
        )
        assert not any(uid.startswith("action-") for uid in entries(written(house)))
