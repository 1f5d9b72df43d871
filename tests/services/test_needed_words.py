"""What must be there, or must be different, is asked for each time it is typed, not only the first time."""

from __future__ import annotations

from datetime import date

import pytest

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.ids import AreaId, FindingId, ProcessId
from qma_app.domain.people import Person
from qma_app.errors import NotFound, RuleBroken
from qma_app.services import assessments, dealerships, evidence, people, ratings
from qma_app.services.workspace import Workspace
from tests.builders import GREETING, a_checkpoint, a_dealership, a_site, an_edition, an_engagement
from tests.services.conftest import PRICE, Programme


def refused(error: pytest.ExceptionInfo[RuleBroken]) -> str:
    assert error.value.way_out
    return error.value.code


@pytest.mark.parametrize("name", ["", "   ", "\u2003"])
def test_names_are_needed_when_they_are_changed_too(programme: Programme, name: str) -> None:
    workspace = programme.workspace
    person = people.add_person(workspace, name="R. Sample").made(Person)
    with workspace.reading() as reader:
        (site,) = reader.all(Site)
    with pytest.raises(RuleBroken) as of_dealership:
        dealerships.change_dealership(workspace, programme.dealership.id, name=name)
    with pytest.raises(RuleBroken) as of_site:
        dealerships.change_site(workspace, site.id, name=name)
    with pytest.raises(RuleBroken) as of_person:
        people.change_person(workspace, person.id, name=name)
    assert {refused(of_dealership), refused(of_site), refused(of_person)} == {
        "dealership.name-missing",
        "person.name-missing",
    }


@pytest.mark.parametrize("country", ["", "D", "DEU", "12", "Ä1"])
def test_a_country_is_two_letters_when_it_is_changed_too(programme: Programme, country: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        dealerships.change_dealership(programme.workspace, programme.dealership.id, country=country)
    assert refused(caught) == "dealership.country"
    dealerships.change_dealership(programme.workspace, programme.dealership.id, country=" at ")
    with programme.workspace.reading() as reader:
        assert reader.get(Dealership, programme.dealership.id).country == "AT"


def test_no_two_dealerships_bear_one_code(programme: Programme) -> None:
    """A report asked for by its code would be of the wrong house."""
    taken = programme.dealership.code
    with pytest.raises(RuleBroken, match="Autohaus Beispiel") as caught:
        dealerships.add_dealership(programme.workspace, name="Second", country="DE", code=taken.lower())
    assert refused(caught) == "dealership.code-taken"
    second = dealerships.add_dealership(programme.workspace, name="Second", country="DE").made(Dealership)
    with pytest.raises(RuleBroken) as changed:
        dealerships.change_dealership(programme.workspace, second.id, code=taken)
    assert refused(changed) == "dealership.code-taken"
    with pytest.raises(RuleBroken) as missing:
        dealerships.change_dealership(programme.workspace, second.id, code=" ")
    assert refused(missing) == "dealership.code-missing"
    dealerships.change_dealership(programme.workspace, second.id, code=second.code, name="Second House")


def test_a_made_up_code_is_not_that_of_a_dealership_in_the_bin(programme: Programme) -> None:
    """It may come back."""
    dealerships.delete_dealership(programme.workspace, programme.dealership.id)
    again = dealerships.add_dealership(programme.workspace, name="Autohaus Beispiel", country="DE")
    assert again.made(Dealership).code == f"{programme.dealership.code}-2"


@pytest.mark.parametrize("months", [0, -1, 61])
def test_no_programme_is_made_with_a_length_it_cannot_be_changed_to(
    workspace: Workspace, months: int
) -> None:
    with pytest.raises(RuleBroken) as caught:
        dealerships.add_dealership(workspace, name="House", country="DE", months=months)
    assert refused(caught) == "engagement.months"
    with workspace.reading() as reader:
        assert reader.all(Dealership) == ()


def test_an_assessment_over_nothing_is_not_started(workspace: Workspace) -> None:
    """In an edition where everything needs a feature, a house without features has nothing to look at."""
    edition = an_edition(checkpoints=[a_checkpoint(GREETING, when=("service",))])
    with workspace.writing("test.prepared") as work:
        work.put_edition(edition)
        dealership = work.put(a_dealership())
        engagement = work.put(an_engagement(dealership_id=dealership.id, edition=edition.hash, coach_id=None))
        work.put(a_site(dealership_id=dealership.id, features=()))
    for scope in (None, ()):
        with pytest.raises(RuleBroken) as caught:
            assessments.start_assessment(
                workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE, scope=scope
            )
        assert refused(caught) == "assessment.scope"


def test_a_process_outside_the_areas_is_not_left_out(programme: Programme) -> None:
    small = programme.start(AssessmentKind.PROGRESS, scope=(AreaId("management"),))
    with pytest.raises(RuleBroken) as caught:
        ratings.mark_process_not_applicable(
            programme.workspace, small.id, ProcessId("service.repair-order"), reason="none"
        )
    assert refused(caught) == "rating.outside-scope"
    with programme.workspace.reading() as reader:
        assert reader.ratings(small.id) == {}


def test_points_in_an_area_that_was_taken_out_are_not_those_of_last_time(programme: Programme) -> None:
    workspace = programme.workspace
    ratings.rate_checkpoint(workspace, programme.assessment.id, PRICE, points=8)
    assessments.correct_assessment(workspace, programme.assessment.id, scope=(AreaId("management"),))
    second = programme.start(AssessmentKind.PROGRESS)
    with workspace.reading() as reader:
        assert reader.standing(programme.engagement.id) == {}
    with pytest.raises(RuleBroken, match="no points of an earlier"):
        ratings.rate_as_last_time(workspace, second.id, PRICE)
    assessments.correct_assessment(
        workspace, programme.assessment.id, scope=(AreaId("management"), AreaId("service"))
    )
    ratings.rate_as_last_time(workspace, second.id, PRICE)


def test_evidence_is_not_tied_to_a_finding_that_is_not_there(programme: Programme) -> None:
    item = evidence.add_evidence(
        programme.workspace, engagement_id=programme.engagement.id, data=b"a;b\n", name="a.csv"
    ).records[0]
    with pytest.raises(NotFound, match="This finding is no longer there"):
        evidence.link_evidence(programme.workspace, item.after.id, finding_id=FindingId("nowhere"))  # type: ignore[arg-type]


def test_the_month_of_a_programme_is_never_negative(programme: Programme) -> None:
    """A laptop set back before the start counts as not begun."""
    assert programme.engagement.month_on(date(2000, 2, 29)) == 0
