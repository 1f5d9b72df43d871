"""What the card of samples says: one row for each checkpoint that asks for records, the critical ones first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qma_app.domain.audit import AuditSample
from qma_app.domain.edition import Checkpoint
from qma_app.domain.sample_drawing import SampleFindings, sample_findings, what_it_shows
from qma_app.domain.seeds import seed_text
from qma_app.errors import RuleBroken
from qma_app.i18n import _, ngettext, number_text
from qma_app.services.audit_rules import check_unsigned
from qma_app.services.working import check_may_write
from ui.audit.reading import AuditDesk
from ui.models.standards_table import TableColumn, TableRow
from ui.workbench import Workbench


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleRow:
    """A checkpoint with the sample drawn for it and what was seen in it, or why none was drawn."""

    checkpoint: Checkpoint
    sample: AuditSample | None
    found: SampleFindings | None
    reason: str

    @property
    def is_open(self) -> bool:
        """Whether nothing was drawn yet, and nothing says why."""
        return self.sample is None and not self.reason


def sample_rows(desk: AuditDesk) -> tuple[SampleRow, ...]:
    """The critical ones first, else in the order of the standard; a sample the standard did not ask for is there, too."""
    drawn = {one.checkpoint_id: one for one in desk.state.samples}
    rows = []
    for checkpoint in desk.state.to_rate:
        sample = drawn.get(checkpoint.id)
        if checkpoint.sample is None and sample is None:
            continue
        found = sample_findings(sample, desk.state.ratings.get(checkpoint.id)) if sample is not None else None
        reason = desk.state.sample_reasons.get(checkpoint.id, "").strip()
        rows.append(SampleRow(checkpoint=checkpoint, sample=sample, found=found, reason=reason))
    return tuple(sorted(rows, key=_is_not_critical))


def total_words(rows: Iterable[SampleRow]) -> str:
    """`214 records drawn · 3 critical checkpoints to draw for`"""
    rows = tuple(rows)
    count = sum(len(row.sample.drawn) for row in rows if row.sample is not None)
    said = [ngettext("{count} record drawn", "{count} records drawn", count).format(count=number_text(count))]
    waiting = sum(row.is_open and row.checkpoint.is_critical for row in rows)
    if waiting:
        said.append(
            ngettext(
                "{count} critical checkpoint to draw for", "{count} critical checkpoints to draw for", waiting
            ).format(count=waiting)
        )
    return " · ".join(said)


def sample_columns() -> tuple[TableColumn, ...]:
    """What is said of each checkpoint; what finds no room stands below the table."""
    return (
        TableColumn(title=_("Checkpoint"), share=4, is_strong=True),
        TableColumn(title=_("Drawn"), width=104),
        TableColumn(title=_("Seed"), width=84, is_one_line=True, hidden_below=460),
        TableColumn(title=_("List"), share=3, hidden_below=700),
        TableColumn(title=_("What it shows"), share=4, hidden_below=900),
        TableColumn(title=_("State"), width=118, is_chip=True),
    )


def table_row(row: SampleRow) -> TableRow:
    """A checkpoint as a line of the table."""
    sample, number = row.sample, row.checkpoint.number
    state, tone = state_words(row)
    asked = row.checkpoint.sample
    small = {0: str(row.checkpoint.statement)}
    if sample is None:
        wanted = _("{size} wanted").format(size=asked.size) if asked is not None else _("none wanted")
        shows = row.reason or (str(asked.of) if asked is not None else "")
        cells = (_numbered(row, number), wanted, "", "", shows, state)
    else:
        small[3] = short_print(sample.fingerprint)
        replaced = replaced_words(sample)
        if replaced:
            small[1] = replaced
        cells = (
            _numbered(row, number),
            drawn_words(sample),
            seed_text(sample.seed),
            sample.list_name,
            shown_words(row),
            state,
        )
    return TableRow(key=row.checkpoint.id, cells=cells, tones={5: tone}, small=small)


def state_words(row: SampleRow) -> tuple[str, str]:
    """How far a sample is, and the tone of it."""
    if row.found is not None and row.sample is not None:
        if not row.found.unmarked:
            return _("looked at"), "ok"
        if row.found.looked_at:
            return _("{done} of {size} seen").format(done=row.found.looked_at, size=row.found.size), "accent"
        return _("drawn"), "accent"
    if row.reason:
        return _("reason given"), "neutral"
    return _("open"), "warn" if row.checkpoint.is_critical else "neutral"


def drawn_words(sample: AuditSample) -> str:
    """`10 of 200`"""
    return _("{drawn} of {population}").format(
        drawn=number_text(len(sample.drawn)), population=number_text(sample.population)
    )


def replaced_words(sample: AuditSample) -> str:
    """`2 replaced`; empty where none was."""
    count = len(sample.replaced)
    return ngettext("{count} replaced", "{count} replaced", count).format(count=count) if count else ""


def shown_words(row: SampleRow) -> str:
    """What the sample can show before it was looked at, what it showed after."""
    if row.sample is None:
        return ""
    if row.found is not None and row.found.looked_at:
        return row.found.words
    return what_it_shows(row.sample.population, len(row.sample.drawn)).sentences[0]


def detail_words(row: SampleRow) -> str:
    """All there is to say of one row, in sentences."""
    sample = row.sample
    if sample is None:
        if row.reason:
            return _("No sample: {reason}").format(reason=row.reason)
        return wanted_words(row.checkpoint)
    says = what_it_shows(sample.population, len(sample.drawn)).sentences
    said = [" ".join(says)]
    if row.found is not None and row.found.looked_at:
        said.append(row.found.words)
    said.append(
        _("List {name}, fingerprint {print}, seed {seed}.").format(
            seed=seed_text(sample.seed), name=sample.list_name, print=short_print(sample.fingerprint)
        )
    )
    if row.reason:
        said.append(_("Noted: {reason}").format(reason=row.reason))
    return " ".join(said)


def wanted_words(checkpoint: Checkpoint) -> str:
    """How many of what the standard asks for."""
    if checkpoint.sample is None:
        return _("The standard asks for no sample here; one can be drawn all the same.")
    return _("The standard asks for {size} of: {records}.").format(
        size=checkpoint.sample.size, records=str(checkpoint.sample.of).rstrip(".")
    )


def short_print(digest: str) -> str:
    """`9c1f 44a0 72de …`: enough of a SHA-256 to be compared by eye."""
    return f"{digest[:4]} {digest[4:8]} {digest[8:12]} …"


def why_not_written(workbench: Workbench, desk: AuditDesk) -> str:
    """Why nothing can be written in this audit now; empty where it can."""
    try:
        check_unsigned(desk.view.audit)
        check_may_write(workbench.workspace, desk.view.assessment)
    except RuleBroken as broken:
        return f"{broken.message} {broken.way_out}".strip()
    return ""


def _numbered(row: SampleRow, number: str) -> str:
    return _("{number}, critical").format(number=number) if row.checkpoint.is_critical else number


def _is_not_critical(row: SampleRow) -> bool:
    return not row.checkpoint.is_critical
