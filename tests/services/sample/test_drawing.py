"""Points nobody wrote by hand come as near to a level as the steps allow, and are the same each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.ids import AreaId
from qma_app.services.sample.drawing import drawn_points
from qma_app.services.standards import newest_shipped_edition

HOUSE = "lindner"


@pytest.fixture(scope="module")
def edition() -> Edition:
    return newest_shipped_edition()


@pytest.fixture(scope="module")
def checkpoints(edition: Edition) -> tuple[Checkpoint, ...]:
    return tuple(edition.areas_by_id[AreaId("people")].checkpoints())


def drawn(
    edition: Edition, checkpoints: Sequence[Checkpoint], aim: int, *, name: str = "baseline"
) -> dict[str, int]:
    return drawn_points(edition, checkpoints, (), aim=aim, house=HOUSE, pass_name=name)


def level(checkpoints: Sequence[Checkpoint], points: Mapping[str, int]) -> float:
    weight = sum(c.weight for c in checkpoints)
    return 10 * sum(c.weight * points[c.number] for c in checkpoints) / weight


@pytest.mark.parametrize("aim", [45, 62, 80, 92])
def test_the_level_is_met_as_near_as_steps_allow(
    edition: Edition, checkpoints: tuple[Checkpoint, ...], aim: int
) -> None:
    assert level(checkpoints, drawn(edition, checkpoints, aim)) == pytest.approx(aim, abs=2)


def test_what_was_written_by_hand_counts_towards_the_level(
    edition: Edition, checkpoints: tuple[Checkpoint, ...]
) -> None:
    by_hand, free = checkpoints[:6], checkpoints[6:]
    points = drawn_points(
        edition, free, [(c.weight, 0) for c in by_hand], aim=60, house=HOUSE, pass_name="baseline"
    )
    whole = points | {c.number: 0 for c in by_hand}
    assert set(points) == {c.number for c in free}
    assert level(checkpoints, whole) == pytest.approx(60, abs=2)


def test_a_critical_checkpoint_is_drawn_as_met(edition: Edition, checkpoints: tuple[Checkpoint, ...]) -> None:
    points = drawn(edition, checkpoints, 40)
    criticals = [c.number for c in checkpoints if c.is_critical]
    assert criticals
    assert all(points[number] >= edition.rules.critical_points for number in criticals)


def test_what_is_easy_stays_easy(edition: Edition, checkpoints: tuple[Checkpoint, ...]) -> None:
    """A higher level seldom lowers a checkpoint, and never by much."""
    early, late = (
        drawn(edition, checkpoints, aim, name=name) for aim, name in ((50, "month-6"), (65, "month-9"))
    )
    lower = [number for number, points in late.items() if points < early[number]]
    assert len(lower) < len(checkpoints) / 5
    assert len(set(early.values())) > 2


def test_each_assessment_has_its_own_whims(edition: Edition, checkpoints: tuple[Checkpoint, ...]) -> None:
    one, other = (drawn(edition, checkpoints, 60, name=name) for name in ("month-6", "month-9"))
    assert one != other
    assert one == drawn(edition, checkpoints, 60, name="month-6")
