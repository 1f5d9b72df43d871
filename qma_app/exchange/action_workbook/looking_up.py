"""The sheets that are only looked up: causes, checks, KPI readings, sightings, evidence and pairs of photos, every field a column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from qma_app.design import LIGHT
from qma_app.domain.cause import Cause
from qma_app.domain.field_titles import field_title
from qma_app.domain.finding import Sighting
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading
from qma_app.domain.record import Record
from qma_app.domain.verification import UsedReading, Verification
from qma_app.domain.wording import consent_title, effect_title, evidence_kind_title, verification_title
from qma_app.exchange.action_workbook.columns import FIGURE
from qma_app.exchange.action_workbook.plan import ActionBook, CauseLine, EvidenceLine, PairLine
from qma_app.exchange.workbook.columns import Column, Meter, write_table
from qma_app.exchange.workbook.file import Value, WorkbookFile
from qma_app.exchange.workbook.looks import COUNT, DAY, INSTANT, NAME, TYPED, Look
from qma_app.exchange.workbook.records import mark_text
from qma_app.i18n import _

T = TypeVar("T")
_ID_WIDTH: Final = 38


def rows_of(book: ActionBook) -> int:
    """How many rows these sheets have together."""
    return sum(
        map(
            len,
            (book.causes, book.verifications, book.readings, book.sightings, book.evidence, book.pairs),
        )
    )


def write_sheets(workbook: WorkbookFile, book: ActionBook, meter: Meter) -> None:
    """One sheet after the other, those without a row too."""

    def write(title: str, columns: list[Column[T]], rows: Iterable[T]) -> None:
        write_table(
            workbook,
            title,
            columns,
            rows,
            banner=book.title,
            meter=meter,
            tab_colour=LIGHT.line,
            footer=book.edition.label,
        )

    write(_("Causes"), _cause_columns(), book.causes)
    write(_("Verifications"), _verification_columns(book), book.verifications)
    write(_("KPI readings"), _reading_columns(book), book.readings)
    write(_("Sightings"), _sighting_columns(book), book.sightings)
    write(_("Evidence"), _evidence_columns(), book.evidence)
    write(_("Pairs of photos"), _pair_columns(), book.pairs)


def _cause_columns() -> list[Column[CauseLine]]:
    return [
        Column(title=_("Finding"), width=9, look=NAME, value=lambda line: line.finding.label),
        Column(title=_("Outline"), width=10, look=NAME, value=lambda line: line.outline),
        Column(title=field_title(Cause, "words"), width=60, value=lambda line: line.cause.words),
        Column(title=field_title(Cause, "category"), width=20, value=lambda line: line.category),
        Column(title=field_title(Cause, "origin"), width=20, value=lambda line: line.origin),
        Column(title=field_title(Cause, "is_changeable"), width=12, value=lambda line: _yes(line.cause.is_changeable)),
        Column(title=field_title(Cause, "place"), width=8, look=COUNT, is_hidden=True, value=lambda line: line.cause.place),
        _id(_("Cause id"), lambda line: line.cause.id),
        _id(_("Id of the cause above"), lambda line: line.cause.parent_id),
    ]  # fmt: skip


def _verification_columns(book: ActionBook) -> list[Column[Verification]]:
    def label(id: str | None) -> str:
        return book.labels.get(id, id) if id else ""

    def field(
        name: str, width: float, value: Callable[[Verification], Value] | None = None, look: Look = TYPED
    ) -> Column[Verification]:
        return _field(Verification, name, width, value, look)

    return [
        Column(title=_("Action"), width=9, look=NAME, value=lambda one: label(one.action_id)),
        Column(title=_("Finding"), width=9, look=NAME, value=lambda one: label(one.finding_id)),
        field("kind", 20, lambda one: verification_title(one.kind)),
        field("planned_for", 12, look=DAY),
        field("effect", 12, lambda one: effect_title(one.effect) if one.effect else None),
        field("verified_on", 12, look=DAY),
        field("verified_by", 20, lambda one: book.name_of(one.verified_by)),
        field("words", 50),
        field("reason", 34),
        field("population", 9, look=COUNT),
        field("size", 9, look=COUNT),
        field("allowed", 9, look=COUNT),
        field("failing", 9, look=COUNT),
        field("seed", 14, look=COUNT),
        field("drawn", 24, lambda one: ", ".join(map(str, one.drawn))),
        field("drawn_of", 20),
        field("drawn_by", 20),
        field("kpi", 8),
        field("before_from", 10, lambda one: _month(one.before_from)),
        field("before_until", 10, lambda one: _month(one.before_until)),
        field("after_from", 10, lambda one: _month(one.after_from)),
        field("after_until", 10, lambda one: _month(one.after_until)),
        field("readings", 26, lambda one: "\n".join(map(_used, one.readings))),
        Column(title=_("Checkpoint"), width=11, look=NAME, value=lambda one: label(one.checkpoint_id)),
        Column(
            title=_("Assessment"),
            width=11,
            look=COUNT,
            value=lambda one: book.numbers.get(one.assessment_id) if one.assessment_id else None,
        ),
        field("points", 8, look=COUNT),
        _id(_("Checkpoint id"), lambda one: one.checkpoint_id),
        _id(_("Verification id"), lambda one: one.id),
    ]


def _reading_columns(book: ActionBook) -> list[Column[Reading]]:
    def title(code: str) -> str:
        kpi = book.edition.kpis.get(code)
        return str(kpi.title) if kpi else ""

    return [
        _field(Reading, "kpi", 8, None, NAME),
        Column(title=_("Title"), width=40, value=lambda one: title(one.kpi)),
        _field(Reading, "month", 10, lambda one: str(one.month), NAME),
        _field(Reading, "numerator", 14, lambda one: float(one.numerator), FIGURE),
        _field(
            Reading,
            "denominator",
            14,
            lambda one: None if one.denominator is None else float(one.denominator),
            FIGURE,
        ),
        _field(Reading, "note", 40),
        _id(_("Reading id"), lambda one: one.id),
    ]


def _sighting_columns(book: ActionBook) -> list[Column[Sighting]]:
    return [
        Column(title=_("Finding"), width=9, look=NAME, value=lambda one: book.labels.get(one.finding_id)),
        _field(Sighting, "seen_on", 12, None, DAY),
        _field(Sighting, "place", 20),
        _field(Sighting, "words", 50),
        _field(Sighting, "seen_by", 20, lambda one: book.name_of(one.seen_by)),
        Column(
            title=_("Checkpoint"),
            width=11,
            look=NAME,
            value=lambda one: (
                book.labels.get(one.checkpoint_id, one.checkpoint_id) if one.checkpoint_id else None
            ),
        ),
        Column(
            title=_("Assessment"),
            width=11,
            look=COUNT,
            value=lambda one: book.numbers.get(one.assessment_id) if one.assessment_id else None,
        ),
        _id(_("Checkpoint id"), lambda one: one.checkpoint_id),
        _id(_("Sighting id"), lambda one: one.id),
    ]


def _evidence_columns() -> list[Column[EvidenceLine]]:

    def item(
        name: str, title: str, width: float, look: Look = TYPED, *, is_hidden: bool = False
    ) -> Column[EvidenceLine]:
        return Column(
            title=title,
            width=width,
            look=look,
            is_hidden=is_hidden,
            value=lambda line: getattr(line.evidence, name),
        )

    return [
        item("name", _("Name"), 34),
        Column(title=_("Kind"), width=11, value=lambda line: evidence_kind_title(line.evidence.kind)),
        item("caption", _("Caption"), 40),
        Column(title=_("Used at"), width=18, value=lambda line: ", ".join(line.uses)),
        item("made_on", _("Made on"), 11, DAY),
        item("valid_from", _("Valid from"), 11, DAY),
        item("valid_until", _("Valid until"), 11, DAY),
        item("taken_in_at", _("Taken in at"), 19, INSTANT),
        Column(title=_("Taken in by"), width=20, value=lambda line: line.taken_in_by),
        Column(title=_("Consent"), width=20, value=lambda line: consent_title(line.evidence.consent) if line.evidence.consent else None),
        item("consent_words", _("Words on the consent"), 30),
        Column(title=_("Marks"), width=34, value=lambda line: "\n".join(map(mark_text, line.evidence.marks))),
        item("revision", _("Revision"), 9, COUNT),
        Column(title=_("Replaces"), width=30, value=lambda line: line.revises),
        item("size", _("Bytes"), 11, COUNT),
        item("width", _("Width"), 8, COUNT),
        item("height", _("Height"), 8, COUNT),
        item("media_type", _("Media type"), 18, NAME),
        item("digest", _("SHA-256 of what is kept"), 66, NAME),
        item("original_digest", _("SHA-256 of the original"), 66, NAME),
        item("paper_digest", _("SHA-256 for paper"), 66, NAME),
        item("thumbnail_digest", _("SHA-256 of the small picture"), 66, NAME),
        item("shared_digest", _("SHA-256 with the marks"), 66, NAME),
        _id(_("Evidence id"), lambda line: line.evidence.id),
    ]  # fmt: skip


def _pair_columns() -> list[Column[PairLine]]:
    return [
        Column(title=_("Finding"), width=9, look=NAME, value=lambda line: line.finding),
        Column(title=_("Before"), width=34, value=lambda line: line.before),
        Column(title=_("After"), width=34, value=lambda line: line.after),
        Column(title=_("Words"), width=40, value=lambda line: line.pair.words),
        _id(_("Pair id"), lambda line: line.pair.id),
    ]


def _used(reading: UsedReading) -> str:
    if reading.denominator is None:
        return f"{reading.month}: {reading.numerator:f}"
    return f"{reading.month}: {reading.numerator:f} / {reading.denominator:f}"


def _month(month: Month | None) -> str | None:
    return None if month is None else str(month)


def _field(
    kind: type[Record],
    name: str,
    width: float,
    value: Callable[[Any], Value] | None = None,
    look: Look = TYPED,
) -> Column[Any]:
    def plain(one: Any) -> Value:
        found: Value = getattr(one, name)
        return found

    return Column(title=field_title(kind, name), width=width, look=look, value=value or plain)


def _id(title: str, value: Callable[[Any], Value]) -> Column[Any]:
    return Column(title=title, width=_ID_WIDTH, look=NAME, is_hidden=True, value=value)


def _yes(holds: bool) -> str:
    return _("yes") if holds else ""
