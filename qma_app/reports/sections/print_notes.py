"""The last page, where it is needed: what could not be printed as it was typed, so that nothing is lost unseen."""

from __future__ import annotations

import unicodedata

from qma_app.i18n import _, ngettext, number_text
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET
from qma_app.reports.tables import Row, Table
from qma_app.reports.text import PrintNotes

_MOST = 200


def add_print_notes(kit: Kit, notes: PrintNotes) -> None:
    """Nothing where everything could be printed."""
    if not notes:
        return
    kit.section(_("What could not be printed"))
    kit.lead(_("The app shows and keeps these texts as they were typed."))
    if notes.missing or notes.replaced:
        kit.paragraph(_("On these pages the mark \ufffd stands for what could not be printed."))
    if notes.missing:
        kit.heading(_("Letters without a font"))
        kit.flow.add(_missing(kit, notes), before=2)
        if len(notes.missing) > _MOST:
            kit.quiet(_("And {count} further letters.").format(count=number_text(len(notes.missing) - _MOST)))
    if notes.replaced:
        kit.heading(_("Characters that no paper can show"))
        rows = [
            (
                where,
                ngettext(
                    "{count} control character, half of a letter, or change of direction",
                    "{count} control characters, halves of letters, or changes of direction",
                    count,
                ).format(count=number_text(count)),
            )
            for where, count in notes.replaced.items()
        ]
        kit.flow.add(_rows(kit, rows), before=2)
    if notes.cut:
        kit.heading(_("Texts too long for paper"))
        cut = [
            (where, _("{count} characters in the app").format(count=number_text(count)))
            for where, count in notes.cut.items()
        ]
        kit.flow.add(_rows(kit, cut), before=2)


def _missing(kit: Kit, notes: PrintNotes) -> Table:
    rows = []
    for letter, count in list(notes.missing.items())[:_MOST]:
        name = unicodedata.name(letter, _("no name"))
        rows.append(
            Row(
                (
                    kit.words(f"U+{ord(letter):04X}", CELL_NUMBER),
                    kit.words(name.capitalize(), CELL),
                    kit.words(
                        ngettext("{count} time", "{count} times", count).format(count=number_text(count)),
                        CELL_QUIET,
                    ),
                    kit.words(
                        _("first in {place}").format(place=notes.missing_at[letter] or _("a heading")),
                        CELL_QUIET,
                    ),
                ),
                padding=3,
            )
        )
    return Table((56, CONTENT_WIDTH - 56 - 60 - 170 - 30, 60, 170), rows)


def _rows(kit: Kit, pairs: list[tuple[str, str]]) -> Table:
    rows = [
        Row((kit.words(where or _("a heading"), CELL), kit.words(said, CELL_QUIET)), padding=3)
        for where, said in pairs
    ]
    return Table((180, CONTENT_WIDTH - 190), rows)
