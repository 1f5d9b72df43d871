"""Forty checkpoints rated by keys alone, all of them in the database afterwards, also for somebody who opens it anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qma_app.domain.edition import Edition
from qma_app.domain.rating import Outcome
from qma_app.services.workspace import open_workspace
from tests.builders import a_checkpoint, an_edition, areas_of
from tests.ui.checklists.conftest import GREETING, PRICE, WALK_ROUND, Hands

KEYS = ((Qt.Key.Key_1, 0), (Qt.Key.Key_2, 4), (Qt.Key.Key_3, 6), (Qt.Key.Key_4, 8), (Qt.Key.Key_5, 10))


@pytest.fixture
def edition() -> Edition:
    """Four processes of ten checkpoints."""
    known = [GREETING, WALK_ROUND, PRICE]
    points = [a_checkpoint(id) for id in known]
    points += [a_checkpoint(f"service.process-{n % 4}.point-{n}") for n in range(37)]
    return an_edition(areas=areas_of(sorted(points, key=lambda point: point.id)))


def test_forty_checkpoints_are_rated_with_two_keys_each(hands: Hands) -> None:
    assert hands.assessment is not None
    for place in range(40):
        hands.press(KEYS[place % 5][0])
        hands.press(Qt.Key.Key_Space)
    with (
        open_workspace(hands.bench.workspace.folder, is_for_reading=True) as other,
        other.reading() as reader,
    ):
        ratings = reader.ratings(hands.assessment.id)
    assert len(ratings) == 40
    assert all(rating.outcome is Outcome.RATED for rating in ratings.values())
    assert sorted(rating.points or 0 for rating in ratings.values()) == sorted(
        [points for _k, points in KEYS] * 8
    )
    assert hands.page.columns.left.outline.tree.is_done(hands.page.columns.left.outline.tree.index(0, 0))
