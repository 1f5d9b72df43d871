"""Every sample drawn: from which list, by which seed, which records, what was found, and what so few records can show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qma_app.charts.interval import interval_bar
from qma_app.domain.audit import AuditSample, DrawnRecord, ListSource, Stratum
from qma_app.domain.sample_showing import SampleFindings, records_now
from qma_app.domain.seeds import seed_text
from qma_app.i18n import _, instant_text, ngettext, number_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.auditing.point_words import list_source_title
from qma_app.reports.auditing.report_values import AuditPart
from qma_app.reports.auditing.summary_values import SamplePart
from qma_app.reports.blocks import Block, Chart, Gap, Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH, HALF
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_STRONG, QUIET
from qma_app.reports.tables import side_by_side
from qma_app.reports.wording import grouped_hash, unbroken

_BAR: Final = 78.0
_LAST_NUMBER: Final = re.compile(r"[0-9]{1,9}\Z")


def add_samples(kit: Kit, audit: AuditPart) -> None:
    """The section; where nothing was drawn it says why at each checkpoint."""
    kit.section(_("Samples"), below=HALF)
    kit.paragraph(
        _(
            "The dealership brings a list of all records, the app draws from it by a seeded generator. Whoever has the list and the seed draws the same records again; the fingerprint (SHA-256) proves that it is the same list. A sample says something about the whole list, within the interval named; it never shows that no fault exists."
        ),
        CELL,
        before=2,
    )
    if not audit.samples:
        kit.paragraph(_("No sample was drawn."), CELL_STRONG)
    for part in audit.samples:
        _add_sample(kit, part)
    if audit.no_samples:
        kit.heading(_("Without a sample"), level=1)
        rows: list[list[Block | None]] = [
            [
                kit.words(one.checkpoint.number, CELL_NUMBER),
                kit.words(one.checkpoint.statement.marked, CELL),
                kit.words(one.reason or _("no reason given"), CELL, where=one.checkpoint.number),
            ]
            for one in audit.no_samples
        ]
        widths = (54.0, (CONTENT_WIDTH - 74) / 2, (CONTENT_WIDTH - 74) / 2)
        kit.flow.add(plain_table(kit, (_("No."), _("Checkpoint"), _("Reason")), widths, rows), before=2)


def _add_sample(kit: Kit, part: SamplePart) -> None:
    point = part.checkpoint
    number = point.number if point else part.sample.checkpoint_id
    name = " · ".join(filter(None, (number, _("critical") if point and point.is_critical else "")))
    kit.heading(name, level=1, before=16)
    if point is not None:
        kit.paragraph(point.statement.marked, CELL, before=0, keeps=True)
    kit.flow.add(_found(kit, part.found), before=4, keeps=True)
    if part.says is not None:
        kit.flow.add(kit.words(" ".join(part.says.sentences), QUIET), before=2, keeps=True)
    where = _("{number}, sample").format(number=number)
    facts = kit.facts(_facts(part.sample, part.found), padding=2.2, where=where)
    kit.flow.add(Together(facts), before=4)


def _found(kit: Kit, found: SampleFindings) -> Block:
    said = kit.words(found.words, CELL_STRONG)
    if found.share is None or found.interval is None:
        return said
    bar = Chart(kit.setter, interval_bar(float(found.share), found.interval, width=_BAR))
    return side_by_side((said, Stack([Gap(1), bar])), (CONTENT_WIDTH - _BAR - 10, _BAR), gutter=10)


def _facts(sample: AuditSample, found: SampleFindings) -> Iterator[tuple[str, str]]:
    said = (sample.list_name, list_source_title(sample.source), _population(sample))
    yield _("List"), ", ".join(filter(None, said))
    yield _("Fingerprint"), grouped_hash(sample.fingerprint)
    drawn = number_text(len(sample.drawn))
    seed = _("{count} records, seed {seed}").format(count=drawn, seed=seed_text(sample.seed))
    yield (
        _("Drawn"),
        ", ".join(filter(None, (seed, instant_text(sample.drawn_at) if sample.drawn_at else ""))),
    )
    yield _("Parts"), _strata(sample)
    yield _("Records"), ", ".join(_record(sample, one, found) for one in records_now(sample))
    yield _("Replaced"), "\n".join(_replaced(sample))
    if found.outside:
        yield _("Not of the sample"), ", ".join(found.outside)


def _population(sample: AuditSample) -> str:
    said = [
        ngettext("{count} record", "{count} records", sample.population).format(
            count=number_text(sample.population)
        )
    ]
    if sample.blanks:
        said.append(
            ngettext("{count} blank line left out", "{count} blank lines left out", sample.blanks).format(
                count=number_text(sample.blanks)
            )
        )
    if sample.repeats:
        said.append(
            ngettext(
                "{count} repeated line left out", "{count} repeated lines left out", sample.repeats
            ).format(count=number_text(sample.repeats))
        )
    return ", ".join(said)


def _strata(sample: AuditSample) -> str:
    if not sample.strata:
        return ""
    said = "; ".join(map(_stratum, sample.strata))
    return f"{sample.stratified_by}: {said}" if sample.stratified_by else said


def _stratum(part: Stratum) -> str:
    return _("{name} {drawn} of {count}").format(
        name=part.name or "–", drawn=number_text(part.drawn), count=number_text(part.population)
    )


def _record(sample: AuditSample, record: DrawnRecord, found: SampleFindings) -> str:
    """`✗ RO-4 (80)`: what was seen, and which record it is; kept on one line."""
    mark = "✗" if record.label in found.failing else "○" if record.label in found.unmarked else "✓"
    return unbroken(f"{mark} {_named(sample, record)}")


def _named(sample: AuditSample, record: DrawnRecord) -> str:
    """The label, with its place in the list where the label does not say it: a range of numbers, or one that ends with it, does."""
    number = _LAST_NUMBER.search(record.label)
    says_it = sample.source is ListSource.NUMBERS or (number is not None and int(number[0]) == record.place)
    return record.label if says_it else f"{record.label} ({number_text(record.place)})"


def _replaced(sample: AuditSample) -> Iterator[str]:
    for one in sample.replaced:
        gone = DrawnRecord(place=one.place, label=one.label)
        yield _("{record} by {other}: {reason}").format(
            record=_named(sample, gone), other=_named(sample, one.by), reason=one.reason
        )
