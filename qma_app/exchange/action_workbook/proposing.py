"""Rows that were added: each an action the dealership proposes, taken as a whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from qma_app.domain.ids import FindingId
from qma_app.exchange.action_workbook.came_back import PlanRow
from qma_app.exchange.action_workbook.difference import Proposal
from qma_app.exchange.action_workbook.here import Beside
from qma_app.exchange.action_workbook.keys import ID, NUMBER, PROGRESS, ROW_VERSION
from qma_app.exchange.action_workbook.together import MONEY
from qma_app.exchange.action_workbook.values import found_text, seen_text
from qma_app.exchange.importing.names import plain
from qma_app.i18n import _

_FINDING_LABEL: Final = re.compile(r"\bF-0*(\d{1,6})\b", re.IGNORECASE)


class ProposalReader:
    """`proposals` are those of one workbook that are new, `same` counts those taken in before."""

    def __init__(self, place: int, beside: Beside, was_proposed: Callable[[str], bool]) -> None:
        self.proposals: list[Proposal] = []
        self.same = 0
        self._place = place
        self._beside = beside
        self._here = beside.here
        self._was_proposed = was_proposed

    def take(self, row: PlanRow) -> None:
        columns = self._here.columns[row.part]
        values: dict[str, Any] = {}
        shown: list[tuple[str, str]] = []
        is_whole = not row.unread
        for key, column in columns.items():
            text = row.text(key)
            if not text.strip() or key in (NUMBER, ID, ROW_VERSION, "findings"):
                continue
            if not column.is_open or key in ("stage", "done_on"):
                self._beside.warn(
                    "new", row, column, found_text(text), _("this is not taken of a new action")
                )
                continue
            read = self._beside.read(row, column)
            if read is None:
                is_whole = False
                continue
            if read.note:
                self._beside.warn("read", row, column, found_text(text), read.note)
            if key == PROGRESS:
                values["note"] = "\n".join(filter(None, (values.get("note", ""), read.text)))
            else:
                values[key] = read.value
            shown.append((column.title, seen_text(read.value)))
        if not values and is_whole:
            return
        findings = self._findings_named(row)
        if not str(values.get("what") or "").strip():
            if "what" not in row.unread:
                self._beside.error(
                    "what", row, columns["what"], found_text(""), _("say in one sentence what will be done")
                )
            return
        if findings is None or not is_whole or not self._is_money_ordered(row, values):
            return
        if self._was_proposed(values["what"]):
            self.same += 1
            return
        by = self._beside.file.owner or str(values.get("owner") or "") or self._here.book.dealership.name
        self.proposals.append(
            Proposal(
                file=self._place,
                place=row.place("what"),
                values=values,
                shown=tuple(shown),
                findings=findings,
                by=by,
            )
        )

    def _is_money_ordered(self, row: PlanRow, values: Mapping[str, Any]) -> bool:
        given = [values[key] for key in MONEY if values.get(key) is not None]
        if given == sorted(given):
            return True
        key = next(key for key in MONEY if values.get(key) is not None)
        column = self._here.columns[row.part][key]
        self._beside.error(
            "money", row, column, found_text(row.text(key)), _("low, likely and high must rise in that order")
        )
        return False

    def _findings_named(self, row: PlanRow) -> tuple[FindingId, ...] | None:
        """The findings a new action is for; None where one is named that there is not."""
        text = row.text("findings")
        numbers = [int(number) for number in _FINDING_LABEL.findall(text)]
        unknown = [number for number in numbers if number not in self._here.finding_numbers]
        if unknown or (text.strip() and not numbers):
            column = self._here.columns[row.part]["findings"]
            self._beside.error(
                "finding",
                row,
                column,
                found_text(text),
                _("expected numbers of findings such as F-014, or nothing"),
            )
            return None
        return tuple(dict.fromkeys(self._here.finding_numbers[number].id for number in numbers))


def without_twins(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """A row that stands twice, or in two workbooks, is one proposal."""
    firsts: dict[str, Proposal] = {}
    for one in proposals:
        firsts.setdefault(plain(one.what) or one.what, one)
    return tuple(firsts.values())
