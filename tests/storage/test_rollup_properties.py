"""After any edits, undone and redone as they come, the rollup kept with them is what a recount of all records gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import Premises, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, RatingId, UpgradeId
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.promise import Promise
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import Changes, Record
from qma_app.domain.review import ManagementReview
from qma_app.domain.upgrade import Carry, Upgrade
from qma_app.domain.visit import Visit
from qma_app.errors import QmaError
from qma_app.services.undoing import redo, undo
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from qma_app.storage.scopes import WritingScope
from tests.builders import (
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    TODAY,
    a_checkpoint,
    a_dealership,
    a_site,
    an_assessment,
    an_edition,
    an_engagement,
)

OLD: Final = an_edition()
NEW: Final = an_edition(
    checkpoints=[
        a_checkpoint(PRICE_AGREED, weight=2, critical=True),
        a_checkpoint("service.repair-order.parts-at-hand", weight=3, when=("body-shop",)),
        a_checkpoint(STOCK_COUNT, weight=1, critical=True),
        a_checkpoint("management.goals.written", weight=2),
    ],
    version="2026.2",
)
CHECKPOINTS: Final = (*OLD.checkpoints, *(id for id in NEW.checkpoints if id not in OLD.checkpoints))
KINDS: Final = (AssessmentKind.BASELINE, AssessmentKind.PROGRESS, AssessmentKind.SELF_ASSESSMENT)
SCOPES: Final = (("service", "parts", "management"), ("service", "parts"), ("parts",))
FEATURES: Final = (("service",), ("service", "body-shop"), ())
HOUSES: Final = ("First", "Second")
SAID: Final = (0, 4, 6, 8, 10, "clear", "not-applicable", "without-reason", "not-seen", "bin", "note")

Numbers = tuple[int, ...]
Edit = Callable[[WritingScope, Numbers], None]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two dealerships with two assessments each, all rated, on the older of two editions; the second has gone over to the newer."""
    folder = tmp_path_factory.mktemp("rollup") / "w"
    with create_workspace(folder) as workspace:
        with workspace.writing("test.prepared") as work:
            work.put_edition(OLD)
            work.put_edition(NEW)
            for name in HOUSES:
                house = work.put(a_dealership(name))
                work.put(a_site(name, dealership_id=house.id))
                engagement = work.put(
                    an_engagement(
                        id=f"programme-{name}", dealership_id=house.id, edition=OLD.hash, coach_id=None
                    )
                )
                for number in (1, 2):
                    work.put(an_assessment_of(engagement, number, id=f"assessment-{name}-{number}"))
            for number in range(2):
                rate_all(work, (0, number, number))
        for edit, numbers in ((upgrade, (1, 127, 0, 0)), (assess, (1, 0, 0, 3))):
            with workspace.writing("test.prepared") as work:
                edit(work, numbers)
    return folder


def an_assessment_of(engagement: Engagement, number: int, **fields: Any) -> Assessment:
    return an_assessment(number, engagement_id=engagement.id, assessor_id=None, **fields)


def engagement_of(work: WritingScope, numbers: Numbers) -> Engagement:
    found = work.find(Engagement, f"programme-{HOUSES[numbers[0] % 2]}", in_bin=True)
    assert found is not None
    return found


def one_of(work: WritingScope, kind: type[Any], engagement: Engagement, number: int) -> Any:
    """A record of the programme, one in the bin too; None where there is none."""
    there = work.all(kind, engagement_id=engagement.id) + work.in_bin(kind, engagement_id=engagement.id)
    return sorted(there, key=lambda one: str(one.id))[number % len(there)] if there else None


def day(number: int) -> date:
    return TODAY + timedelta(days=number % 40 - 20)


def say(work: WritingScope, assessment: Assessment, checkpoint: CheckpointId, said: object) -> None:
    known = [
        rating
        for rating in work.all(Rating, assessment_id=assessment.id, checkpoint_id=checkpoint)
        if rating.deleted_at is None
    ]
    rating = (
        known[0]
        if known
        else Rating(id=RatingId(work.new_id()), assessment_id=assessment.id, checkpoint_id=checkpoint)
    )
    match said:
        case int():
            work.put(rating.rated(said, at=work.at, by=None))
        case "clear":
            work.put(rating.cleared())
        case "not-applicable":
            work.put(rating.not_applicable("not here", at=work.at, by=None))
        case "without-reason":
            work.put(replace(rating.cleared(), outcome=Outcome.NOT_APPLICABLE))
        case "not-seen":
            work.put(rating.not_seen("locked", at=work.at, by=None))
        case "bin":
            work.delete(rating)
        case _:
            work.put(replace(rating, note=rating.note + "x"))


def rate(work: WritingScope, numbers: Numbers) -> None:
    assessment = one_of(work, Assessment, engagement_of(work, numbers), numbers[1])
    say(work, assessment, CHECKPOINTS[numbers[2] % len(CHECKPOINTS)], SAID[numbers[3] % len(SAID)])


def rate_some(work: WritingScope, numbers: Numbers) -> None:
    """One checkpoint in two assessments, or three checkpoints in one."""
    engagement = engagement_of(work, numbers)
    for place, number in enumerate(numbers[1:]):
        is_same = numbers[3] % 2
        assessment = one_of(work, Assessment, engagement, place if is_same else numbers[1])
        checkpoint = CHECKPOINTS[(numbers[1] if is_same else numbers[1] + place) % len(CHECKPOINTS)]
        say(work, assessment, checkpoint, SAID[number % len(SAID)])


def rate_all(work: WritingScope, numbers: Numbers) -> None:
    """More than are moved one by one."""
    for house in range(2):
        assessment = one_of(work, Assessment, engagement_of(work, (house,)), numbers[1])
        for place, checkpoint in enumerate(CHECKPOINTS):
            say(work, assessment, checkpoint, SAID[(numbers[2] + place) % 5])


def assess(work: WritingScope, numbers: Numbers) -> None:
    engagement = engagement_of(work, numbers)
    there = work.all(Assessment, engagement_id=engagement.id) + work.in_bin(
        Assessment, engagement_id=engagement.id
    )
    assessment = an_assessment_of(
        engagement,
        max((one.number for one in there), default=0) + 1,
        id=work.new_id(),
        kind=KINDS[numbers[1] % 3],
        edition=engagement.edition if work.all(Upgrade, engagement_id=engagement.id) else None,
        scope=tuple(map(AreaId, SCOPES[numbers[2] % 3])),
    )
    work.put(assessment)
    say(work, assessment, CHECKPOINTS[numbers[3] % len(CHECKPOINTS)], SAID[numbers[3] % 5])


def change_assessment(work: WritingScope, numbers: Numbers) -> None:
    assessment: Assessment = one_of(work, Assessment, engagement_of(work, numbers), numbers[1])
    change = numbers[2] % 6
    if change == 0:
        work.put(replace(assessment, scope=tuple(map(AreaId, SCOPES[numbers[3] % 3]))))
    elif change == 1:
        work.put(replace(assessment, kind=KINDS[numbers[3] % 3]))
    elif change == 2:
        work.put(replace(assessment, summary=f"{assessment.summary}x"))
    elif change == 3 and assessment.deleted_at is None:
        work.delete(assessment)
    elif change == 3:
        work.put(replace(assessment, deleted_at=None))
    elif assessment.is_open:
        premises = Premises(features=frozenset(FEATURES[numbers[3] % 3]), staff=24)
        work.put(assessment.completed(at=work.at, on=TODAY, premises=premises))
    else:
        work.put(assessment.reopened(at=work.at, who=None, reason="again"))


def change_house(work: WritingScope, numbers: Numbers) -> None:
    engagement = engagement_of(work, numbers)
    sites = work.all(Site, dealership_id=engagement.dealership_id)
    if numbers[1] % 5 == 0:
        work.put(
            replace(
                engagement,
                deleted_at=None if engagement.deleted_at else work.at,
                months=engagement.months + 1,
            )
        )
    elif numbers[1] % 5 == 1 or not sites:
        name = work.new_id()
        work.put(a_site(name, FEATURES[numbers[2] % 3], dealership_id=engagement.dealership_id))
    elif numbers[1] % 5 == 2:
        work.delete(sites[numbers[2] % len(sites)])
    else:
        work.put(replace(sites[0], features=FEATURES[numbers[2] % 3]))


def upgrade(work: WritingScope, numbers: Numbers) -> None:
    """Once over to the newer edition; some ratings are carried over, one under another id."""
    engagement = engagement_of(work, numbers)
    if engagement.edition == NEW.hash or engagement.deleted_at is not None:
        return
    standing = work.standing(engagement.id)
    carried = [
        Carry(checkpoint_id=id, source=id, rating_id=rating.id)
        for place, (id, rating) in enumerate(standing.items())
        if id in NEW.checkpoints and (numbers[1] >> place) % 2
    ]
    walk_round = standing.get(CheckpointId("service.reception.walk-round"))
    if walk_round is not None:
        id = CheckpointId("management.goals.written")
        carried.append(Carry(checkpoint_id=id, source=walk_round.checkpoint_id, rating_id=walk_round.id))
    work.put(replace(engagement, edition=EditionHash(NEW.hash)))
    work.put(
        Upgrade(
            id=UpgradeId(work.new_id()),
            engagement_id=engagement.id,
            from_edition=OLD.hash,
            to_edition=NEW.hash,
            decided_on=TODAY,
            carried=tuple(carried),
        )
    )


def plan(work: WritingScope, numbers: Numbers) -> None:
    """Records beside the ratings: made, changed, put into the bin."""
    engagement, number = engagement_of(work, numbers), numbers[2]
    on, some = day(number), day(number) if number % 3 else None
    fresh: dict[str, Any] = {"id": work.new_id(), "engagement_id": engagement.id}
    made: tuple[Record, ...] = (
        Action(**fresh, number=number, what="a", due_on=some, done_on=on if number % 5 == 0 else None),
        Finding(**fresh, number=number, grade=tuple(FindingGrade)[number % 4], statement="f", seen_on=some),
        Visit(**fresh, number=number, planned_on=on, closed_at=NOW if number % 2 else None, held_on=some),
        Promise(**fresh, number=number, what="p", who="w", due_on=some),
        PlannedPhase(**fresh, phase="baseline", place=number, starts_on=on, ends_on=on, passed_on=some),
        ManagementReview(**fresh, number=number, held_on=some),
        PlannedArea(
            **fresh, area_id=AreaId("service"), wave=number % 4, left_out="no" if number > 90 else ""
        ),
        Charter(**fresh, signed_on=some),
    )
    wanted = made[numbers[1] % len(made)]
    known = one_of(work, type(wanted), engagement, numbers[3])
    if known is None or (numbers[3] % 3 == 0 and not isinstance(wanted, (PlannedArea, Charter))):
        work.put(wanted)
    elif numbers[3] % 3 == 1:
        work.put(replace(known, deleted_at=None if known.deleted_at else work.at))
    else:
        work.put(replace(wanted, id=known.id, version=known.version))


EDITS: Final[tuple[Edit, ...]] = (
    rate,
    rate,
    rate_some,
    rate_all,
    assess,
    change_assessment,
    change_house,
    upgrade,
    plan,
    plan,
)
UNDO, REDO = len(EDITS), len(EDITS) + 1
some_steps = st.lists(
    st.tuples(st.integers(0, REDO), st.tuples(*[st.integers(0, 119)] * 4)), min_size=4, max_size=24
)


def opened(made: Path, into: Path) -> Workspace:
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(made, into)
    seconds, names = count(), count(1)
    return open_workspace(
        into, clock=lambda: NOW + timedelta(seconds=next(seconds)), new_id=lambda: f"id-{next(names)}"
    )


def walk(workspace: Workspace, steps: list[tuple[int, Numbers]]) -> Iterator[str]:
    """Take each step, and say what it was; what the rules refuse is not taken."""
    done: list[Changes] = []
    undone: list[Changes] = []
    for place, numbers in steps:
        if place in (UNDO, REDO):
            source, target, way = (done, undone, undo) if place == UNDO else (undone, done, redo)
            if source:
                changes = source.pop(-1 - numbers[0] % min(2, len(source)))
                with suppress(QmaError):
                    way(workspace, changes)
                    target.append(changes)
            yield way.__name__
        else:
            with workspace.writing("test.edited") as work:
                EDITS[place](work, numbers)
            done.append(work.changes)
            yield EDITS[place].__name__


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=some_steps)
def test_the_rollup_is_always_what_a_recount_gives(
    made: Path, tmp_path: Path, steps: list[tuple[int, Numbers]]
) -> None:
    with opened(made, tmp_path / "w") as workspace:
        for name in walk(workspace, steps):
            with workspace.reading() as reader:
                assert reader.rollups_differing() == (), name
                kept = {row for row in reader.rollups() if row}
                assert kept == {engagement.id for engagement in reader.all(Engagement)}, name
                counts = reader.counts()
                assert counts["rollups"] == len(kept), name
