"""The records drawn for a checkpoint as a workbook, to be handed to whoever looks the papers out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import BinaryIO, Final

from qma_app.domain.audit import AuditSample
from qma_app.domain.sample_lines import RecordLine
from qma_app.domain.seeds import seed_text
from qma_app.exchange.workbook.columns import Column, Meter, write_table
from qma_app.exchange.workbook.file import WorkbookFile
from qma_app.exchange.workbook.looks import COUNT, NAME, TYPED, WORD
from qma_app.i18n import _, number_text

_NO_DAY: Final = datetime(2000, 1, 1, tzinfo=UTC)


def write_drawn(
    sample: AuditSample, lines: Sequence[RecordLine], *, title: str, banner: str, file: BinaryIO
) -> None:
    """Write the workbook into an open file: the records, and on a second sheet how they were drawn."""
    columns = [
        Column[RecordLine](title=_("No."), width=6, look=COUNT, value=lambda one: one.number),
        Column[RecordLine](title=_("Record"), width=30, look=NAME, value=lambda one: one.record.label),
        Column[RecordLine](
            title=_("Place in the list"), width=12, look=COUNT, value=lambda one: one.record.place
        ),
        Column[RecordLine](title=_("Part"), width=22, look=TYPED, value=lambda one: one.record.stratum),
        Column[RecordLine](title=_("Seen"), width=18, look=WORD, value=lambda one: one.seen_words),
        Column[RecordLine](title=_("Instead of"), width=44, look=TYPED, value=lambda one: one.instead_words),
    ]
    told = [
        Column[tuple[str, str]](title=_("What"), width=30, look=TYPED, value=lambda one: one[0]),
        Column[tuple[str, str]](title=_("Value"), width=70, look=NAME, value=lambda one: one[1]),
    ]
    meter = Meter(None, len(lines))
    with WorkbookFile(file, title=title, changed_at=sample.drawn_at or _NO_DAY) as book:
        write_table(book, _("Records"), columns, lines, banner=banner, meter=meter, footer=title)
        write_table(book, _("Drawing"), told, drawing_facts(sample), banner=banner, meter=meter, footer=title)


def drawing_facts(sample: AuditSample) -> list[tuple[str, str]]:
    """All that somebody needs to draw the same records again."""
    facts = [
        (_("List"), sample.list_name),
        (_("Fingerprint of the list (SHA-256)"), sample.fingerprint),
        (_("Records on the list"), number_text(sample.population)),
        (_("Drawn"), number_text(len(sample.drawn))),
        (_("Seed"), seed_text(sample.seed)),
        (_("Seed as a number"), str(sample.seed)),
        (_("Blank lines left out"), number_text(sample.blanks)),
        (_("Repeated lines left out"), number_text(sample.repeats)),
    ]
    if sample.strata:
        facts.append((_("Parts of the list"), sample.stratified_by))
        facts += [
            (
                one.name,
                _("{drawn} of {population}").format(
                    drawn=number_text(one.drawn), population=number_text(one.population)
                ),
            )
            for one in sample.strata
        ]
    return facts
