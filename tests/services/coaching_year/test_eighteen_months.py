"""A programme from the first handshake to the eve of the audit: at the end of each month the program says what is in its golden file.

The files lie in tests/golden/next_steps. After a change that is meant, write them anew and read the difference before keeping it:
`QMA_WRITE_GOLDEN=1 python -m pytest tests/services/coaching_year/test_eighteen_months.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from qma_app.domain.action import Action, Stage
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.days import month_after
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.standing import standing_result
from qma_app.domain.visit import AgendaItem, VisitState
from qma_app.services.log import verify_workspace
from qma_app.services.portfolio import PortfolioLine, portfolio
from qma_app.services.promises import promise_book
from qma_app.services.readiness import readiness
from qma_app.services.undoing import redo, undo
from tests.services.coaching_year import first_months, improving_months, last_months
from tests.services.coaching_year.golden import FOLDER, check_month, month_text
from tests.services.coaching_year.improving_months import LEAP_DAY
from tests.services.coaching_year.year import MONTHS, START, Year, a_year
from tests.whole_sentences import broken_reasons

STORY = tuple(
    getattr(part, f"month_{number}")
    for part, numbers in (
        (first_months, range(1, 5)),
        (improving_months, range(5, 15)),
        (last_months, range(15, MONTHS + 1)),
    )
    for number in numbers
)
UNDONE = 10


@dataclass(frozen=True, kw_only=True)
class Lived:
    """The programme on the last evening of its eighteen months, where a month said something else than its golden file, and reasons that are no sentences."""

    year: Year
    differences: Mapping[int, str]
    broken: Sequence[str]


@contextmanager
def living(folder: Path) -> Iterator[Lived]:
    """Lives through the story month by month; each month ends on the evening before the next one begins."""
    differences: dict[int, str] = {}
    broken: list[str] = []
    with a_year(folder) as year:
        for number, month in enumerate(STORY, 1):
            year.at(month_after(START, number - 1), 10)
            month(year)
            year.at(month_after(START, number) - timedelta(days=1), 18)
            differences[number] = check_month(year, number)
            with year.workspace.reading() as reader:
                broken += broken_reasons(reader, year.engagement_id, on=year.today)
        yield Lived(year=year, differences=differences, broken=broken)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    with living(tmp_path_factory.mktemp("year") / "w") as lived:
        yield lived


@pytest.fixture(scope="module")
def year(lived: Lived) -> Year:
    return lived.year


def line_of(year: Year) -> PortfolioLine:
    """The line of the house; how often its programme was written is left aside, since a step back is a version too."""
    with year.workspace.reading() as reader:
        (line,) = portfolio(reader, on=year.today).lines
    return replace(line, engagement=replace(line.engagement, version=0))


def test_each_month_says_what_its_golden_file_says(lived: Lived) -> None:
    different = {number: text for number, text in lived.differences.items() if text}
    assert not different, "\n".join(different.values())
    assert len(list(FOLDER.glob("month-*.txt"))) == len(lived.differences) == MONTHS


def test_every_reason_of_every_month_is_whole_sentences(lived: Lived) -> None:
    assert not lived.broken, "\n".join(lived.broken)


def test_seventeen_visits_were_prepared_held_and_signed(year: Year) -> None:
    visits = year.visits()
    assert [one.number for one in visits] == list(range(1, 18))
    assert all(one.state is VisitState.CLOSED and one.signatures for one in visits)
    assert LEAP_DAY in [one.held_on for one in visits]
    assert [one.next_on for one in visits if one.next_on] == [date(2028, 3, 27)]
    items = year.all(AgendaItem)
    assert {one.visit_id for one in items} == {one.id for one in visits}
    assert all(one.done_at and one.outcome for one in items)


def test_gates_were_passed_in_their_order_and_one_with_a_reason(year: Year) -> None:
    phases = sorted(year.all(PlannedPhase), key=lambda one: one.place)
    passed = [one.passed_on for one in phases if one.passed_on]
    assert passed == sorted(passed)
    assert [(one.phase, one.wave) for one in phases if not one.is_passed] == [
        ("audit", 0),
        ("hold-the-gains", 0),
    ]
    (all_the_same,) = (one for one in phases if one.passed_open)
    assert all_the_same.phase == "baseline"
    assert [one.condition for one in all_the_same.passed_open] == ["staff-survey"]
    assert all_the_same.passed_reason


def test_the_promise_that_lapsed_stays_in_the_book(year: Year) -> None:
    with year.workspace.reading() as reader:
        book = promise_book(reader, year.engagement_id, on=year.today)
    (lift,) = (one for one in year.all(Promise) if "lift" in one.what)
    assert lift.state_on(date(2027, 7, 1)) is PromiseState.LATE
    assert lift.state_on(year.today) is PromiseState.BROKEN
    assert (book.broken, book.late) == (1, 0)
    assert book.kept_share == 75


def test_effects_were_shown_and_what_did_not_work_was_done_again(year: Year) -> None:
    actions = {one.number: one for one in year.all(Action)}
    assert all(one.stage is Stage.ACT for one in actions.values())
    assert [one.number for one in actions.values() if one.reopened] == [2]
    assert not [one for one in year.all(Finding) if one.is_open]


def test_it_ends_ready_for_the_audit(year: Year) -> None:
    with year.workspace.reading() as reader:
        ready = readiness(reader, year.engagement_id, on=year.today)
    assert ready.would_pass is True
    assert ready.verdict.startswith("Ready: it would pass.")
    assert not ready.blockers
    assert not ready.untouched
    assert year.phase("audit").starts_on <= year.today <= year.phase("audit").ends_on


def test_the_log_is_genuine_although_a_clock_went_back(year: Year) -> None:
    verdict = verify_workspace(year.workspace)
    assert verdict.faults == ()
    assert verdict.notes == ()
    instants = [one.at for one in year.edits if one.at is not None]
    assert instants != sorted(instants), "the story sets a clock back"


def test_the_portfolio_says_what_a_recount_says(year: Year) -> None:
    line = line_of(year)
    with year.workspace.reading() as reader:
        assert reader.rollups_differing() == ()
        result = standing_result(reader, year.engagement_id)
    levels: dict[AreaId, Fraction | None] = {one.area_id: one.level for one in result.areas if one.applies}
    assert (line.overall, dict(line.areas)) == (result.overall, levels)
    assert (line.rated_areas, line.counted_areas) == (result.rated_areas, result.counted_areas) == (14, 14)
    assert (line.overdue_actions, line.late_promises, line.open_majors, line.unmet_criticals) == (0, 0, 0, 0)
    assert (line.phase_title, line.phase_is_late) == ("Audit", False)
    assert (line.month, line.months) == (18, 18)
    held = max(one.day for one in year.visits())
    assert (line.last_visit, line.next_visit) == (held, None)
    whole = (AssessmentKind.BASELINE, AssessmentKind.PRE_AUDIT)
    assert len(line.history) == sum(one.kind in whole for one in year.all(Assessment))


def test_the_last_ten_steps_are_taken_back_and_made_again(year: Year) -> None:
    said, before = month_text(year, MONTHS), line_of(year)
    edits = [undo(year.workspace, edit) for edit in reversed(year.edits[-UNDONE:])]
    assert line_of(year) != before
    with year.workspace.reading() as reader:
        assert reader.rollups_differing() == ()
    for edit in year.edits[-UNDONE:]:
        redo(year.workspace, edit)
    assert len(edits) == UNDONE
    assert (month_text(year, MONTHS), line_of(year)) == (said, before)
    assert verify_workspace(year.workspace).lines()[0].startswith("Genuine")
