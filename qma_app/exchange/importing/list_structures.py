"""How a list tells its areas and processes: by columns, by numbers such as 1.2.3, or by rows that are headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol

from qma_app.exchange.importing.drafting import Draft, Texts
from qma_app.exchange.importing.headings import reads_as_heading
from qma_app.exchange.importing.list_rows import RowFound, put_into_process
from qma_app.exchange.importing.outline import Heading, Outline
from qma_app.i18n import _

POINT: Final = 100
"""Deeper than any heading."""
_PARTS: Final = re.compile(r"[A-Za-z]+|\d+")
_NUMBER: Final = re.compile(r"[A-Za-z]{0,6}[-. ]?\d{1,4}(?:[-. ]\d{1,4}){0,8}\.?")


class Structure(Protocol):
    """Takes the rows of one sheet in their order."""

    def take(self, found: RowFound) -> None: ...

    def close(self) -> None: ...


@dataclass(kw_only=True, slots=True)
class ByColumns:
    """Area and process stand in columns; an empty cell means the one above."""

    draft: Draft
    outline: Outline
    first_depth: int = 0

    def take(self, found: RowFound) -> None:
        for place, title in enumerate((found.area, found.process)):
            depth = self.first_depth + place
            if title and not self._is_open(depth, title):
                self.outline.heading(Heading(depth=depth, title=title, rows=[]))
        if not found.point.statement:
            self._keep_heading(found)
            return
        process = self.outline.process_at(POINT)
        put_into_process(found, process, self.draft)

    def close(self) -> None:
        self.outline.close()

    def _is_open(self, depth: int, title: Texts) -> bool:
        return any(heading.depth == depth and heading.title == title for heading in self.outline.path)

    def _keep_heading(self, found: RowFound) -> None:
        """A row with an area or a process only opens it; whatever else it holds cannot be a checkpoint."""
        for column, (what, _how) in found.said.items():
            if what not in ("area", "process"):
                found.fates.left_out(column, _("the row has no statement"))
        if found.area or found.process:
            heading = self.outline.path[-1]
            if heading.is_used:
                found.fates.take_rest("", _("the title once more"))
            else:
                heading.rows.append(found.fates)
        else:
            found.fates.leave_out_rest(_("the row has no statement"))


@dataclass(kw_only=True, slots=True)
class ByNumbers:
    """1 is an area, 1.2 a process, 1.2.3 a checkpoint: whatever has deeper numbers below it is a heading."""

    draft: Draft
    outline: Outline
    waiting: RowFound | None = None
    seen: list[tuple[str, ...]] = field(default_factory=list)

    def take(self, found: RowFound) -> None:
        if not found.point.statement:
            found.fates.leave_out_rest(_("the row has no statement"))
            return
        number = number_parts(found.number)
        before = self.waiting
        if before is not None:
            parts = number_parts(before.number)
            is_heading = len(number) > len(parts) and number[: len(parts)] == parts
            self._settle(before, parts, is_heading=is_heading)
            self.waiting = None
        if number:
            self.waiting = found
        else:
            put_into_process(found, self.outline.process_at(POINT), self.draft)

    def close(self) -> None:
        if self.waiting is not None:
            self._settle(self.waiting, number_parts(self.waiting.number), is_heading=False)
        self.outline.close()

    def _settle(self, found: RowFound, parts: tuple[str, ...], *, is_heading: bool) -> None:
        if len(parts) > 1:
            self._open_chapters(parts)
        if is_heading:
            self.seen = [*self.seen[: len(parts) - 1], parts]
            self.outline.heading(
                Heading(
                    depth=len(parts),
                    title=found.point.statement,
                    rows=[found.fates],
                    description=found.point.guidance,
                )
            )
        else:
            put_into_process(found, self.outline.process_at(len(parts)), self.draft)

    def _open_chapters(self, parts: tuple[str, ...]) -> None:
        """Chapters whose heading the list leaves out are called by their number."""
        for depth in range(1, len(parts)):
            chapter = parts[:depth]
            if depth == 1 and chapter[0].isalpha():
                continue
            if any(heading.depth == depth for heading in self.outline.path) and chapter in self.seen:
                continue
            title = {self.draft.main: _("Chapter {number}").format(number=".".join(chapter))}
            self.outline.heading(Heading(depth=depth, title=title, rows=[]))
            self.seen = [*(seen for seen in self.seen if len(seen) < depth), chapter]


@dataclass(kw_only=True, slots=True)
class ByHeadings:
    """A row with one filled cell is a heading; one directly below another is a process in that area."""

    draft: Draft
    outline: Outline
    first_depth: int = 0
    waiting: RowFound | None = None

    def take(self, found: RowFound) -> None:
        if found.is_heading and _title_of(found):
            if self.waiting is not None:
                self._open(self.waiting, self.first_depth)
            self.waiting = found
            return
        if self.waiting is not None:
            has_area = any(heading.depth == self.first_depth for heading in self.outline.path)
            self._open(self.waiting, self.first_depth + (1 if has_area else 0))
            self.waiting = None
        if not found.point.statement:
            found.fates.leave_out_rest(_("the row has no statement"))
            return
        put_into_process(found, self.outline.process_at(POINT), self.draft)

    def close(self) -> None:
        if self.waiting is not None:
            self._open(self.waiting, self.first_depth)
        self.outline.close()

    def _open(self, found: RowFound, depth: int) -> None:
        self.outline.heading(Heading(depth=depth, title=_title_of(found), rows=[found.fates]))


def _title_of(found: RowFound) -> Texts:
    """The words of the one cell of a heading, whatever its column is for."""
    for texts in (found.point.statement, found.area, found.process, found.point.guidance):
        if texts and all(map(reads_as_heading, texts.values())):
            return texts
    return {"": found.number} if found.number and not _NUMBER.fullmatch(found.number) else {}


def number_parts(text: str) -> tuple[str, ...]:
    """`A.5.1` as ("A", "5", "1"); empty where it is no such number."""
    return tuple(_PARTS.findall(text)) if _NUMBER.fullmatch(text.strip()) else ()


STRUCTURE_MAKERS: Final[dict[str, Callable[[Draft, Outline, int], Structure]]] = {
    "columns": lambda draft, outline, depth: ByColumns(draft=draft, outline=outline, first_depth=depth),
    "numbers": lambda draft, outline, _depth: ByNumbers(draft=draft, outline=outline),
    "headings": lambda draft, outline, depth: ByHeadings(draft=draft, outline=outline, first_depth=depth),
}
