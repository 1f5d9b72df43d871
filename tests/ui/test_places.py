"""Back and forward work as in a browser, and a place survives being written down."""

from __future__ import annotations

import pytest

from qma_app.domain.ids import AssessmentId
from qma_app.domain.spot import Spot
from ui.places import Place, Trail, place_from_text, place_of

TODAY, LIST, FINDINGS = Place(page="today"), Place(page="checklists", process_id="p"), Place(page="findings")


def test_a_place_reads_back_as_it_was_written() -> None:
    place = Place(page="checklists", dealership_id="d", checkpoint_id="service.reception.greeting")
    assert place_from_text(place.as_text()) == place


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"page": 3}', '{"dealership_id": "d"}', "null"])
def test_a_damaged_place_is_no_place(text: str) -> None:
    assert place_from_text(text) is None


def test_what_a_newer_version_wrote_is_left_out() -> None:
    assert place_from_text('{"page": "today", "case_id": "c", "area_id": 4}') == TODAY


def test_back_and_forward_retrace_the_steps() -> None:
    trail = Trail()
    for place in (TODAY, LIST, FINDINGS):
        trail.step_to(place)
    assert trail.back() == LIST
    assert trail.back() == TODAY
    assert trail.back() is None
    assert trail.forward() == LIST
    assert trail.can_go_forward


def test_a_new_step_cuts_what_lay_ahead() -> None:
    trail = Trail()
    trail.step_to(TODAY)
    trail.step_to(LIST)
    trail.back()
    trail.step_to(FINDINGS)
    assert not trail.can_go_forward
    assert trail.back() == TODAY


def test_checkpoints_of_one_process_are_one_step() -> None:
    """Ten arrow keys do not need ten times Alt+Left; the last checkpoint looked at is the one returned to."""
    trail = Trail()
    trail.step_to(TODAY)
    for number in range(10):
        trail.step_to(Place(page="checklists", process_id="p", checkpoint_id=str(number)))
    trail.step_to(FINDINGS)
    assert trail.back() == Place(page="checklists", process_id="p", checkpoint_id="9")
    assert trail.back() == TODAY


def test_the_trail_keeps_to_its_length() -> None:
    trail = Trail(longest=3)
    for number in range(10):
        trail.step_to(Place(page="checklists", process_id=str(number)))
    assert trail.back() is not None
    assert trail.back() is not None
    assert trail.back() is None


def test_a_step_of_an_audit_leads_to_its_page() -> None:
    spot = Spot(page="audit", view="closing", assessment_id=AssessmentId("a-7"))
    assert place_of(spot, "d-1") == Place(
        page="audit", dealership_id="d-1", assessment_id="a-7", view="closing"
    )
