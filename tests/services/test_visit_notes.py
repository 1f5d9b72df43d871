"""Quick notes keep words and instant, and become findings once, with what their checkpoint asks for."""

from __future__ import annotations

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CheckpointId
from qma_app.domain.visit import Signature, VisitNote
from qma_app.errors import NotFound
from qma_app.services import visits
from qma_app.services.assessments import start_assessment
from qma_app.services.findings import delete_finding, raise_finding
from qma_app.services.undoing import undo
from qma_app.services.visit_notes import change_note, note, note_to_finding, notes_of, remove_note
from tests.services.conftest import PRICE
from tests.services.visiting import MONDAY, House, make_house, refused

pytest_plugins = ["tests.services.visiting_fixtures"]


def taken(house: House, words: str = "No price on the order", **where: object) -> VisitNote:
    return note(house.workspace, house.engagement.id, words, **where).made(VisitNote)  # type: ignore[arg-type]  # places of the test


def now(house: House, known: VisitNote) -> VisitNote:
    return house.get(VisitNote, known.id)


def test_notes_between_visits_and_at_one_are_kept_apart_in_their_order(house: House) -> None:
    visit = house.plan(MONDAY)
    first, second = taken(house, "One"), taken(house, " Two ")
    at_visit = taken(house, "Three", visit_id=visit.id)
    with house.workspace.reading() as reader:
        assert notes_of(reader, house.engagement.id) == (first, second)
        assert notes_of(reader, house.engagement.id, visit_id=visit.id) == (at_visit,)
    assert second.words == "Two"


def test_a_note_needs_words_and_a_place_of_its_programme(house: House) -> None:
    with refused("note.words-missing"):
        taken(house, " \n")
    with pytest.raises(NotFound):
        taken(house, checkpoint_id=CheckpointId("service.repair-order.nowhere"))
    other = make_house(house.workspace, house.clock, "Autohaus Muster")
    visit = other.plan(MONDAY)
    with refused("note.other-programme"):
        taken(house, visit_id=visit.id)
    known = taken(house)
    with refused("note.other-programme"):
        change_note(house.workspace, known.id, visit_id=visit.id)
    with refused("note.words-missing"):
        change_note(house.workspace, known.id, words="")
    with pytest.raises(ValueError, match="finding_id"):
        change_note(house.workspace, known.id, finding_id=None)


def test_a_note_is_corrected_placed_and_removed(house: House) -> None:
    visit = house.plan(MONDAY)
    known = taken(house)
    change_note(house.workspace, known.id, words="Better", visit_id=visit.id, checkpoint_id=PRICE)
    assert (now(house, known).words, now(house, known).visit_id) == ("Better", visit.id)
    remove_note(house.workspace, known.id)
    assert house.all(VisitNote) == ()


def test_a_note_becomes_a_finding_seen_on_its_day_with_the_requirement_of_its_checkpoint(
    house: House,
) -> None:
    raise_finding(
        house.workspace, engagement_id=house.engagement.id, statement="Older", grade=FindingGrade.MINOR
    )
    assessment = start_assessment(
        house.workspace, engagement_id=house.engagement.id, kind=AssessmentKind.BASELINE
    ).made(Assessment)
    house.clock.put(MONDAY)
    known = taken(house, checkpoint_id=PRICE)
    changes = note_to_finding(house.workspace, known.id, grade=FindingGrade.MAJOR)
    finding = changes.made(Finding)
    assert (finding.number, finding.grade, finding.statement) == (2, FindingGrade.MAJOR, known.words)
    assert (finding.checkpoint_id, finding.assessment_id, finding.seen_on) == (PRICE, assessment.id, MONDAY)
    assert finding.requirement.startswith("SRV-04.2 ")
    assert now(house, known).finding_id == finding.id
    undo(house.workspace, changes)
    assert (now(house, known).finding_id, len(house.all(Finding))) == (None, 1)


def test_a_note_without_checkpoint_becomes_a_finding_of_its_own(house: House) -> None:
    finding = note_to_finding(house.workspace, taken(house).id).made(Finding)
    assert (finding.grade, finding.requirement, finding.assessment_id) == (FindingGrade.MINOR, "", None)


def test_a_note_becomes_one_finding_and_another_only_when_that_is_gone(house: House) -> None:
    known = taken(house, checkpoint_id=PRICE)
    finding = note_to_finding(house.workspace, known.id).made(Finding)
    assert finding.requirement, "the edition of the programme says it, where no assessment is open"
    with refused("note.is-finding") as trouble:
        note_to_finding(house.workspace, known.id)
    assert trouble.value.params["finding"] == finding.id
    delete_finding(house.workspace, finding.id)
    assert note_to_finding(house.workspace, known.id).made(Finding).number == 2


def test_notes_of_signed_minutes_stay_but_still_become_findings(house: House) -> None:
    visit = house.plan(MONDAY)
    house.clock.put(MONDAY)
    visits.start_visit(house.workspace, visit.id)
    known = taken(house, visit_id=visit.id)
    visits.close_visit(house.workspace, visit.id)
    visits.sign_visit(
        house.workspace,
        visit.id,
        Signature(name="Paul", function="", strokes=((1, 1, 9, 9),), signed_at=house.clock()),
    )
    with refused("visit.signed"):
        change_note(house.workspace, known.id, words="Nicer")
    with refused("visit.signed"):
        change_note(house.workspace, known.id, visit_id=None)
    with refused("visit.signed"):
        remove_note(house.workspace, known.id)
    note_to_finding(house.workspace, known.id)
    assert now(house, known).finding_id is not None
