"""Every setting counts at once, is there at the next start, and a damaged file never stops the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QSlider, QWidget
from pytestqt.qtbot import QtBot

from qma_app.services.dealerships import add_dealership, delete_dealership, list_dealerships
from qma_app.services.workspace import Workspace
from ui import theme
from ui.app import Coach
from ui.pages.settings_page import SettingsPage
from ui.settings import Settings
from ui.settings_view.controls import Switch
from ui.settings_view.rows import ROWS
from ui.theme import Appearance
from ui.widgets.buttons import Button
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


@pytest.fixture
def page(qtbot: QtBot, workbench: Workbench) -> SettingsPage:
    page = SettingsPage(workbench)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.refresh()
    page.show()
    return page


def _named(page: SettingsPage, kind: type[QWidget], name: str) -> QWidget:
    return next(widget for widget in page.findChildren(kind) if widget.accessibleName() == name)


def test_a_fresh_computer_has_sensible_values(settings: Settings) -> None:
    assert settings.appearance is Appearance.SYSTEM
    assert settings.font_percent == 100
    assert settings.single_letters
    assert not settings.moves_on
    assert not settings.independent_rating
    assert settings.window_language == "system"
    assert (settings.content_language, settings.report_language) == ("en", "en")
    assert settings.paper == "A4"
    assert settings.workspace_folder is None
    assert settings.recent_papers == ()


def test_what_was_chosen_is_there_at_the_next_start(settings: Settings) -> None:
    settings.put("appearance", Appearance.DARK)
    settings.put("font_percent", 130)
    settings.put("single_letters", value=False)
    again = Settings()
    assert again.appearance is Appearance.DARK
    assert again.font_percent == 130
    assert not again.single_letters


@pytest.mark.parametrize(
    "rubbish", ["", "\0\0", "[General]\nfont_percent=9000\nappearance=pink\nsingle_letters=3\n"]
)
def test_a_damaged_file_counts_as_none(settings: Settings, rubbish: str) -> None:
    settings.folder.mkdir(parents=True, exist_ok=True)
    (settings.folder / "window.ini").write_text(rubbish, encoding="utf-8")
    again = Settings()
    assert again.font_percent == 100
    assert again.appearance is Appearance.SYSTEM


def test_the_last_ten_papers_are_remembered_newest_first(settings: Settings, tmp_path: Path) -> None:
    for number in range(12):
        settings.remember_paper(tmp_path / f"{number}.pdf")
    settings.remember_paper(tmp_path / "5.pdf")
    papers = [path.name for path in Settings().recent_papers]
    assert papers[:3] == ["5.pdf", "11.pdf", "10.pdf"]
    assert len(papers) == len(set(papers)) == 10


def test_every_row_of_the_list_is_on_the_page(page: SettingsPage) -> None:
    from ui.widgets.labels import PlainLabel

    words = [label.text() for label in page.findChildren(PlainLabel)]
    for row in ROWS:
        assert row.title in words
        assert row.detail in words


def test_a_switch_counts_at_once(page: SettingsPage, settings: Settings) -> None:
    switch = _named(page, Switch, "Single-letter shortcuts")
    assert isinstance(switch, Switch)
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert not settings.single_letters
    assert switch.text() == "Off"


def test_the_author_line_is_stored_as_it_is_typed(page: SettingsPage, settings: Settings) -> None:
    field = _named(page, LineEdit, "Author line")
    assert isinstance(field, LineEdit)
    QTest.keyClicks(field, "K. Beispiel, certified coach")
    field.flush()
    assert Settings().author_line == "K. Beispiel, certified coach"


def test_colours_and_font_size_change_on_the_screen_without_a_restart(
    qtbot: QtBot, open_coach: Callable[[Path | None], Coach], workspace: Workspace, dealership_id: str
) -> None:
    folder = workspace.folder
    workspace.close()
    coach = open_coach(folder)
    coach.window.go_to_page("settings")
    page = coach.window.current_page
    assert isinstance(page, SettingsPage)
    colours = _named(page, QComboBox, "Colours")
    assert isinstance(colours, QComboBox)
    colours.setCurrentIndex(colours.findData(Appearance.DARK))
    colours.activated.emit(colours.currentIndex())
    qtbot.waitUntil(lambda: theme.current().is_dark)
    slider = _named(page, QSlider, "Font size")
    assert isinstance(slider, QSlider)
    height = coach.window.header.height()
    slider.setValue(15)
    qtbot.waitUntil(lambda: theme.current().scale == 1.5)
    qtbot.waitUntil(lambda: coach.window.header.height() >= 1.4 * height)


def test_a_backup_is_made_beside_the_window_and_listed(
    qtbot: QtBot, page: SettingsPage, workbench: Workbench
) -> None:
    told: list[str] = []
    workbench.told.connect(told.append)
    with qtbot.waitSignal(workbench.backed_up, timeout=20_000):
        page._backups.back_up()
    assert "Backup made and verified" in told[0]
    names = [button.accessibleName() for button in page.findChildren(Button)]
    assert any(name.startswith("Restore backup of") for name in names)


def test_the_workspace_can_be_checked(qtbot: QtBot, page: SettingsPage, workbench: Workbench) -> None:
    with qtbot.waitSignal(workbench.told, timeout=20_000) as told:
        page._folder.check()
    assert told.args is not None
    assert told.args[0].startswith("All genuine")


def test_a_check_puts_right_what_the_portfolio_shows(
    qtbot: QtBot, page: SettingsPage, workbench: Workbench
) -> None:
    workbench.do(add_dealership, name="Autohaus Zweifel", country="DE")
    with workbench.workspace.writing("test.outside") as work:
        work._cursor.execute("UPDATE rollups SET counts = 'x'")
    for words in ("is not what its records say", "All genuine: "):
        with qtbot.waitSignal(workbench.told, timeout=20_000) as told:
            page._folder.check()
        assert told.args is not None
        assert words in told.args[0]


def test_what_lies_in_the_bin_can_be_brought_back(
    page: SettingsPage, workbench: Workbench, dealership_id: str
) -> None:
    workbench.do(delete_dealership, dealership_id)
    page.refresh()
    restore = _named(page, Button, "Restore Dealership Autohaus Beispiel")
    assert isinstance(restore, Button)
    restore.click()
    assert [row.id for row in workbench.read(list_dealerships)] == [dealership_id]


def test_the_list_of_sections_leads_to_each(page: SettingsPage) -> None:
    page._list.setCurrentRow(page._list.count() - 1)
    assert page._area.verticalScrollBar().value() > 0


def test_the_licences_of_what_is_shipped_are_shown() -> None:
    from ui.settings_view.about import _licences

    text = _licences()
    for component in ("PySide6", "SQLCipher", "Inter", "ISC"):
        assert component in text


def test_the_sample_card_shows_only_where_there_is_a_sample(page: SettingsPage, workspace: Workspace) -> None:
    assert page._sample.isHidden()
    (workspace.folder.parent / "sample").mkdir()
    page.refresh()
    assert not page._sample.isHidden()
