"""Turns headings of any depth, and the points below them, into areas and processes."""

from __future__ import annotations

from dataclasses import dataclass, field

from qma_app.exchange.importing.drafting import LONGEST_TITLE, Draft, DraftProcess, Point, Texts
from qma_app.exchange.importing.ledger import RowFates, Spot
from qma_app.i18n import _


@dataclass(kw_only=True, slots=True)
class Heading:
    """A heading that waits for something to check below it: until then nobody knows whether it is an area or a process."""

    depth: int
    title: Texts
    rows: list[RowFates]
    description: Texts = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    how: str = ""
    is_used: bool = False

    def settle(self, target: str, what: str) -> None:
        """Its cells went there."""
        self.is_used = True
        if any(len(words) > LONGEST_TITLE for words in self.title.values()):
            self.how = self.how or _("shortened to a title; the whole text is kept beside it")
        for spot in self.spots:
            spot.how = spot.how or self.how
            spot.settle(target)
        for row in self.rows:
            if self.how:
                for column in list(row.open):
                    row.changed(column, target, self.how)
            else:
                row.take_rest(target, what)


@dataclass(kw_only=True, slots=True)
class Outline:
    """The headings above the place where the file now is.

    No heading: area and process are called like the file. One: it is both. More: the first is the area, the others together
    name the process.
    """

    draft: Draft
    path: list[Heading] = field(default_factory=list)

    def heading(self, heading: Heading) -> None:
        """A heading comes; those of its depth and deeper end."""
        self.leave(heading.depth)
        self.path.append(heading)

    def process_at(self, depth: int) -> DraftProcess:
        """The process for a point at that depth; its headings are settled."""
        self.leave(depth)
        if not self.path:
            title = {self.draft.main: self.draft.title}
            return self.draft.process(title, title)
        area, *rest = self.path
        process = self.draft.process(area.title, _joined(rest) if rest else area.title)
        self._settle(process)
        return process

    def add(self, depth: int, point: Point) -> str:
        """Put a point below the headings; gives its number."""
        return self.draft.add(self.process_at(depth), point)

    def close(self) -> None:
        """The file ends."""
        self.leave(-1)

    def _settle(self, process: DraftProcess) -> None:
        code = process.number.rsplit("-", 1)[0]
        last = self.path[-1]
        for heading in self.path:
            if heading.is_used:
                continue
            if heading.description and heading is last:
                process.purpose = {**heading.description, **process.purpose}
            elif heading.description:
                area = next(area for area in self.draft.areas if area.code == code)
                area.remarks.append(self.draft.text(heading.description).in_language(self.draft.main))
            is_area = heading is self.path[0]
            heading.settle(
                code if is_area else process.number,
                _("title of the area") if is_area else _("title of the process"),
            )

    def leave(self, depth: int) -> None:
        """Everything at that depth and deeper ends."""
        while self.path and self.path[-1].depth >= depth:
            heading = self.path.pop()
            if not heading.is_used:
                why = _("a heading with nothing to check below it")
                for spot in heading.spots:
                    spot.fates.left_out(spot.column, why)
                for row in heading.rows:
                    row.leave_out_rest(why)


def _joined(headings: list[Heading]) -> Texts:
    """The titles of several headings as one, in every language any of them has."""
    languages = dict.fromkeys(language for heading in headings for language in heading.title)
    return {
        language: " / ".join(
            heading.title.get(language) or next(iter(heading.title.values()), "") for heading in headings
        )
        for language in languages
    }
