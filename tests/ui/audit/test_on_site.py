"""The step on site: how far each area is, what is missing, the wrap-up of the day, and how alike coach and auditor read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qma_app.domain.agreement import Agreement
from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit, SeenHow
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AuditId, CheckpointId, DealershipId
from qma_app.domain.people import Role
from qma_app.errors import StorageTrouble
from qma_app.services.assessments import begun_assessment
from qma_app.services.audit_conduct import write_look
from qma_app.services.findings import raise_finding, raise_from_checkpoint
from qma_app.services.ratings import mark_not_seen, rate_checkpoint
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace
from tests.builders import a_checkpoint, a_dealership, a_site, an_edition, an_engagement, areas_of
from tests.ui.answering import Answer
from tests.ui.looking import unnamed_controls
from tests.ui.small_audit import begin_small_audit, close_small_audit, rated_by_coach
from ui.audit.agreement_card import kappa_text
from ui.audit.on_site_view import OnSiteView
from ui.audit.withdrawn_card import WithdrawFinding
from ui.places import Place
from ui.workbench import Workbench

GREETING = CheckpointId("service.reception.greeting")
PRICE = CheckpointId("service.repair-order.price-agreed")
COUNT = CheckpointId("parts.stock.count")
BINS = CheckpointId("parts.stock.bins")


@pytest.fixture
def dealership_id(workspace: Workspace) -> DealershipId:
    """A dealership on a standard of two areas with two checkpoints each; the price is critical and asks for a sample."""
    points = [
        a_checkpoint(GREETING),
        a_checkpoint(PRICE, critical=True, sample=5),
        a_checkpoint(COUNT),
        a_checkpoint(BINS),
    ]
    edition = an_edition(areas=areas_of(points))
    with workspace.writing("dealership.added") as work:
        work.put_edition(edition)
        dealership: Dealership = work.put(a_dealership())
        work.put(a_site())
        work.put(an_engagement(edition=edition.hash, started_on=date(2026, 1, 12), coach_id=None))
    return dealership.id


@pytest.fixture
def audit(workspace: Workspace, dealership_id: DealershipId) -> Audit:
    """Under way since yesterday, the opening held, nothing rated yet; the coach gave 6, 8, 10 and 10."""
    with workspace.reading() as reader:
        (engagement,) = reader.all(Engagement, dealership_id=dealership_id)
    rated_by_coach(workspace, engagement, {GREETING: 6, PRICE: 8, COUNT: 10, BINS: 10})
    return begin_small_audit(workspace, engagement)


@pytest.fixture
def view(qtbot: QtBot, workbench: Workbench, audit: Audit) -> Iterator[OnSiteView]:
    """The step in a window of its own, kept up to date."""
    made = OnSiteView(workbench)
    qtbot.addWidget(made)
    made.resize(1160, 800)
    made.show_audit(audit.id)
    workbench.changed.connect(made.apply_changes)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    workbench.changed.disconnect(made.apply_changes)
    made.flush()
    made.close()


def places(view: OnSiteView) -> list[Place]:
    """Where the view asks to go, from now on."""
    asked: list[Place] = []
    view.going.connect(asked.append)
    return asked


def rate(view: OnSiteView, points: dict[CheckpointId, int]) -> None:
    assert view.desk is not None
    for id, given in points.items():
        view.workbench.do(rate_checkpoint, view.desk.state.assessment.id, id, points=given)


def rate_all_and_close(view: OnSiteView, points: dict[CheckpointId, int]) -> None:
    rate(view, points)
    assert view.audit_id is not None
    close_small_audit(view.workbench.workspace, view.audit_id)
    view.refresh()


def area_words(view: OnSiteView) -> list[tuple[str, str]]:
    return [(line.right, line.detail) for line in view.areas._lines]


def test_each_area_says_how_far_it_is_and_what_it_owes(view: OnSiteView) -> None:
    assert view.looks.figure.text() == "0 of 4"
    assert area_words(view) == [("0 / 2", "1 sample open"), ("0 / 2", "")]
    rate(view, {GREETING: 4, COUNT: 8})
    assert view.looks.figure.text() == "2 of 4"
    assert area_words(view) == [("1 / 2", "1 low point without a finding · 1 sample open"), ("1 / 2", "")]
    assert view.status() == "2 of 4 checkpoints looked at"


def test_a_finding_owes_its_evidence_and_pays_for_the_low_point(view: OnSiteView) -> None:
    assert view.desk is not None
    rate(view, {GREETING: 4})
    view.workbench.do(raise_from_checkpoint, view.desk.state.assessment.id, GREETING)
    assert area_words(view)[0][1] == "1 finding without evidence · 1 sample open"


def test_what_is_set_aside_with_a_reason_is_done(view: OnSiteView) -> None:
    assert view.desk is not None
    rate(view, {COUNT: 10})
    view.workbench.do(mark_not_seen, view.desk.state.assessment.id, BINS, reason="The store was shut.")
    assert area_words(view)[1] == ("2 / 2", "")
    assert view.areas.count.text() == "1 of 2 areas done"


def test_a_row_leads_to_where_the_work_goes_on(view: OnSiteView, qtbot: QtBot) -> None:
    rate(view, {COUNT: 8})
    asked = places(view)
    view.areas.opened.emit("parts")
    view.take_focus()
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_N)
    assert [(one.page, one.checkpoint_id) for one in asked] == [
        ("checklists", BINS),
        ("checklists", GREETING),
    ]


def test_what_is_missing_leads_there_by_name(view: OnSiteView) -> None:
    assert view.desk is not None
    rate(view, {GREETING: 0, COUNT: 8, BINS: 8})
    asked = places(view)
    assert [link.accessibleName() for link in view.missing.links] == [
        view.desk.state.edition.checkpoints[id].number for id in (PRICE, GREETING, PRICE)
    ]
    view.missing.links[1].click()
    assert asked[0].checkpoint_id == GREETING


def test_nothing_missing_is_said_and_next_says_so_too(view: OnSiteView) -> None:
    assert view.desk is not None
    assert view.audit_id is not None
    rate(view, {GREETING: 8, PRICE: 8, COUNT: 8, BINS: 8})
    view.workbench.do(write_look, view.audit_id, PRICE, no_sample="The list is at the head office.")
    assert view.missing.nothing.isVisible()
    assert not view.next_button.isEnabled()
    told: list[str] = []
    view.workbench.told.connect(told.append)
    view.go_on()
    assert told == ["Nothing is missing on site."]


def test_how_it_was_seen_is_counted_over_what_was_looked_at(view: OnSiteView) -> None:
    assert view.audit_id is not None
    rate(view, {GREETING: 8, COUNT: 8})
    view.workbench.do(write_look, view.audit_id, GREETING, seen_how=SeenHow.REMOTE, is_live=True)
    view.workbench.do(write_look, view.audit_id, BINS, seen_how=SeenHow.ON_SITE)
    assert view.looks.seen.text() == "on site 0 · remotely 1 · on paper 0 · not said 1"
    assert view.looks.ways.text() == "watched live 1 · checks done again 0"


def wrap_ups(view: OnSiteView) -> list[str]:
    with view.workbench.workspace.reading() as reader:
        return [one.words for one in reader.get(Audit, str(view.audit_id)).wrap_ups]


def test_the_wrap_up_is_written_for_the_day_shown(view: OnSiteView, qtbot: QtBot) -> None:
    card = view.wrap_up
    assert card.on == view.workbench.workspace.today()
    assert card.day.count() == 2
    qtbot.keyClick(view.next_button, Qt.Key.Key_U)
    assert card.note.hasFocus()
    qtbot.keyClicks(card.note, "Service seen.")
    card.day.setCurrentIndex(0)
    card.day.activated.emit(0)
    assert card.note.toPlainText() == ""
    qtbot.keyClicks(card.note, "Parts seen.")
    view.flush()
    assert wrap_ups(view) == ["Parts seen.", "Service seen."]
    assert "Dora Auditor" in card.by.text()


def test_words_of_a_wrap_up_that_cannot_be_stored_stay(
    view: OnSiteView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_fields: object) -> None:
        raise StorageTrouble("The disk is full.", code="test", way_out="Make room.")

    with monkeypatch.context() as broken:
        broken.setattr("qma_app.services.audit_conduct.write_wrap_up", refuse)
        qtbot.keyClicks(view.wrap_up.note, "Seen.")
        view.flush()
    assert view.wrap_up.note.toPlainText() == "Seen."
    view.flush()
    assert wrap_ups(view) == ["Seen."]


def test_the_wrap_up_is_asked_for_on_paper(view: OnSiteView) -> None:
    asked = places(view)
    view.wrap_up.paper.click()
    assert view.desk is not None
    assert (asked[0].page, asked[0].view, asked[0].paper_of) == (
        "reports",
        "wrap-up",
        view.desk.state.audit.number,
    )


def test_agreement_is_covered_until_the_closing_and_shown_then(view: OnSiteView) -> None:
    rate(view, {GREETING: 10, PRICE: 8, COUNT: 10, BINS: 4})
    assert "after the closing meeting" in view.agreement.words.text()
    assert view.agreement.rows == []
    rate_all_and_close(view, {})
    assert "4 checkpoints rated by both; 50.0% of them alike." in view.agreement.words.text()
    assert [(row.shown.checkpoint_id, row.shown.figure) for row in view.agreement.rows] == [
        (BINS, "+6"),
        (GREETING, "\N{MINUS SIGN}4"),
    ]
    asked = places(view)
    view.agreement.rows[0].click()
    assert asked[0].checkpoint_id == BINS


def test_no_figure_seems_to_reach_the_goal_that_does_not() -> None:
    from fractions import Fraction

    assert kappa_text(Agreement(count=9, weighted=Fraction(59996, 100000))) == "κ 0.599"
    assert kappa_text(Agreement(count=9)) == "κ –"


def revised(view: OnSiteView) -> AuditId:
    """A signed audit with a finding, and a new revision of it under way."""
    workspace = view.workbench.workspace
    assert view.desk is not None
    assessment = view.desk.state.assessment
    raise_finding(
        workspace,
        engagement_id=assessment.engagement_id,
        assessment_id=assessment.id,
        statement="A slip.",
        grade=FindingGrade.MINOR,
    ).made(Finding)
    with workspace.writing("test.revised") as work:
        old = work.put(replace(work.get(Audit, str(view.audit_id)), signed_at=work.at))
        engagement = work.get(Engagement, assessment.engagement_id)
        fresh = work.put(
            begun_assessment(
                workspace, work, engagement, kind=AssessmentKind.CERTIFICATION_AUDIT, is_guided=True
            )
        )
        revision = work.put(
            replace(
                old,
                id=AuditId(work.new_id()),
                version=0,
                assessment_id=fresh.id,
                revision=2,
                revises=old.id,
                signed_at=None,
            )
        )
    return revision.id


def test_a_finding_of_the_revision_before_is_withdrawn_with_a_reason(
    view: OnSiteView, answer: Answer
) -> None:
    assert not view.withdrawn.isVisible()
    view.show_audit(revised(view))
    assert view.withdrawn.isVisible()

    def give_reason(dialog: QDialog) -> None:
        assert isinstance(dialog, WithdrawFinding)
        assert not dialog.accept_button.isEnabled()
        dialog.reason.setText("The record was there.")
        dialog.accept_button.click()

    answer(give_reason)
    view.withdrawn.button.click()
    assert view.desk is not None
    (withdrawn,) = view.desk.state.audit.withdrawn
    assert withdrawn.reason == "The record was there."
    assert not view.withdrawn.button.isVisible()
    assert not view.withdrawn.nothing.isVisible()


def test_a_coach_reads_and_writes_nothing(view: OnSiteView) -> None:
    view.workbench.do(start_working, role=Role.COACH, name="Carla Coach")
    view.refresh()
    assert view.wrap_up.note.isReadOnly()


def test_everything_has_a_name_and_the_page_fits_a_narrow_window(view: OnSiteView) -> None:
    rate_all_and_close(view, {GREETING: 10, PRICE: 8, COUNT: 10, BINS: 4})
    assert unnamed_controls(view) == []
    view.resize(700, 560)
    assert view.minimumSizeHint().width() <= 700
