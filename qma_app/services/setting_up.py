"""Setting up a programme: a new dealership with its people in one edit, a further programme, or one like another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from qma_app.domain.applicability import premises_of
from qma_app.domain.dealership import ClosingDay, Dealership, Site
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.features_effect import AreaEffect, FeaturesEffect, features_effect
from qma_app.domain.ids import (
    AreaId,
    DealershipId,
    EditionHash,
    EngagementId,
    PersonId,
    ProcessOwnerId,
    SiteId,
)
from qma_app.domain.people import Person, Role
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.areas_left_out import (
    areas_left_out,
    areas_to_explain,
    check_reasons,
    leave_out_area,
    put_left_out,
    take_in_area,
)
from qma_app.services.certificates import check_certificate
from qma_app.services.closing_times import (
    add_closing_time,
    change_closing_time,
    closing_times,
    remove_closing_time,
)
from qma_app.services.dealerships import (
    free_code,
    keep_edition,
    known_language,
    known_region,
    needed_code,
    needed_country,
    needed_name,
)
from qma_app.services.engagements import (
    check_months,
    check_none_runs,
    check_start,
    end_engagement,
    extend_engagement,
    name_leaders,
    take_up_engagement,
)
from qma_app.services.process_owners import put_owner
from qma_app.services.setup_form import EngagementSetup, NewPerson, check_form
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "AreaEffect",
    "ClosingDay",
    "EngagementSetup",
    "FeaturesEffect",
    "NewPerson",
    "add_closing_time",
    "areas_left_out",
    "areas_to_explain",
    "begin_engagement",
    "change_closing_time",
    "closing_times",
    "copy_setup",
    "effect_of",
    "end_engagement",
    "extend_engagement",
    "features_effect",
    "leave_out_area",
    "name_leaders",
    "remove_closing_time",
    "set_up_engagement",
    "take_in_area",
    "take_up_engagement",
]


def set_up_engagement(workspace: Workspace, setup: EngagementSetup) -> Changes:
    """A new dealership with its site, people, owners and programme, and the areas left out: one edit, undone as a whole.

    RuleBroken names what is missing or does not hold: a name, a country, a coach whose certificate counts on the first day, a
    reason for each area that falls away; nothing is written then.
    """
    name, country = needed_name(setup.name), needed_country(setup.country)
    check_form(setup)
    started_on = setup.started_on or workspace.today()
    check_start(started_on)
    edition_hash = setup.edition or keep_edition(workspace)
    with workspace.writing("engagement.set-up") as work:
        edition = work.edition(edition_hash)
        check_reasons(edition, features_effect(edition, setup.features, setup.staff), setup.left_out)
        if setup.coach is not None:
            check_certificate(work, setup.coach, Role.COACH, started_on)
        code = needed_code(work, setup.code) if setup.code.strip() else free_code(work, country, name)
        dealership = work.put(
            Dealership(
                id=DealershipId(work.new_id()),
                name=name,
                code=code,
                country=country,
                city=setup.city.strip(),
                is_sample=workspace.is_sample,
                region=known_region(setup.region),
                language=known_language(setup.language),
            )
        )
        work.put(
            Site(
                id=SiteId(work.new_id()),
                dealership_id=dealership.id,
                name=setup.site_name.strip() or setup.city.strip() or name,
                features=tuple(sorted(set(setup.features))),
                staff=setup.staff,
            )
        )
        people = {person: _put_person(work, dealership.id, person) for person in setup.people}
        engagement = work.put(
            Engagement(
                id=EngagementId(work.new_id()),
                dealership_id=dealership.id,
                edition=edition.hash,
                started_on=started_on,
                months=setup.months,
                coach_id=setup.coach,
                principal_id=next((people[one] for one in setup.people if one.is_principal), None),
                officer_id=next((people[one] for one in setup.people if one.is_officer), None),
                officer_percent=setup.officer_percent,
            )
        )
        put_left_out(work, engagement, setup.left_out)
        for person, person_id in people.items():
            for process_id in person.processes:
                put_owner(work, engagement, process_id, {"owner_id": person_id}, today=workspace.today())
    return work.changes


def copy_setup(reader: Reader, engagement_id: EngagementId) -> EngagementSetup:
    """What another programme began with, to be filled in for a new dealership: features, edition, length, coach, areas left out.

    Name, town, people, head count and start are left empty.
    """
    engagement = reader.get(Engagement, engagement_id)
    dealership = reader.get(Dealership, engagement.dealership_id)
    features = premises_of(reader, dealership.id).features - {"multi-site"}
    return EngagementSetup(
        name="",
        country=dealership.country,
        region=dealership.region,
        language=dealership.language,
        features=tuple(sorted(features)),
        edition=engagement.edition,
        coach=_is_there(reader, engagement.coach_id),
        months=engagement.months,
        left_out=areas_left_out(reader, engagement_id),
    )


def begin_engagement(
    workspace: Workspace,
    dealership_id: DealershipId,
    *,
    edition: EditionHash | None = None,
    started_on: date,
    months: int,
    coach_id: PersonId | None,
    copy_from: EngagementId | None = None,
    features: Collection[str] | None = None,
    left_out: Mapping[AreaId, str] | None = None,
) -> Changes:
    """A further programme of a dealership whose last one has ended, on the newest edition unless one is named.

    From `copy_from` come the areas left out, and, where it is one of the same dealership, its leaders and process owners as far
    as people and processes are still there. An area in which nothing applies is left out with the features that are missing as its
    reason; `left_out` says it all instead, and then needs a reason for each of those. `features` is what the house offers from now
    on, None as before; of several sites each is changed by itself, and other features than theirs are refused.
    """
    check_months(months)
    check_start(started_on)
    edition_hash = edition or keep_edition(workspace)
    with workspace.writing("engagement.begun") as work:
        work.get(Dealership, dealership_id)
        check_none_runs(work, dealership_id)
        _check_follows(work, dealership_id, started_on)
        content = work.edition(edition_hash)
        if coach_id is not None:
            check_certificate(work, coach_id, Role.COACH, started_on)
        engagement = Engagement(
            id=EngagementId(work.new_id()),
            dealership_id=dealership_id,
            edition=content.hash,
            started_on=started_on,
            months=months,
            coach_id=coach_id,
        )
        earlier = work.get(Engagement, copy_from) if copy_from is not None else None
        if earlier is not None and earlier.dealership_id == dealership_id:
            engagement = work.put(_with_leaders(work, engagement, earlier))
            _copy_owners(work, engagement, earlier, content)
        else:
            engagement = work.put(engagement)
        if features is not None:
            _put_features(work, dealership_id, features)
        if left_out is not None:
            check_reasons(content, effect_of(work, engagement.id), left_out)
        put_left_out(work, engagement, _reasons(work, engagement, earlier) if left_out is None else left_out)
    return work.changes


def effect_of(reader: Reader, engagement_id: EngagementId) -> FeaturesEffect:
    """What the features of the dealership as they are now do to the edition of its programme."""
    engagement = reader.get(Engagement, engagement_id)
    premises = premises_of(reader, engagement.dealership_id)
    return features_effect(reader.edition(engagement.edition), premises.features, premises.staff)


def _reasons(reader: Reader, engagement: Engagement, earlier: Engagement | None) -> dict[AreaId, str]:
    reasons = effect_of(reader, engagement.id).reasons()
    if earlier is not None:
        known = reader.edition(engagement.edition).areas_by_id
        copied = areas_left_out(reader, earlier.id).items()
        reasons |= {id: words for id, words in copied if id in known}
    return reasons


def _put_features(work: WritingScope, dealership_id: DealershipId, features: Collection[str]) -> None:
    sites = work.all(Site, dealership_id=dealership_id)
    if set(features) == {feature for site in sites for feature in site.features}:
        return
    if len(sites) != 1:
        raise RuleBroken(
            _("The dealership has {count} sites, each with what it offers.").format(count=len(sites)),
            code="setup.features-of-sites",
            way_out=_("Change what a site offers with the dealership, then begin the programme."),
        )
    work.put(replace(sites[0], features=tuple(sorted(set(features)))))


def _put_person(work: WritingScope, dealership_id: DealershipId, person: NewPerson) -> PersonId:
    stored = work.put(
        Person(
            id=PersonId(work.new_id()),
            name=person.name.strip(),
            dealership_id=dealership_id,
            function=person.function.strip(),
            email=person.email.strip(),
            phone=person.phone.strip(),
        )
    )
    return stored.id


def _with_leaders(reader: Reader, engagement: Engagement, earlier: Engagement) -> Engagement:
    is_there = partial(_is_there, reader)
    officer_id = is_there(earlier.officer_id)
    return replace(
        engagement,
        principal_id=is_there(earlier.principal_id),
        officer_id=officer_id,
        officer_percent=earlier.officer_percent if officer_id else None,
    )


def _copy_owners(work: WritingScope, engagement: Engagement, earlier: Engagement, edition: Edition) -> None:
    for held in work.all(ProcessOwner, engagement_id=earlier.id):
        if held.process_id in edition.processes:
            work.put(
                ProcessOwner(
                    id=ProcessOwnerId(work.new_id()),
                    engagement_id=engagement.id,
                    process_id=held.process_id,
                    owner_id=_is_there(work, held.owner_id),
                    deputy_id=_is_there(work, held.deputy_id),
                    described_on=held.described_on,
                    described_in=held.described_in,
                )
            )


def _is_there(reader: Reader, person_id: PersonId | None) -> PersonId | None:
    """The person, unless it is in the bin."""
    return person_id if person_id is not None and reader.find(Person, person_id) is not None else None


def _check_follows(reader: Reader, dealership_id: DealershipId, started_on: date) -> None:
    for earlier in reader.all(Engagement, dealership_id=dealership_id):
        if earlier.ended_on is not None and started_on < earlier.ended_on:
            raise RuleBroken(
                _("The programme before it ended on {day} only.").format(day=day_text(earlier.ended_on)),
                code="engagement.overlap",
                way_out=_("Begin the new one on that day or later."),
            )
