"""Plan, meetings and work on site as somebody does them in the window, each with what is stored afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from qma_app.domain.audit import AuditLook, SeenHow
from qma_app.domain.audit_path import StepCode
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.ids import CheckpointId
from qma_app.domain.people import Role
from qma_app.domain.rating import Rating
from tests.ui.audit.walk import KEY, AuditHands
from tests.ui.audit.walk_house import (
    AUDITOR,
    BINS,
    COUNT,
    FIRST,
    FOLLOWED,
    GREETING,
    LAST,
    MANAGEMENT,
    NOT_AGAIN,
    NUMBERS,
    OWN_TIME,
    PRICE,
    PRINCIPAL,
    RECORDS,
    SEED,
    SENT,
)
from tests.ui.hands import CTRL
from ui.audit.begin_dialog import BeginAudit
from ui.audit.closing_view import ClosingView
from ui.audit.days_dialog import DaysDialog
from ui.audit.decision_view import DecisionView
from ui.audit.declaration_dialog import DeclarationDialog
from ui.audit.meeting_view import MeetingView
from ui.audit.no_sample_dialog import NoSample
from ui.audit.on_site_view import OnSiteView
from ui.audit.opening_view import OpeningView
from ui.audit.plan_view import PlanView
from ui.audit.sample_dialog import DrawSample
from ui.audit.sample_records import SampleRecords
from ui.audit.sent_dialog import SentDialog
from ui.dialogs.reason import ReasonDialog
from ui.pages.checklists import ChecklistsPage
from ui.pages.findings import FindingsPage


def begin_it(hands: AuditHands) -> None:
    """The auditor sits down, goes to the page by its key, and begins an audit of two days."""
    hands.sit_down(Role.AUDITOR, AUDITOR, "A-3")
    hands.press(KEY.Key_7, CTRL)

    def of_two_days(dialog: BeginAudit) -> None:
        hands.type_day(dialog.first_on, FIRST)
        hands.type_day(dialog.last_on, LAST)
        hands.press(KEY.Key_Return)

    hands.expect((BeginAudit, of_two_days))
    hands.press(KEY.Key_Return)
    audit = hands.audit
    assert (audit.number, audit.first_on, audit.last_on) == ("R-2027-0001", FIRST, LAST)
    assert hands.step(PlanView).team.table.words.rows


def plan_scope_and_days(hands: AuditHands) -> None:
    """Declaration, the area left out, days, timetable; the plan is saved, and sent five days later."""
    plan = hands.step(PlanView)
    declare_it(hands)

    def with_reason(dialog: ReasonDialog) -> None:
        hands.keys(NOT_AGAIN)
        hands.press(KEY.Key_Return)

    hands.expect((ReasonDialog, with_reason))
    plan.scope.select(MANAGEMENT)
    plan.scope.table.setFocus()
    hands.press(KEY.Key_Return)
    assert [one.area_id for one in hands.audit.left_out] == [MANAGEMENT]
    hands.expect((DaysDialog, _enter(hands)))
    hands.press(KEY.Key_U)
    assert hands.audit.days is not None
    hands.press(KEY.Key_T)
    assert plan.timetable.table.words.rows
    saved = hands.save(lambda: hands.press(KEY.Key_V))
    assert saved.read_bytes().startswith(b"%PDF")
    hands.wait_until(SENT)
    hands.expect((SentDialog, _enter(hands)))
    hands.press(KEY.Key_G)
    assert hands.audit.sent_on == SENT


def declare_it(hands: AuditHands) -> None:
    """No tick: nothing ties the auditor to the dealership."""
    hands.expect((DeclarationDialog, _enter(hands)))
    hands.press(KEY.Key_I)
    assert [one.person_id for one in hands.audit.declarations] == [hands.audit.lead_id]


def draw_the_records(hands: AuditHands) -> None:
    """Five records out of a range somebody typed, with a seed of their own."""
    plan = hands.step(PlanView)

    def from_a_range(dialog: DrawSample) -> None:
        hands.write(dialog.source.numbers, NUMBERS)
        hands.click(dialog.source.use_button)
        hands.qtbot.waitUntil(lambda: dialog.found is not None)
        assert dialog.size_edit.value() == RECORDS
        assert "of 200" in dialog.says.text()
        hands.write(dialog.seed, str(SEED))
        hands.click(dialog.accept_button)

    def read_them(dialog: SampleRecords) -> None:
        assert len(dialog.lines) == RECORDS
        hands.press(KEY.Key_Escape)

    hands.expect((DrawSample, from_a_range), (SampleRecords, read_them))
    plan.samples.take_focus()
    hands.press(KEY.Key_D)


def open_the_audit(hands: AuditHands, on: date = FIRST) -> None:
    hands.wait_until(on, 9, 40)
    view = hands.turn_to(OpeningView, KEY.Key_O)
    hands.write(view.place_field, "Meeting room")
    _record(hands, view, "No photos of customers.")
    opening = hands.audit.opening
    assert opening is not None
    assert [one.name for one in opening.attendees] == [AUDITOR, PRINCIPAL]
    assert opening.words == "No photos of customers."


def _record(hands: AuditHands, view: MeetingView, words: str) -> None:
    """All points were gone through, and the principal was there."""
    hands.click(view.all_button)
    hands.click(view.attendees.who.words)
    hands.keys(PRINCIPAL)
    hands.press(KEY.Key_Return)
    hands.write(view.words, words)
    hands.click(view.record_button)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the auditor finds: a key of points for each checkpoint in its order, and how many of the records are as they should be.

    Without a key the points that the sample suggests are taken. `major` says that the one on prices is a finding at once.
    """

    keys: tuple[Qt.Key | None, ...]
    conforming: int = RECORDS
    major: bool = False


GOOD = Seen(keys=(KEY.Key_5, KEY.Key_4, None, KEY.Key_4, KEY.Key_3))
ONE_MAJOR = Seen(
    keys=(KEY.Key_5, KEY.Key_5, KEY.Key_2, KEY.Key_5, KEY.Key_5), conforming=RECORDS - 1, major=True
)
TOO_LOW = Seen(keys=(KEY.Key_3, KEY.Key_3, KEY.Key_4, KEY.Key_4, KEY.Key_4))


def look_at_everything(hands: AuditHands, seen: Seen = GOOD) -> None:
    """From the step on site to the checklist; each checkpoint with its look, the sample record by record."""
    hands.wait_until(FIRST, 11)
    checklists = _to_the_next_open(hands)
    order = (GREETING, OWN_TIME, PRICE, COUNT, BINS)
    for id, key in zip(order, seen.keys, strict=True):
        row = checklists.acts.row
        assert row is not None
        assert row.checkpoint.id == id
        assert not row.is_decided
        if id == PRICE:
            tick_the_sample(hands, seen.conforming)
        hands.press(key or KEY.Key_A)
        hands.press(KEY.Key_O)
        hands.press(KEY.Key_H)
        hands.keys("The adviser told how it is done.")
        hands.press(KEY.Key_Escape)
        if id == PRICE and seen.major:
            raise_a_finding(hands, A_MAJOR)
            hands.press(KEY.Key_7, CTRL)
            checklists = _to_the_next_open(hands)
        else:
            hands.press(KEY.Key_Space)
    audit = hands.audit
    points = {KEY.Key_2: 4, KEY.Key_3: 6, KEY.Key_4: 8, KEY.Key_5: 10, None: 10}
    rated = {one.checkpoint_id: one.points for one in hands.all(Rating, assessment_id=audit.assessment_id)}
    assert rated == {id: points[key] for id, key in zip(order, seen.keys, strict=True)}
    looks = hands.all(AuditLook)
    assert {one.seen_how for one in looks} == {SeenHow.ON_SITE}
    assert len(looks) == len(rated)


def _to_the_next_open(hands: AuditHands) -> ChecklistsPage:
    hands.turn_to(OnSiteView, KEY.Key_S)
    hands.press(KEY.Key_N)
    checklists = hands.window.current_page
    assert isinstance(checklists, ChecklistsPage)
    return checklists


def tick_the_sample(hands: AuditHands, conforming: int = RECORDS) -> None:
    """The first so many records were as they should be, the others were not."""
    hands.press(KEY.Key_X)
    for place in range(RECORDS):
        hands.press(KEY.Key_Space, times=1 if place < conforming else 2)
        hands.press(KEY.Key_Right)
    hands.press(KEY.Key_Escape)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A finding as it is typed, and what the program makes of it."""

    statement: str
    evidence: str
    at: CheckpointId
    grade: FindingGrade


A_MINOR = Written(
    statement="Three bins carry no label.",
    evidence="Bins 12, 14 and 31, seen on 14 June.",
    at=BINS,
    grade=FindingGrade.MINOR,
)
A_MAJOR = Written(
    statement="One order of five was begun without a price.",
    evidence="The fifth record drawn; nobody had asked the customer.",
    at=PRICE,
    grade=FindingGrade.MAJOR,
)


def raise_a_finding(hands: AuditHands, written: Written = A_MINOR) -> None:
    """F where the points are low, words at once; what it rests on is written in Findings & actions."""
    checklists = hands.window.current_page
    assert isinstance(checklists, ChecklistsPage)
    hands.press(KEY.Key_F)
    hands.keys(written.statement)
    editor = checklists.columns.inspector.findings.editor
    hands.click(editor.more)
    page = hands.window.current_page
    assert isinstance(page, FindingsPage)
    hands.write(page.editor.fields.evidence, written.evidence)
    (finding,) = hands.all(Finding)
    assert (finding.checkpoint_id, finding.grade) == (written.at, written.grade)
    assert (finding.statement, finding.evidence) == (written.statement, written.evidence)
    assert finding.assessment_id == hands.audit.assessment_id


def reply_to_the_finding(hands: AuditHands, words: str = "The bins are labelled anew.") -> None:
    """The dealership agrees, in its own words."""
    hands.press(KEY.Key_7, CTRL)
    hands.wait_until(LAST, 17, 10)
    view = hands.turn_to(ClosingView, KEY.Key_C)
    (row,) = view.replies.rows.values()
    hands.click(row.choice.buttons[Reply.AGREED])
    hands.write(row.words, words)
    (finding,) = hands.all(Finding)
    assert (finding.reply, finding.reply_words) == (Reply.AGREED, words)


def close_the_meeting(hands: AuditHands, on: date = LAST) -> None:
    hands.wait_until(on, 17, 10)
    _record(hands, hands.turn_to(ClosingView, KEY.Key_C), "No objection.")
    closing = hands.audit.closing
    assert closing is not None
    assert closing.held_at.astimezone().date() == on


def begin_the_follow_up(hands: AuditHands) -> None:
    """From the decision to the plan of a follow-up: one day, a declaration, and why no records are drawn again."""
    hands.clock.put(FOLLOWED, 8)
    hands.sit_down(Role.AUDITOR, AUDITOR, "A-3")
    hands.press(KEY.Key_7, CTRL)
    view = hands.walk_to(DecisionView, StepCode.DECISION)
    first = hands.audit
    hands.click(view.majors.follow_button)
    plan = hands.step(PlanView)
    assert hands.audit.follows == first.id
    hands.write(plan.dates.first.field, f"{FOLLOWED:%d.%m.%Y}")
    assert (hands.audit.first_on, hands.audit.last_on) == (FOLLOWED, FOLLOWED)
    hands.turn_to(PlanView, KEY.Key_P)
    declare_it(hands)

    def say_why(dialog: NoSample) -> None:
        hands.keys("Twenty orders were read instead.")
        hands.press(KEY.Key_Return)

    hands.expect((NoSample, say_why))
    plan.samples.take_focus()
    hands.press(KEY.Key_W)


def look_again(hands: AuditHands) -> None:
    """The one checkpoint with the major, seen again."""
    hands.wait_until(FOLLOWED, 11)
    hands.turn_to(OnSiteView, KEY.Key_S)
    hands.press(KEY.Key_N)
    checklists = hands.window.current_page
    assert isinstance(checklists, ChecklistsPage)
    assert checklists.acts.row is not None
    assert checklists.acts.row.checkpoint.id == PRICE
    hands.press(KEY.Key_5)
    hands.press(KEY.Key_O)
    hands.press(KEY.Key_7, CTRL)


def _enter(hands: AuditHands) -> Callable[[QDialog], None]:
    """What the dialog offers is taken."""

    def accept(_dialog: QDialog) -> None:
        hands.press(KEY.Key_Return)

    return accept
