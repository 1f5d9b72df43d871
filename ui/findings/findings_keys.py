"""What the keys of Findings & actions do, and what the palette offers from there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qma_app.i18n import _
from ui.findings.view_switch import View, view_meaning
from ui.models.findings_rows import Tab
from ui.shortcuts import Command, Shortcut

if TYPE_CHECKING:
    from ui.pages.findings import FindingsPage

_ICONS = {
    View.TABLE: "list-filter",
    View.BOARD: "layout-dashboard",
    View.CAUSES: "chart-column",
    View.EVIDENCE: "images",
}


def shortcuts_of(view: View) -> tuple[Shortcut, ...]:
    """The lines of the sheet: what acts everywhere, then what acts in the view shown."""
    new_and_views = (
        Shortcut(keys="F, Ctrl+N", title=_("New finding")),
        *(Shortcut(keys=each.letter, title=view_meaning(each)) for each in View),
    )
    if view is View.EVIDENCE:  # which names its own keys
        return new_and_views
    everywhere = (
        *new_and_views,
        Shortcut(keys="Esc", title=_("Back to the view; take the filter back")),
        Shortcut(keys="Ctrl+F", title=_("Filter")),
        Shortcut(keys="E", title=_("Add photos or documents")),
        Shortcut(keys="Ctrl+V", title=_("Paste a photo or file")),
    )
    if view is View.TABLE:
        return (
            *everywhere,
            Shortcut(keys="Return", title=_("Write in the finding chosen")),
            Shortcut(keys="Del", title=_("Delete the finding chosen")),
        )
    if view is View.BOARD:
        return (
            *everywhere,
            Shortcut(keys="Left, Right", title=_("The next column")),
            Shortcut(keys="Up, Down", title=_("The next card")),
            Shortcut(keys="Shift+Left, Shift+Right", title=_("Move the card one stage back or on")),
            Shortcut(keys="<, >", title=_("The same")),
            Shortcut(keys="Return", title=_("Open the finding of the card")),
        )
    return (
        *everywhere,
        Shortcut(keys="Up, Down", title=_("The next cause")),
        Shortcut(keys="Return", title=_("List the findings of the cause")),
    )


def commands_of(page: FindingsPage) -> tuple[Command, ...]:
    """New, the views, the saved filters, and the orders."""
    views = (
        Command(
            title=view_meaning(view), run=partial(page.show_view, view), keys=view.letter, icon=_ICONS[view]
        )
        for view in View
    )
    return (
        Command(title=_("New finding"), run=page.new, keys="F", icon="flag"),
        Command(title=_("Show all findings"), run=page.show_all, icon="list-filter"),
        *views,
        Command(title=_("Show open findings"), run=partial(page.show_tab, Tab.OPEN), icon="list-filter"),
        Command(title=_("Show overdue findings"), run=partial(page.show_tab, Tab.OVERDUE), icon="clock"),
        Command(
            title=_("Show findings to verify"), run=partial(page.show_tab, Tab.TO_VERIFY), icon="badge-check"
        ),
        Command(title=_("Show my findings"), run=partial(page.show_tab, Tab.MINE), icon="user"),
        Command(
            title=_("Save the action plan as a workbook"), run=page.workbook.save, icon="file-spreadsheet"
        ),
        Command(title=_("Take in an edited action plan"), run=page.workbook.take_in, icon="upload"),
        Command(title=_("Save this filter…"), run=page.filters.save_filter, icon="save"),
        Command(title=_("Sort findings by number"), run=page.sort_by_number, icon="chevrons-up-down"),
        Command(title=_("Sort findings by due date"), run=page.sort_by_due, icon="chevrons-up-down"),
        Command(title=_("Sort findings by grade"), run=page.sort_by_grade, icon="chevrons-up-down"),
    )
