"""Both appearances can be read by everybody, and switching them needs no restart."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QStyleOptionViewItem, QTableView, QWidget
from pytestqt.qtbot import QtBot

from qma_app import assets
from qma_app.design import DARK, LIGHT, Palette, contrast
from ui import theme
from ui.dialogs.country_box import CountryBox
from ui.theme import Appearance, Theme, ThemeKeeper
from ui.widgets.chips import TONES
from ui.widgets.labels import PlainLabel

THEMES = [Theme(palette=LIGHT), Theme(palette=DARK, is_dark=True)]


@pytest.mark.parametrize("look", THEMES, ids=["light", "dark"])
@pytest.mark.parametrize("token", ["text", "muted", "accent", "ok", "warn", "bad"])
def test_words_stand_out_from_every_ground(look: Theme, token: str) -> None:
    for ground in ("surface", "bg"):
        assert contrast(look.hex(token), look.hex(ground)) >= 4.5, ground


@pytest.mark.parametrize("look", THEMES, ids=["light", "dark"])
def test_chips_can_be_read_on_their_tints(look: Theme) -> None:
    for tone in TONES:
        if tone != "neutral":
            assert contrast(look.hex(tone), look.hex(f"{tone}-tint")) >= 4.5, tone
    assert contrast(look.hex("muted"), look.hex("raised")) >= 4.5


@pytest.mark.parametrize("look", THEMES, ids=["light", "dark"])
def test_edges_and_focus_rings_are_seen(look: Theme) -> None:
    for ground in ("surface", "bg"):
        assert contrast(look.hex("control_edge"), look.hex(ground)) >= 3, ground
        assert contrast(look.hex("focus"), look.hex(ground)) >= 3, ground
    assert contrast(look.hex("on_accent"), look.hex("accent")) >= 3  # the ring inside a primary button


@pytest.mark.parametrize("look", THEMES, ids=["light", "dark"])
def test_primary_buttons_can_be_read_in_every_state(look: Theme) -> None:
    for ground in ("accent", "accent-hover", "accent-pressed"):
        assert contrast(look.hex("on_accent"), look.hex(ground)) >= 4.5, ground
    assert contrast(look.hex("muted"), look.hex("raised")) >= 4.5  # disabled


@pytest.mark.parametrize("look", THEMES, ids=["light", "dark"])
def test_selected_rows_keep_their_words_readable(look: Theme) -> None:
    for token in ("text", "muted", "accent"):
        assert contrast(look.hex(token), look.hex("accent-tint")) >= 4.5, token


@pytest.mark.parametrize("look", THEMES, ids=["light", "dark"])
def test_the_style_sheet_leaves_no_token_unfilled(look: Theme) -> None:
    sheet = theme.style_sheet(look)
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    for picture in re.findall(r'url\("(.+?)"\)', sheet):
        assert assets.resources_folder() in __import__("pathlib").Path(picture).parents


@pytest.mark.parametrize(("folder", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_pictures_of_controls_use_the_tokens(folder: str, palette: Palette) -> None:
    """They are files of their own because a style sheet cannot tint: a changed token must reach them too."""
    inks = {"chevron-down": palette.muted, "chevron-up": palette.muted, "check": palette.on_accent}
    inks |= {"minus": palette.on_accent, "dot": palette.accent}
    inks |= {"chevron-left": palette.muted, "chevron-right": palette.muted}
    for name, ink in inks.items():
        drawing = (assets.resources_folder() / "styles" / folder / f"{name}.svg").read_text(encoding="utf-8")
        assert ink in drawing, name


def test_switching_changes_words_already_on_the_screen(qtbot: QtBot, light: ThemeKeeper) -> None:
    label = PlainLabel("Words")
    qtbot.addWidget(label)
    label.show()
    assert label.palette().text().color().name().upper() == LIGHT.text
    light.apply(Appearance.DARK, 100)
    assert label.palette().text().color().name().upper() == DARK.text
    assert theme.current().is_dark


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
def test_names_offered_while_one_types_stand_on_a_ground(
    qtbot: QtBot, light: ThemeKeeper, look: Appearance
) -> None:
    """Their list is a window of its own: nothing lies behind it that would show through."""
    light.apply(look, 100)
    box = CountryBox()
    qtbot.addWidget(box)
    box.show()
    completer = box.completer()
    assert completer is not None
    completer.setCompletionPrefix("Ger")
    completer.complete()
    popup = completer.popup()
    assert popup is not None
    seen = popup.grab().toImage()
    ground = seen.pixelColor(seen.width() // 2, seen.height() - 8)
    popup.hide()
    assert (ground.alpha(), ground.name().upper()) == (255, theme.current().palette.surface.upper())


def test_the_calendar_names_month_and_days_readably(qtbot: QtBot, light: ThemeKeeper) -> None:
    calendar = QCalendarWidget()
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    qtbot.addWidget(calendar)
    calendar.show()
    head = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    assert isinstance(head, QWidget)
    ground = head.grab().toImage().pixelColor(head.width() // 2, 1).name().upper()
    assert ground == LIGHT.raised.upper()
    days = calendar.findChild(QTableView)
    assert isinstance(days, QTableView)
    option = QStyleOptionViewItem()
    option.initFrom(days)
    needed = days.itemDelegate().sizeHint(option, days.model().index(0, 0)).width()
    assert needed <= days.columnWidth(0)


def test_the_font_size_scales_everything(qtbot: QtBot, light: ThemeKeeper) -> None:
    label = PlainLabel("Words")
    qtbot.addWidget(label)
    label.show()
    before = label.fontMetrics().height()
    light.apply(Appearance.LIGHT, 200)
    assert label.fontMetrics().height() >= 1.9 * before
    assert theme.px(34) == 2 * 34 * theme.current().scale / 2


def test_following_the_system_shows_what_the_system_has(qapp: QApplication, light: ThemeKeeper) -> None:
    from PySide6.QtCore import Qt

    light.apply(Appearance.SYSTEM, 100)
    assert theme.current().is_dark == (qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark)


def test_the_shipped_font_is_used(qapp: QApplication, light: ThemeKeeper) -> None:
    from PySide6.QtGui import QFontInfo

    assert QFontInfo(qapp.font()).family() == "Inter"


def test_labels_show_markup_instead_of_obeying_it(qtbot: QtBot, light: ThemeKeeper) -> None:
    label = PlainLabel("<b>R&D</b> <img src='/etc/passwd'>", elide=True)
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.textFormat() is label.textFormat().PlainText
    assert label.toolTip().startswith("<span>&lt;b&gt;")
