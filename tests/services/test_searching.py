"""A hit says what it is and where to jump, whatever it was found in."""

from __future__ import annotations

from datetime import date

import pytest

from qma_app.domain.action import Action
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import DealershipId
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.visit import Visit
from qma_app.i18n import in_language
from qma_app.services.assessments import discard_assessment, start_assessment, write_summary
from qma_app.services.dealerships import add_dealership, delete_dealership
from qma_app.services.evidence import add_evidence
from qma_app.services.findings import raise_finding
from qma_app.services.people import add_person
from qma_app.services.promises import make_promise
from qma_app.services.ratings import write_note
from qma_app.services.reviews import decide, decision_to_action, hold_review, plan_review
from qma_app.services.searching import Hit, search
from qma_app.services.visit_notes import note
from qma_app.services.visits import delete_visit, plan_visit
from tests.services.conftest import PRICE, Programme


def test_a_note_leads_to_its_checkpoint_in_its_assessment(programme: Programme) -> None:
    write_note(programme.workspace, programme.assessment.id, PRICE, text="Folder zebra unsigned")
    assert search(programme.workspace, "zeb") == (
        Hit(
            kind="rating",
            title="SRV-04.2 · A1",
            text="Folder zebra unsigned",
            dealership_id=programme.dealership.id,
            assessment_id=programme.assessment.id,
            checkpoint_id=PRICE,
        ),
    )


def test_a_finding_leads_to_itself_and_its_checkpoint(programme: Programme) -> None:
    finding = raise_finding(
        programme.workspace,
        engagement_id=programme.engagement.id,
        statement="The zebra · has no price",
        grade=FindingGrade.MINOR,
        assessment_id=programme.assessment.id,
        checkpoint_id=PRICE,
    ).made(Finding)
    assert search(programme.workspace, "zebra") == (
        Hit(
            kind="finding",
            title="F-001",
            text="The zebra · has no price",
            dealership_id=programme.dealership.id,
            assessment_id=programme.assessment.id,
            checkpoint_id=PRICE,
            finding_id=finding.id,
        ),
    )


def test_the_words_of_an_assessment_lead_there(programme: Programme) -> None:
    write_summary(programme.workspace, programme.assessment.id, text="A zebra year")
    assert search(programme.workspace, "zebra") == (
        Hit(
            kind="assessment",
            title="A1",
            text="A zebra year",
            dealership_id=programme.dealership.id,
            assessment_id=programme.assessment.id,
        ),
    )


def test_evidence_leads_to_where_it_is_used(programme: Programme) -> None:
    add_evidence(
        programme.workspace,
        engagement_id=programme.engagement.id,
        data=b"Two orders.\n",
        name="zebra.txt",
        assessment_id=programme.assessment.id,
        checkpoint_id=PRICE,
        caption="Both orders",
    ).made(Evidence)
    assert search(programme.workspace, "zebra") == (
        Hit(
            kind="evidence",
            title="zebra.txt",
            text="Both orders",
            dealership_id=programme.dealership.id,
            assessment_id=programme.assessment.id,
            checkpoint_id=PRICE,
        ),
    )


def test_a_checkpoint_of_the_standard_leads_into_the_newest_assessment(programme: Programme) -> None:
    newest = programme.start(AssessmentKind.PROGRESS)
    hits = search(programme.workspace, "SRV-04.2", dealership_id=programme.dealership.id)
    assert [(hit.kind, hit.checkpoint_id, hit.assessment_id) for hit in hits] == [
        ("checkpoint", PRICE, newest.id)
    ]
    assert hits[0].title.startswith("SRV-04.2 ")
    assert search(programme.workspace, "SRV-04.2")[0].assessment_id is None


def test_a_checkpoint_is_shown_once_in_the_language_read_in(programme: Programme) -> None:
    here = programme.dealership.id
    with in_language("de"):
        (german,) = search(programme.workspace, "SRV-04.2", dealership_id=here)
    (english,) = search(programme.workspace, "SRV-04.2", dealership_id=here)
    assert german.text != english.text
    (found,) = search(programme.workspace, "SRV-04.2 Reparaturauftrag", dealership_id=here)
    assert found.text == german.text


def test_dealerships_and_people_are_found_by_name(programme: Programme) -> None:
    add_person(programme.workspace, name="Zelda Zebra")
    add_dealership(programme.workspace, name="Zebra House", country="FR", code="ZZ", city="Paris")
    assert {(hit.kind, hit.title) for hit in search(programme.workspace, "zebra")} == {
        ("person", "Zelda Zebra"),
        ("dealership", "Zebra House"),
    }


def test_only_one_dealership_is_searched_when_it_is_named(programme: Programme) -> None:
    other = add_dealership(programme.workspace, name="Second House", country="FR").made(Engagement)
    theirs = start_assessment(programme.workspace, engagement_id=other.id, kind=AssessmentKind.BASELINE)
    write_note(programme.workspace, theirs.records[0].after.id, PRICE, text="zebra")  # type: ignore[arg-type]
    assert len(search(programme.workspace, "zebra")) == 1
    assert search(programme.workspace, "zebra", dealership_id=programme.dealership.id) == ()


def test_what_lies_in_the_bin_is_not_found(programme: Programme) -> None:
    second = programme.start(AssessmentKind.PROGRESS)
    write_note(programme.workspace, second.id, PRICE, text="zebra")
    discard_assessment(programme.workspace, second.id)
    assert search(programme.workspace, "zebra") == ()
    write_note(programme.workspace, programme.assessment.id, PRICE, text="zebra")
    assert len(search(programme.workspace, "zebra")) == 1
    delete_dealership(programme.workspace, programme.dealership.id)
    assert search(programme.workspace, "zebra") == ()


def test_what_is_in_the_bin_takes_no_place_among_the_hits(programme: Programme) -> None:
    write_note(programme.workspace, programme.assessment.id, PRICE, text="zebra")
    second = programme.start(AssessmentKind.PROGRESS)
    write_note(programme.workspace, second.id, PRICE, text="zebra")
    discard_assessment(programme.workspace, second.id)
    assert len(search(programme.workspace, "zebra", limit=1)) == 1


def test_the_people_of_a_dealership_are_found_where_it_is(programme: Programme) -> None:
    """Those of another house stay there, those in the bin with their house are not found; the programme's own belong to all."""
    workspace = programme.workspace
    other = add_dealership(workspace, name="Zebra House", country="FR").made(Dealership)
    add_person(workspace, name="Zelda Zebra", dealership_id=other.id)
    add_person(workspace, name="Zoe Zebra")

    def found(here: DealershipId | None) -> set[str]:
        return {hit.title for hit in search(workspace, "zebra", dealership_id=here)}

    assert found(None) == found(other.id) == {"Zebra House", "Zelda Zebra", "Zoe Zebra"}
    assert found(programme.dealership.id) == {"Zoe Zebra"}
    delete_dealership(workspace, other.id)
    assert found(None) == {"Zoe Zebra"}


def test_letters_typed_in_two_parts_are_found(programme: Programme) -> None:
    """As some keyboards and pasted names have them."""
    write_note(programme.workspace, programme.assessment.id, PRICE, text="Öl am Prüfstand")
    assert len(search(programme.workspace, "O\u0308l Pru\u0308f")) == 1
    write_note(programme.workspace, programme.assessment.id, PRICE, text="O\u0308l am Pru\u0308fstand")
    assert len(search(programme.workspace, "Öl Prüf")) == 1


@pytest.mark.parametrize("text", ["\ud800", "zeb\0ra", "zebra " * 5000, "x" * 1_000_000, "\u202e", "🚗"])
def test_nothing_pasted_into_the_search_breaks_it(programme: Programme, text: str) -> None:
    assert search(programme.workspace, text) == ()


def test_words_of_visits_notes_promises_and_reviews_lead_to_them(programme: Programme) -> None:
    workspace, engagement = programme.workspace, programme.engagement.id
    visit = plan_visit(
        workspace, engagement, planned_on=date(2026, 12, 1), purpose="Look at the zebra", despite=True
    ).made(Visit)
    note(workspace, engagement, "The zebra has no price", visit_id=visit.id, checkpoint_id=PRICE)
    make_promise(workspace, engagement, what="A zebra crossing", who="Paul", due_on=None, visit_id=visit.id)
    review = plan_review(workspace, engagement, planned_on=date(2026, 11, 21)).made(ManagementReview)
    remarks = [ReviewRemark(input="context", words="Zebras everywhere")]
    hold_review(workspace, review.id, on=date(2026, 11, 21), led_by="Paul", remarks=remarks)
    decision = decide(workspace, review.id, words="Buy a zebra").made(Decision)
    action = decision_to_action(workspace, decision.id).made(Action)
    found = {hit.kind: hit for hit in search(workspace, "zebra")}
    assert {kind: hit.title for kind, hit in found.items()} == {
        "visit": "Visit 1, 1 Dec 2026",
        "visitnote": "Note · Visit 1, 1 Dec 2026",
        "promise": "Promise of Paul",
        "managementreview": "Management review 1",
        "decision": "Decision · Management review 1",
        "action": action.label,
    }
    assert found["visit"].visit_id == found["visitnote"].visit_id == found["promise"].visit_id == visit.id
    assert found["visitnote"].checkpoint_id == PRICE
    assert found["decision"].action_id == action.id
    assert {hit.dealership_id for hit in found.values()} == {programme.dealership.id}
    delete_visit(workspace, visit.id)
    found = {hit.kind: hit for hit in search(workspace, "zebra")}
    assert "visit" not in found
    assert found["promise"].visit_id is None
    assert found["visitnote"].title == "Note · 21 Nov 2026"
