"""The records of a sample as lines of a table, and how they were drawn in one line."""

from __future__ import annotations

from qma_app.domain.audit import AuditSample
from qma_app.domain.sample_lines import RecordLine
from qma_app.domain.seeds import seed_text
from qma_app.i18n import _, ngettext, number_text
from ui.audit.sample_rows import drawn_words
from ui.models.standards_table import TableColumn, TableRow

_TONES = {True: "ok", False: "bad", None: "neutral"}


def record_columns() -> tuple[TableColumn, ...]:
    """What is said of each record."""
    return (
        TableColumn(title=_("No."), width=44, is_quiet=True),
        TableColumn(title=_("Record"), share=3, is_strong=True),
        TableColumn(title=_("Part"), share=2, hidden_below=480),
        TableColumn(title=_("Place in the list"), width=92, is_quiet=True, hidden_below=560),
        TableColumn(title=_("Seen"), width=120, is_chip=True),
        TableColumn(title=_("Instead of"), share=4),
    )


def record_row(line: RecordLine) -> TableRow:
    """One record as a line of the table."""
    record = line.record
    return TableRow(
        key=line.number,
        cells=(
            str(line.number),
            record.label,
            record.stratum,
            number_text(record.place),
            line.seen_words,
            line.instead_words,
        ),
        tones={4: _TONES[line.conforms]},
    )


def facts_words(sample: AuditSample) -> str:
    """`10 of 200 · seed 7F3A-19 · orders.csv, Order no. · …`: all it takes to draw the same again."""
    said = [
        drawn_words(sample),
        _("seed {seed}").format(seed=seed_text(sample.seed)),
        sample.list_name,
    ]
    if sample.strata:
        parts = len(sample.strata)
        said.append(
            ngettext("{count} part by {title}", "{count} parts by {title}", parts).format(
                count=parts, title=sample.stratified_by
            )
        )
    if sample.blanks or sample.repeats:
        said.append(
            _("left out: {blanks} blank, {repeats} repeated").format(
                blanks=number_text(sample.blanks), repeats=number_text(sample.repeats)
            )
        )
    said.append(_("fingerprint of the list (SHA-256) {digest}").format(digest=sample.fingerprint))
    return " · ".join(said)
