"""How much of an edition is written in each of its languages, and which texts are still missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qma_app.domain.edition import Area, Checkpoint, Edition, KpiDefinition, Text
from qma_app.domain.ids import AreaId, CheckpointId
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class Filled:
    """So many of so many texts have words."""

    filled: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.filled == self.total


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverageRow:
    """One area, or what stands around the areas: `key` is `standard` or `kpis` where there is no area."""

    key: str
    title: Text
    by_language: Mapping[str, Filled]
    area_id: AreaId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingText:
    """A text that has words in another language: where it stands, what it is, and what it says there."""

    key: str
    language: str
    number: str
    field: str
    words: str
    checkpoint_id: CheckpointId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """The rows in the order of the standard; a text counts where any language has words for it."""

    languages: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    missing: tuple[MissingText, ...]

    def total(self, language: str) -> Filled:
        """All rows together."""
        return _sum(row.by_language[language] for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Place:
    """One text with where it stands."""

    number: str
    field: str
    text: Text
    checkpoint_id: CheckpointId | None = None


def language_coverage(edition: Edition) -> Coverage:
    """The texts of each area, of the KPIs and of the standard itself, counted for each language of the edition."""
    rows, missing = [], []
    for key, title, area_id, places in _parts(edition):
        there = [place for place in places if any(place.text.texts.values())]
        if not there:
            continue
        counts = {}
        for language in edition.languages:
            lacking = [place for place in there if place.text.is_missing_in(language)]
            counts[language] = Filled(filled=len(there) - len(lacking), total=len(there))
            missing += [_missing(key, language, place) for place in lacking]
        rows.append(CoverageRow(key=key, title=title, by_language=counts, area_id=area_id))
    return Coverage(languages=edition.languages, rows=tuple(rows), missing=tuple(missing))


def missing_languages(checkpoint: Checkpoint, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that lack a text of the checkpoint which another language has."""
    texts = [place.text for place in _checkpoint(checkpoint) if any(place.text.texts.values())]
    return tuple(one for one in languages if any(text.is_missing_in(one) for text in texts))


def field_title(field: str) -> str:
    """What a text of the standard is called."""
    return {
        "title": _("Title"),
        "purpose": _("Purpose"),
        "statement": _("Statement"),
        "guidance": _("What to look at"),
        "evidence": _("Evidence expected"),
        "failure": _("Typical failure"),
        "action": _("Action"),
        "sample": _("Sample"),
        "numerator": _("Numerator"),
        "denominator": _("Denominator"),
        "range": _("Range"),
    }.get(field, field)


def _missing(key: str, language: str, place: _Place) -> MissingText:
    return MissingText(
        key=key,
        language=language,
        number=place.number,
        field=place.field,
        words=next(words for words in place.text.texts.values() if words),
        checkpoint_id=place.checkpoint_id,
    )


def _sum(parts: Iterator[Filled]) -> Filled:
    filled = total = 0
    for part in parts:
        filled, total = filled + part.filled, total + part.total
    return Filled(filled=filled, total=total)


def _parts(edition: Edition) -> Iterator[tuple[str, Text, AreaId | None, list[_Place]]]:
    yield "standard", edition.title, None, list(_frame(edition))
    for area in edition.areas:
        yield str(area.id), area.title, area.id, list(_area(area))
    places = [place for group in edition.kpi_groups for kpi in group.kpis for place in _kpi(kpi)]
    titles = [_Place(group.perspective, "title", group.title) for group in edition.kpi_groups]
    yield "kpis", Text(texts={"en": "KPIs", "de": "Kennzahlen"}), None, [*titles, *places]


def _frame(edition: Edition) -> Iterator[_Place]:
    yield _Place("", "title", edition.title)
    for step in edition.scale:
        yield _Place(str(step.points), "title", step.title)
    for phase in edition.phases:
        yield _Place(phase.id, "title", phase.title)
        yield _Place(phase.id, "purpose", phase.purpose)
        for condition in phase.gate:
            yield _Place(condition.id, "title", condition.title)
    for named in (*edition.features, *edition.roles, *edition.cause_categories, *edition.origins):
        yield _Place(named.id, "title", named.title)
    for reported in edition.reported_under:
        yield _Place(reported.id, "title", reported.title)


def _area(area: Area) -> Iterator[_Place]:
    yield _Place(area.code, "title", area.title)
    for process in area.processes:
        yield _Place(process.number, "title", process.title)
        yield _Place(process.number, "purpose", process.purpose)
        for checkpoint in process.checkpoints:
            yield from _checkpoint(checkpoint)


def _checkpoint(point: Checkpoint) -> Iterator[_Place]:
    texts = [
        ("statement", point.statement),
        ("guidance", point.guidance),
        ("evidence", point.evidence),
        ("failure", point.failure),
        *(("action", action) for action in point.actions),
    ]
    if point.sample is not None:
        texts.append(("sample", point.sample.of))
    return (_Place(point.number, field, text, point.id) for field, text in texts)


def _kpi(kpi: KpiDefinition) -> Iterator[_Place]:
    texts = [
        ("title", kpi.title),
        ("purpose", kpi.purpose),
        ("numerator", kpi.numerator),
        ("denominator", kpi.denominator),
    ]
    if kpi.range is not None:
        texts += [("range", kpi.range.source), ("range", kpi.range.note)]
    return (_Place(kpi.code, field, text) for field, text in texts)
