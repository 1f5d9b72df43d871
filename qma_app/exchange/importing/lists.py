"""Any Excel or CSV list as a draft of a standard, by a mapping of its columns."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from qma_app.errors import ContentProblems, Problem
from qma_app.exchange.importing import Imported, Wish
from qma_app.exchange.importing.drafting import Draft
from qma_app.exchange.importing.guessing import guess_mapping
from qma_app.exchange.importing.headings import Headings, find_headings, fits, headings_of
from qma_app.exchange.importing.ledger import ImportLedger
from qma_app.exchange.importing.list_rows import PlacedUse, read_row
from qma_app.exchange.importing.list_structures import STRUCTURE_MAKERS, Structure
from qma_app.exchange.importing.mapping import Mapping
from qma_app.exchange.importing.names import advice, closest, plain, quoted
from qma_app.exchange.importing.outline import Heading, Outline
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.importing.tables import FirstLook, Row, Sheet, letters_of
from qma_app.i18n import _

MOST_PROBLEMS: Final = 200


def read(file: OutsideFile, look: FirstLook, mapping: Mapping | None, wish: Wish) -> Imported:
    """The list as a draft; without a mapping it is guessed. ContentProblems where nothing of it can be a checkpoint."""
    chosen = mapping or guess_mapping(look)
    if chosen is None:
        raise nothing_found(look, [_no_statement(look)])
    reader = _ListReader(look=look, mapping=chosen, draft=draft_for(wish, chosen.languages))
    names = reader.choose_sheets()
    with closing(file.rows(names)) as rows:
        for name, row in rows:
            reader.take(name, row)
    reader.close()
    if not reader.draft.count():
        raise nothing_found(look, reader.problems)
    return Imported(
        edition=reader.draft.finish(), ledger=reader.ledger, problems=tuple(reader.problems[:MOST_PROBLEMS])
    )


def draft_for(wish: Wish, languages: tuple[str, ...]) -> Draft:
    """An empty draft as the caller wishes it."""
    return Draft(
        base=wish.base,
        title=wish.title,
        standard_id=wish.standard_id,
        version=wish.version,
        languages=languages,
    )


def nothing_found(look: FirstLook, problems: list[Problem]) -> ContentProblems:
    """The answer for a file in which nothing can be checked."""
    return ContentProblems(
        _("Nothing in {name} could be taken as a checkpoint.").format(name=look.name),
        problems[:MOST_PROBLEMS],
        code="import.nothing",
    )


@dataclass(kw_only=True, slots=True)
class _ListReader:
    """Reads the chosen sheets row by row into one draft."""

    look: FirstLook
    mapping: Mapping
    draft: Draft
    ledger: ImportLedger = field(default_factory=ImportLedger)
    problems: list[Problem] = field(default_factory=list)
    has_sheet_areas: bool = False
    sheet: str = ""
    headings: Headings | None = None
    columns: list[PlacedUse] = field(default_factory=list)
    structure: Structure | None = None

    def choose_sheets(self) -> list[str]:
        """The names of the sheets to read, as the file has them."""
        self.ledger.notes.extend(self.look.notes)
        names = self._named_sheets() if self.mapping.sheets else self._fitting_sheets()
        if not names:
            raise nothing_found(self.look, self.problems or [_no_statement(self.look)])
        has_areas = bool(self.mapping.uses_of("area"))
        self.has_sheet_areas = len(names) > 1 and not has_areas and self.mapping.structure != "numbers"
        for sheet in self.look.sheets:
            if sheet.name not in names:
                self.ledger.skipped_sheets[sheet.name] = (
                    _("it is hidden and no sheet of the mapping")
                    if sheet.is_hidden
                    else _("it is no sheet of the mapping")
                )
        return names

    def take(self, name: str, row: Row) -> None:
        """The next row of the file."""
        if name != self.sheet:
            self._begin(name)
        fates = self.ledger.row(name, row)
        if self.headings is None or self.structure is None:
            fates.leave_out_rest(_("the sheet has no column for the statement"))
        elif row.number < self.headings.row:
            fates.leave_out_rest(_("it stands above the headings"))
        elif row.number == self.headings.row:
            for placed in self.columns:
                fates.taken(placed.column, placed.use.field, _("heading of the column"))
            fates.leave_out_rest(_("heading of a column that is not mapped"))
        else:
            self.structure.take(read_row(row, fates, self.columns))

    def close(self) -> None:
        """The file ends."""
        if self.structure is not None:
            self.structure.close()
        self.ledger.close(_("nothing in this import reads it"))

    def _begin(self, name: str) -> None:
        if self.structure is not None:
            self.structure.close()
        self.sheet, self.structure = name, None
        sheet = self.look.sheet(name) or Sheet(name=name)
        self.headings = self._headings(sheet)
        if self.headings is None:
            return
        self.columns = self._place_columns(self.headings)
        if not any(placed.use.field == "statement" for placed in self.columns):
            return
        outline = Outline(draft=self.draft)
        depth = 0
        if self.has_sheet_areas:
            outline.heading(Heading(depth=0, title={self.draft.main: name}, rows=[]))
            depth = 1
        self.structure = STRUCTURE_MAKERS[self.mapping.structure](self.draft, outline, depth)

    def _headings(self, sheet: Sheet) -> Headings | None:
        if self.mapping.header_row == -1:
            return Headings(row=0, by_column={})
        wanted = self.mapping.header_row
        at_row = next((row for row in sheet.rows if row.number == wanted), None)
        if at_row is not None and fits(self.mapping, headings_of(at_row)):
            return headings_of(at_row)
        found = find_headings(sheet.rows)
        if found and fits(self.mapping, found[0]):
            return found[0]
        for row in sheet.rows:
            if fits(self.mapping, headings_of(row)):
                return headings_of(row)
        self._note_missing_statement(sheet, found[0] if found else None)
        return None

    def _place_columns(self, headings: Headings) -> list[PlacedUse]:
        placed: dict[int, PlacedUse] = {}
        for use in self.mapping.columns:
            column, is_like = headings.column_of(use)
            if not column:
                self._note(
                    _("no column is called {heading}").format(heading=quoted(use.heading)),
                    _("it is read as empty; {advice}").format(
                        advice=advice(use.heading, headings.by_column.values())
                    ),
                )
            elif column not in placed:
                language = use.language or self.mapping.language
                placed[column] = PlacedUse(use=use, column=column, language=language)
                if is_like:
                    self._note(
                        _("the column {heading} is read as {wanted}").format(
                            heading=quoted(headings.by_column[column]), wanted=quoted(use.heading)
                        ),
                        _("correct the heading or the mapping if that is wrong"),
                        headings.row,
                        letters_of(column),
                    )
        return [placed[column] for column in sorted(placed)]

    def _named_sheets(self) -> list[str]:
        known = [sheet.name for sheet in self.look.sheets]
        if self.look.form == "csv":
            return known
        names = []
        for wanted in self.mapping.sheets:
            found = wanted if wanted in known else closest(wanted, known)
            if found:
                names.append(found)
                if plain(found) != plain(wanted):
                    self._note(
                        _("the sheet {found} is read as {wanted}").format(
                            found=quoted(found), wanted=quoted(wanted)
                        ),
                        _("correct the mapping if that is wrong"),
                    )
            else:
                self.problems.append(
                    Problem(
                        code="import.sheet",
                        place=self.look.name,
                        found=_("there is no sheet {name}").format(name=quoted(wanted)),
                        advice=advice(wanted, known),
                    )
                )
        return names

    def _fitting_sheets(self) -> list[str]:
        return [
            sheet.name
            for sheet in self.look.sheets
            if any(fits(self.mapping, headings_of(row)) for row in sheet.rows)
        ]

    def _note_missing_statement(self, sheet: Sheet, headings: Headings | None) -> None:
        statement = next(use for use in self.mapping.columns if use.field == "statement")
        rows = [headings] if headings else [headings_of(row) for row in sheet.rows[:1]]
        self.problems.append(
            Problem(
                code="import.statement",
                place=_("Sheet {sheet}").format(sheet=sheet.name),
                found=_("no column is called {heading}").format(heading=quoted(statement.heading)),
                advice=advice(statement.heading, [word for row in rows for word in row.by_column.values()]),
            )
        )

    def _note(self, found: str, what_to_do: str, row: int = 0, column: str = "") -> None:
        place = _("Sheet {sheet}").format(sheet=self.sheet) if self.sheet else self.look.name
        if row:
            place = _("Sheet {sheet}, {column}{row}").format(sheet=self.sheet, column=column, row=row)
        self.problems.append(
            Problem(code="import.column", place=place, found=found, advice=what_to_do, is_warning=True)
        )


def _no_statement(look: FirstLook) -> Problem:
    """No sheet has a heading that says what is checked: name those that are there."""
    sheet = next((sheet for sheet in look.sheets if sheet.rows and not sheet.is_hidden), None)
    words = [cell.text for cell in sheet.rows[0].cells.values()] if sheet else []
    return Problem(
        code="import.statement",
        place=_("Sheet {sheet}").format(sheet=sheet.name) if sheet else look.name,
        found=_(
            "no column looks like a list of questions or requirements; the first row holds {words}"
        ).format(words=", ".join(map(quoted, words[:8])) or _("nothing")),
        advice=_("say in a mapping which column holds what is checked"),
    )
