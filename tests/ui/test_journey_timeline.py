"""The timeline is walked, moved, zoomed and dragged; nothing painted is out of reach of keys and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.journey.plan_view import PlanView
from ui.journey.timeline import Timeline
from ui.journey.timeline_drag import Grip, moved_span
from ui.journey.timeline_layout import TimelineLayout
from ui.journey.timeline_pieces import Kind, Piece, rows_of
from ui.journey.timeline_scale import Scale, zooms_of

pytest_plugins = ["tests.ui.journey_fixtures"]

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def pieces(line: Timeline) -> list[Piece]:
    return [piece for row in line.rows for piece in row.pieces]


def piece_of(plan: PlanView, kind: Kind, key: str) -> Piece:
    return next(piece for piece in pieces(plan.timeline) if piece.id == (kind, key))


def centre(line: Timeline, piece: Piece) -> QPoint:
    return line.area_of(piece).center().toPoint()


def drag(line: Timeline, begin: QPoint, end: QPoint, *, drop: bool = True) -> None:
    QTest.mousePress(line, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(line, begin + (end - begin) / 2)
    QTest.mouseMove(line, end)
    if drop:
        QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=end)


def test_arrows_reach_every_bar_dot_and_diamond_with_its_words(qtbot: QtBot, plan: PlanView) -> None:
    line = plan.timeline
    line.choose(Kind.PHASE, next(piece for piece in pieces(line) if piece.kind is Kind.PHASE).key)
    reached: dict[tuple[Kind, str], str] = {}
    for _row in line.rows:
        qtbot.keyClick(line, Qt.Key.Key_Home)
        for _step in range(40):
            assert line.current is not None
            reached[line.current.id] = line.accessibleDescription()
            qtbot.keyClick(line, Qt.Key.Key_Right)
        qtbot.keyClick(line, Qt.Key.Key_Down)
    assert set(reached) == {piece.id for piece in pieces(line)}
    words = list(reached.values())
    assert "Phase Improve, wave 2, 6 Oct 2026 to 9 Jan 2027, runs now" in words
    assert "Visit 9: Service and Parts, 21 Nov 2026, today" in words
    assert any(one.startswith("Area Staff") and "late" in one for one in words)
    assert any(one.startswith("Milestone Baseline") and one.endswith("reached") for one in words)


def test_up_and_down_keep_to_what_lies_near_in_time(qtbot: QtBot, plan: PlanView) -> None:
    line = plan.timeline
    qtbot.keyClick(line, Qt.Key.Key_End)
    line.choose(Kind.AREA, "accounting")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.current is not None
    assert (line.current.kind, line.current.first.year) == (Kind.VISIT, 2027)


def test_enter_opens_the_checklists_of_an_area_and_the_visit_of_a_dot(qtbot: QtBot, plan: PlanView) -> None:
    plan.timeline.choose(Kind.AREA, "service")
    with qtbot.waitSignal(plan.going) as gone:
        qtbot.keyClick(plan.timeline, Qt.Key.Key_Return)
    assert (gone.args[0].page, gone.args[0].area_id) == ("checklists", "service")
    visit = next(piece for piece in pieces(plan.timeline) if piece.kind is Kind.VISIT)
    with qtbot.waitSignal(plan.going) as gone:
        QTest.mouseDClick(plan.timeline, Qt.MouseButton.LeftButton, pos=centre(plan.timeline, visit))
    assert (gone.args[0].view, gone.args[0].visit_id) == ("visits", visit.key)


def test_alt_with_arrows_moves_an_area_by_weeks_as_one_step_of_undo(qtbot: QtBot, plan: PlanView) -> None:
    before = piece_of(plan, Kind.AREA, "people")
    plan.timeline.choose(Kind.AREA, "people")
    for _press in range(2):
        qtbot.keyClick(plan.timeline, Qt.Key.Key_Right, ALT)
    after = piece_of(plan, Kind.AREA, "people")
    assert (after.first, after.last) == (before.first + timedelta(14), before.last + timedelta(14))
    assert plan.timeline.current == after
    plan.workbench.undo()
    assert piece_of(plan, Kind.AREA, "people") == before


def test_with_shift_only_the_end_moves(qtbot: QtBot, plan: PlanView) -> None:
    before = piece_of(plan, Kind.AREA, "people")
    plan.timeline.choose(Kind.AREA, "people")
    qtbot.keyClick(plan.timeline, Qt.Key.Key_Left, ALT | SHIFT)
    after = piece_of(plan, Kind.AREA, "people")
    assert (after.first, after.last) == (before.first, before.last - timedelta(7))


def test_alt_down_carries_an_area_past_the_next_one(qtbot: QtBot, plan: PlanView) -> None:
    assert plan.view is not None
    order = [bar.area_id for bar in plan.view.areas]
    plan.timeline.choose(Kind.AREA, "people")
    qtbot.keyClick(plan.timeline, Qt.Key.Key_Down, ALT)
    place = order.index("people")  # type: ignore[arg-type]  # ids are text
    assert [bar.area_id for bar in plan.view.areas][place : place + 2] == [order[place + 1], "people"]
    assert plan.timeline.current is not None
    assert plan.timeline.current.key == "people"


def test_carried_into_another_wave_an_area_gets_its_time(qtbot: QtBot, plan: PlanView) -> None:
    assert plan.view is not None
    wave_two = [bar for bar in plan.view.areas if bar.wave == 2]
    last = wave_two[-1]
    plan.timeline.choose(Kind.AREA, last.area_id)
    qtbot.keyClick(plan.timeline, Qt.Key.Key_Down, ALT)
    moved = next(bar for bar in plan.view.areas if bar.area_id == last.area_id)
    assert moved.wave == 3
    assert moved.starts_on is not None
    assert last.ends_on is not None
    assert moved.starts_on > last.starts_on  # type: ignore[operator]  # planned areas have days


def test_alt_up_moves_no_dates_within_a_wave_and_takes_those_of_the_wave_before(
    qtbot: QtBot, plan: PlanView
) -> None:
    assert plan.view is not None
    second, first = [bar for bar in plan.view.areas if bar.wave == 3][1::-1]
    plan.timeline.choose(Kind.AREA, second.area_id)
    qtbot.keyClick(plan.timeline, Qt.Key.Key_Up, ALT)
    moved = next(bar for bar in plan.view.areas if bar.area_id == second.area_id)
    assert (moved.wave, moved.starts_on, moved.ends_on) == (3, second.starts_on, second.ends_on)
    assert moved.place < next(one.place for one in plan.view.areas if one.area_id == first.area_id)
    qtbot.keyClick(plan.timeline, Qt.Key.Key_Up, ALT)
    moved = next(bar for bar in plan.view.areas if bar.area_id == second.area_id)
    wave = next(bar for bar in plan.view.phases if bar.wave == 2)
    assert moved.wave == 2
    assert moved.starts_on is not None
    assert moved.ends_on is not None
    assert wave.starts_on <= moved.starts_on < moved.ends_on <= wave.ends_on


@pytest.mark.parametrize("kind", [Kind.VISIT, Kind.MILESTONE])
def test_where_nothing_moves_alt_with_arrows_still_goes_back(plan: PlanView, kind: Kind) -> None:
    piece = next(piece for piece in pieces(plan.timeline) if piece.kind is kind)
    plan.timeline.choose(kind, piece.key)
    assert not is_taken(plan.timeline, Qt.Key.Key_Left)
    plan.timeline.choose(Kind.AREA, "service")
    assert is_taken(plan.timeline, Qt.Key.Key_Left)


def is_taken(line: Timeline, key: Qt.Key) -> bool:
    """Whether the timeline keeps a key from the shortcuts of the window."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, ALT)
    event.ignore()
    line.event(event)
    return event.isAccepted()


def test_a_bar_is_dragged_with_a_preview_and_escape_puts_it_back(qtbot: QtBot, plan: PlanView) -> None:
    line, before = plan.timeline, piece_of(plan, Kind.AREA, "people")
    begin = centre(line, before)
    way = QPoint(round(10 * line.laid_out.scale.pixels_a_day), 0)
    drag(line, begin, begin + way, drop=False)
    assert line.span_dragged == (before.first + timedelta(10), before.last + timedelta(10))
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert not line.is_dragging
    QTest.mouseRelease(line, Qt.MouseButton.LeftButton, pos=begin + way)
    assert piece_of(plan, Kind.AREA, "people") == before
    drag(line, begin, begin + way)
    assert piece_of(plan, Kind.AREA, "people").first == before.first + timedelta(10)


def test_an_edge_dragged_changes_only_that_day(plan: PlanView) -> None:
    line, before = plan.timeline, piece_of(plan, Kind.AREA, "people")
    area = line.area_of(before)
    begin = QPointF(area.right() - 2, area.center().y()).toPoint()
    drag(line, begin, begin + QPoint(round(20 * line.laid_out.scale.pixels_a_day), 1))
    after = piece_of(plan, Kind.AREA, "people")
    assert after.first == before.first
    assert abs((after.last - before.last).days - 20) <= 1


def test_dragged_down_an_area_changes_its_place(plan: PlanView) -> None:
    assert plan.view is not None
    order = [str(bar.area_id) for bar in plan.view.areas]
    line, here = plan.timeline, piece_of(plan, Kind.AREA, order[0])
    there = piece_of(plan, Kind.AREA, order[2])
    begin = centre(line, here)
    drag(line, begin, QPoint(begin.x(), centre(line, there).y()))
    assert [str(bar.area_id) for bar in plan.view.areas][:3] == [order[1], order[2], order[0]]


def test_plus_looks_nearer_and_the_bar_chosen_stays_in_sight(qtbot: QtBot, plan: PlanView) -> None:
    line = plan.timeline
    line.choose(Kind.AREA, "accounting")
    assert line.months == 18
    assert not line.bar.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Plus)
    assert line.months == 12
    assert line.bar.isVisible()
    scale = line.laid_out.scale
    accounting = piece_of(plan, Kind.AREA, "accounting")
    assert scale.left <= scale.x_of(accounting.first) <= scale.left + scale.width
    qtbot.keyClick(line, Qt.Key.Key_Home)
    line.choose(Kind.PHASE, line.rows[0].pieces[0].key)
    assert line.bar.value() == 0
    qtbot.keyClick(line, Qt.Key.Key_Minus)
    qtbot.keyClick(line, Qt.Key.Key_Minus)
    assert line.months == 24
    assert plan.zoom.words.text() == "24 months"
    assert not plan.zoom.further.isEnabled()


def test_labels_of_milestones_never_lie_over_each_other(plan: PlanView) -> None:
    assert plan.view is not None
    rows = rows_of(plan.view)
    row = len(rows) - 1
    for width, months in product((360, 620, 900, 1400), (12, 18, 24)):
        scale = Scale(first=plan.view.first, last=plan.view.last, left=120, width=width, days=months * 30.4)
        layout = TimelineLayout(rows, scale)
        words = [layout.label_area(row, label) for label in layout.labels.values()]
        shapes = [layout.area_of(row, piece) for piece in rows[row].pieces]
        for place, area in enumerate(words):
            assert not any(area.intersects(other) for other in words[place + 1 :])
            assert not any(area.intersects(shape) for shape in shapes)
        assert layout.labels


def test_fourteen_areas_leave_room_for_the_cards_below(plan: PlanView) -> None:
    assert plan.view is not None
    rows = list(rows_of(plan.view))
    areas = [row for row in rows if row.kind is Kind.AREA]
    more = [replace(areas[0], key=f"more {at}") for at in range(14 - len(areas))]
    scale = Scale(first=plan.view.first, last=plan.view.last, left=120, width=900, days=18 * 30.4)
    layout = TimelineLayout([rows[0], *areas, *more, *rows[-2:]], scale)
    assert layout.height <= 450
    place = 1 + next(at for at, row in enumerate(areas) if row.pieces)
    assert layout.area_of(place, layout.rows[place].pieces[0]).height() < layout.area_high - 4


def test_bare_diamonds_do_not_stand_on_words_either(plan: PlanView) -> None:
    assert plan.view is not None
    rows = list(rows_of(plan.view))
    stones = rows[-1]
    long = [replace(piece, title="Managementbewertung des Hauses") for piece in stones.pieces]
    rows[-1] = replace(stones, pieces=tuple(long))
    scale = Scale(first=plan.view.first, last=plan.view.last, left=120, width=700, days=18 * 30.4)
    layout = TimelineLayout(rows, scale)
    place = len(rows) - 1
    words = [layout.label_area(place, label) for label in layout.labels.values()]
    assert not any(
        area.intersects(layout.area_of(place, piece)) for area in words for piece in rows[-1].pieces
    )


def test_a_passed_phase_carries_its_mark_and_does_not_move(plan: PlanView) -> None:
    phase = plan.timeline.rows[0].pieces[1]
    assert (phase.mark, phase.is_movable) == ("!", False)
    assert phase.how == "passed with open conditions"


def test_an_area_left_out_says_so_in_place_of_a_bar(plan: PlanView) -> None:
    from qma_app.services.areas_left_out import leave_out_area

    assert plan.workbench.engagement is not None
    plan.workbench.do(
        leave_out_area, plan.workbench.engagement.id, "data", "Run by the group's computer centre"
    )
    row = next(row for row in plan.timeline.rows if row.key == "data")
    assert row.pieces == ()
    assert row.note == "left out: Run by the group's computer centre"


def test_moving_never_makes_a_bar_shorter_than_a_week() -> None:
    piece = Piece(
        kind=Kind.AREA,
        key="a",
        title="A",
        first=date(2026, 2, 2),
        last=date(2026, 2, 20),
        state="",
        name="A",
        how="",
    )
    assert moved_span(piece, Grip.END, -90) == (date(2026, 2, 2), date(2026, 2, 8))
    assert moved_span(piece, Grip.START, 90) == (date(2026, 2, 14), date(2026, 2, 20))
    assert moved_span(piece, Grip.BODY, 20) == (date(2026, 2, 22), date(2026, 3, 12))


def test_zoom_offers_one_year_two_years_and_the_whole_programme() -> None:
    assert zooms_of(18) == (12, 18, 24)
    assert zooms_of(24) == (12, 24)
    assert zooms_of(36) == (12, 24, 36)
