"""Reads a workbook of a standard back: the edition it describes, or every wrong row at once. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from qma_app.domain.edition import Edition, EditionStatus
from qma_app.domain.edition_json import hash_of
from qma_app.domain.ids import EditionHash
from qma_app.errors import ContentProblems, ImportTrouble, Problem
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.importing.reading import OutsideFile, Progress
from qma_app.exchange.importing.tables import Row
from qma_app.exchange.standard_workbook.area_rows import AreaReader, sort_out
from qma_app.exchange.standard_workbook.cells import Scribe, titles_to_ids
from qma_app.exchange.standard_workbook.columns import (
    AREA,
    EXPLAINED,
    FORMAT,
    KPIS,
    STANDARD,
)
from qma_app.exchange.standard_workbook.kpi_rows import read_kpis
from qma_app.exchange.standard_workbook.notes import Notes, sheet_place
from qma_app.exchange.standard_workbook.sheets import RowIn, SheetIn, gather_sheets, strangers_among
from qma_app.exchange.standard_workbook.slips import note_missing_columns, note_strange_sheets
from qma_app.exchange.standard_workbook.standard_rows import (
    KEYS_IN_FILE,
    Frame,
    languages_of,
    named_of,
    read_frame,
    reference_titles,
    rows_by_kind,
)
from qma_app.i18n import _

FindEdition = Callable[[EditionHash], Edition | None]
"""The edition of that hash, None where it is not at hand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardReading:
    """What a workbook says. `draft` is there even with errors, as far as it could be read, to be judged further; `edition` is not.

    `places` leads from a record (`service.repair-order`, `kpi C15`, `roles service-manager`) to the row it stood in; `base` is the edition
    it was read against.
    """

    draft: Edition
    problems: tuple[Problem, ...]
    places: Mapping[str, RowIn] = field(default_factory=dict)
    file: str = ""
    base: Edition | None = None

    @property
    def edition(self) -> Edition | None:
        """The edition the workbook describes; None where a row is wrong."""
        return None if any(not problem.is_warning for problem in self.problems) else self.draft


@dataclass(frozen=True, kw_only=True, slots=True)
class _Facts:
    """What the hidden first row of the first sheet says of the edition the workbook was made from."""

    hash: str
    version: str
    status: str
    languages: tuple[str, ...]
    written_in: str


def read_standard_workbook(
    path: Path,
    base: Edition | None,
    *,
    progress: Progress | None = None,
    is_isolated: bool = True,
    find: FindEdition | None = None,
) -> StandardReading:
    """The edition a workbook describes; `base` is the one it was made from, as far as that is known.

    With `find` the one that the workbook itself names stands in its place, where that is found.
    ImportTrouble where the file cannot be read at all, ContentProblems where it is no workbook of a standard.
    """
    file = OutsideFile(path=path, is_isolated=is_isolated, progress=progress)
    look = file.first_look()
    if look.form != "xlsx":
        raise _no_standard(file.shown)
    names = [sheet.name for sheet in look.sheets]
    return read_rows(file.rows(names), names, file.shown, base, find)


def read_rows(
    rows: Iterable[tuple[str, Row]],
    names: list[str],
    shown: str,
    base: Edition | None,
    find: FindEdition | None = None,
) -> StandardReading:
    """The same from the filled rows of the sheets named."""
    notes = Notes()
    sheets = gather_sheets(rows, names, notes)
    by_mark = {
        mark: [sheet for sheet in sheets if sheet.mark == mark] for mark in (EXPLAINED, STANDARD, KPIS)
    }
    areas = [sheet for sheet in sheets if sheet.mark == AREA]
    if not by_mark[EXPLAINED] or not by_mark[STANDARD] or not areas:
        raise _no_standard(shown)
    facts = _facts_of(by_mark[EXPLAINED][0], shown)
    if find is not None and facts.hash:
        base = find(EditionHash(facts.hash)) or base
    note_strange_sheets(strangers_among(names, sheets), base, notes)
    for mark in (STANDARD, KPIS):
        for more in by_mark[mark][1:]:
            notes.error(
                "workbook.sheet-twice",
                sheet_place(more.name),
                _("the sheet is a copy of the sheet {sheet}").format(sheet=quoted(by_mark[mark][0].name)),
                _("delete one of the two"),
            )
    for sheet in sheets:
        note_missing_columns(sheet, facts.languages, notes)
    kpis = by_mark[KPIS][0].rows if by_mark[KPIS] else []
    return _Assembly(facts=facts, standard=by_mark[STANDARD][0], notes=notes, base=base).read(
        areas, kpis, shown
    )


@dataclass(kw_only=True, slots=True)
class _Assembly:
    """Puts the sheets together in the order in which they refer to one another."""

    facts: _Facts
    standard: SheetIn
    notes: Notes
    base: Edition | None
    places: dict[str, RowIn] = field(default_factory=dict)

    def read(self, area_sheets: list[SheetIn], kpi_rows: list[RowIn], shown: str) -> StandardReading:
        scribe = Scribe(notes=self.notes, written_in=self.facts.written_in)
        rows = rows_by_kind(self.standard, scribe)
        scribe.languages = languages_of(rows) or self.facts.languages
        if not rows.get("language"):
            self.notes.error(
                "workbook.no-language",
                sheet_place(self.standard.name),
                _("the sheet has no row of the kind “Language”"),
                _("add one for each language, the base language first"),
            )
        self._note_unlisted_languages(area_sheets, scribe)
        found = sort_out(area_sheets, scribe, self.base)
        titled = ((area.id, scribe.texts(area.head.row, "title")) for area in found)
        scribe.titles = {**reference_titles(rows, scribe), "area": titles_to_ids(titled)}
        frame = read_frame(self.standard, rows, scribe)
        groups = read_kpis(kpi_rows, frame.perspectives, scribe)
        reader = AreaReader(
            scribe=scribe,
            base=self.base,
            features=tuple(one.id for one in named_of(rows, "feature", scribe)),
            kpis=tuple(kpi.code for group in groups for kpi in group.kpis),
            rows=self.places,
        )
        areas = tuple(reader.area(one) for one in found)
        edition = self._edition(frame)
        edition = replace(edition, areas=areas, kpi_groups=groups)
        self._remember(rows, kpi_rows)
        self._note_gone_areas(edition)
        return StandardReading(
            draft=replace(edition, hash=hash_of(edition)),
            problems=tuple(self.notes.problems),
            places=self.places,
            file=shown,
            base=self.base,
        )

    def _edition(self, frame: Frame) -> Edition:
        is_released = self.facts.status == EditionStatus.RELEASED
        return Edition(
            hash=EditionHash(""),
            standard=frame.id,
            version=self.facts.version,
            status=EditionStatus.RELEASED if is_released else EditionStatus.DRAFT,
            title=frame.title,
            languages=frame.languages,
            scale=frame.scale,
            rules=frame.rules,
            phases=frame.phases,
            features=frame.named["feature"],
            roles=frame.named["role"],
            cause_categories=frame.named["cause"],
            origins=frame.named["origin"],
            areas=(),
            reported_under=frame.reported,
            remark=frame.remark,
        )

    def _remember(self, rows: dict[str, list[RowIn]], kpi_rows: list[RowIn]) -> None:
        for kind, key in KEYS_IN_FILE.items():
            for row in rows.get(kind, ()):
                self.places.setdefault(f"{key} {row.text('id')}", row)
        for row in rows.get("rule", ()):
            self.places.setdefault(f"rules {row.text('id')}", row)
        for row in rows.get("standard", ()):
            self.places.setdefault("standard", row)
        for at, row in enumerate(rows.get("step", ())):
            self.places[f"scale {at}"] = row
        for row in kpi_rows:
            self.places.setdefault(f"kpi {row.text('code')}", row)

    def _note_unlisted_languages(self, sheets: list[SheetIn], scribe: Scribe) -> None:
        for code in self.facts.languages:
            if code not in scribe.languages:
                self.notes.warning(
                    "workbook.language-gone",
                    sheet_place(self.standard.name),
                    _("the language {code} has no row any more").format(code=quoted(code)),
                    _("its texts are left out; add the row again to keep them"),
                )
        new = [code for code in scribe.languages if code not in self.facts.languages]
        if new and not any(key.endswith(f":{new[0]}") for sheet in sheets for key in sheet.columns):
            self.notes.warning(
                "workbook.language-new",
                sheet_place(self.standard.name),
                _("the language {code} is new").format(code=quoted(new[0])),
                _("import, then export again: the columns for its texts are there then"),
            )

    def _note_gone_areas(self, edition: Edition) -> None:
        for id, area in self.base.areas_by_id.items() if self.base else ():
            if id not in edition.areas_by_id:
                self.notes.warning(
                    "workbook.area-gone",
                    sheet_place(area.code),
                    _("the edition has the area {area}, the workbook has no sheet for it").format(
                        area=quoted(str(area.title))
                    ),
                    _("with the import the area is gone; export again if that is a slip"),
                )
        if self.base is not None and self.facts.hash not in ("", self.base.hash):
            self.notes.warning(
                "workbook.other-edition",
                sheet_place(self.standard.name),
                _("the workbook was not made from {edition} as it is now").format(edition=self.base.label),
                _("look through the difference: it shows what others changed meanwhile as taken back"),
            )


def _facts_of(sheet: SheetIn, shown: str) -> _Facts:
    _mark, form, hash, version, status, languages, written_in = (*sheet.facts, *[""] * 7)[:7]
    if not form.isdecimal() or int(form) > FORMAT:
        raise ImportTrouble(
            _("{name} was written by a later version of the program (format {format}).").format(
                name=shown, format=form or "?"
            ),
            code="standard-workbook.newer",
            way_out=_("Update the program, or export the workbook again with this one."),
            name=shown,
        )
    return _Facts(
        hash=hash,
        version=version,
        status=status,
        languages=tuple(code for code in languages.split(",") if code),
        written_in=written_in or "en",
    )


def _no_standard(shown: str) -> ContentProblems:
    return ContentProblems(
        _("{name} is no workbook of a standard.").format(name=shown),
        [
            Problem(
                code="standard-workbook.form",
                place=shown,
                found=_("a workbook without the hidden first rows that “qma standard export” writes"),
                advice=_(
                    "export the edition, and work in that workbook; other lists are taken in by “qma standard import”"
                ),
            )
        ],
        code="standard-workbook.form",
    )
