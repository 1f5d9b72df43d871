"""What one or more action plan workbooks would change here: plain values for the window, the command line and the use case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import FindingId
from qma_app.errors import Problem
from qma_app.exchange.action_workbook.keys import PROGRESS, Part
from qma_app.i18n import _, instant_text, ngettext

CellKey = tuple[str, str, int]
"""Id of the record, key of the column, and the file where each file's words are added for themselves (else -1)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Touch:
    """Who last changed a cell here since it went out, and when; `who` is "" if nobody said."""

    who: str
    at: datetime

    def __str__(self) -> str:
        when = instant_text(self.at)
        return _("changed here by {who}, {when}").format(who=self.who, when=when) if self.who else _(
            "changed here, {when}"
        ).format(when=when)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What one workbook says in a cell: `file` is its place among the files, `shown` the value in words."""

    file: int
    value: Any
    text: str
    shown: str
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CellChange:
    """One cell that differs. With `is_conflict` it was changed here too, or two workbooks say different things."""

    part: Part
    record_id: str
    version: int
    label: str
    subject: str
    key: str
    title: str
    here: str
    offers: tuple[Offer, ...]
    is_conflict: bool
    touch: Touch | None = None

    @property
    def cell(self) -> CellKey:
        return self.record_id, self.key, self.offers[0].file if self.key == PROGRESS else -1

    @property
    def empties(self) -> bool:
        """Whether something that stands here would be gone."""
        return bool(self.here) and any(not offer.shown for offer in self.offers)


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A row that was added in a workbook: an action the dealership proposes."""

    file: int
    place: str
    values: Mapping[str, Any]
    shown: tuple[tuple[str, str], ...]
    findings: tuple[FindingId, ...]
    by: str

    @property
    def what(self) -> str:
        return str(self.values["what"])


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """One of the files: its name, whose part of the plan it is ("" = everybody's), and how many cells in it are here already."""

    name: str
    owner: str
    same: int
    gone: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanDifference:
    """Everything the files would change; nothing is written before somebody takes it over."""

    dealership: Dealership
    engagement: Engagement
    files: tuple[FileFacts, ...]
    cells: tuple[CellChange, ...]
    proposals: tuple[Proposal, ...]
    problems: tuple[Problem, ...]

    @property
    def changes(self) -> tuple[CellChange, ...]:
        """Cells that only a workbook changed."""
        return tuple(one for one in self.cells if not one.is_conflict)

    @property
    def conflicts(self) -> tuple[CellChange, ...]:
        """Cells for which somebody has to say what holds."""
        return tuple(one for one in self.cells if one.is_conflict)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Cells and rows that could not be taken."""
        return tuple(one for one in self.problems if not one.is_warning)

    @property
    def is_empty(self) -> bool:
        return not self.cells and not self.proposals

    @property
    def same(self) -> int:
        return sum(file.same for file in self.files)

    def lines(self) -> Iterator[str]:
        """Whose it is, each change, conflict and proposal, then each problem: the difference in words."""
        yield f"{self.dealership.name} ({self.dealership.code}) · {_('Action plan')}"
        for file in self.files:
            whose = _("{name}, the part of {owner}").format(name=file.name, owner=file.owner)
            yield whose if file.owner else file.name
        yield self.summary()
        for one in self.changes:
            yield _("{what}: {before} → {after} ({place})").format(
                what=f"{one.label} {one.title}",
                before=_shown(one.here),
                after=_shown(one.offers[0].shown),
                place=one.offers[0].place,
            )
        for one in self.conflicts:
            yield from self._conflict_lines(one)
        for proposal in self.proposals:
            yield _("new: {what} ({place})").format(what=proposal.what, place=proposal.place)
        for problem in self.problems:
            yield f"{_('warning')}: {problem}" if problem.is_warning else str(problem)

    def summary(self) -> str:
        """`3 changes, 1 conflict, 1 proposal`; says it where nothing is new."""
        counts = [
            ngettext("{count} change", "{count} changes", len(self.changes)).format(count=len(self.changes)),
            ngettext("{count} conflict", "{count} conflicts", len(self.conflicts)).format(
                count=len(self.conflicts)
            ),
            ngettext("{count} proposal", "{count} proposals", len(self.proposals)).format(
                count=len(self.proposals)
            ),
        ]
        held = (len(self.changes), len(self.conflicts), len(self.proposals))
        words = ", ".join(text for text, count in zip(counts, held, strict=True) if count)
        if words:
            return words
        if self.same:
            return _("Everything in it is already there.")
        return _("Nothing was changed in it.")

    def _conflict_lines(self, one: CellChange) -> Iterator[str]:
        touched = f" ({one.touch})" if one.touch else ""
        yield _("conflict: {what}").format(what=f"{one.label} {one.title}")
        yield f"  {_('here')}: {_shown(one.here)}{touched}"
        for offer in one.offers:
            yield f"  {self.files[offer.file].name}: {_shown(offer.shown)} ({offer.place})"


def _shown(text: str) -> str:
    line = " ".join(text.split())
    return _("“{text}”").format(text=line if len(line) <= 200 else f"{line[:200]}…") if line else _("(empty)")
