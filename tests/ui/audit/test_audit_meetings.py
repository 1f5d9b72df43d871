"""Opening and closing on the page of the audit: recorded with one button, corrected by itself, read-only when signed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from qma_app.domain.audit import Attendee, WrapUp
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.services.findings import raise_finding
from tests.services.auditing import FIRST, LAST, Audited
from tests.ui.audit.paging import Shown, audit_of
from ui.audit.closing_view import ClosingView
from ui.audit.opening_view import OpeningView

pytest_plugins = ["tests.services.signed_fixtures", "tests.ui.audit.page_fixtures"]


def the_opening(show_page: Shown, audited: Audited) -> tuple[Any, OpeningView]:
    page = show_page(audited.house, "opening")
    assert isinstance(page.shown, OpeningView)
    return page, page.shown


def the_closing(show_page: Shown, audited: Audited) -> tuple[Any, ClosingView]:
    page = show_page(audited.house, "closing")
    assert isinstance(page.shown, ClosingView)
    return page, page.shown


def test_an_opening_is_recorded_as_it_stands_in_the_fields(
    qtbot: QtBot, begun: Audited, show_page: Shown
) -> None:
    page, view = the_opening(show_page, begun)
    assert view.day.day == FIRST
    assert view.attendees.attendees == (Attendee(name="Dora Auditor", function="audit team"),)
    qtbot.keyClicks(view.place_field, "Meeting room")
    view.all_button.click()
    view.boxes["safety"].click()
    qtbot.keyClicks(view.attendees.who.words, "Paula Principal")
    qtbot.keyClicks(view.attendees.function, "Principal")
    qtbot.keyClick(view.attendees.function, Qt.Key.Key_Return)
    qtbot.keyClicks(view.attendees.who.words, "Somebody Typed")
    view.words.setPlainText("No photos in the workshop.")
    view.record_button.click()
    opening = audit_of(page).opening
    assert opening is not None
    assert opening.held_at.astimezone().strftime("%d %H:%M") == "14 09:00"
    assert opening.place == "Meeting room"
    assert "safety" not in opening.points
    assert len(opening.points) == 8
    assert [one.name for one in opening.attendees] == ["Dora Auditor", "Paula Principal", "Somebody Typed"]
    assert opening.words == "No photos in the workshop."
    assert view.record_button.isHidden()
    assert view.status() == "14 Jun 2027, 09:00–09:30 · 3 attended"


def test_what_is_refused_stays_in_the_fields(qtbot: QtBot, begun: Audited, show_page: Shown) -> None:
    page, view = the_opening(show_page, begun)
    view.place_field.setText("Meeting room")
    view.day.show_day(LAST)
    refused: list[Any] = []
    page.workbench.failed.connect(refused.append)
    view.record_button.click()
    assert [one.code for one in refused] == ["audit.meeting-time"]
    assert audit_of(page).opening is None
    assert view.place_field.text() == "Meeting room"


def test_a_recorded_meeting_follows_its_fields_and_undo_follows_back(
    qtbot: QtBot, begun: Audited, show_page: Shown
) -> None:
    page, view = the_opening(show_page, begun)
    view.record_button.click()
    view.boxes["safety"].click()
    stored = audit_of(page).opening
    assert stored is not None
    assert stored.points == ("safety",)
    page.workbench.undo()
    assert not view.boxes["safety"].isChecked()
    page.workbench.undo()
    assert audit_of(page).opening is None
    assert view.record_button.isVisible()


def test_a_signature_is_drawn_on_the_pad(qtbot: QtBot, begun: Audited, show_page: Shown) -> None:
    page, view = the_opening(show_page, begun)
    view.record_button.click()
    card = view.signatures
    card.more_button.click()
    card.form.name.words.setText("Dora Auditor")
    assert not card.sign_button.isEnabled()
    pad = card.form.pad
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    qtbot.mouseMove(pad, QPoint(80, 50))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(120, 30))
    card.sign_button.click()
    opening = audit_of(page).opening
    assert opening is not None
    (signature,) = opening.signatures
    assert signature.name == "Dora Auditor"
    assert signature.strokes
    assert card.form.isHidden()


def test_the_closing_takes_replies_and_wrap_ups(qtbot: QtBot, ready: Audited, show_page: Shown) -> None:
    house = ready.house
    for id in ready.applicable[:2]:
        raise_finding(
            house.workspace,
            engagement_id=house.engagement.id,
            assessment_id=ready.assessment.id,
            checkpoint_id=id,
            grade=FindingGrade.MINOR,
            statement="The list is not kept.",
            evidence="List of May",
        )
    page, view = the_closing(show_page, ready)
    first, second = view.replies.rows.values()
    first.choice.buttons[Reply.AGREED.value].click()
    second.choice.buttons[Reply.DISAGREED.value].click()
    assert not second.hint.isHidden()
    assert [one.reply for one in house.all(Finding)] == [Reply.AGREED, None]
    second.words.setPlainText("The list is kept in the other system.")
    second.words.flush()
    assert [(one.reply, one.reply_words) for one in house.all(Finding)][1] == (
        Reply.DISAGREED,
        "The list is kept in the other system.",
    )
    assert view.replies.count.text() == "2 of 2 replied"
    note = view.wrap_ups.notes[FIRST]
    note.setPlainText("Management seen; tomorrow the workshop.")
    view.flush()
    assert audit_of(page).wrap_ups == (
        WrapUp(on=FIRST, words="Management seen; tomorrow the workshop.", by=ready.auditor.id),
    )


def test_signed_meetings_are_only_read(signed: Audited, show_page: Shown) -> None:
    _page, view = the_closing(show_page, signed)
    assert view.record_button.isHidden()
    assert view.day.isReadOnly()
    assert view.words.isReadOnly()
    assert not any(box.isEnabled() for box in view.boxes.values())
    assert view.attendees.removers == []
    assert view.attendees.add_button.isHidden() or not view.attendees.add_button.isVisible()
    assert all(note.isReadOnly() for note in view.wrap_ups.notes.values())
