"""A bug costs nobody their work: it is written down without personal data and the window stays."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qma_app.errors import RuleBroken
from ui.app import Coach
from ui.crash import CrashKeeper, told_without_values
from ui.widgets.buttons import Button


@pytest.fixture
def keeper(qtbot: QtBot, tmp_path: Path) -> Iterator[CrashKeeper]:
    keeper = CrashKeeper(tmp_path)
    yield keeper
    keeper.remove()


def _break(words: str) -> None:
    try:
        int(words)
    except ValueError as error:
        raise KeyError(words) from error


def _a_bug(words: str = "Ada Sample") -> BaseException:
    try:
        _break(words)
    except KeyError as error:
        return error
    raise AssertionError


def test_a_report_names_places_but_no_words(keeper: CrashKeeper) -> None:
    """What somebody typed may stand in an error's message; it must not reach the report."""
    reports: list[Path] = []
    keeper.crashed.connect(reports.append)
    keeper.bug(_a_bug("Ada Sample, 0171 123"))
    story = reports[0].read_text(encoding="utf-8")
    assert "builtins.KeyError" in story
    assert "builtins.ValueError" in story
    assert "in _break" in story
    assert "Ada" not in story
    assert "0171" not in story


def test_a_report_hides_the_folders_of_the_user() -> None:
    import qma_app.domain.assessment as module

    with pytest.raises(TypeError) as caught:
        module.Assessment()  # type: ignore[call-arg]  # the mistake of this test
    assert str(Path(__file__).parent) not in told_without_values(caught.value)


def test_the_hook_is_in_force_and_is_given_back(keeper: CrashKeeper) -> None:
    before = sys.excepthook
    keeper.install()
    assert sys.excepthook == keeper.caught
    keeper.remove()
    assert sys.excepthook == before


def test_an_expected_failure_is_no_crash(keeper: CrashKeeper, tmp_path: Path) -> None:
    refused: list[object] = []
    keeper.refused.connect(refused.append)
    error = RuleBroken("Not allowed.", code="rule.test")
    keeper.caught(type(error), error, None)
    assert refused == [error]
    assert not list(tmp_path.rglob("crash-*"))


def test_the_next_start_offers_the_report_until_it_was_seen(keeper: CrashKeeper, tmp_path: Path) -> None:
    keeper.bug(_a_bug())
    second = CrashKeeper(tmp_path)
    second.install()
    second.remove()
    assert second.left_over is not None
    second.seen()
    assert CrashKeeper(tmp_path).unseen() is None
    assert len(list((tmp_path / "crashes").glob("crash-*.txt"))) == 1


def test_what_python_wrote_as_it_was_killed_becomes_a_report(tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "crashes"
    folder.mkdir()
    (folder / "stopped.txt").write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    report = CrashKeeper(tmp_path).unseen()
    assert report is not None
    assert "Segmentation fault" in report.read_text(encoding="utf-8")


def test_a_clean_end_leaves_nothing_to_offer(keeper: CrashKeeper, tmp_path: Path) -> None:
    keeper.install()
    keeper.remove()
    assert CrashKeeper(tmp_path).unseen() is None


def test_only_the_last_reports_are_kept(keeper: CrashKeeper, tmp_path: Path) -> None:
    folder = tmp_path / "crashes"
    folder.mkdir()
    for number in range(30):
        (folder / f"crash-20200101-0000{number:02d}-000.txt").write_text("old", encoding="utf-8")
    keeper.bug(_a_bug())
    assert len(list(folder.glob("crash-*.txt"))) == 10
    assert keeper.unseen() is not None


def test_the_window_stays_and_offers_the_report(coach: Coach, tmp_path: Path) -> None:
    keeper = CrashKeeper(tmp_path / "settings", coach)
    coach.front_door.guard(keeper)
    keeper.bug(_a_bug())
    assert coach.window.isVisible()
    assert "Something went wrong" in coach.window.messages.text
    assert "Show report" in [button.text() for button in coach.window.messages.findChildren(Button)]


def test_the_start_after_a_crash_says_that_work_is_safe(coach: Coach, tmp_path: Path) -> None:
    CrashKeeper(tmp_path / "settings").bug(_a_bug())
    keeper = CrashKeeper(tmp_path / "settings", coach)
    keeper.left_over = keeper.unseen()
    coach.front_door.guard(keeper)
    assert "stopped unexpectedly" in coach.window.messages.text
    hide = next(b for b in coach.window.messages.findChildren(Button) if b.text() == "Do not show again")
    hide.click()
    assert keeper.unseen() is None
