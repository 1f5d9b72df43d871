"""Undo is an edit as any other: it asks who is working and whether there is anything left to write in."""

from __future__ import annotations

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.evidence import Evidence
from qma_app.domain.evidence_use import evidence_at
from qma_app.domain.people import Role
from qma_app.domain.rating import Rating
from qma_app.errors import NotFound, RuleBroken, StaleEdit
from qma_app.services import assessments, evidence, ratings
from qma_app.services.bin import list_bin, restore_from_bin
from qma_app.services.undoing import redo, undo
from qma_app.services.working import start_working
from tests.services.conftest import PRICE, Programme


def test_a_coach_takes_back_nothing_an_auditor_rated(programme: Programme) -> None:
    start_working(programme.workspace, name="Ada Auditor", role=Role.AUDITOR)
    audit = programme.start(AssessmentKind.CERTIFICATION_AUDIT)
    rated = ratings.rate_checkpoint(programme.workspace, audit.id, PRICE, points=4)
    start_working(programme.workspace, name="Carl Coach", role=Role.COACH)
    with pytest.raises(RuleBroken, match="Only an auditor"):
        undo(programme.workspace, rated)
    with programme.workspace.reading() as reader:
        assert reader.ratings(audit.id)[PRICE].points == 4
    start_working(programme.workspace, name="Ada Auditor", role=Role.AUDITOR)
    undo(programme.workspace, rated)


def test_a_coach_does_not_undo_that_an_audit_was_completed(programme: Programme) -> None:
    start_working(programme.workspace, name="Ada Auditor", role=Role.AUDITOR)
    audit = programme.start(AssessmentKind.CERTIFICATION_AUDIT)
    completed = assessments.complete_assessment(programme.workspace, audit.id)
    start_working(programme.workspace, name="Carl Coach", role=Role.COACH)
    with pytest.raises(RuleBroken, match="Only an auditor"):
        undo(programme.workspace, completed)


def test_nothing_is_taken_back_in_a_completed_assessment(programme: Programme) -> None:
    rated = ratings.rate_checkpoint(programme.workspace, programme.assessment.id, PRICE, points=4)
    seen = evidence.add_evidence(
        programme.workspace,
        engagement_id=programme.engagement.id,
        data=b"a;b\n",
        name="a.csv",
        assessment_id=programme.assessment.id,
        checkpoint_id=PRICE,
    )
    completed = assessments.complete_assessment(programme.workspace, programme.assessment.id)
    for done in (rated, seen):
        with pytest.raises(RuleBroken, match="completed and can only be read"):
            undo(programme.workspace, done)
    undo(programme.workspace, completed)
    undo(programme.workspace, seen)
    undo(programme.workspace, rated)


def test_a_rating_does_not_come_back_beside_another_of_the_same_checkpoint(programme: Programme) -> None:
    where = (programme.workspace, programme.assessment.id, PRICE)
    first = ratings.rate_checkpoint(*where, points=4)
    undo(programme.workspace, first)
    ratings.rate_checkpoint(*where, points=8)
    with pytest.raises(StaleEdit, match="changed again meanwhile"):
        redo(programme.workspace, first)
    with programme.workspace.reading() as reader:
        (rating,) = reader.all(Rating, checkpoint_id=PRICE)
    assert rating.points == 8


class TestTheBin:
    """What is brought back is as it was."""

    def test_evidence_comes_back_where_it_was_used(self, programme: Programme) -> None:
        item = self.removed(programme)
        restore_from_bin(programme.workspace, Evidence, item.id)
        assert self.used_at(programme) == [item.id]
        assert list_bin(programme.workspace) == ()

    def test_a_use_that_was_given_up_before_stays_given_up(self, programme: Programme) -> None:
        added = self.add(programme)
        again = evidence.link_evidence(
            programme.workspace,
            added.id,
            assessment_id=programme.assessment.id,
            checkpoint_id=programme.first,
        )
        undo(programme.workspace, again)
        evidence.remove_evidence(programme.workspace, added.id)
        restore_from_bin(programme.workspace, Evidence, added.id)
        assert self.used_at(programme) == [added.id]
        with programme.workspace.reading() as reader:
            assert evidence_at(reader, programme.assessment.id, programme.first) == ()

    def test_not_into_a_completed_assessment(self, programme: Programme) -> None:
        item = self.removed(programme)
        assessments.complete_assessment(programme.workspace, programme.assessment.id)
        with pytest.raises(RuleBroken, match="completed"):
            restore_from_bin(programme.workspace, Evidence, item.id)
        assert [row.id for row in list_bin(programme.workspace)] == [item.id]

    def test_not_without_its_files(self, programme: Programme) -> None:
        item = self.removed(programme)
        programme.workspace.store.evidence.remove_unlinked(())
        with pytest.raises(NotFound, match="no longer in the bin") as caught:
            restore_from_bin(programme.workspace, Evidence, item.id)
        assert caught.value.way_out

    def test_not_what_is_not_in_it(self, programme: Programme) -> None:
        with pytest.raises(NotFound, match="no longer in the bin"):
            restore_from_bin(programme.workspace, Assessment, programme.assessment.id)

    def test_an_audit_only_by_an_auditor(self, programme: Programme) -> None:
        start_working(programme.workspace, name="Ada Auditor", role=Role.AUDITOR)
        audit = programme.start(AssessmentKind.CERTIFICATION_AUDIT)
        assessments.discard_assessment(programme.workspace, audit.id)
        start_working(programme.workspace, name="Carl Coach", role=Role.COACH)
        with pytest.raises(RuleBroken, match="Only an auditor"):
            restore_from_bin(programme.workspace, Assessment, audit.id)

    def add(self, programme: Programme) -> Evidence:
        return evidence.add_evidence(
            programme.workspace,
            engagement_id=programme.engagement.id,
            data=b"order;price\n",
            name="orders.csv",
            assessment_id=programme.assessment.id,
            checkpoint_id=PRICE,
        ).made(Evidence)

    def removed(self, programme: Programme) -> Evidence:
        item = self.add(programme)
        evidence.remove_evidence(programme.workspace, item.id)
        assert self.used_at(programme) == []
        return item

    def used_at(self, programme: Programme) -> list[str]:
        with programme.workspace.reading() as reader:
            return [item.id for item in evidence_at(reader, programme.assessment.id, PRICE)]
