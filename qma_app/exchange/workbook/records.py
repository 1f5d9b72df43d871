"""The sheets with a row for each record: ratings, findings and evidence, every field a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from qma_app.design import LIGHT, NOT_RATED, points_colour
from qma_app.domain.evidence import MarkKind
from qma_app.domain.finding import FindingGrade
from qma_app.domain.intervals import Interval, exact_interval
from qma_app.domain.rating import Outcome, Sample
from qma_app.domain.sampling import suggested_points
from qma_app.domain.wording import (
    consent_title,
    elsewhere_title,
    evidence_kind_title,
    grade_title,
    outcome_title,
    reply_title,
)
from qma_app.exchange.workbook.columns import Column, Meter, write_table
from qma_app.exchange.workbook.file import Cell, Value, WorkbookFile
from qma_app.exchange.workbook.looks import (
    COUNT,
    DAY,
    INSTANT,
    NAME,
    SHARE,
    TYPED,
    WORD,
    Look,
    tinted,
)
from qma_app.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qma_app.domain.evidence import Evidence, Mark
    from qma_app.domain.rating import Rating
    from qma_app.exchange.assessment_workbook import (
        AssessmentBook,
        EvidenceLine,
        FindingLine,
        RatingLine,
    )

T = TypeVar("T")

_GRADE_COLOURS = {
    FindingGrade.MAJOR: LIGHT.bad,
    FindingGrade.MINOR: LIGHT.warn,
    FindingGrade.IMPROVEMENT: LIGHT.accent,
    FindingGrade.GOOD_PRACTICE: LIGHT.ok,
}


def write_ratings(workbook: WorkbookFile, book: AssessmentBook, meter: Meter) -> None:
    """A row for each checkpoint of the scope, rated or not."""
    write_table(
        workbook,
        _("Ratings"),
        _rating_columns(book),
        [_Rated(book=book, line=line) for line in book.ratings],
        banner=book.banner,
        meter=meter,
        frozen_columns=1,
        tab_colour=LIGHT.accent,
        footer=book.edition.label,
    )


def write_findings(workbook: WorkbookFile, book: AssessmentBook, meter: Meter) -> None:
    """A row for each finding the result rests on."""
    write_table(
        workbook,
        _("Findings"),
        _finding_columns(book),
        book.findings,
        banner=book.banner,
        meter=meter,
        tab_colour=LIGHT.bad,
        footer=book.edition.label,
    )


def write_evidence(workbook: WorkbookFile, book: AssessmentBook, meter: Meter) -> None:
    """A row for each photo and document used here."""
    write_table(
        workbook,
        _("Evidence"),
        _evidence_columns(book),
        book.evidence,
        banner=book.banner,
        meter=meter,
        tab_colour=LIGHT.warn,
        footer=book.edition.label,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Rated:
    """A checkpoint's line with what the columns derive from it."""

    book: AssessmentBook
    line: RatingLine

    @property
    def rating(self) -> Rating | None:
        return self.line.rating

    @property
    def sample(self) -> Sample | None:
        return self.rating.sample if self.rating else None

    @property
    def outcome(self) -> str:
        """What stands for an untouched checkpoint depends on whether the assessment is over."""
        if not self.line.applies:
            return _("does not apply here")
        outcome = self.rating.outcome if self.rating else Outcome.OPEN
        if outcome is Outcome.OPEN and not self.book.assessment.is_open:
            outcome = Outcome.NOT_SEEN
        return outcome_title(outcome)

    @property
    def points(self) -> Cell:
        return self._in_colour(self.rating)

    @property
    def last_points(self) -> Cell:
        return self._in_colour(self.line.last)

    @property
    def step(self) -> str:
        points = self.rating.points if self.rating else None
        return "" if points is None else self.book.edition.step_title(points)

    @property
    def labels(self) -> str:
        """Each record drawn on a line of its own, with the word on it."""
        if self.sample is None:
            return ""
        words = {True: _("conforms"), False: _("fails"), None: _("not looked at")}
        return "\n".join(
            f"{place}. {record.label}: {words[record.conforms]}"
            if record.label
            else f"{place}. {words[record.conforms]}"
            for place, record in enumerate(self.sample.records, 1)
        )

    @property
    def interval(self) -> Interval | None:
        sample = self.sample
        if sample is None or not sample.looked_at:
            return None
        return exact_interval(sample.conforming, sample.looked_at)

    @property
    def suggested(self) -> int | None:
        if self.sample is None:
            return None
        return suggested_points(self.sample, self.book.edition.rules, self.line.checkpoint.is_critical)

    def _in_colour(self, rating: Rating | None) -> Cell:
        points = rating.points if rating else None
        steps = self.book.edition.points
        if points is None:
            return Cell(None, COUNT)
        return Cell(points, tinted(COUNT, points_colour(points, steps) if points in steps else NOT_RATED))


def _rating_columns(book: AssessmentBook) -> list[Column[_Rated]]:
    return [
        *_checkpoint_columns(),
        Column(title=_("Outcome"), width=14, value=lambda row: row.outcome),
        Column(title=_("Points"), width=8, look=COUNT, value=lambda row: row.points),
        Column(title=_("Step"), width=14, value=lambda row: row.step),
        Column(title=_("Reason"), width=30, value=lambda row: row.rating.reason if row.rating else None),
        Column(title=_("Note"), width=50, value=lambda row: row.rating.note if row.rating else None),
        *_sample_columns(),
        Column(title=_("Last points"), width=8, look=COUNT, value=lambda row: row.last_points),
        Column(
            title=_("As last time"),
            width=9,
            look=WORD,
            value=lambda row: _yes(row.rating is not None and row.rating.is_as_last_time),
        ),
        Column(
            title=_("Rated at"),
            width=19,
            look=INSTANT,
            value=lambda row: row.rating.rated_at if row.rating else None,
        ),
        Column(
            title=_("Rated by"),
            width=20,
            value=lambda row: book.name_of(row.rating.rated_by if row.rating else None),
        ),
        Column(
            title=_("Findings"),
            width=14,
            value=lambda row: ", ".join(finding.label for finding in row.line.findings),
        ),
        Column(title=_("Pieces of evidence"), width=10, look=COUNT, value=lambda row: len(row.line.evidence)),
        Column(title=_("Evidence"), width=30, value=lambda row: _names(row.line.evidence)),
        _id_column(_("Rating id"), lambda row: row.rating.id if row.rating else None),
        _id_column(_("Version"), lambda row: row.rating.version if row.rating else None, look=COUNT),
    ]


def _checkpoint_columns() -> list[Column[_Rated]]:
    return [
        Column(title=_("No."), width=10, look=NAME, value=lambda row: row.line.checkpoint.number),
        Column(title=_("Area"), width=16, value=lambda row: str(row.line.area.title)),
        Column(
            title=_("Process"),
            width=22,
            value=lambda row: f"{row.line.process.number} {row.line.process.title}",
        ),
        Column(title=_("Checkpoint"), width=50, value=lambda row: row.line.checkpoint.statement.marked),
        Column(
            title=_("Checkpoint id"), width=34, look=NAME, is_hidden=True, value=lambda row: row.line.checkpoint.id
        ),
        Column(title=_("Weight"), width=8, look=COUNT, value=lambda row: row.line.checkpoint.weight),
        Column(
            title=_("Critical"), width=9, look=WORD, value=lambda row: _yes(row.line.checkpoint.is_critical)
        ),
        Column(title=_("Applies"), width=9, look=WORD, value=lambda row: _("yes") if row.line.applies else _("no")),
    ]  # fmt: skip


def _sample_columns() -> list[Column[_Rated]]:
    return [
        Column(
            title=_("Sample"), width=8, look=COUNT, value=lambda row: len(row.sample.records) if row.sample else None
        ),
        Column(
            title=_("Conforming"), width=11, look=COUNT, value=lambda row: row.sample.conforming if row.sample else None
        ),
        Column(title=_("Failing"), width=8, look=COUNT, value=lambda row: row.sample.failing if row.sample else None),
        Column(
            title=_("Conforming, 95% from"),
            width=11,
            look=SHARE,
            value=lambda row: row.interval.low if row.interval else None,
        ),
        Column(
            title=_("Conforming, 95% to"),
            width=11,
            look=SHARE,
            value=lambda row: row.interval.high if row.interval else None,
        ),
        Column(title=_("Points suggested by the sample"), width=11, look=COUNT, value=lambda row: row.suggested),
        Column(title=_("Records drawn"), width=26, value=lambda row: row.labels),
    ]  # fmt: skip


def _finding_columns(book: AssessmentBook) -> list[Column[FindingLine]]:
    return [
        Column(title=_("Finding"), width=9, look=NAME, value=lambda row: row.finding.label),
        Column(title=_("Number"), width=8, look=COUNT, is_hidden=True, value=lambda row: row.finding.number),
        Column(title=_("Grade"), width=14, value=lambda row: Cell(grade_title(row.finding.grade), _grade_look(row.finding.grade))),
        Column(title=_("State"), width=9, value=lambda row: _("open") if row.finding.is_open else _("closed")),
        Column(title=_("Statement"), width=50, value=lambda row: row.finding.statement),
        Column(title=_("Requirement"), width=44, value=lambda row: row.finding.requirement),
        Column(title=_("Evidence"), width=34, value=lambda row: row.finding.evidence),
        Column(title=_("Checkpoint"), width=11, look=NAME, value=lambda row: row.checkpoint_number),
        Column(title=_("Checkpoint id"), width=34, look=NAME, is_hidden=True, value=lambda row: row.finding.checkpoint_id),
        Column(title=_("Raised in assessment"), width=11, look=COUNT, value=lambda row: row.assessment_number),
        Column(title=_("Reason for the grade"), width=30, value=lambda row: row.finding.grade_reason),
        Column(title=_("Seen on"), width=11, look=DAY, value=lambda row: row.finding.seen_on),
        Column(title=_("Place"), width=18, value=lambda row: row.finding.place),
        Column(title=_("Owner"), width=18, value=lambda row: row.finding.owner),
        Column(title=_("Due on"), width=11, look=DAY, value=lambda row: row.finding.due_on),
        Column(title=_("Raised by"), width=18, value=lambda row: book.name_of(row.finding.raised_by)),
        Column(title=_("Closed on"), width=11, look=DAY, value=lambda row: row.finding.closed_on),
        Column(title=_("Closing note"), width=34, value=lambda row: row.finding.closing_note),
        Column(title=_("Reply"), width=13, value=lambda row: reply_title(row.finding.reply) if row.finding.reply else None),
        Column(title=_("Words of the dealership"), width=34, value=lambda row: row.finding.reply_words),
        Column(title=_("Replied by"), width=18, value=lambda row: row.finding.reply_by),
        Column(title=_("Replied on"), width=11, look=DAY, value=lambda row: row.finding.replied_on),
        Column(title=_("Correction"), width=34, value=lambda row: row.finding.correction),
        Column(title=_("Corrected on"), width=11, look=DAY, value=lambda row: row.finding.corrected_on),
        Column(title=_("Looked for elsewhere"), width=18, value=lambda row: elsewhere_title(row.finding.elsewhere) if row.finding.elsewhere else None),
        Column(title=_("Where it was looked for"), width=30, value=lambda row: row.finding.elsewhere_words),
        Column(title=_("Cost a year"), width=12, look=COUNT, value=lambda row: None if row.finding.cost is None else float(row.finding.cost)),
        Column(title=_("Plan accepted on"), width=11, look=DAY, value=lambda row: row.finding.plan_accepted_on),
        Column(title=_("Plan accepted by"), width=18, value=lambda row: book.name_of(row.finding.plan_accepted_by)),
        Column(title=_("Times reopened"), width=9, look=COUNT, value=lambda row: row.finding.reopened),
        Column(title=_("Photos and documents"), width=30, value=lambda row: _names(row.evidence)),
        _id_column(_("Finding id"), lambda row: row.finding.id),
        _id_column(_("Version"), lambda row: row.finding.version, look=COUNT),
    ]  # fmt: skip


def _evidence_columns(book: AssessmentBook) -> list[Column[EvidenceLine]]:
    return [
        Column(title=_("Name"), width=34, value=lambda row: row.evidence.name),
        Column(title=_("Kind"), width=11, value=lambda row: evidence_kind_title(row.evidence.kind)),
        Column(title=_("Caption"), width=40, value=lambda row: row.evidence.caption),
        Column(title=_("Checkpoints"), width=16, value=lambda row: ", ".join(row.checkpoints)),
        Column(title=_("Findings"), width=16, value=lambda row: ", ".join(row.findings)),
        Column(title=_("Made on"), width=11, look=DAY, value=lambda row: row.evidence.made_on),
        Column(title=_("Valid from"), width=11, look=DAY, value=lambda row: row.evidence.valid_from),
        Column(title=_("Valid until"), width=11, look=DAY, value=lambda row: row.evidence.valid_until),
        Column(title=_("Taken in at"), width=19, look=INSTANT, value=lambda row: row.evidence.taken_in_at),
        Column(title=_("Taken in by"), width=18, value=lambda row: book.name_of(row.evidence.taken_in_by)),
        Column(title=_("Consent"), width=20, value=lambda row: consent_title(row.evidence.consent) if row.evidence.consent else None),
        Column(title=_("Words on the consent"), width=30, value=lambda row: row.evidence.consent_words),
        Column(title=_("Marks"), width=34, value=lambda row: "\n".join(map(mark_text, row.evidence.marks))),
        Column(title=_("Revision"), width=9, look=COUNT, value=lambda row: row.evidence.revision),
        Column(title=_("Id of what it replaces"), width=38, look=NAME, is_hidden=True, value=lambda row: row.evidence.revision_of),
        Column(title=_("Bytes"), width=11, look=COUNT, value=lambda row: row.evidence.size),
        Column(title=_("Width"), width=8, look=COUNT, value=lambda row: row.evidence.width),
        Column(title=_("Height"), width=8, look=COUNT, value=lambda row: row.evidence.height),
        Column(title=_("Media type"), width=18, look=NAME, value=lambda row: row.evidence.media_type),
        Column(title=_("SHA-256 of what is kept"), width=66, look=NAME, value=lambda row: row.evidence.digest),
        Column(title=_("SHA-256 of the original"), width=66, look=NAME, value=lambda row: row.evidence.original_digest),
        Column(title=_("SHA-256 for paper"), width=66, look=NAME, value=lambda row: row.evidence.paper_digest),
        Column(title=_("SHA-256 of the small picture"), width=66, look=NAME, value=lambda row: row.evidence.thumbnail_digest),
        Column(title=_("SHA-256 with the marks"), width=66, look=NAME, value=lambda row: row.evidence.shared_digest),
        _id_column(_("Evidence id"), lambda row: row.evidence.id),
        _id_column(_("Version"), lambda row: row.evidence.version, look=COUNT),
    ]  # fmt: skip


def mark_text(mark: Mark) -> str:
    """One mark on a photo: what it is, where, how large, and its words."""
    kinds = {
        MarkKind.CROP: _("crop"),
        MarkKind.BLUR: _("blur"),
        MarkKind.ARROW: _("arrow"),
        MarkKind.BOX: _("box"),
        MarkKind.TEXT: _("text"),
        MarkKind.NUMBER: _("number"),
    }
    place = f"{kinds[mark.kind]} {mark.x}, {mark.y}, {mark.width} × {mark.height}"
    return f"{place}: {mark.words}" if mark.words else place


def _id_column(title: str, value: Callable[[T], Value], *, look: Look = NAME) -> Column[T]:
    """What finds the record again when the sheet comes back; out of the reader's way."""
    return Column(title=title, width=38, look=look, is_hidden=True, value=value)


def _grade_look(grade: FindingGrade) -> Look:
    return tinted(TYPED, _GRADE_COLOURS[grade])


def _yes(holds: bool) -> str:
    return _("yes") if holds else ""


def _names(items: Iterable[Evidence]) -> str:
    return "\n".join(item.name for item in items)
