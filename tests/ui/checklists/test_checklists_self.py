"""Beside a rating stands how the department sees itself, unless the coach wants to rate without knowing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.ratings import mark_not_applicable, rate_checkpoint
from qma_app.services.workspace import Workspace
from tests.ui.checklists.conftest import GREETING, PRICE, WAITING, WALK_ROUND, Hands
from ui.settings import Settings


@pytest.fixture
def own(workspace: Workspace, engagement: Engagement, assessment: Assessment) -> Assessment:
    """The head says: greeting 8, walk round 10, waiting does not apply, nothing of the price."""
    made = start_assessment(
        workspace,
        engagement_id=engagement.id,
        kind=AssessmentKind.SELF_ASSESSMENT,
        scope=("service",),  # type: ignore[arg-type]  # plain text for an id
    ).made(Assessment)
    rate_checkpoint(workspace, made.id, GREETING, points=8)
    rate_checkpoint(workspace, made.id, WALK_ROUND, points=10)
    mark_not_applicable(workspace, made.id, WAITING, reason="Nobody waits here.")
    complete_assessment(workspace, made.id)
    return made


def said(hands: Hands) -> str:
    label = hands.page.columns.inspector.own
    return "" if label.isHidden() else label.text()


def test_the_points_of_the_self_assessment_stand_beside(own: Assessment, hands: Hands) -> None:
    hands.window.go(hands.page.place())
    hands.at(GREETING)
    assert said(hands) == "Self 8"


@pytest.mark.parametrize(
    ("key", "words"),
    [(Qt.Key.Key_3, "Self 8, 2 above here"), (Qt.Key.Key_4, "Self 8, as here"), (Qt.Key.Key_5, "Self 8, 2 below here")],
)  # fmt: skip
def test_once_rated_it_says_how_far_the_two_are_apart(
    own: Assessment, hands: Hands, key: Qt.Key, words: str
) -> None:
    hands.at(GREETING)
    hands.press(key)
    hands.at(GREETING)
    assert said(hands) == words


def test_without_points_from_the_department_nothing_is_said(own: Assessment, hands: Hands) -> None:
    for checkpoint in (WAITING, PRICE):
        hands.at(checkpoint)
        assert said(hands) == ""


def test_who_rates_independently_sees_it_only_after_rating(
    settings: Settings, own: Assessment, hands: Hands
) -> None:
    settings.put("independent_rating", True)
    hands.page.refresh()
    hands.at(GREETING)
    assert said(hands) == ""
    hands.press(Qt.Key.Key_3)
    hands.at(GREETING)
    assert said(hands) == "Self 8, 2 above here"


def test_without_a_self_assessment_there_is_no_line(hands: Hands) -> None:
    hands.at(GREETING)
    assert said(hands) == ""
