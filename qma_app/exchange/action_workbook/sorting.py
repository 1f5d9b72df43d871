"""Tells rows of records that went out from new ones, and names those that are doubled, mixed up, or somebody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qma_app.domain.action import Action
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ports import Reader
from qma_app.exchange.action_workbook.came_back import PlanRow, WentOut
from qma_app.exchange.action_workbook.keys import ID, NUMBER, ROW_VERSION, Part
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.standard_workbook.notes import Notes
from qma_app.i18n import _


class Sorter:
    """Knows what went out with the workbook; `met` are the ids of the rows that are still there."""

    def __init__(
        self, went_out: Mapping[str, WentOut], reader: Reader, engagement: Engagement, notes: Notes
    ) -> None:
        self._went_out = went_out
        self._reader = reader
        self._engagement = engagement
        self._notes = notes
        self._ids = self._ids_by_number()
        self.met: frozenset[str] = frozenset()

    def sort_out(self, rows: Sequence[PlanRow]) -> tuple[list[PlanRow], list[PlanRow]]:
        """Rows of records that went out, and new ones; every other is named and left out."""
        by_number = self._ids
        by_id: dict[str, list[PlanRow]] = {}
        added: list[PlanRow] = []
        for row in rows:
            if row.id:
                by_id.setdefault(row.id, []).append(row)
        for row in [one for one in rows if not one.id]:
            id = by_number.get((row.part, row.text(NUMBER).strip().casefold()))
            if row.text(NUMBER).strip() and (id is None or id in by_id):
                self._note_stray_number(row, known=id is not None)
            elif id is not None:
                self._notes.warning(
                    "actions.id-gone",
                    row.place(ID),
                    _("the hidden id of {number} is gone").format(number=row.text(NUMBER).strip()),
                    _("the row was found by its number"),
                )
                by_id[id] = [replace(row, id=id)]
            elif row.part is Part.ACTIONS:
                added.append(row)
            else:
                self._notes.warning(
                    "actions.finding-added",
                    row.place(),
                    _("a row without a number"),
                    _("findings are raised by the coach: it is left out"),
                )
        self.met = frozenset(by_id)
        told = (self._one(id, same) for id, same in by_id.items())
        return [one for one in told if one is not None], added

    def _ids_by_number(self) -> dict[tuple[Part, str], str]:
        """The id behind each number that went out."""
        found: dict[tuple[Part, str], str] = {}
        for id, out in self._went_out.items():
            record = _record(self._reader, out.part, id)
            if record is not None:
                found[out.part, record.label.casefold()] = id
        return found

    def _note_stray_number(self, row: PlanRow, *, known: bool) -> None:
        number = quoted(row.text(NUMBER).strip())
        if known:
            found = _("{number} stands here a second time").format(number=number)
        else:
            found = _("{number} is no number of this workbook").format(number=number)
        self._notes.error(
            "actions.number", row.place(NUMBER), found, _("the row is left out; empty the number to propose it as a new action")
        )  # fmt: skip

    def _one(self, id: str, rows: Sequence[PlanRow]) -> PlanRow | None:
        """The one row of a record; None where it is not told which, or whose it is."""
        row = rows[0]
        out = self._went_out.get(id)
        if out is None or out.part is not row.part:
            for each in rows:
                self._note_unknown(each)
            return None
        for more in rows[1:]:
            same = dict(more.texts) == dict(row.texts)
            found = _("{number} stands here a second time (first in row {row})").format(
                number=quoted(row.text(NUMBER)), row=row.number
            )
            if same:
                self._notes.warning(
                    "actions.twice", more.place(NUMBER), found, _("it says the same and is left out")
                )
            else:
                self._notes.error(
                    "actions.twice",
                    more.place(NUMBER),
                    found,
                    _("nothing of either row is taken: keep one of the two"),
                )
                return None
        other = self._ids.get((row.part, row.text(NUMBER).strip().casefold()), id)
        if other != id:
            self._notes.error(
                "actions.mixed",
                row.place(NUMBER),
                _("{number} stands in the row of another: its hidden id belongs to {other}").format(
                    number=quoted(row.text(NUMBER)), other=self._label(row.part, id)
                ),
                _("the row is left out: sort whole rows, with the hidden columns"),
            )
            return None
        found = row.text(ROW_VERSION).strip()
        if found != out.version and ROW_VERSION in row.columns:
            self._notes.warning(
                "actions.version",
                row.place(ROW_VERSION),
                _("the hidden version is {found}, it went out as {version}").format(
                    found=quoted(found), version=out.version
                ),
                _("what went out is kept on the hidden sheet: nothing needs to be done"),
            )
        return row

    def _label(self, part: Part, id: str) -> str:
        return next(
            (label.upper() for (its, label), known in self._ids.items() if its is part and known == id), id
        )

    def _note_unknown(self, row: PlanRow) -> None:
        whose = _owner_of(self._reader, row, self._engagement)
        if whose:
            found = _("the row belongs to {dealership}").format(dealership=whose)
        else:
            found = _("{number} carries the id {id}, which did not go out with this workbook").format(
                number=quoted(row.text(NUMBER) or "?"), id=quoted(row.id)
            )
        self._notes.error(
            "actions.stranger",
            row.place(ID),
            found,
            _("the row is left out; to propose a new action, write it into an empty row"),
        )


def _record(reader: Reader, part: Part, id: str) -> Action | Finding | None:
    if part is Part.ACTIONS:
        return reader.find(Action, id, in_bin=True)
    return reader.find(Finding, id, in_bin=True)


def _owner_of(reader: Reader, row: PlanRow, engagement: Engagement) -> str:
    """The other dealership a row was taken from, as far as it is known here."""
    record = _record(reader, row.part, row.id)
    if record is None or record.engagement_id == engagement.id:
        return ""
    other = reader.find(Engagement, record.engagement_id, in_bin=True)
    dealership = reader.find(Dealership, other.dealership_id, in_bin=True) if other else None
    if dealership is None or dealership.id == engagement.dealership_id:
        return ""
    return dealership.name
