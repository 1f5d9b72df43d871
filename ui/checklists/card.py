"""Where everything on a checkpoint's card lies, so that painting, clicking and heights cannot disagree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from qma_app.domain.edition import Checkpoint
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.domain.rating import Outcome
from qma_app.domain.wording import grade_title
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui.checklists.measures import Mark, Measures
from ui.checklists.words import Words
from ui.checklists.wrapping import Line
from ui.theme import Theme
from ui.widgets import rating_cells
from ui.widgets.rating_cells import Cell

GAP, PAD, NUMBER_WIDTH, NARROWEST_TEXT, HEADING = 9, 12, 80, 170, 36
MOST_FINDING_CHIPS = 2
GRADE_TONES = {
    FindingGrade.MAJOR: "bad",
    FindingGrade.MINOR: "warn",
    FindingGrade.IMPROVEMENT: "neutral",
    FindingGrade.GOOD_PRACTICE: "ok",
}


@dataclass(frozen=True, kw_only=True)
class CardContext:
    """What all cards of a sheet share: words, scale, names of assessments, and what must not be shown or touched."""

    words: Words
    labels: Mapping[AssessmentId, str] = field(default_factory=dict)
    is_read_only: bool = False
    hides_last: bool = False
    has_digits: bool = True

    @cached_property
    def steps(self) -> tuple[int, ...]:
        return self.words.edition.points

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        return rating_cells.cells_of(self.steps)

    @property
    def shows_keys(self) -> bool:
        """Whether digits rate here, so that the cells say which."""
        return self.has_digits and not self.is_read_only

    def shows_last(self, row: ChecklistRow) -> bool:
        """Whether the rating of before may be seen: not before the coach has made up her own mind, if she wants that."""
        return row.last is not None and (row.is_decided or not self.hides_last)

    def last_text(self, row: ChecklistRow) -> str:
        """`last time 6 in M6`, that an audit keeps it covered, or empty where there is nothing to be seen."""
        if row.is_own_covered:
            return _("covered until you have rated it in the audit")
        if row.is_covered:
            return _("the coach's rating is covered until you have rated")
        if row.last is None or not self.shows_last(row):
            return ""
        label = self.labels.get(row.last.assessment_id, "")
        return _("last time {figure} in {assessment}").format(
            figure=self.words.figure(row.last), assessment=label
        )


class PlacedMark(NamedTuple):
    """A chip and where it lies."""

    mark: Mark
    area: QRectF


class Block(NamedTuple):
    """The words of one card, broken into lines; `facts` stand below the statement in small type."""

    statement: tuple[Line, ...]
    marks: tuple[tuple[Mark, float, int], ...]
    facts: tuple[Line, ...]
    mark_lines: int
    height: int


class Card(NamedTuple):
    """One card in its item's own coordinates, from the top left corner."""

    frame: QRectF
    block: Block
    text_left: float
    text_top: float
    corner: QPointF
    cells: tuple[QRectF, ...]


class CardMaker:
    """Makes the cards for one width and one look; blocks are kept until their row changes."""

    def __init__(self, look: Theme, width: int, context: CardContext, measures: Measures) -> None:
        self.look, self.width, self.context = look, width, context
        self._measures = measures
        self.body, self.small = measures.body, measures.small
        self._blocks: dict[tuple[CheckpointId, bool], tuple[ChecklistRow, Block]] = {}
        pitch = look.px(rating_cells.PITCH)
        cells = len(context.cells)
        inner = width - 2 * look.px(PAD)
        beside = inner - look.px(NUMBER_WIDTH) - cells * pitch - look.px(8)
        self.is_stacked = beside < look.px(NARROWEST_TEXT)
        self.room = max(40, inner - look.px(NUMBER_WIDTH)) if self.is_stacked else beside
        self._cells_in_row = max(1, min(cells, inner // pitch)) if self.is_stacked else cells
        self._cell_rows = -(-cells // self._cells_in_row)
        self._statements = measures.statements(context.words, self.room)
        self._places = self.cell_places()

    def height(self, row: ChecklistRow, *, is_current: bool, has_heading: bool) -> int:
        """The height of an item with its gap below."""
        return (
            self._card_height(self.block(row, is_current=is_current))
            + self._top(has_heading)
            + self.look.px(GAP)
        )

    def heights(self, rows: Sequence[ChecklistRow], current: int, headings: Collection[int]) -> list[int]:
        """The heights of all items of a list; most carry a statement only, and are not laid out further."""
        plain = cache(self._plain_height)
        head = self._top(has_heading=True)
        return [
            plain(len(self._statement(row.checkpoint))) + (head if place in headings else 0)
            if place != current and self._is_plain(row)
            else self.height(row, is_current=place == current, has_heading=place in headings)
            for place, row in enumerate(rows)
        ]

    def card(self, row: ChecklistRow, *, is_current: bool, has_heading: bool) -> Card:
        """The whole card for painting and hitting."""
        block = self.block(row, is_current=is_current)
        pad, top = self.look.px(PAD), self._top(has_heading)
        frame = QRectF(0, top, self.width, self._card_height(block))
        corner = self._cells_corner(frame)
        text_top = top + pad if self.is_stacked else frame.center().y() - block.height / 2
        return Card(
            frame=frame,
            block=block,
            text_left=pad + self.look.px(NUMBER_WIDTH),
            text_top=text_top,
            corner=corner,
            cells=tuple(place.translated(corner) for place in self._places),
        )

    def placed_marks(self, card: Card) -> tuple[PlacedMark, ...]:
        """The chips of a card where they are painted."""
        line = self.body.line_height
        return tuple(
            PlacedMark(
                mark,
                QRectF(card.text_left + left, card.text_top + number * line, width, line),
            )
            for mark, left, number in card.block.marks
            for width in (self._measures.mark_width(mark),)
        )

    def block(self, row: ChecklistRow, *, is_current: bool) -> Block:
        """The words of a card; the same row gives the same block."""
        key = (row.checkpoint.id, is_current)
        known = self._blocks.get(key)
        if known is not None and known[0] == row:
            return known[1]
        block = self._made(row, is_current)
        self._blocks[key] = (row, block)
        return block

    def _statement(self, checkpoint: Checkpoint) -> tuple[Line, ...]:
        lines = self._statements.get(checkpoint.id)
        if lines is None:
            lines = self.body.lines(self.context.words.of(checkpoint.statement), self.room)
            self._statements[checkpoint.id] = lines
        return lines

    def _is_plain(self, row: ChecklistRow) -> bool:
        """Whether a card carries nothing but its statement."""
        rating = row.rating
        return not (
            row.findings
            or row.evidence_count
            or row.checkpoint.is_critical
            or (rating is not None and (rating.note or rating.reason or rating.is_as_last_time))
            or self.context.words.is_borrowed(row.checkpoint.statement)
        )

    def _plain_height(self, lines: int) -> int:
        """Of a card with so many lines of statement."""
        return self._card_height(Block((), (), (), 0, lines * self.body.line_height)) + self.look.px(GAP)

    def _made(self, row: ChecklistRow, is_current: bool) -> Block:
        statement = self._statement(row.checkpoint)
        marks = self._flowed(marks_of(row, self.context.words), statement)
        mark_lines = (
            max((line for _mark, _left, line in marks), default=len(statement) - 1) + 1 - len(statement)
        )
        facts = self._facts(row, is_current)
        height = (len(statement) + mark_lines) * self.body.line_height + len(facts) * self.small.line_height
        return Block(statement, marks, facts, mark_lines, height)

    def _facts(self, row: ChecklistRow, is_current: bool) -> tuple[Line, ...]:
        texts = []
        rating = row.rating
        if rating is not None and rating.reason:
            texts.append(f"{self.context.words.rating(rating).capitalize()}: {rating.reason}")
        if is_current:
            facts = [self.context.words.facts(row.checkpoint), self.context.last_text(row)]
            texts.append(" · ".join(filter(None, facts)))
        return tuple(line for text in texts for line in self.small.lines(text, self.room))

    def _flowed(
        self, marks: tuple[Mark, ...], statement: tuple[Line, ...]
    ) -> tuple[tuple[Mark, float, int], ...]:
        """Chips behind the last word, on new lines where they do not fit: (chip, left, line)."""
        if not marks:
            return ()
        gap = self.look.px(6)
        number = max(0, len(statement) - 1)
        left = statement[-1].width + gap if statement else 0.0
        placed = []
        for mark in marks:
            width = self._measures.mark_width(mark)
            if left and left + width > self.room:
                number, left = number + 1, 0.0
            placed.append((mark, left, number))
            left += width + gap
        return tuple(placed)

    def _card_height(self, block: Block) -> int:
        cells = self._cell_rows * self.look.px(rating_cells.PITCH)
        pad = self.look.px(PAD)
        if self.is_stacked:
            return block.height + pad + self.look.px(6) + cells + self.look.px(6)
        return max(block.height + 2 * pad, cells + 2 * self.look.px(8))

    def _top(self, has_heading: bool) -> int:
        return self.look.px(HEADING) if has_heading else 0

    def cell_places(self) -> tuple[QRectF, ...]:
        """The cells as they lie to one another, from the corner of the first."""
        pitch = self.look.px(rating_cells.PITCH)
        return tuple(
            QRectF(place % self._cells_in_row * pitch, place // self._cells_in_row * pitch, pitch, pitch)
            for place in range(len(self.context.cells))
        )

    def _cells_corner(self, frame: QRectF) -> QPointF:
        pitch, pad = self.look.px(rating_cells.PITCH), self.look.px(PAD)
        height = self._cell_rows * pitch
        left = frame.right() - pad - self._cells_in_row * pitch + self.look.px(3)
        top = (
            frame.bottom() - height - self.look.px(6) if self.is_stacked else frame.center().y() - height / 2
        )
        return QPointF(round(left), round(top))


def marks_of(row: ChecklistRow, words: Words) -> tuple[Mark, ...]:
    """What a card carries behind its statement: critical, findings, evidence, a note, a borrowed language."""
    checkpoint, rating = row.checkpoint, row.rating
    marks = []
    if words.is_borrowed(checkpoint.statement):
        marks.append(Mark(words.borrowed_mark))
    if checkpoint.is_critical:
        marks.append(Mark(_("critical"), "bad", True))
    marks += _finding_marks(row.findings)
    if row.evidence_count:
        marks.append(Mark(str(row.evidence_count), icon="paperclip"))
    if rating is not None and rating.note:
        marks.append(Mark("", icon="pencil"))
    if rating is not None and rating.is_as_last_time and rating.outcome is Outcome.RATED:
        marks.append(Mark(_("as last time"), icon="history"))
    return tuple(marks)


def finding_tone(finding: Finding) -> str:
    """The tone of a finding's chip; a closed one is quiet."""
    return GRADE_TONES[finding.grade] if finding.is_open else "neutral"


def _finding_marks(findings: tuple[Finding, ...]) -> list[Mark]:
    shown = [finding for finding in findings if finding.is_open] or list(findings)
    marks = [
        Mark(f"! {finding.label} {grade_title(finding.grade)}", finding_tone(finding))
        for finding in shown[:MOST_FINDING_CHIPS]
    ]
    if len(shown) > MOST_FINDING_CHIPS:
        marks.append(Mark(_("+ {count} more").format(count=len(shown) - MOST_FINDING_CHIPS)))
    return marks
