"""From nothing to a programme with its people in one edit; what is missing is said, and nothing is half-written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.dealership import ClosingDay, Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.features_effect import features_effect
from qma_app.domain.ids import AreaId, PersonId, ProcessId
from qma_app.domain.people import Person, Role
from qma_app.domain.plan import PlannedArea
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.record import Record
from qma_app.domain.standing import standing_result
from qma_app.errors import NotFound, RuleBroken
from qma_app.services import certificates, people, setting_up
from qma_app.services.dealerships import change_dealership, change_site
from qma_app.services.engagements import change_engagement
from qma_app.services.setting_up import EngagementSetup, NewPerson
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.undoing import undo
from qma_app.services.workspace import Workspace
from tests.builders import TODAY
from tests.services.conftest import Programme

START = date(2026, 12, 1)
ORDER = ProcessId("service.repair-order")
SALES = (AreaId("new-cars"), AreaId("used-cars"))


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


def a_setup(**changes: Any) -> EngagementSetup:
    """A house with everything but nobody in it."""
    setup = EngagementSetup(
        name="Autohaus Muster",
        country="de",
        region="by",
        language="de",
        city="Musterstadt",
        features=("service", "new-cars", "used-cars", "finance-desk"),
        staff=24,
        started_on=START,
    )
    return replace(setup, **changes)


def a_coach(workspace: Workspace, **dates: date) -> PersonId:
    person = people.add_person(workspace, name="K. Beispiel").made(Person)
    people.certify_person(workspace, person.id, role=Role.COACH, number="C-017", **dates)  # type: ignore[arg-type]
    return person.id


def counts(workspace: Workspace) -> dict[type[Record], int]:
    with workspace.reading() as reader:
        return {kind: len(reader.all(kind)) for kind in (Dealership, Site, Person, Engagement, PlannedArea)}


class TestWhatFeaturesDo:
    """The coach sees how many checkpoints apply, and which areas fall away, before anything is written."""

    def test_every_checkpoint_is_counted_and_every_area_is_there(self) -> None:
        edition = newest_shipped_edition()
        effect = features_effect(edition, [one.id for one in edition.features], staff=60, sites=2)
        assert (effect.applicable, effect.total) == (484, 484)
        assert [one.area for one in effect.areas] == list(edition.areas)
        assert not effect.fallen
        assert all(one.because == () for one in effect.areas)

    def test_it_counts_as_scoring_does(self, programme: Programme) -> None:
        with programme.workspace.reading() as reader:
            premises = premises_of(reader, programme.dealership.id)
            edition = reader.edition(programme.engagement.edition)
            effect = setting_up.effect_of(reader, programme.engagement.id)
        assert effect.applicable == len(applicable_checkpoints(edition, premises))

    def test_what_is_missing_is_said_in_words(self) -> None:
        effect = features_effect(newest_shipped_edition(), ["service"], staff=8)
        said = {one.area.code: one.because for one in effect.areas}
        assert said["ORG"] == ("one site only",)
        assert said["SRV"][0] == "no work on high-voltage vehicles"
        assert "no body and paint shop" in said["SRV"]
        assert "fewer than 10 people" in said["MGT"]

    def test_an_area_that_falls_away_names_what_takes_it_alone(self) -> None:
        effect = features_effect(newest_shipped_edition(), ["service"], staff=8)
        assert effect.reasons() == {
            AreaId("new-cars"): "no new cars sold",
            AreaId("used-cars"): "no used cars sold",
        }

    def test_an_unknown_head_count_takes_nothing_away(self) -> None:
        effect = features_effect(newest_shipped_edition(), ["service"], staff=None)
        assert all("people" not in words for one in effect.areas for words in one.because)

    def test_a_second_site_brings_its_checkpoint(self) -> None:
        edition = newest_shipped_edition()
        one, two = (features_effect(edition, ["service"], 24, sites=count) for count in (1, 2))
        assert two.applicable == one.applicable + 1


class TestSettingUp:
    def test_all_is_one_edit_and_one_undo(self, workspace: Workspace) -> None:
        coach = a_coach(workspace, valid_until=date(2027, 12, 31))
        before = counts(workspace)
        changes = setting_up.set_up_engagement(
            workspace,
            a_setup(
                features=("service", "used-cars"),
                coach=coach,
                left_out={AreaId("new-cars"): "No new cars are sold here"},
                officer_percent=20,
                people=(
                    NewPerson(name="R. Muster", function="Dealer principal", is_principal=True),
                    NewPerson(name="S. Probe", email="s@example.com", is_officer=True, processes=(ORDER,)),
                ),
            ),
        )
        house, engagement = changes.made(Dealership), changes.made(Engagement)
        assert (house.country, house.region, house.language, house.code) == ("DE", "BY", "de", "DE-AUTOHA")
        assert changes.made(Site).name == "Musterstadt"
        assert (engagement.started_on, engagement.months, engagement.coach_id) == (START, 18, coach)
        principal, officer = changes.of(Person)
        assert (engagement.principal_id, engagement.officer_id) == (principal.id, officer.id)
        assert engagement.officer_percent == 20
        assert changes.made(ProcessOwner).owner_id == officer.id
        planned = changes.made(PlannedArea)
        assert (planned.area_id, planned.left_out) == ("new-cars", "No new cars are sold here")
        undo(workspace, changes)
        assert counts(workspace) == before

    def test_each_area_that_falls_away_needs_its_reason(self, workspace: Workspace) -> None:
        setup = a_setup(features=("service",), left_out={SALES[0]: "none sold", SALES[1]: "  "})
        with refused("setup.area-reason") as broken:
            setting_up.set_up_engagement(workspace, setup)
        assert broken.value.params["areas"] == ("UCS Used cars",)
        assert counts(workspace) == dict.fromkeys(counts(workspace), 0)

    def test_the_reasons_proposed_are_enough(self, workspace: Workspace) -> None:
        effect = features_effect(newest_shipped_edition(), ["service"], 24)
        changes = setting_up.set_up_engagement(
            workspace, a_setup(features=("service",), left_out=effect.reasons())
        )
        assert {one.area_id for one in changes.of(PlannedArea)} == set(SALES)

    def test_an_area_that_applies_can_be_left_out_too(self, workspace: Workspace) -> None:
        changes = setting_up.set_up_engagement(
            workspace, a_setup(left_out={AreaId("it-data"): "done by the group"})
        )
        assert changes.made(PlannedArea).is_left_out

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"name": " "}, "dealership.name-missing"),
            ({"country": "Germany"}, "dealership.country"),
            ({"region": "Bavaria"}, "dealership.region"),
            ({"language": "xx"}, "dealership.language"),
            ({"months": 61}, "engagement.months"),
            ({"staff": -1}, "setup.staff"),
            ({"officer_percent": 20}, "engagement.officer-missing"),
            ({"officer_percent": 0}, "engagement.percent"),
            ({"people": (NewPerson(name=""),)}, "dealership.name-missing"),
            ({"people": (NewPerson(name="A"), NewPerson(name="a"))}, "setup.person-twice"),
            (
                {"people": (NewPerson(name="A", is_principal=True), NewPerson(name="B", is_principal=True))},
                "setup.leader-twice",
            ),
        ],
    )
    def test_what_does_not_hold_is_refused_and_nothing_is_written(
        self, workspace: Workspace, changes: Mapping[str, Any], code: str
    ) -> None:
        with refused(code):
            setting_up.set_up_engagement(workspace, a_setup(**changes))
        assert counts(workspace) == dict.fromkeys(counts(workspace), 0)

    def test_an_area_the_edition_does_not_have_is_refused(self, workspace: Workspace) -> None:
        with pytest.raises(NotFound, match="no area boats"):
            setting_up.set_up_engagement(workspace, a_setup(left_out={AreaId("boats"): "none"}))

    def test_not_everything_can_be_left_out(self, workspace: Workspace) -> None:
        every = {area.id: "not now" for area in newest_shipped_edition().areas}
        with refused("setup.nothing-left"):
            setting_up.set_up_engagement(workspace, a_setup(left_out=every))

    def test_an_owner_of_an_unknown_process_is_refused(self, workspace: Workspace) -> None:
        person = NewPerson(name="A", processes=(ProcessId("service.flying"),))
        with pytest.raises(NotFound, match=r"service\.flying"):
            setting_up.set_up_engagement(workspace, a_setup(people=(person,)))
        assert counts(workspace)[Dealership] == 0

    def test_without_a_day_it_starts_today(self, workspace: Workspace) -> None:
        changes = setting_up.set_up_engagement(workspace, a_setup(started_on=None))
        assert changes.made(Engagement).started_on == TODAY


class TestTheCoach:
    """A programme begins with a coach whose certificate counts on its first day, or with nobody named yet."""

    def test_nobody_may_be_named_yet(self, workspace: Workspace) -> None:
        assert setting_up.set_up_engagement(workspace, a_setup()).made(Engagement).coach_id is None

    @pytest.mark.parametrize(
        ("dates", "code"),
        [
            ({"valid_until": date(2026, 11, 30)}, "certificate.lapsed"),
            ({"valid_from": date(2026, 12, 2)}, "certificate.not-yet"),
        ],
    )
    def test_the_certificate_must_count_on_the_first_day(
        self, workspace: Workspace, dates: dict[str, date], code: str
    ) -> None:
        coach = a_coach(workspace, **dates)
        with refused(code):
            setting_up.set_up_engagement(workspace, a_setup(coach=coach))

    @pytest.mark.parametrize("dates", [{}, {"valid_until": START}, {"valid_from": START}])
    def test_its_first_and_last_day_count_and_no_end_is_for_good(
        self, workspace: Workspace, dates: dict[str, date]
    ) -> None:
        coach = a_coach(workspace, **dates)
        assert setting_up.set_up_engagement(workspace, a_setup(coach=coach))

    def test_an_auditor_is_no_coach(self, workspace: Workspace) -> None:
        person = people.add_person(workspace, name="A. Prüfer").made(Person)
        people.certify_person(workspace, person.id, role=Role.AUDITOR)
        with refused("certificate.missing"):
            setting_up.set_up_engagement(workspace, a_setup(coach=person.id))

    def test_a_programme_is_handed_to_a_certified_coach_only(self, programme: Programme) -> None:
        coach = a_coach(programme.workspace, valid_until=date(2026, 1, 1))
        with refused("certificate.lapsed"):
            change_engagement(programme.workspace, programme.engagement.id, coach_id=coach)
        people.certify_person(programme.workspace, coach, role=Role.COACH)
        assert change_engagement(programme.workspace, programme.engagement.id, coach_id=coach)


class TestLikeAnother:
    def test_a_copy_has_what_the_house_does_but_nobody_of_it(self, workspace: Workspace) -> None:
        coach = a_coach(workspace)
        first = setting_up.set_up_engagement(
            workspace,
            a_setup(
                features=("service", "used-cars"),
                months=24,
                coach=coach,
                left_out={AreaId("new-cars"): "none sold"},
                people=(NewPerson(name="R. Muster"),),
            ),
        ).made(Engagement)
        with workspace.reading() as reader:
            setup = setting_up.copy_setup(reader, first.id)
        assert setup == EngagementSetup(
            name="",
            country="DE",
            region="BY",
            language="de",
            features=("service", "used-cars"),
            edition=first.edition,
            coach=coach,
            months=24,
            left_out={AreaId("new-cars"): "none sold"},
        )
        second = setting_up.set_up_engagement(workspace, replace(setup, name="Autohaus Zwei"))
        assert second.made(Dealership).code == "DE-AUTOHA-2"
        assert not second.of(Person)


class TestAFurtherProgramme:
    def begun(self, workspace: Workspace, first: Engagement, **changes: Any) -> Engagement:
        options: dict[str, Any] = {"started_on": TODAY, "months": 12, "coach_id": None, "copy_from": first.id}
        return setting_up.begin_engagement(workspace, first.dealership_id, **(options | changes)).made(
            Engagement
        )

    def test_it_takes_over_leaders_owners_and_areas_left_out(self, workspace: Workspace) -> None:
        changes = setting_up.set_up_engagement(
            workspace,
            a_setup(
                started_on=date(2025, 1, 7),
                left_out={AreaId("it-data"): "done by the group"},
                people=(
                    NewPerson(name="R. Muster", is_principal=True),
                    NewPerson(name="S. Probe", is_officer=True, processes=(ORDER,)),
                    NewPerson(name="T. Weg", processes=(ProcessId("parts.stock-planning"),)),
                ),
            ),
        )
        first, (principal, officer, gone) = changes.made(Engagement), changes.of(Person)
        people.remove_person(workspace, gone.id)
        setting_up.end_engagement(workspace, first.id, on=TODAY, reason="certified")
        second = self.begun(workspace, first)
        assert (second.principal_id, second.officer_id) == (principal.id, officer.id)
        with workspace.reading() as reader:
            owners = {
                one.process_id: one.owner_id for one in reader.all(ProcessOwner, engagement_id=second.id)
            }
            left_out = setting_up.areas_left_out(reader, second.id)
        assert owners == {ORDER: officer.id, ProcessId("parts.stock-planning"): None}
        assert left_out == {AreaId("it-data"): "done by the group"}

    def test_one_runs_at_a_time(self, workspace: Workspace) -> None:
        first = setting_up.set_up_engagement(workspace, a_setup(started_on=TODAY)).made(Engagement)
        with refused("engagement.running"):
            self.begun(workspace, first)

    def test_it_does_not_begin_before_the_last_one_ended(self, workspace: Workspace) -> None:
        first = setting_up.set_up_engagement(workspace, a_setup(started_on=date(2025, 1, 7))).made(Engagement)
        setting_up.end_engagement(workspace, first.id, on=TODAY, reason="certified")
        with refused("engagement.overlap"):
            self.begun(workspace, first, started_on=date(2026, 11, 20))

    def test_an_area_without_anything_to_check_has_the_features_as_its_reason(
        self, workspace: Workspace
    ) -> None:
        changes = setting_up.set_up_engagement(workspace, a_setup(started_on=date(2025, 1, 7)))
        first = changes.made(Engagement)
        change_site(workspace, changes.made(Site).id, features=("service", "new-cars"))
        setting_up.end_engagement(workspace, first.id, on=TODAY, reason="certified")
        second = self.begun(workspace, first, copy_from=None)
        with workspace.reading() as reader:
            assert setting_up.areas_left_out(reader, second.id) == {SALES[1]: "no used cars sold"}


class TestLength:
    """A programme is extended, stopped half-way, and taken up again."""

    def test_it_is_extended_to_a_whole_length(self, programme: Programme) -> None:
        changes = setting_up.extend_engagement(programme.workspace, programme.engagement.id, 24)
        assert changes.of(Engagement)[0].months == 24

    @pytest.mark.parametrize(("months", "code"), [(18, "engagement.not-longer"), (61, "engagement.months")])
    def test_not_to_less_or_without_end(self, programme: Programme, months: int, code: str) -> None:
        with refused(code):
            setting_up.extend_engagement(programme.workspace, programme.engagement.id, months)

    def test_the_29th_of_february_ends_on_the_28th(self, workspace: Workspace) -> None:
        leap = setting_up.set_up_engagement(workspace, a_setup(started_on=date(2028, 2, 29), months=12))
        assert leap.made(Engagement).audit_due_on == date(2029, 2, 28)

    def test_an_end_has_a_reason_and_is_no_end_for_ever(self, programme: Programme) -> None:
        workspace, id = programme.workspace, programme.engagement.id
        with refused("engagement.reason-missing"):
            setting_up.end_engagement(workspace, id, on=TODAY, reason=" ")
        ended = setting_up.end_engagement(workspace, id, on=TODAY, reason=" Sold ").of(Engagement)[0]
        assert (ended.ended_on, ended.ended_reason, ended.is_running) == (TODAY, "Sold", False)
        with refused("engagement.ended"):
            setting_up.end_engagement(workspace, id, on=TODAY, reason="again")
        with refused("engagement.ended"):
            setting_up.extend_engagement(workspace, id, 30)
        assert setting_up.take_up_engagement(workspace, id).of(Engagement)[0].is_running
        assert not setting_up.take_up_engagement(workspace, id)

    @pytest.mark.parametrize(
        ("on", "code"),
        [(date(2026, 11, 22), "engagement.end-ahead"), (date(2026, 11, 20), "engagement.days")],
    )
    def test_days_out_of_order_are_refused(self, programme: Programme, on: date, code: str) -> None:
        with refused(code):
            setting_up.end_engagement(programme.workspace, programme.engagement.id, on=on, reason="Sold")

    def test_an_ended_one_is_not_taken_up_beside_another(self, programme: Programme) -> None:
        workspace, first = programme.workspace, programme.engagement
        setting_up.end_engagement(workspace, first.id, on=TODAY, reason="certified")
        setting_up.begin_engagement(
            workspace, first.dealership_id, started_on=TODAY, months=12, coach_id=None, copy_from=None
        )
        with refused("engagement.running"):
            setting_up.take_up_engagement(workspace, first.id)

    def test_lock_and_end_are_not_written_by_hand(self, programme: Programme) -> None:
        for name in ("targets_locked_on", "ended_on", "ended_reason"):
            with pytest.raises(ValueError, match=name):
                change_engagement(programme.workspace, programme.engagement.id, **{name: TODAY})


class TestLeaders:
    def test_principal_and_officer_are_of_the_house(self, programme: Programme) -> None:
        workspace = programme.workspace
        inside, outside = (
            people.add_person(workspace, name=name, dealership_id=house).made(Person)
            for name, house in (("R. Muster", programme.dealership.id), ("K. Beispiel", None))
        )
        named = setting_up.name_leaders(
            workspace,
            programme.engagement.id,
            principal_id=inside.id,
            officer_id=inside.id,
            officer_percent=20,
        ).of(Engagement)[0]
        assert (named.principal_id, named.officer_id, named.officer_percent) == (inside.id, inside.id, 20)
        for code, leaders in (
            ("person.other-house", (inside.id, outside.id, 20)),
            ("engagement.officer-missing", (inside.id, None, 20)),
            ("engagement.percent", (inside.id, inside.id, 101)),
        ):
            principal, officer, percent = leaders
            with refused(code):
                setting_up.name_leaders(
                    workspace,
                    programme.engagement.id,
                    principal_id=principal,
                    officer_id=officer,
                    officer_percent=percent,
                )

    def test_who_leaves_leads_no_more_and_comes_back_with_one_undo(self, programme: Programme) -> None:
        workspace, engagement = programme.workspace, programme.engagement
        person = people.add_person(workspace, name="R. Muster", dealership_id=programme.dealership.id).made(
            Person
        )
        setting_up.name_leaders(
            workspace, engagement.id, principal_id=person.id, officer_id=person.id, officer_percent=20
        )
        changes = people.remove_person(workspace, person.id)
        with workspace.reading() as reader:
            after = reader.get(Engagement, engagement.id)
        assert (after.principal_id, after.officer_id, after.officer_percent) == (None, None, None)
        undo(workspace, changes)
        with workspace.reading() as reader:
            assert reader.get(Engagement, engagement.id).officer_percent == 20


class TestAreasLeftOut:
    def test_an_area_leaves_the_plan_with_its_reason_and_no_figure_changes(
        self, programme: Programme
    ) -> None:
        workspace, id = programme.workspace, programme.engagement.id
        with workspace.reading() as reader:
            before = standing_result(reader, id)
        area = AreaId("it-data")
        with refused("setup.area-reason"):
            setting_up.leave_out_area(workspace, id, area, " ")
        setting_up.leave_out_area(workspace, id, area, "first wording")
        setting_up.leave_out_area(workspace, id, area, "done by the group")
        with workspace.reading() as reader:
            assert setting_up.areas_left_out(reader, id) == {area: "done by the group"}
            assert standing_result(reader, id) == before
        setting_up.take_in_area(workspace, id, area)
        setting_up.leave_out_area(workspace, id, area, "done by the group again")
        setting_up.take_in_area(workspace, id, area)
        with workspace.reading() as reader:
            assert setting_up.areas_left_out(reader, id) == {}
        assert not setting_up.take_in_area(workspace, id, area)

    def test_a_department_given_up_in_month_eight_waits_for_its_reason(self, workspace: Workspace) -> None:
        changes = setting_up.set_up_engagement(workspace, a_setup())
        id = changes.made(Engagement).id
        with workspace.reading() as reader:
            assert setting_up.areas_to_explain(reader, id) == ()
        change_site(workspace, changes.made(Site).id, features=("service", "new-cars"))
        with workspace.reading() as reader:
            (waiting,) = setting_up.areas_to_explain(reader, id)
        assert (waiting.area.id, waiting.reason) == (SALES[1], "no used cars sold")
        setting_up.leave_out_area(workspace, id, waiting.area.id, waiting.reason)
        with workspace.reading() as reader:
            assert setting_up.areas_to_explain(reader, id) == ()


class TestClosingTimes:
    def test_they_are_added_corrected_and_removed(self, programme: Programme) -> None:
        workspace, id = programme.workspace, programme.dealership.id
        summer = setting_up.add_closing_time(
            workspace, id, first_on=date(2027, 8, 2), last_on=date(2027, 8, 13), words=" Works holidays "
        ).made(ClosingDay)
        counting = setting_up.add_closing_time(
            workspace, id, first_on=date(2027, 1, 4), last_on=date(2027, 1, 4)
        ).made(ClosingDay)
        setting_up.change_closing_time(workspace, summer.id, last_on=date(2027, 8, 14))
        with workspace.reading() as reader:
            listed = setting_up.closing_times(reader, id)
        assert [one.id for one in listed] == [counting.id, summer.id]
        assert (listed[1].words, listed[1].covers(date(2027, 8, 14))) == ("Works holidays", True)
        setting_up.remove_closing_time(workspace, counting.id)
        with workspace.reading() as reader:
            assert len(setting_up.closing_times(reader, id)) == 1

    @pytest.mark.parametrize(
        ("last", "code"), [(date(2027, 8, 1), "closing.days"), (date(2028, 8, 3), "closing.long")]
    )
    def test_days_that_cannot_be_meant_are_refused(self, programme: Programme, last: date, code: str) -> None:
        with refused(code):
            setting_up.add_closing_time(
                programme.workspace, programme.dealership.id, first_on=date(2027, 8, 2), last_on=last
            )


def test_region_and_language_are_corrected(programme: Programme) -> None:
    changes = change_dealership(programme.workspace, programme.dealership.id, region=" by ", language="DE")
    house = changes.of(Dealership)[0]
    assert (house.region, house.language) == ("BY", "de")


def test_certificates_are_named_by_their_words() -> None:
    assert certificates.certificate_title(certificates.CertificateState.LAPSES_SOON) == "lapses soon"
