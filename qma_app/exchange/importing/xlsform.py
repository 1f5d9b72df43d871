"""XLSForm workbooks as a draft of a standard: groups become areas and processes, questions become checkpoints."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from qma_app.errors import Problem
from qma_app.exchange.importing import Imported, Wish
from qma_app.exchange.importing.cleaning import cleaned, how_cleaned
from qma_app.exchange.importing.drafting import Point, Texts, add_words, fit_statement
from qma_app.exchange.importing.ledger import ImportLedger, RowFates, Spot
from qma_app.exchange.importing.lists import draft_for, nothing_found
from qma_app.exchange.importing.names import advice, closest, plain, quoted
from qma_app.exchange.importing.outline import Heading, Outline
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.importing.tables import FirstLook, Row, letters_of
from qma_app.exchange.importing.values import yes_or_no
from qma_app.exchange.importing.xlsform_choices import Choice, ChoiceLists, said_choices, settle_choices
from qma_app.exchange.importing.xlsform_columns import CHOICES, SETTINGS, SURVEY, FormColumn, read_columns
from qma_app.exchange.importing.xlsform_types import PHOTOS, FormType, RowKind, form_type
from qma_app.i18n import _

SHEETS: Final = ("survey", "choices", "settings")
POINT: Final = 100
Rows = list[tuple[Row, RowFates]]


def recognise(look: FirstLook) -> bool:
    """A workbook with a sheet called survey, or like it, whose headings hold `type`."""
    sheet = look.sheet(_sheet_called("survey", look))
    if look.form != "xlsx" or sheet is None or not sheet.rows:
        return False
    words = {plain(cell.text).split(" ")[0] for cell in sheet.rows[0].cells.values()}
    return bool(words & {"type", "command"}) or bool(
        closest("type", words) and words & {"name", "label", "caption"}
    )


def read(file: OutsideFile, look: FirstLook, wish: Wish) -> Imported:
    """The form as a draft; ContentProblems where it asks nothing that can be rated."""
    reader = _FormReader(look=look)
    chosen = {name: _sheet_called(name, look) for name in SHEETS}
    for sheet in look.sheets:
        if sheet.name not in chosen.values():
            reader.ledger.skipped_sheets[sheet.name] = _("a form has the sheets survey, choices and settings")
    for role, name in chosen.items():
        if name and plain(name) != role:
            reader.note(name, _("it is read as {meant}").format(meant=quoted(role)), _("call it so"))
    rows: dict[str, Rows] = {name: [] for name in chosen.values()}
    with closing(file.rows([name for name in chosen.values() if name])) as found:
        for name, row in found:
            rows[name].append((row, reader.ledger.row(name, row)))
    reader.settings(rows.get(chosen["settings"], []) if chosen["settings"] else [])
    reader.choices(rows.get(chosen["choices"], []) if chosen["choices"] else [])
    return reader.survey(rows[chosen["survey"]], wish)


def _sheet_called(role: str, look: FirstLook) -> str:
    names = [sheet.name for sheet in look.sheets]
    exact = next((name for name in names if plain(name) == role), "")
    return exact or closest(role, names)


@dataclass(kw_only=True, slots=True)
class _FormReader:
    """Settings and choices first, then the survey row by row."""

    look: FirstLook
    ledger: ImportLedger = field(default_factory=ImportLedger)
    problems: list[Problem] = field(default_factory=list)
    main: str = ""
    told: list[str] = field(default_factory=list)
    lists: ChoiceLists = field(default_factory=ChoiceLists)
    groups: list[str] = field(default_factory=list)
    columns: dict[int, FormColumn] = field(default_factory=dict)

    def settings(self, rows: Rows) -> None:
        """Title and version are kept as a remark; the default language is the main one."""
        if not rows:
            return
        columns = self._columns(rows[0], SETTINGS)
        for row, fates in rows[1:]:
            for column, meant in columns.items():
                text = row.text(column).strip()
                if meant.key == "default_language" and text:
                    self.main = meant.language_of_name(text)
                    fates.taken(column, _("main language"), meant.key)
                elif meant.key in ("form_title", "form_id", "version") and text:
                    self.told.append(cleaned(text))
                    fates.taken(column, _("remark of the standard"), meant.key)
            fates.leave_out_rest(_("it only steers the form"))

    def choices(self, rows: Rows) -> None:
        """The answers by the name of their list."""
        if rows:
            columns = self._columns(rows[0], CHOICES)
            for row, fates in rows[1:]:
                self.lists.take(row, fates, columns)

    def survey(self, rows: Rows, wish: Wish) -> Imported:
        """Every row of the survey; then whatever no question used."""
        if not rows:
            raise nothing_found(self.look, self.problems)
        self.columns = self._columns(rows[0], SURVEY)
        languages = self._languages()
        draft = draft_for(wish, languages)
        outline = Outline(draft=draft)
        for row, fates in rows[1:]:
            self._take(row, fates, outline)
        if self.groups:
            self.note(
                rows[-1][1].sheet,
                _("{count} groups are never ended").format(count=len(self.groups)),
                _("write `end_group` below their last question"),
            )
        outline.close()
        if self.told:
            draft.remarks.append(_("Source: {source}").format(source="; ".join(self.told)))
        self.lists.leave_out_unused()
        self.ledger.close(_("nothing in this import reads it"))
        if not draft.count():
            raise nothing_found(self.look, self.problems or [self._nothing_rated(rows)])
        return Imported(edition=draft.finish(), ledger=self.ledger, problems=tuple(self.problems))

    def note(self, sheet: str, found: str, what_to_do: str, row: int = 0, column: int = 0) -> None:
        """Something a person should look at."""
        place = _("Sheet {sheet}").format(sheet=sheet)
        if row:
            place = _("Sheet {sheet}, {column}{row}").format(sheet=sheet, column=letters_of(column), row=row)
        self.problems.append(
            Problem(code="import.form", place=place, found=found, advice=what_to_do, is_warning=True)
        )

    def _columns(self, header: tuple[Row, RowFates], known: tuple[str, ...]) -> dict[int, FormColumn]:
        row, fates = header
        columns = read_columns(row, known)
        for column, meant in columns.items():
            if meant.is_guessed:
                self.note(
                    fates.sheet,
                    _("the column {found} is read as {meant}").format(
                        found=quoted(row.text(column)), meant=quoted(meant.key)
                    ),
                    _("correct the heading if that is wrong"),
                    row.number,
                    column,
                )
            if meant.unknown_language:
                self.note(
                    fates.sheet,
                    _("the language {name} is not known").format(name=quoted(meant.unknown_language)),
                    _("write its two letters behind it, such as `label::French (fr)`"),
                    row.number,
                    column,
                )
            fates.taken(column, meant.key, _("heading of the column"))
        fates.leave_out_rest(_("a form knows no such column"))
        return columns

    def _languages(self) -> tuple[str, ...]:
        """The main language first: that of the settings, else that of the first labels."""
        spoken = [meant.language for meant in self.columns.values() if meant.key == "label"]
        named = [language for language in spoken if language]
        main = self.main or ("en" if "" in spoken or not named else named[0])
        self.main = main
        return tuple(dict.fromkeys((main, *named)))

    def _take(self, row: Row, fates: RowFates, outline: Outline) -> None:
        type_column = next((column for column, meant in self.columns.items() if meant.key == "type"), 0)
        said = row.text(type_column).strip()
        for cell in list(row.own_cells()):
            if cell.column not in self.columns:
                fates.left_out(cell.column, _("a form knows no such column"))
        if not said:
            fates.leave_out_rest(_("the row has no type"))
            return
        kind = form_type(said)
        if kind.meant or kind.kind is RowKind.UNKNOWN:
            self.note(
                fates.sheet,
                _("the type {found} is read as {meant}").format(found=quoted(said), meant=quoted(kind.meant))
                if kind.meant
                else _("the type {found} is not known").format(found=quoted(said)),
                _("correct it if that is wrong")
                if kind.meant
                else _("the row was left out; see the types of XLSForm"),
                row.number,
                type_column,
            )
        self._take_kind(kind, row, fates, outline, type_column)

    def _take_kind(
        self, kind: FormType, row: Row, fates: RowFates, outline: Outline, type_column: int
    ) -> None:
        match kind.kind:
            case RowKind.BEGIN | RowKind.REPEAT:
                self._begin(kind, row, fates, outline)
            case RowKind.END:
                self._end(row, fates, outline)
            case RowKind.NOTE:
                self._take_note(row, fates, outline)
            case RowKind.RATED:
                self._take_question(kind, row, fates, outline, type_column)
            case RowKind.ITSELF:
                fates.leave_out_rest(_("it fills itself: nothing to be rated"))
            case RowKind.OTHER:
                fates.leave_out_rest(
                    _("a question of the type {type} cannot be rated here").format(type=kind.name)
                )
            case _:
                fates.leave_out_rest(_("its type is not known"))

    def _begin(self, kind: FormType, row: Row, fates: RowFates, outline: Outline) -> None:
        title = self._texts("label", row) or {self.main: cleaned(self._text("name", row)) or _("Group")}
        self.groups.append(cleaned(self._text("relevant", row)))
        how = _("a group that repeats is asked once") if kind.kind is RowKind.REPEAT else ""
        self._leave_out_steering(fates)
        self._leave_out_all_but(("type", "name", "label", "relevant"), fates)
        kind_spot = Spot(fates=fates, column=self._columns_of("type")[0], what=_("kind of the row"))
        outline.heading(
            Heading(depth=len(self.groups), title=title, rows=[fates], spots=[kind_spot], how=how)
        )

    def _end(self, row: Row, fates: RowFates, outline: Outline) -> None:
        if not self.groups:
            self.note(fates.sheet, _("a group ends that never began"), _("delete the row"), row.number, 1)
            fates.leave_out_rest(_("it ends a group that never began"))
            return
        outline.leave(len(self.groups))
        self.groups.pop()
        fates.take_rest("", _("end of the group"))

    def _take_note(self, row: Row, fates: RowFates, outline: Outline) -> None:
        texts = self._texts("label", row)
        if not texts:
            fates.leave_out_rest(_("a note without words"))
            return
        process = outline.process_at(POINT)
        for language, words in texts.items():
            add_words(process.purpose, language, words)
        self._leave_out_steering(fates)
        self._settle_texts("label", row, fates, process.number)
        self._leave_out_key("name", fates, _("only names the note inside the form"))
        self._leave_out_all_but(("type",), fates)
        fates.take_rest(process.number, _("kind of the row"))

    def _take_question(
        self, kind: FormType, row: Row, fates: RowFates, outline: Outline, type_column: int
    ) -> None:
        name = self._text("name", row).strip()
        point = Point(statement=self._texts("label", row), name=name)
        if not point.statement:
            if not name:
                fates.leave_out_rest(_("a question without a label"))
                return
            point.statement = {self.main: name.replace("_", " ")}
            self.note(
                fates.sheet,
                _("the question has no label"),
                _("write one; its name was taken"),
                row.number,
                type_column,
            )
        for key in ("hint", "guidance_hint", "constraint_message"):
            for language, words in self._texts(key, row).items():
                add_words(point.guidance, language, words)
        choices = self._choices_of(kind, row, fates, type_column)
        for language, words in said_choices(choices, self.main, has_other=kind.has_other).items():
            add_words(point.guidance, language, words)
        self._add_remarks(point, kind, row)
        is_cut = fit_statement(point)
        number = outline.add(POINT, point)
        if is_cut:
            for column in self._columns_of("label"):
                fates.changed(column, number, _("shortened; the whole text stands in front of the guidance"))
        self._settle_question(kind, row, fates, number, type_column)
        settle_choices(choices, number, self.main, self._spoken())

    def _add_remarks(self, point: Point, kind: FormType, row: Row) -> None:
        if not kind.choices:
            point.remarks.append(
                _("Asks for a photo") if kind.name in PHOTOS else _("Asks for: {type}").format(type=kind.name)
            )
        conditions = [condition for condition in self.groups if condition]
        if own := cleaned(self._text("relevant", row)):
            conditions.append(own)
        if conditions:
            point.remarks.append(_("Only if: {condition}").format(condition=" and ".join(conditions)))
        if bound := cleaned(self._text("constraint", row)):
            point.remarks.append(_("Answer must fit: {condition}").format(condition=bound))
        if yes_or_no(self._text("required", row).removesuffix("()")):
            point.remarks.append(_("Required in the form"))

    def _settle_question(
        self, kind: FormType, row: Row, fates: RowFates, number: str, type_column: int
    ) -> None:
        if kind.meant:
            fates.changed(type_column, number, _("read as {meant}").format(meant=kind.meant))
        for key in ("label", "hint", "guidance_hint", "constraint_message"):
            self._settle_texts(key, row, fates, number)
        for column in self._columns_of("required"):
            if not yes_or_no(row.text(column).removesuffix("()")):
                fates.left_out(column, _("every checkpoint that applies is rated anyway"))
        self._leave_out_steering(fates)
        fates.take_rest(number, _("kind, name or condition of the question"))

    def _settle_texts(self, key: str, row: Row, fates: RowFates, target: str) -> None:
        seen: set[str] = set()
        for column in self._columns_of(key):
            text, meant = row.text(column), self.columns[column]
            language = meant.language or self.main
            if not text.strip():
                continue
            if meant.unknown_language:
                fates.left_out(column, _("its language is not known"))
            elif not cleaned(text):
                fates.left_out(column, _("nothing is left of it after cleaning"))
            elif language in seen:
                fates.left_out(column, _("there is a text in that language already"))
            elif how := how_cleaned(text, cleaned(text)):
                fates.changed(column, target, how)
            else:
                fates.taken(column, target, key)
            seen.add(language)

    def _choices_of(self, kind: FormType, row: Row, fates: RowFates, type_column: int) -> list[Choice]:
        choices, is_exact = self.lists.called(kind.choices)
        if kind.choices and not is_exact:
            self.note(
                fates.sheet,
                _("there is no list of choices called {name}").format(name=quoted(kind.choices)),
                advice(kind.choices, self.lists.by_name),
                row.number,
                type_column,
            )
        return choices

    def _spoken(self) -> set[str]:
        return {self.main, *(meant.language for meant in self.columns.values() if meant.key == "label")}

    def _columns_of(self, key: str) -> list[int]:
        return [column for column, meant in self.columns.items() if meant.key == key]

    def _text(self, key: str, row: Row) -> str:
        return next((row.text(column) for column in self._columns_of(key) if row.text(column)), "")

    def _texts(self, key: str, row: Row) -> Texts:
        texts: Texts = {}
        for column in self._columns_of(key):
            meant = self.columns[column]
            words = cleaned(row.text(column))
            if words and not meant.unknown_language:
                texts.setdefault(meant.language or self.main, words)
        return texts

    def _leave_out_steering(self, fates: RowFates) -> None:
        """What only steers the form on a screen has no place in a standard."""
        for column, meant in self.columns.items():
            if meant.is_steering:
                fates.left_out(column, _("it only steers the form"))
            elif meant.unknown_language:
                fates.left_out(column, _("its language is not known"))

    def _leave_out_key(self, key: str, fates: RowFates, why: str) -> None:
        for column in self._columns_of(key):
            fates.left_out(column, why)

    def _leave_out_all_but(self, keys: tuple[str, ...], fates: RowFates) -> None:
        for column, meant in self.columns.items():
            if meant.key not in keys:
                fates.left_out(column, _("a group or a note has no place for it"))

    def _nothing_rated(self, rows: Rows) -> Problem:
        return Problem(
            code="import.form",
            place=_("Sheet {sheet}").format(sheet=rows[0][1].sheet),
            found=_("none of its {count} rows is a question that can be rated").format(count=len(rows) - 1),
            advice=_("questions have a type such as select_one, text, integer or image, and a label"),
        )
