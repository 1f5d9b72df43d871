"""The settings as a list: adding one is one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from qma_app.i18n import LANGUAGES, SYSTEM, _
from ui.settings import Settings
from ui.settings_view.controls import Choice, Folder, LanguageChoice, Percent, Switch, Words
from ui.theme import Appearance

GENERAL, LANGUAGE, APPEARANCE, PAPERS = "general", "language", "appearance", "papers"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One setting: where it stands, what it is called, what it means, and what changes it."""

    section: str
    title: str
    detail: str
    control: Callable[[Settings, str], QWidget]


def _reports_folder(settings: Settings, title: str) -> QWidget:
    return Folder(settings, "reports_folder", title, settings.reports_folder)


def _single_letters(settings: Settings, title: str) -> QWidget:
    return Switch(settings, "single_letters", title, default=True)


def _moves_on(settings: Settings, title: str) -> QWidget:
    return Switch(settings, "moves_on", title, default=False)


def _independent(settings: Settings, title: str) -> QWidget:
    return Switch(settings, "independent_rating", title, default=False)


def _window_language(settings: Settings, title: str) -> QWidget:
    options = ((SYSTEM, _("Follow the system")), *LANGUAGES)
    return Choice(settings, "window_language", title, options, settings.window_language)


def _content_language(settings: Settings, title: str) -> QWidget:
    return LanguageChoice(settings, "content_language", title)


def _report_language(settings: Settings, title: str) -> QWidget:
    return LanguageChoice(settings, "report_language", title)


def _appearance(settings: Settings, title: str) -> QWidget:
    options = (
        (Appearance.SYSTEM, _("Follow the system")),
        (Appearance.LIGHT, _("Light")),
        (Appearance.DARK, _("Dark")),
    )
    return Choice(settings, "appearance", title, options, settings.appearance)


def _font_size(settings: Settings, title: str) -> QWidget:
    return Percent(settings, "font_percent", title, settings.font_percent)


def _author_line(settings: Settings, title: str) -> QWidget:
    return Words(settings, "author_line", title, placeholder=_("Name of who is working"))


def _paper(settings: Settings, title: str) -> QWidget:
    return Choice(settings, "paper", title, (("A4", "A4"),), settings.paper)


ROWS: tuple[Row, ...] = (
    Row(
        section=GENERAL,
        title=_("Reports folder"),
        detail=_("Saving a paper puts it here without asking."),
        control=_reports_folder,
    ),
    Row(
        section=GENERAL,
        title=_("Single-letter shortcuts"),
        detail=_("Rate and move with digits and letters. Turn off for screen readers and voice control."),
        control=_single_letters,
    ),
    Row(
        section=GENERAL,
        title=_("Move on after rating"),
        detail=_("A rating leads to the next checkpoint by itself."),
        control=_moves_on,
    ),
    Row(
        section=GENERAL,
        title=_("Independent rating"),
        detail=_("Hides the last rating until this one is given, so that the old one does not lead."),
        control=_independent,
    ),
    Row(
        section=LANGUAGE,
        title=_("Window"),
        detail=_("Menus and buttons. Takes effect at the next start."),
        control=_window_language,
    ),
    Row(
        section=LANGUAGE,
        title=_("Checklists"),
        detail=_("Texts of the standard. What is not translated stands in its own language, marked."),
        control=_content_language,
    ),
    Row(section=LANGUAGE, title=_("Papers"), detail=_("Reports and workbooks."), control=_report_language),
    Row(
        section=APPEARANCE,
        title=_("Colours"),
        detail=_("Papers always use the light ones."),
        control=_appearance,
    ),
    Row(
        section=APPEARANCE,
        title=_("Font size"),
        detail=_("From 90 to 200 percent of the normal size."),
        control=_font_size,
    ),
    Row(
        section=PAPERS,
        title=_("Author line"),
        detail=_("What stands under “prepared by” on papers."),
        control=_author_line,
    ),
    Row(section=PAPERS, title=_("Paper size"), detail=_("All papers are laid out for it."), control=_paper),
)
