"""One row of a list as a checkpoint, by the mapping of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qma_app.exchange.importing.cleaning import cleaned, how_cleaned
from qma_app.exchange.importing.drafting import (
    HEAVIEST,
    Draft,
    DraftProcess,
    Point,
    Texts,
    add_words,
    fit_statement,
)
from qma_app.exchange.importing.ledger import RowFates
from qma_app.exchange.importing.mapping import ColumnUse
from qma_app.exchange.importing.tables import Row
from qma_app.exchange.importing.values import effect, weight, yes_or_no
from qma_app.i18n import _

_POINT_TEXTS = ("statement", "guidance", "evidence", "failure")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedUse:
    """A column of the mapping at the place where it stands in this file."""

    use: ColumnUse
    column: int
    language: str


@dataclass(kw_only=True, slots=True)
class RowFound:
    """What a row says; `said` holds for each column what it became, and how it was changed (empty: it was not)."""

    row: Row
    fates: RowFates
    point: Point = field(default_factory=Point)
    area: Texts = field(default_factory=dict)
    process: Texts = field(default_factory=dict)
    purpose: Texts = field(default_factory=dict)
    number: str = ""
    owner: str = ""
    said: dict[int, tuple[str, str]] = field(default_factory=dict)
    own_columns: list[int] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        """Whether only one of the mapped columns is filled."""
        return len(self.own_columns) == 1

    def settle(self, target: str) -> None:
        """Tell the ledger where everything went."""
        for column, (what, how) in self.said.items():
            if how:
                self.fates.changed(column, target, how)
            else:
                self.fates.taken(column, target, what)


def read_row(row: Row, fates: RowFates, columns: Sequence[PlacedUse]) -> RowFound:
    """The row by the mapping; columns that are of no use are left out at once."""
    found = RowFound(row=row, fates=fates)
    mapped = {placed.column for placed in columns}
    for cell in list(row.own_cells()):
        if cell.column not in mapped:
            fates.left_out(cell.column, _("the column is not mapped"))
    for placed in columns:
        text = row.text(placed.column)
        if not text.strip():
            continue
        if fates.waits(placed.column):
            found.own_columns.append(placed.column)
        if placed.use.field == "score":
            fates.left_out(
                placed.column, _("scores and answers belong to an assessment, not to the standard")
            )
            continue
        _take(found, placed, text)
    return found


def put_into_process(found: RowFound, process: DraftProcess, draft: Draft) -> str:
    """The row's checkpoint at the end of a process, everything settled; gives its number."""
    if found.purpose and not process.purpose:
        process.purpose = dict(found.purpose)
    if found.owner:
        role = draft.role(found.owner)
        if role:
            process.owner = role
        else:
            found.point.remarks.append(_("Owner: {owner}").format(owner=found.owner))
    if fit_statement(found.point):
        for column, (what, how) in list(found.said.items()):
            if what == "statement":
                found.said[column] = (
                    what,
                    how or _("shortened; the whole text stands in front of the guidance"),
                )
    if found.point.is_critical and found.point.weight != HEAVIEST:
        for column, (what, _how) in list(found.said.items()):
            if what == "weight":
                found.said[column] = (what, _("weight 3, as for every critical checkpoint"))
    number = draft.add(process, found.point)
    found.settle(number)
    return number


def _take(found: RowFound, placed: PlacedUse, text: str) -> None:
    words = cleaned(text)
    if not words:
        found.fates.left_out(placed.column, _("nothing is left of it after cleaning"))
        return
    use = placed.use
    how = how_cleaned(text, words)
    point = found.point
    if use.field in _POINT_TEXTS:
        add_words(getattr(point, use.field), placed.language, words, use.label)
    elif use.field in ("area", "process", "purpose"):
        add_words(getattr(found, use.field), placed.language, words)
    elif use.field == "action":
        _take_action(point, placed.language, words)
    elif use.field == "number":
        found.number = words
        point.remarks.append(_("No. {number}").format(number=words))
    elif use.field == "owner":
        found.owner = words
    elif use.field == "remark":
        point.remarks.append(f"{use.label or use.heading}: {words}" if use.heading else words)
    else:
        _take_figure(found, placed, words)
        return
    found.said[placed.column] = (use.field, how)


def _take_action(point: Point, language: str, words: str) -> None:
    """The same action in another language, or one more."""
    if point.actions and language not in point.actions[-1]:
        point.actions[-1][language] = words
    else:
        point.actions.append({language: words})


def _take_figure(found: RowFound, placed: PlacedUse, words: str) -> None:
    point, key, column = found.point, placed.use.field, placed.column
    if key == "weight" and (read := weight(words)):
        point.weight = read[0]
        how = _("weight {weight}, as ours go from 1 to 3").format(weight=read[0]) if read[1] else ""
        found.said[column] = (key, how)
    elif key == "critical" and (answer := yes_or_no(words)) is not None:
        point.is_critical = answer
        found.said[column] = (key, "")
    elif key in ("cx", "ex", "profit") and (strength := effect(words)) is not None:
        told = {"cx", "ex", "profit"} & {found_key for found_key, _how in found.said.values()}
        point.impact = replace(point.impact, **({} if told or key == "cx" else {"cx": 0}), **{key: strength})
        found.said[column] = (key, "")
    else:
        point.remarks.append(f"{placed.use.heading or key}: {words}")
        found.said[column] = (
            key,
            _("not understood as {field}; kept as a remark").format(field=key),
        )
