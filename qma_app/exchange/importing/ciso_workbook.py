"""Framework workbooks of CISO Assistant (second form, `_meta` and `_content` sheets) as a draft of a standard."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from qma_app.errors import ContentProblems, Problem
from qma_app.exchange.importing import Imported, Wish
from qma_app.exchange.importing.ciso_library import _KEPT_AT_MOST, _SOURCES
from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.frameworks import (
    REASONS,
    TEXT_KEYS,
    Framework,
    Group,
    Level,
    Node,
    language_of,
    put_into_draft,
)
from qma_app.exchange.importing.ledger import ImportLedger, RowFates, Spot
from qma_app.exchange.importing.lists import draft_for, nothing_found
from qma_app.exchange.importing.names import advice, closest, plain, quoted
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.importing.tables import FirstLook, Row, letters_of
from qma_app.exchange.importing.values import whole, yes_or_no
from qma_app.i18n import _

META: Final = "_meta"
CONTENT: Final = "_content"
COLUMNS: Final = (
    "assessable", "depth", "implementation_groups", "ref_id", "name", "description", "threats", "reference_controls",
    "typical_evidence", "annotation", "importance", "weight", "questions", "answer", "depends_on", "urn_id",
    "skip_count", "fix_count",
)  # fmt: skip
TYPES: Final = (
    "library", "framework", "risk_matrix", "threats", "reference_controls", "requirement_mapping_set",
    "implementation_groups", "scores", "answers", "urn_prefix",
)  # fmt: skip
_GROUP_COLUMNS: Final = ("ref_id", "name", "description", "default_selected")
_LEVEL_COLUMNS: Final = ("score", "name", "description", "description_doc")


def recognise(look: FirstLook) -> bool:
    """A workbook with a sheet `library_meta` (or one like it), or with the sheet of the first form."""
    names = [sheet.name for sheet in look.sheets]
    return look.form == "xlsx" and bool(
        closest("library_meta", names) or "library_content" in map(str.lower, names)
    )


def read(file: OutsideFile, look: FirstLook, wish: Wish) -> Imported:
    """Every framework of the workbook in one draft; ContentProblems where it is of the first form or holds none."""
    names = [sheet.name for sheet in look.sheets]
    if not closest("library_meta", names):
        raise _first_form(look)
    reader = _BookReader(look=look)
    with closing(file.rows(names)) as rows:
        for name, row in rows:
            reader.sheets.setdefault(name, []).append((row, reader.ledger.row(name, row)))
    return reader.finish(wish)


Rows = list[tuple[Row, RowFates]]


@dataclass(kw_only=True, slots=True)
class _Meta:
    """What a `_meta` sheet says: keys and values in the main language."""

    sheet: str
    type: str = ""
    values: dict[str, str] = field(default_factory=dict)
    rows: Rows = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class _BookReader:
    """Reads the sheets of a workbook by their kind, whatever their order."""

    look: FirstLook
    ledger: ImportLedger = field(default_factory=ImportLedger)
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, Rows] = field(default_factory=dict)
    main: str = "en"

    def finish(self, wish: Wish) -> Imported:
        """The draft."""
        metas = [self._meta(name) for name in self.sheets if _is_named(name, META)]
        library = next((meta for meta in metas if meta.type == "library"), _Meta(sheet="library_meta"))
        self.main = language_of(library.values.get("locale", "en"))
        frameworks = [self._framework(meta, metas) for meta in metas if meta.type == "framework"]
        if not any(framework.nodes for framework in frameworks):
            raise nothing_found(self.look, self.problems or [self._no_framework()])
        languages = (self.main, *(one for found in frameworks for one in found.languages(self.main)))
        draft = draft_for(wish, tuple(dict.fromkeys(languages)))
        told = [cleaned(library.values[key])[:_KEPT_AT_MOST] for key in _SOURCES if library.values.get(key)]
        draft.remarks.append(_("Source: {source}").format(source="; ".join(told)))
        for framework in frameworks:
            put_into_draft(framework, draft, self.problems)
        self._settle_the_rest(metas)
        if not draft.count():
            raise nothing_found(self.look, self.problems or [self._no_framework()])
        return Imported(edition=draft.finish(), ledger=self.ledger, problems=tuple(self.problems))

    def _meta(self, name: str) -> _Meta:
        """Keys stand in the first column, values in the second."""
        meta = _Meta(sheet=name, rows=self.sheets[name])
        for row, _fates in meta.rows:
            meta.values.setdefault(plain(row.text(1)).replace(" ", "_"), row.text(2).strip())
        said = meta.values.get("type", "")
        meta.type = said if said in TYPES else closest(said, TYPES) if said else ""
        if meta.type != said:
            self._note(
                _("Sheet {sheet}").format(sheet=name),
                _("the type {found} is not known").format(found=quoted(said))
                if not meta.type
                else _("the type {found} is read as {meant}").format(
                    found=quoted(said), meant=quoted(meta.type)
                ),
                advice(said, TYPES),
            )
        return meta

    def _content(self, meta: _Meta) -> Rows:
        """The rows of the `_content` sheet that belongs to a `_meta` sheet."""
        wanted = _stem(meta.sheet) + CONTENT
        known = [name for name in self.sheets if name != meta.sheet and not _is_named(name, META)]
        found = next((name for name in known if plain(name) == plain(wanted)), "") or closest(wanted, known)
        if not found:
            self._note(
                _("Sheet {sheet}").format(sheet=meta.sheet),
                _("there is no sheet {name} for it").format(name=quoted(wanted)),
                advice(wanted, known),
            )
            return []
        if plain(found) != plain(wanted):
            self._note(
                _("Sheet {sheet}").format(sheet=found),
                _("it is read as {meant}").format(meant=quoted(wanted)),
                _("call it so"),
            )
        return self.sheets[found]

    def _columns(self, rows: Rows, known: tuple[str, ...]) -> dict[int, tuple[str, str]]:
        """What each column holds, and in which language; the header row is settled."""
        columns: dict[int, tuple[str, str]] = {}
        row, fates = rows[0]
        for cell in row.own_cells():
            stem, _bracket, locale = cell.text.strip().partition("[")
            key = plain(stem).replace(" ", "_")
            meant = key if key in known else closest(key, known)
            if not meant or (meant, locale) in columns.values():
                fates.left_out(
                    cell.column,
                    _("the format knows no such column") if not meant else _("a column given twice"),
                )
                continue
            columns[cell.column] = (meant, locale)
            if meant != key:
                self._note(
                    f"{fates.sheet}, {letters_of(cell.column)}{row.number}",
                    _("the column {found} is read as {meant}").format(
                        found=quoted(cell.text), meant=quoted(meant)
                    ),
                    _("correct the heading if that is wrong"),
                )
            fates.taken(cell.column, meant, _("heading of the column"))
        return {
            column: (key, language_of(locale.rstrip("] "), self.main))
            for column, (key, locale) in columns.items()
        }

    def _framework(self, meta: _Meta, metas: list[_Meta]) -> Framework:
        framework = Framework()
        rows = self._content(meta)
        if rows:
            columns = self._columns(rows, COLUMNS)
            for row, fates in rows[1:]:
                depth = framework.nodes[-1].depth if framework.nodes else 1
                framework.nodes.append(self._node(row, fates, columns, depth))
        scores = meta.values.get("scores_definition", "")
        groups = meta.values.get("implementation_groups_definition", "")
        for other in metas:
            if other.type == "scores" and other.values.get("name", "") == scores:
                framework.levels = self._levels(other)
            elif other.type == "implementation_groups" and other.values.get("name", "") == groups:
                framework.groups = self._groups(other)
        return framework

    def _node(
        self, row: Row, fates: RowFates, columns: dict[int, tuple[str, str]], depth_before: int
    ) -> Node:
        node = Node(place=f"{fates.sheet}, {row.number}", depth=depth_before)
        for column, (key, language) in columns.items():
            text = row.text(column)
            if not text.strip():
                continue
            if key == "depth":
                depth = whole(text)
                if depth is None or not 1 <= depth <= 20:
                    self._note(
                        f"{fates.sheet}, {letters_of(column)}{row.number}",
                        _("the depth {found} is no number from 1 to 20").format(found=quoted(text)),
                        _("write one; that of the row above was taken"),
                    )
                    fates.left_out(column, _("no number from 1 to 20; the depth of the row above was taken"))
                    continue
                node.depth = depth
            elif key == "assessable":
                node.is_assessable = self._is_assessable(text, fates, column)
            if fates.waits(column):
                node.put(key, language if key in TEXT_KEYS else "", text, fates, column)
        fates_rest = _("the column has no heading that is known")
        for cell in list(row.own_cells()):
            if cell.column not in columns:
                fates.left_out(cell.column, fates_rest)
        return node

    def _is_assessable(self, text: str, fates: RowFates, column: int) -> bool:
        answer = yes_or_no(text)
        if answer is None:
            self._note(
                f"{fates.sheet}, {letters_of(column)}{fates.number}",
                _("{found} says neither yes nor no").format(found=quoted(text)),
                _("write `x` or leave the cell empty; it was read as `x`"),
            )
        return answer is not False

    def _levels(self, meta: _Meta) -> list[Level]:
        levels = []
        for row, fates, columns in self._lines(meta, _LEVEL_COLUMNS):
            level = Level()
            for column, (key, language) in columns.items():
                if not row.text(column).strip():
                    continue
                if key == "score":
                    level.score = row.text(column)
                elif key == "name":
                    level.name[language] = cleaned(row.text(column))
                level.spots.append(Spot(fates=fates, column=letters_of(column), what=key, language=language))
            levels.append(level)
        return levels

    def _groups(self, meta: _Meta) -> list[Group]:
        groups = []
        for row, fates, columns in self._lines(meta, _GROUP_COLUMNS):
            group = Group()
            for column, (key, language) in columns.items():
                if not row.text(column).strip():
                    continue
                if key == "ref_id":
                    group.ref_id = row.text(column).strip()
                elif key in ("name", "description"):
                    getattr(group, key)[language] = cleaned(row.text(column))
                group.spots.append(Spot(fates=fates, column=letters_of(column), what=key, language=language))
            groups.append(group)
        return groups

    def _lines(
        self, meta: _Meta, known: tuple[str, ...]
    ) -> list[tuple[Row, RowFates, dict[int, tuple[str, str]]]]:
        rows = self._content(meta)
        columns = self._columns(rows, known) if rows else {}
        return [(row, fates, columns) for row, fates in rows[1:]]

    def _settle_the_rest(self, metas: list[_Meta]) -> None:
        """What says something of the library is kept; everything else has its reason."""
        for meta in metas:
            for row, fates in meta.rows:
                key = plain(row.text(1)).replace(" ", "_")
                if meta.type == "library" and key in (*_SOURCES, "locale"):
                    fates.taken(1, _("remark of the standard"), _("key of the line"))
                    fates.take_rest(_("remark of the standard"), key)
                elif key == "type" or key.endswith("_definition") or key == "name":
                    fates.take_rest("", _("says what the sheets are"))
                else:
                    fates.leave_out_rest(_("it is not about the requirements"))
        for meta in metas:
            for _row, fates in self.sheets.get(self._content_name(meta), []):
                reason = REASONS.get(meta.type)
                fates.leave_out_rest(
                    reason()
                    if reason
                    else _("sheets of the type {type} are not taken").format(type=meta.type)
                )
        self.ledger.close(_("the sheet belongs to no `_meta` sheet of a type that is taken"))

    def _content_name(self, meta: _Meta) -> str:
        wanted = plain(_stem(meta.sheet) + CONTENT)
        return next((name for name in self.sheets if plain(name) == wanted), "")

    def _no_framework(self) -> Problem:
        return Problem(
            code="import.framework",
            place=self.look.name,
            found=_("the workbook holds no framework with requirements that are assessable"),
            advice=_("a sheet `…_meta` of the type framework and its `…_content` sheet are needed"),
        )

    def _note(self, place: str, found: str, what_to_do: str) -> None:
        self.problems.append(
            Problem(code="import.framework", place=place, found=found, advice=what_to_do, is_warning=True)
        )


def _is_named(name: str, ending: str) -> bool:
    return plain(name).replace(" ", "_").endswith(ending)


def _stem(name: str) -> str:
    return plain(name).replace(" ", "_").removesuffix(META)


def _first_form(look: FirstLook) -> ContentProblems:
    problem = Problem(
        code="import.first-form",
        place=_("Sheet {sheet}").format(sheet="library_content"),
        found=_("this is the first form of such workbooks, which is no longer in use"),
        advice=_("bring it into the second form, with sheets called `…_meta` and `…_content`"),
    )
    return ContentProblems(
        _("{name} cannot be read as a framework.").format(name=look.name), [problem], code="import.first-form"
    )
