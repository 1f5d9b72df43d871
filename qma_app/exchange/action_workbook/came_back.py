"""A workbook that came back as plain values: what the hidden sheet keeps of what went out, and the rows as they stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ports import LogHead
from qma_app.errors import Problem
from qma_app.exchange.action_workbook.keys import Part
from qma_app.exchange.importing.tables import Row, letters_of
from qma_app.exchange.standard_workbook.notes import cell_place, row_place


@dataclass(frozen=True, kw_only=True, slots=True)
class WentOut:
    """What the hidden sheet keeps of a row: its version, and a print of each of its cells."""

    part: Part
    version: str
    prints: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRow:
    """One row as it came back; `texts` by key, with the cells that cannot be read left out. `id` is "" in a new one."""

    part: Part
    sheet: str
    number: int
    id: str
    texts: Mapping[str, str]
    unread: frozenset[str]
    columns: Mapping[str, int]

    def place(self, key: str = "") -> str:
        """`Sheet Actions, E7`; the row where the sheet has no such column."""
        column = self.columns.get(key)
        if column is None:
            return row_place(self.sheet, self.number)
        return cell_place(self.sheet, f"{letters_of(column)}{self.number}")

    def text(self, key: str) -> str:
        return self.texts.get(key, "")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanFile:
    """One workbook that came back, made for the engagement; `rows` of records that went out, `added` without an id."""

    name: str
    engagement: Engagement
    dealership: Dealership
    owner: str
    language: str
    head: LogHead
    went_out: Mapping[str, WentOut]
    rows: tuple[PlanRow, ...]
    added: tuple[PlanRow, ...]
    gone: tuple[str, ...]
    """Ids of records whose row is no longer there."""
    problems: tuple[Problem, ...]


@dataclass(kw_only=True)
class SheetIn:
    """A sheet that came back, with its columns as they stand now."""

    part: Part
    name: str
    key_row: int
    columns: dict[str, int]


@dataclass(kw_only=True)
class Gathered:
    """What was met in the file, sheet by sheet."""

    facts: dict[str, str] = field(default_factory=dict)
    keys_sheet: str = ""
    went_out: dict[str, WentOut] = field(default_factory=dict)
    sheets: dict[str, SheetIn] = field(default_factory=dict)
    rows: list[tuple[SheetIn, Row]] = field(default_factory=list)
    others: dict[str, None] = field(default_factory=dict)
