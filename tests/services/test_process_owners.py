"""Each process has an owner, a deputy and a description; who leaves answers for nothing any more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from qma_app.domain.dealership import Site
from qma_app.domain.ids import AreaId, PersonId, ProcessId
from qma_app.domain.people import Person
from qma_app.domain.process_owner import ProcessOwner
from qma_app.errors import NotFound, RuleBroken
from qma_app.services.areas_left_out import leave_out_area
from qma_app.services.dealerships import change_site
from qma_app.services.people import add_person, remove_person
from qma_app.services.process_owners import OwnerLine, name_owner, name_owners, owners_view
from qma_app.services.undoing import undo
from tests.builders import TODAY
from tests.services.conftest import Programme

ORDER, REPAIR = ProcessId("service.repair-order"), ProcessId("service.repair-work")


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


def somebody(programme: Programme, name: str) -> PersonId:
    return add_person(programme.workspace, name=name, dealership_id=programme.dealership.id).made(Person).id


def lines(programme: Programme) -> dict[ProcessId, OwnerLine]:
    with programme.workspace.reading() as reader:
        return {line.process.id: line for line in owners_view(reader, programme.engagement.id)}


def test_every_process_is_there_in_the_order_of_the_standard(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        edition = reader.edition(programme.engagement.edition)
    assert list(lines(programme)) == list(edition.processes)
    assert not any(line.is_complete for line in lines(programme).values())


def test_only_what_is_given_changes(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    owner, deputy = somebody(programme, "R. Muster"), somebody(programme, "S. Probe")
    name_owner(workspace, id, ORDER, owner_id=owner)
    name_owner(workspace, id, ORDER, deputy_id=deputy, described_on=TODAY, described_in="Handbook 4.2")
    line = lines(programme)[ORDER]
    assert line.owner is not None
    assert line.deputy is not None
    assert (line.owner.id, line.deputy.id) == (owner, deputy)
    assert (line.described_on, line.described_in, line.is_complete) == (TODAY, "Handbook 4.2", True)
    name_owner(workspace, id, ORDER, owner_id=None)
    line = lines(programme)[ORDER]
    assert (line.owner, line.described_in, line.is_complete) == (None, "Handbook 4.2", False)
    with workspace.reading() as reader:
        assert len(reader.all(ProcessOwner)) == 1


def test_several_are_named_in_one_edit(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    owner, other = somebody(programme, "R. Muster"), somebody(programme, "S. Probe")
    name_owner(workspace, id, ORDER, deputy_id=other)
    changes = name_owners(workspace, id, {ORDER: owner, REPAIR: owner})
    assert len(changes.of(ProcessOwner)) == 2
    found = lines(programme)
    assert [found[process].owner is not None for process in (ORDER, REPAIR)] == [True, True]
    assert found[ORDER].deputy is not None
    undo(workspace, changes)
    assert lines(programme)[ORDER].owner is None
    assert not name_owners(workspace, id, {})


def test_naming_nobody_where_nobody_was_writes_nothing(programme: Programme) -> None:
    assert not name_owner(programme.workspace, programme.engagement.id, ORDER, owner_id=None)


def test_what_does_not_hold_is_refused_and_nothing_is_written(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    owner = somebody(programme, "R. Muster")
    outside = add_person(workspace, name="K. Beispiel").made(Person).id
    with refused("person.other-house"):
        name_owners(workspace, id, {ORDER: owner, REPAIR: outside})
    with refused("owner.own-deputy"):
        name_owner(workspace, id, ORDER, owner_id=owner, deputy_id=owner)
    with refused("owner.day-ahead"):
        name_owner(workspace, id, ORDER, described_on=date(2026, 11, 22))
    with pytest.raises(NotFound):
        name_owner(workspace, id, ProcessId("service.flying"), owner_id=owner)
    with workspace.reading() as reader:
        assert reader.all(ProcessOwner) == ()


def test_who_leaves_owns_nothing_and_the_rest_stays(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    owner, other = somebody(programme, "R. Muster"), somebody(programme, "S. Probe")
    name_owner(workspace, id, ORDER, owner_id=owner, deputy_id=other, described_on=TODAY)
    name_owner(workspace, id, REPAIR, owner_id=other, deputy_id=owner)
    changes = remove_person(workspace, owner)
    found = lines(programme)
    assert (found[ORDER].owner, found[REPAIR].deputy) == (None, None)
    assert found[ORDER].deputy is not None
    assert found[ORDER].described_on == TODAY
    with workspace.reading() as reader:
        assert owner not in {id for one in reader.all(ProcessOwner) for id in (one.owner_id, one.deputy_id)}
    undo(workspace, changes)
    assert lines(programme)[ORDER].is_complete


def test_a_process_applies_with_its_checkpoints_and_its_area(programme: Programme) -> None:
    workspace, id = programme.workspace, programme.engagement.id
    electric = ProcessId("service.electric-cars")
    assert lines(programme)[electric].applies
    with workspace.reading() as reader:
        (site,) = reader.all(Site)
    change_site(workspace, site.id, features=("service", "new-cars", "used-cars"))
    assert not lines(programme)[electric].applies
    leave_out_area(workspace, id, AreaId("service"), "workshop sold")
    assert not lines(programme)[ORDER].applies
