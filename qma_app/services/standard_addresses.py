"""Judges a standard read from a workbook by the rules for its files, and says each problem with sheet, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final

from qma_app.content.address import place
from qma_app.content.checks import find_problems
from qma_app.content.nodes import ListNode, MapNode, ScalarNode
from qma_app.content.report import Report
from qma_app.content.schema import AREA, KPI_GROUP, STANDARD
from qma_app.content.shapes import Fields
from qma_app.content.source import AREAS_FOLDER, KPIS_FOLDER
from qma_app.content.strict_yaml import read_document
from qma_app.content.writing import edition_files
from qma_app.content.written import STANDARD_FILE, Written, WrittenArea, WrittenStandard
from qma_app.errors import Problem
from qma_app.exchange.standard_workbook.reading import StandardReading
from qma_app.exchange.standard_workbook.sheets import RowIn

_ANY_LINE: Final = 987_654_321
_BASE_MISSING: Final = "language.base-missing"
"""Is told at the first language that is there."""
_COLUMNS: Final = {"statement": "title", "code": "number", "owner": "owner", "impact": "cx", "sample": "size"}
"""Keys of the files whose column bears another name."""
_NAMED: Final = ("phases", "features", "roles", "cause_categories", "origins", "reported_under")


def judge(reading: StandardReading) -> tuple[Problem, ...]:
    """What the rules for a standard's files find in the draft; nothing where a cell is noted as wrong already."""
    book = _Book(reading=reading)
    told = {problem.place for problem in reading.problems if not problem.is_warning}
    problems = (book.with_address(problem) for problem in book.problems())
    return tuple(problem for problem in problems if problem.place not in told)


@dataclass(kw_only=True, slots=True)
class _Book:
    """The files the draft would be written as, and for each of their lines the cell it came from."""

    reading: StandardReading
    cells: dict[tuple[str, int], str] = field(default_factory=dict)
    sheets: dict[str, str] = field(default_factory=dict)
    base_cells: dict[str, str] = field(default_factory=dict)
    """For the cell of a translation, that of the text it translates."""

    def problems(self) -> Iterator[Problem]:
        """Everything found, with the addresses of the files still."""
        languages = self.reading.draft.languages
        roots: dict[PurePath, MapNode] = {}
        for path, text in edition_files(self.reading.draft).items():
            document = read_document(text.encode(), path.name)
            if isinstance(document.root, MapNode):
                self._remember(path, document.root)
            yield from document.problems
            if document.root is not None:
                report = Report(path.name, languages)
                _fields_of(path).look(document.root, path.name, report)
                yield from report.problems
            if isinstance(document.root, MapNode):
                roots[path] = document.root
        standard = roots.get(PurePath(STANDARD_FILE))
        if standard is not None:
            areas = (
                WrittenArea(path.name, root)
                for path, root in roots.items()
                if path.parent.name == AREAS_FOLDER
            )
            kpis = (
                Written(path.name, root) for path, root in roots.items() if path.parent.name == KPIS_FOLDER
            )
            yield from find_problems(WrittenStandard(STANDARD_FILE, standard, tuple(areas), tuple(kpis)))

    def with_address(self, problem: Problem) -> Problem:
        """The same as the keeper of the workbook finds it."""
        at = self._relocated(problem.place)
        return replace(
            problem,
            place=self.base_cells.get(at, at) if problem.code == _BASE_MISSING else at,
            found=self._relocated(problem.found),
            advice=self._relocated(problem.advice),
        )

    def _relocated(self, words: str) -> str:
        for file, sheet in self.sheets.items():
            if file in words:
                pattern = re.escape(place(file, _ANY_LINE)).replace(str(_ANY_LINE), r"(\d+)")
                lines = {int(line) for line in re.findall(pattern, words)}
                for line in sorted(lines, reverse=True):
                    words = words.replace(place(file, line), self.cells.get((file, line), sheet))
                words = sheet if words == file else words
        return words

    def _remember(self, path: PurePath, root: MapNode) -> None:
        file, places = path.name, self.reading.places
        if path.parent.name == AREAS_FOLDER:
            self._remember_area(file, root, places)
        elif path.parent.name == KPIS_FOLDER:
            for node in root.children("kpis"):
                self._remember_record(file, node, places.get(f"kpi {node.text('code')}"))
        else:
            self._remember_record(file, root, places.get("standard"))
            for key in _NAMED:
                for node in root.children(key):
                    self._remember_record(file, node, places.get(f"{key} {node.text('id')}"))
            for at, node in enumerate(root.children("scale")):
                self._remember_record(file, node, places.get(f"scale {at}"), points="value")
            for key, line in _rule_lines(root.child("rules")):
                if row := places.get(f"rules {key}"):
                    self.cells[file, line] = row.place("value")

    def _remember_area(self, file: str, root: MapNode, places: Mapping[str, RowIn]) -> None:
        area = WrittenArea(file, root)
        self._remember_record(file, root, places.get(area.id))
        for process in area.processes:
            self._remember_record(file, process.node, places.get(process.full_id))
            for point in process.checkpoints:
                self._remember_record(file, point.node, places.get(point.full_id))

    def _remember_record(self, file: str, node: MapNode, row: RowIn | None, **columns: str) -> None:
        """The cell behind each line of a record."""
        if row is None:
            return
        self.sheets.setdefault(file, row.place().rpartition(",")[0] or row.place())
        self.cells[file, node.line] = row.place()
        base = self.reading.draft.languages[0]
        for line, column in _columns_of(node, columns):
            known = column if column in row.columns else f"{column}:{base}"
            self.cells[file, line] = at = row.place(known)
            if ":" in column:
                self.base_cells[at] = row.place(f"{column.partition(':')[0]}:{base}")


def _fields_of(path: PurePath) -> Fields:
    return {AREAS_FOLDER: AREA, KPIS_FOLDER: KPI_GROUP}.get(path.parent.name, STANDARD)


def _rule_lines(rules: MapNode | None) -> Iterator[tuple[str, int]]:
    if rules is not None:
        yield from rules.key_lines.items()
        if grades := rules.child("grades"):
            yield from grades.key_lines.items()


def _columns_of(node: MapNode, columns: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Each line of a record's own keys with the key of the column that was read into it."""
    for key, line in node.key_lines.items():
        column = columns.get(key) or _COLUMNS.get(key, key)
        yield line, column
        match node.entries.get(key):
            case MapNode() as group if key in ("sample", "range"):
                yield from _columns_of(group, {})
            case MapNode() as group:
                yield from ((at, f"{column}:{code}") for code, at in group.key_lines.items())
            case ListNode(items=items) if key == "actions":
                for number, item in enumerate(items, 1):
                    yield item.line, f"action{number}"
                    if isinstance(item, MapNode):
                        yield from ((at, f"action{number}:{code}") for code, at in item.key_lines.items())
            case ListNode(items=items):
                yield from ((item.line, column) for item in items if isinstance(item, ScalarNode))
