"""What the doctor says of what it finds: each fault is named, weighed and has something to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qma_app import assets
from qma_app.doctor import Check, State, libraries, machine, places, table

FINE_DATABASE = {"trouble": "", "sqlite": "3.53.4", "cipher": "4.19.0 community", "search": True}
FINE_QT = {"trouble": "", "version": "6.11.3", "platform": "offscreen", "unread": []}


@pytest.mark.parametrize(
    ("version", "state"),
    [((3, 11, 0), State.OK), ((3, 13, 1), State.OK), ((3, 10, 14), State.BAD), ((3, 9), State.BAD)],
)
def test_a_python_older_than_3_11_is_refused(version: tuple[int, ...], state: State) -> None:
    assert machine.judge_python(version, "Linux x86_64").state is state


@pytest.mark.parametrize(
    ("encoding", "state"), [("utf-8", State.OK), ("UTF8", State.OK), ("ascii", State.WARN)]
)
def test_an_encoding_that_loses_letters_is_a_risk(encoding: str, state: State) -> None:
    assert machine.judge_language("de_DE", encoding).state is state


@pytest.mark.parametrize(
    ("names", "seconds_east", "found"),
    [
        (("CET", "CEST"), 3600, "CET/CEST, UTC+01:00"),
        (("NST", "NDT"), -12600, "NST/NDT, UTC-03:30"),
        (("UTC", "UTC"), 0, "UTC, UTC+00:00"),
    ],
)
def test_the_time_zone_is_named_with_its_offset(
    names: tuple[str, ...], seconds_east: int, found: str
) -> None:
    assert machine.describe_time_zone(names, seconds_east).found == found


def test_a_missing_system_library_is_named_with_the_command_that_cures_it() -> None:
    check = libraries.judge_qt({"trouble": "libEGL.so.1: cannot open shared object file"})
    assert (check.state, check.found) == (State.BAD, "libEGL.so.1: cannot open shared object file")
    assert "start.py" in check.advice


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_screen(platform: str) -> None:
    assert libraries.look_at_screen(FINE_QT, platform, {}).state is State.OK


def test_no_screen_is_a_warning_because_the_command_line_works() -> None:
    check = libraries.look_at_screen(FINE_QT, "linux", {"DISPLAY": ""})
    assert check.state is State.WARN
    assert "command line" in check.advice


def test_the_screen_is_not_tried_while_the_toolkit_cannot_be_loaded() -> None:
    check = libraries.look_at_screen({"trouble": "libEGL.so.1 is missing"}, "linux", {"DISPLAY": ":0"})
    assert (check.state, check.found) == (State.WARN, ":0, not tried")


@pytest.mark.parametrize(
    ("found", "state"),
    [({"trouble": "", "platform": "xcb"}, State.OK), ({"trouble": "it ended with code -6"}, State.BAD)],
)
def test_a_screen_that_does_not_answer_is_bad(found: dict[str, Any], state: State) -> None:
    assert libraries.judge_screen(":0", found).state is state


def test_a_font_that_qt_cannot_read_is_named() -> None:
    fonts = assets.font_paths()
    assert libraries.judge_fonts(fonts, FINE_QT).state is State.OK
    check = libraries.judge_fonts(fonts, {**FINE_QT, "unread": [str(fonts[0])]})
    assert (check.state, check.found) == (State.BAD, f"unreadable: {fonts[0].name}")


def test_a_damaged_or_missing_font_is_named(tmp_path: Path) -> None:
    damaged = tmp_path / "Damaged.ttf"
    damaged.write_bytes(b"\0\0\0\0")
    check = libraries.judge_fonts((damaged, tmp_path / "Gone.ttf"), FINE_QT)
    assert (check.state, check.found) == (State.BAD, "unreadable: Damaged.ttf, Gone.ttf")


def test_a_program_without_fonts_is_incomplete() -> None:
    assert libraries.judge_fonts((), FINE_QT).state is State.BAD


def test_a_database_that_is_safe_encrypts_and_searches_is_fine() -> None:
    assert [check.state for check in libraries.judge_database(FINE_DATABASE)] == [State.OK, State.OK]


@pytest.mark.parametrize(
    ("fault", "states"),
    [
        ({"sqlite": "3.51.2"}, [State.BAD, State.OK]),
        ({"sqlite": "3.9.0"}, [State.BAD, State.OK]),
        ({"cipher": ""}, [State.BAD, State.OK]),
        ({"search": False}, [State.OK, State.BAD]),
        ({"trouble": "No module named 'sqlcipher3'"}, [State.BAD]),
    ],
)
def test_each_fault_of_the_database_is_bad(fault: dict[str, Any], states: list[State]) -> None:
    checks = libraries.judge_database({**FINE_DATABASE, **fault})
    assert [check.state for check in checks] == states
    assert all(check.advice for check in checks if check.state is State.BAD)


def test_the_oldest_safe_database_is_3_51_3() -> None:
    assert libraries.judge_database({**FINE_DATABASE, "sqlite": "3.51.3"})[0].state is State.OK


@pytest.mark.parametrize(
    ("found", "state"),
    [
        ({"trouble": "", "version": "50.0.2", "works": True}, State.OK),
        ({"trouble": "", "version": "50.0.2", "works": False}, State.BAD),
        ({"trouble": "No module named 'cryptography'"}, State.BAD),
    ],
)
def test_encryption_that_is_absent_or_wrong_is_bad(found: dict[str, Any], state: State) -> None:
    assert libraries.judge_encryption(found).state is state


def test_a_folder_can_be_examined_before_it_is_made(tmp_path: Path) -> None:
    check = places.look_at_writing(tmp_path / "clients" / "new")
    assert check.state is State.OK
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "a file, not a folder"
    file.touch()
    check = places.look_at_writing(file)
    assert check.state is State.BAD
    assert str(file) in check.found


def test_a_synced_place_is_a_risk_and_is_named() -> None:
    check = places.judge_place(Path("work"), "Dropbox")
    assert (check.state, check.found) == (State.WARN, "work lies in Dropbox")
    assert places.judge_place(Path("work"), None).state is State.OK


@pytest.mark.parametrize(
    ("free", "state"), [(500_000_000, State.OK), (499_999_999, State.WARN), (0, State.WARN)]
)
def test_less_than_500_megabytes_free_is_a_risk(free: int, state: State) -> None:
    assert places.judge_space(free).state is state


def test_the_table_puts_the_advice_under_its_check_and_closes_with_a_sentence() -> None:
    checks = (
        Check(name="Python", state=State.OK, found="3.11.7"),
        Check(name="Screen", state=State.WARN, found="none", advice="Use a desktop."),
        Check(name="Database", state=State.BAD, found="SQLite 3.40", advice="Install again."),
    )
    assert table(checks).splitlines() == [
        "ok       Python    3.11.7",
        "warning  Screen    none",
        "                   Use a desktop.",
        "bad      Database  SQLite 3.40",
        "                   Install again.",
        "",
        "1 thing does not work.",
    ]
    assert table(checks[:2]).endswith("Everything works; 1 thing needs a look.")
    assert table(checks[:1]).endswith("Everything works.")
