"""From a name and a country to a programme; bad input says what is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from qma_app.domain.applicability import premises_of
from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.standing import applicable_in
from qma_app.errors import NotFound, RuleBroken
from qma_app.services import dealerships, engagements, people, working
from qma_app.services.workspace import Workspace, open_workspace
from tests.services.conftest import Programme


def test_name_and_country_are_enough(workspace: Workspace) -> None:
    changes = dealerships.add_dealership(workspace, name="  Zweirad Muster  ", country="at")
    assert changes.made(Dealership).name == "Zweirad Muster"
    assert changes.made(Dealership).code == "AT-ZWEIRA"
    assert "service" in changes.made(Site).features
    assert changes.made(Engagement).months == 18


def test_codes_are_made_free(workspace: Workspace) -> None:
    first = dealerships.add_dealership(workspace, name="Autohaus Muster", country="DE").made(Dealership)
    second = dealerships.add_dealership(workspace, name="Autohaus Muster", country="DE").made(Dealership)
    third = dealerships.add_dealership(workspace, name="株式会社", country="JP").made(Dealership)
    assert (first.code, second.code, third.code) == ("DE-AUTOHA", "DE-AUTOHA-2", "JP-1")


@pytest.mark.parametrize(
    ("name", "country", "message"),
    [(" ", "DE", "name is needed"), ("A", "Germany", "not a country code")],
)
def test_what_is_missing_is_said(workspace: Workspace, name: str, country: str, message: str) -> None:
    with pytest.raises(RuleBroken, match=message):
        dealerships.add_dealership(workspace, name=name, country=country)
    with workspace.reading() as reader:
        assert dealerships.list_dealerships(reader) == ()


def test_features_of_any_site_decide_what_applies(programme: Programme) -> None:
    """A second site with a body shop brings its checkpoints in, and its removal takes them out."""
    workspace = programme.workspace
    with workspace.reading() as reader:
        before = len(applicable_in(reader, programme.assessment))
    site = dealerships.add_site(
        workspace, programme.dealership.id, name="Body shop", features=["body-shop"], staff=6
    ).made(Site)
    with workspace.reading() as reader:
        assert len(applicable_in(reader, programme.assessment)) == before + 6
        premises = premises_of(reader, programme.dealership.id)
    assert premises.staff == 46
    assert "multi-site" in premises.features
    dealerships.remove_site(workspace, site.id)
    with workspace.reading() as reader:
        assert len(applicable_in(reader, programme.assessment)) == before


def test_few_staff_lets_checkpoints_fall_away(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        (site,) = reader.all(Site)
        before = len(applicable_in(reader, programme.assessment))
    dealerships.change_site(programme.workspace, site.id, staff=5)
    with programme.workspace.reading() as reader:
        assert len(applicable_in(reader, programme.assessment)) == before - 4


def test_the_last_site_stays(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        (site,) = reader.all(Site)
    with pytest.raises(RuleBroken, match="at least one site"):
        dealerships.remove_site(programme.workspace, site.id)


def test_corrections_and_archive(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.dealership.id
    dealerships.change_dealership(workspace, id, name="Autohaus Neu", note="moved")
    with pytest.raises(RuleBroken, match="name is needed"):
        dealerships.change_dealership(workspace, id, name="")
    dealerships.archive_dealership(workspace, id)
    with workspace.reading() as reader:
        assert dealerships.list_dealerships(reader, with_archived=False) == ()
        assert [row.title for row in dealerships.list_dealerships(reader)] == ["Autohaus Neu, Musterstadt"]
        assert dealerships.find_dealership(reader, "de-autoha").id == id
        with pytest.raises(NotFound, match="Known codes: DE-AUTOHA"):
            dealerships.find_dealership(reader, "unknown")
    dealerships.archive_dealership(workspace, id, is_archived=False)
    engagements.change_engagement(workspace, programme.engagement.id, months=24)
    with pytest.raises(RuleBroken, match="1 to 60 months"):
        engagements.change_engagement(workspace, programme.engagement.id, months=0)
    with pytest.raises(RuleBroken, match="not corrected by hand"):
        engagements.change_engagement(workspace, programme.engagement.id, edition="x")


def test_the_programme_counts_its_months(programme: Programme) -> None:
    engagement = programme.engagement
    assert engagement.month_on(date(2026, 11, 20)) == 0
    assert engagement.month_on(date(2026, 11, 21)) == 1
    assert engagement.month_on(date(2026, 12, 20)) == 1
    assert engagement.month_on(date(2027, 7, 21)) == 9


def test_who_is_working_is_remembered_and_named_in_the_log(workspace: Workspace) -> None:
    working.start_working(
        workspace, name="K. Sample", role=Role.COACH, number="C-17", valid_until=date(2027, 6, 30)
    )
    view = working.current_worker(workspace)
    assert view is not None
    assert view.text == "Coach: K. Sample · certified to 30 Jun 2027"
    people.add_person(workspace, name="R. Other")
    with workspace.reading() as reader:
        assert list(reader.log_entries())[-1].who == view.person_id
    folder = workspace.folder
    workspace.close()
    with open_workspace(folder) as again:
        assert again.worker is not None
        assert again.worker.person_id == view.person_id
        working.start_working(again, name="k. sample", role=Role.AUDITOR)
        with again.reading() as reader:
            assert len([p for p in reader.all(Person) if p.name == "K. Sample"]) == 1
            assert [choice.role for choice in working.worker_choices(reader)] == [Role.AUDITOR, Role.COACH]
        working.stop_working(again)
        assert working.current_worker(again) is None
        with pytest.raises(RuleBroken, match="name is needed"):
            working.start_working(again, name=" ", role=Role.COACH)


def test_a_qualification_is_valid_from_day_to_day(workspace: Workspace) -> None:
    person = people.add_person(workspace, name="A. Sample").made(Person)
    held = people.certify_person(
        workspace, person.id, role=Role.AUDITOR, valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
    ).made(Qualification)
    assert held.is_valid_on(date(2026, 1, 1))
    assert held.is_valid_on(date(2026, 12, 31))
    assert not held.is_valid_on(date(2027, 1, 1))
    people.certify_person(workspace, person.id, role=Role.AUDITOR, number="A-2")
    with workspace.reading() as reader:
        assert [q.number for q in reader.all(Qualification)] == ["A-2"]
    people.withdraw_qualification(workspace, held.id)
    people.change_person(workspace, person.id, function="Lead auditor")
    people.remove_person(workspace, person.id)
    with workspace.reading() as reader:
        assert reader.all(Person) == ()


def test_an_assessment_begun_by_nobody_is_taken_over(programme: Programme) -> None:
    """Who is working is asked after the first assessment was opened; its papers must name that person."""
    changes = working.start_working(programme.workspace, name="P. Sample", role=Role.COACH)
    with programme.workspace.reading() as reader:
        (assessment,) = reader.all(Assessment)
    assert assessment.assessor_id == changes.made(Person).id
    working.start_working(programme.workspace, name="Another", role=Role.COACH)
    with programme.workspace.reading() as reader:
        assert reader.all(Assessment) == (assessment,)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DECISION_MAKER])
def test_other_roles_take_over_nothing_of_the_coach(programme: Programme, role: Role) -> None:
    working.start_working(programme.workspace, name="P. Sample", role=role)
    with programme.workspace.reading() as reader:
        assert reader.all(Assessment)[0].assessor_id is None
