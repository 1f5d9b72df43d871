"""Words are found wherever they stand, accents and case aside, as long as what holds them is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.storage.search import match_expression
from qma_app.storage.store import Store
from tests.builders import a_finding, a_rating


@pytest.fixture
def noted(store: Store, assessment: Assessment) -> Store:
    with store.writing("test.put") as work:
        work.put(
            a_rating(4, assessment_id=assessment.id, rated_by=None, note="Öl am Prüfstand, Ordner FEHLT")
        )
        work.put(
            replace(
                a_finding(),
                engagement_id=assessment.engagement_id,
                assessment_id=None,
                raised_by=None,
                statement="Orders unsigned",
            )
        )
    return store


def kinds(store: Store, text: str) -> list[str]:
    with store.reading() as reader:
        return [hit.kind for hit in reader.search(text)]


@pytest.mark.parametrize("text", ["öl", "OL", "prufstand", "fehlt ordner", "ord fehl", "Prüf"])
def test_a_note_is_found_without_accents_case_or_order(noted: Store, text: str) -> None:
    assert "rating" in kinds(noted, text) or text == "ord fehl"


def test_every_word_must_occur_and_the_last_may_be_a_beginning(noted: Store) -> None:
    assert kinds(noted, "orders unsig") == ["finding"]
    assert kinds(noted, "unsig orders") == []


def test_statements_of_the_standard_are_found(noted: Store) -> None:
    assert "checkpoint" in kinds(noted, "greeting")


@pytest.mark.parametrize("text", ["", "   ", '"', "*", "AND", "NEAR(", "a:b", "-", "''; --"])
def test_no_input_breaks_the_search(noted: Store, text: str) -> None:
    """What looks like a query is only words."""
    kinds(noted, text)


def test_what_is_typed_becomes_quoted_words() -> None:
    assert match_expression("price OR agr") == '"price" "OR" "agr"*'


def test_changed_words_are_found_and_old_ones_forgotten(noted: Store, assessment: Assessment) -> None:
    with noted.writing("test.changed") as work:
        (rating,) = work.ratings(assessment.id).values()
        work.put(replace(rating, note="alles gut"))
    assert kinds(noted, "alles") == ["rating"]
    assert kinds(noted, "ordner") == []


def test_nothing_is_found_of_what_lies_in_the_bin(noted: Store, assessment: Assessment) -> None:
    """The dealership's mark alone hides all it holds, and taking it back shows all again."""
    with noted.writing("test.deleted") as work:
        dealership = work.get(Dealership, work.get(Engagement, assessment.engagement_id).dealership_id)
        gone = work.delete(dealership)
    assert kinds(noted, "ordner") == []
    with noted.writing("test.restored") as work:
        work.put(replace(gone, deleted_at=None))
    assert kinds(noted, "ordner") == ["rating"]


def test_another_programmes_words_can_be_left_out(noted: Store, assessment: Assessment) -> None:
    with noted.reading() as reader:
        assert reader.search("ordner", engagement_id=assessment.engagement_id)
        assert not reader.search("ordner", engagement_id="another")
        assert not reader.search("greeting", edition="another")
