"""Annex A: every checkpoint with all that was recorded at it, so that no word of the author stays in the app."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.charts.interval import interval_bar
from qma_app.design import LIGHT
from qma_app.domain.rating import Outcome, Sample
from qma_app.i18n import _, day_text
from qma_app.reports.auditing.point_words import look_lines, seen_words
from qma_app.reports.blocks import Block, Chart, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Chip
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper, CheckpointLine, EvidenceEntry
from qma_app.reports.photos import evidence_line, photo_grid
from qma_app.reports.sections.areas import number_cell, process_row
from qma_app.reports.styles import CELL, CELL_QUIET, FOOT, NOTE
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.wording import percent, rating_chip, unbroken

_NUMBER, _RATING = 48.0, 92.0
_SAID = CONTENT_WIDTH - _NUMBER - _RATING - 20


def add_checkpoints(kit: Kit, paper: AssessmentPaper, *, shown: frozenset[str]) -> None:
    """The annex; photos that a finding shows already (`shown`) are only named."""
    kit.section(_("Annex A: every checkpoint"))
    kit.quiet(
        _(
            "Samples: so many of the records looked at conform; behind the share stands the exact 95% interval, which says what so few records allow."
        ),
        keeps=True,
    )
    for part in paper.areas:
        if not part.processes:
            continue
        kit.heading(str(part.area.title), level=1, before=22)
        rows: list[Row] = []
        for process in part.processes:
            rows.append(process_row(kit, paper, process))
            for line in process.lines:
                rows += _rows(kit, paper, line, shown)
        kit.flow.add(Table((_NUMBER, _SAID, _RATING), rows), before=2)
    if paper.set_aside:
        kit.heading(_("Recorded, but not counted any more"), level=1, before=22)
        kit.quiet(
            _(
                "What the dealership offers, or the scope, has changed since; these checkpoints count for nothing here."
            ),
            before=0,
            keeps=True,
        )
        rows = [row for line in paper.set_aside for row in _rows(kit, paper, line, shown)]
        kit.flow.add(Table((_NUMBER, _SAID, _RATING), rows), before=4)


def _rows(kit: Kit, paper: AssessmentPaper, line: CheckpointLine, shown: frozenset[str]) -> list[Row]:
    figure, word, colour = rating_chip(paper.edition, line.rating, line.outcome)
    photos = [each for each in line.evidence if each.jpeg and each.evidence.id not in shown]
    others = [each for each in line.evidence if not each.jpeg]
    said = Stack([kit.words(line.checkpoint.statement.marked, CELL), *_details(kit, paper, line)], gap=2)
    rows = [
        Row(
            (
                number_cell(kit, line),
                said,
                _rating_cell(kit, paper, line, Chip(kit.setter, figure, word, colour)),
            ),
            rule=None if photos or others else LIGHT.line,
            keeps=bool(photos),
        )
    ]
    if photos:
        grid = photo_grid(kit.setter, photos, width=_SAID + _RATING + 10, columns=3)
        rows.append(Row((_indented(grid),), rule=None if others else LIGHT.line, spans=True, padding=2))
    if others:
        lines = Stack([evidence_line(kit.setter, each) for each in others], gap=3)
        rows.append(Row((None, lines, None), padding=3))
    return rows


def _indented(block: Block) -> Block:
    return side_by_side((Stack([]), block), (_NUMBER, CONTENT_WIDTH - _NUMBER - 10), gutter=10)


def _details(kit: Kit, paper: AssessmentPaper, line: CheckpointLine) -> list[Block]:
    """What was written and drawn at a checkpoint, one line of thought a block."""
    rating = line.rating
    number = line.checkpoint.number
    blocks: list[Block] = []
    if line.is_untouched:
        blocks.append(kit.words(_("Not seen: untouched when the assessment was completed."), CELL_QUIET))
    if rating is None:
        return blocks
    if rating.reason:
        label = (
            _("Not applicable: {reason}")
            if rating.outcome is Outcome.NOT_APPLICABLE
            else _("Not seen: {reason}")
        )
        blocks.append(
            kit.words(
                label.format(reason=rating.reason), CELL, where=_("{number}, reason").format(number=number)
            )
        )
    if rating.note:
        blocks.append(kit.words(rating.note, NOTE, where=_("{number}, note").format(number=number)))
    if paper.audit is not None and line.checkpoint.id in paper.audit.looks:
        look = paper.audit.looks[line.checkpoint.id]
        blocks += [kit.words(each, CELL_QUIET, where=number) for each in look_lines(look)]
    if rating.sample is not None:
        blocks += _sample(kit, line, rating.sample)
    references = _references(line.findings, line.evidence)
    if references:
        blocks.append(kit.words(references, CELL_QUIET, where=number))
    return blocks


def _sample(kit: Kit, line: CheckpointLine, sample: Sample) -> list[Block]:
    """How many records conform, what that allows to say, and each record with its name."""
    where = _("{number}, sample").format(number=line.checkpoint.number)
    blocks: list[Block] = []
    spec = line.checkpoint.sample
    drawn = (
        _("{count} {records} drawn").format(count=len(sample.records), records=spec.of)
        if spec
        else _("{count} records drawn").format(count=len(sample.records))
    )
    if line.interval is None:
        blocks.append(kit.words(_("Sample: {drawn}, none looked at.").format(drawn=drawn), CELL))
    else:
        share = sample.conforming / sample.looked_at
        text = _(
            "Sample: {drawn}, {hits} of {count} looked at conform: {share}, interval {low} to {high}."
        ).format(
            drawn=drawn,
            hits=sample.conforming,
            count=sample.looked_at,
            share=percent(share),
            low=percent(line.interval.low),
            high=percent(line.interval.high),
        )
        blocks += [
            kit.words(text, CELL),
            Chart(kit.setter, interval_bar(share, line.interval, width=110), drop=4),
        ]
    names = ", ".join(
        _record(place, record.label, record.conforms) for place, record in enumerate(sample.records, 1)
    )
    if names:
        blocks.append(kit.words(_("Drawn: {names}.").format(names=names), CELL_QUIET, where=where))
    return blocks


def _record(place: int, label: str, conforms: bool | None) -> str:
    mark = {True: "✓", False: "✗", None: "○"}[conforms]
    return unbroken(f"{mark} {label or place}")


def _rating_cell(kit: Kit, paper: AssessmentPaper, line: CheckpointLine, chip: Chip) -> Block:
    """The rating, and in small when it was given, by whom if not by the assessor, and whether it was taken over."""
    rating = line.rating
    if rating is None or rating.rated_at is None:
        return chip
    said = [day_text(rating.rated_at.astimezone().date())]
    if paper.audit is not None and line.checkpoint.id in paper.audit.looks:
        said += filter(None, (seen_words(paper.audit.looks[line.checkpoint.id]),))
    if rating.rated_by != paper.assessment.assessor_id and line.rated_by:
        said.append(line.rated_by)
    if rating.is_as_last_time:
        said.append(_("as last time, after looking again"))
    return Stack([chip, kit.words("\n".join(said), FOOT)], gap=2)


def _references(findings: Sequence[str], evidence: Sequence[EvidenceEntry]) -> str:
    names = [*findings, *(entry.label for entry in evidence)]
    return _("See {names}.").format(names=", ".join(names)) if names else ""
