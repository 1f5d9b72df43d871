"""An agenda fits into the hours of its visit, opens and closes as it should, and leaves nothing out unseen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.agenda import Agenda, build_agenda
from qma_app.domain.ids import AreaId
from qma_app.domain.next_step import NextStep, StepKind
from qma_app.domain.spot import Spot
from tests.builders import TODAY

SERVICE, PARTS = AreaId("service"), AreaId("parts")


def a_step(name: str, minutes: int = 30, area: AreaId | None = None, rule: str = "rate") -> NextStep:
    return NextStep(
        key=name,
        rule=rule,
        kind=StepKind.RATE,
        title=name,
        reason="because",
        minutes=minutes,
        spot=Spot(page="checklists", area_id=area),
    )


def told(agenda: Agenda) -> list[tuple[int, int, str]]:
    return [
        (line.starts_after, line.minutes, line.step.key if line.step else line.title) for line in agenda.items
    ]


OPENING, CLOSING = "Opening: what was promised, what is planned", "Closing with the principal"


def test_a_short_visit_opens_with_promises_and_closes_with_the_principal() -> None:
    agenda = build_agenda([a_step("one"), a_step("two", 60)], minutes=120)
    assert told(agenda) == [(0, 15, OPENING), (15, 30, "one"), (45, 20, CLOSING)]
    assert [step.key for step in agenda.left_over] == ["two"]
    assert agenda.minutes_used == 65


def test_a_shorter_step_fills_the_time_a_longer_one_does_not_fit_into() -> None:
    agenda = build_agenda([a_step("long", 90), a_step("short", 20)], minutes=60)
    assert [line[2] for line in told(agenda)] == [OPENING, "short", CLOSING]


def test_a_long_visit_has_lunch_near_its_middle() -> None:
    steps = [a_step(str(number), 40) for number in range(20)]
    agenda = build_agenda(steps, minutes=480)
    assert told(agenda)[5:7] == [(175, 40, "4"), (215, 45, "Lunch")]
    assert agenda.minutes_used == 480


def test_five_hours_have_no_lunch_and_a_little_more_has_one() -> None:
    steps = [a_step(str(number), 20) for number in range(20)]
    assert "Lunch" not in [line[2] for line in told(build_agenda(steps, minutes=300))]
    assert "Lunch" in [line[2] for line in told(build_agenda(steps, minutes=301))]


def test_the_areas_of_the_visit_have_the_first_choice_but_the_order_stays() -> None:
    steps = [
        a_step("parts", 60, PARTS),
        a_step("house", 20),
        a_step("service", 60, SERVICE),
        a_step("little", 5, PARTS),
    ]
    agenda = build_agenda(steps, minutes=120, areas=(SERVICE,))
    assert [line[2] for line in told(agenda)] == [OPENING, "house", "service", "little", CLOSING]
    assert [step.key for step in agenda.left_over] == ["parts"]


def test_promises_are_spoken_of_at_the_opening_and_minutes_signed_at_the_closing() -> None:
    steps = [a_step("p1", rule="promise"), a_step("p2", rule="promise"), a_step("m", rule="visit-unsigned")]
    agenda = build_agenda(steps, minutes=120)
    assert agenda.items[0].reason == "2 promises are due or late."
    assert agenda.items[-1].reason.endswith("The minutes of the last visit are still to be signed.")
    assert len(agenda.items) == 2
    assert agenda.left_over == ()


def test_what_was_ticked_and_the_preparing_itself_are_no_points() -> None:
    steps = [a_step("done").ticked(TODAY), a_step("prepare", rule="visit-prepare")]
    agenda = build_agenda(steps, minutes=120)
    assert (len(agenda.items), agenda.left_over) == (2, ())


def test_a_visit_without_time_has_no_agenda() -> None:
    agenda = build_agenda([a_step("one")], minutes=0)
    assert (agenda.items, [step.key for step in agenda.left_over], agenda.minutes_used) == ((), ["one"], 0)


@given(
    sizes=st.lists(st.integers(min_value=5, max_value=120), max_size=25),
    minutes=st.integers(min_value=0, max_value=700),
)
def test_it_never_takes_more_than_the_visit_and_loses_no_step(sizes: list[int], minutes: int) -> None:
    steps = [a_step(str(place), size, (SERVICE, PARTS, None)[place % 3]) for place, size in enumerate(sizes)]
    agenda = build_agenda(steps, minutes=minutes, areas=(SERVICE,))
    assert agenda.minutes_used <= max(0, minutes)
    assert sum(line.minutes for line in agenda.items) == agenda.minutes_used
    ends = 0
    for line in agenda.items:
        assert line.starts_after == ends
        ends += line.minutes
    shown = [line.step.key for line in agenda.items if line.step is not None]
    assert sorted(shown + [step.key for step in agenda.left_over]) == sorted(step.key for step in steps)
