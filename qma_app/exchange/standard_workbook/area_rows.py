"""The sheets of areas back into areas, processes and checkpoints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from qma_app.domain.edition import (
    Area,
    Checkpoint,
    Edition,
    Impact,
    Process,
    SampleSpec,
    StaffCondition,
    Text,
)
from qma_app.domain.ids import AreaId, CheckpointId, ProcessId
from qma_app.exchange.importing.identity import UniqueIds, slug
from qma_app.exchange.importing.names import quoted
from qma_app.exchange.standard_workbook.cells import Scribe
from qma_app.exchange.standard_workbook.columns import text_key
from qma_app.exchange.standard_workbook.ids import Known, recognise
from qma_app.exchange.standard_workbook.notes import sheet_place
from qma_app.exchange.standard_workbook.sheets import RowIn, SheetIn
from qma_app.exchange.standard_workbook.words import AREA, PROCESS, YES
from qma_app.i18n import _

Record = TypeVar("Record", Process, Checkpoint)
_STAFF: Final = re.compile(r"staff\s*(>=|>|<=|<|=)\s*([0-9]{1,6})", re.IGNORECASE)
_ACTION: Final = re.compile(r"action([1-9][0-9]?):.*")


@dataclass(kw_only=True, slots=True)
class AreaRows:
    """The rows of one sheet, sorted out: the area's own, then each process with its checkpoints."""

    sheet: SheetIn
    head: Known
    id: AreaId
    processes: list[tuple[Known, list[Known]]] = field(default_factory=list)


def sort_out(sheets: Iterable[SheetIn], scribe: Scribe, base: Edition | None) -> list[AreaRows]:
    """Which rows make which area; rows that belong nowhere are noted."""
    sheets = list(sheets)
    known = recognise((row for sheet in sheets for row in sheet.rows), scribe, base)
    taken = UniqueIds(used={f".{one.id}" for one in known if one.kind == AREA and one.id})
    if base is not None:
        taken.used.update(f".{id}" for id in base.areas_by_id)
    areas = []
    for sheet in sheets:
        here = [one for one in known if one.row.sheet == sheet.name]
        if (area := _one_area(sheet, here, taken, scribe)) is not None:
            areas.append(area)
    _note_codes_used_twice(areas, scribe)
    return areas


def _note_codes_used_twice(areas: list[AreaRows], scribe: Scribe) -> None:
    """An area lies in a file named after its code: a second of the same code would take its place."""
    first: dict[str, AreaRows] = {}
    for area in areas:
        row = area.head.row
        other = first.setdefault(row.text("number").casefold(), area)
        if other is not area:
            scribe.notes.error(
                "workbook.code-twice",
                row.place("number"),
                _("the code {code} is that of {place}, too").format(
                    code=quoted(row.text("number")), place=other.head.row.place("number")
                ),
                _("give one of the two areas another code, and its numbers too"),
            )


def _one_area(sheet: SheetIn, here: list[Known], taken: UniqueIds, scribe: Scribe) -> AreaRows | None:
    heads = [one for one in here if one.kind == AREA]
    if not heads:
        if here:
            scribe.notes.error(
                "workbook.no-area",
                sheet_place(sheet.name),
                _("the sheet has no row of the kind “Area”"),
                _("put one at its head, with the area's code as number and its title"),
            )
        return None
    for more in heads[1:]:
        scribe.notes.error(
            "workbook.two-areas",
            more.row.place("kind"),
            _("the sheet has a second area"),
            _("give each area a sheet of its own"),
        )
    head = heads[0]
    ident = head.id or taken.take(slug(head.row.text(text_key("title", scribe.languages[0])), "area"))
    area = AreaRows(sheet=sheet, head=head, id=AreaId(ident))
    for one in here:
        if one.kind == PROCESS:
            area.processes.append((one, []))
        elif one.kind != AREA and not area.processes:
            scribe.notes.error(
                "workbook.no-process",
                one.row.place("kind"),
                _("the checkpoint stands above the first process"),
                _("move it below the process it belongs to"),
            )
        elif one.kind != AREA:
            area.processes[-1][1].append(one)
    return area


@dataclass(kw_only=True, slots=True)
class AreaReader:
    """Makes the areas of what was sorted out, and remembers the row of each record by its full id."""

    scribe: Scribe
    base: Edition | None
    features: tuple[str, ...]
    kpis: tuple[str, ...]
    rows: dict[str, RowIn] = field(default_factory=dict)

    def area(self, found: AreaRows) -> Area:
        """The area with its processes and checkpoints."""
        row = found.head.row
        self.rows[found.id] = row
        ids = self._short_ids(found.id, [one for one, _points in found.processes])
        processes = [
            self._process(one, points, ProcessId(f"{found.id}.{ids[id(one)]}"))
            for one, points in found.processes
        ]
        return Area(
            id=found.id,
            code=row.text("number"),
            title=self.scribe.texts(row, "title"),
            processes=tuple(
                replace(one, checkpoints=_numbered(one.checkpoints, f"{one.number}.", "{}", self))
                for one in _numbered(processes, f"{row.text('number')}-", "{:02d}", self)
            ),
            remark=row.text("remark"),
        )

    def _process(self, known: Known, points: list[Known], full_id: ProcessId) -> Process:
        row = known.row
        self.rows[full_id] = row
        ids = self._short_ids(full_id, points)
        return Process(
            id=full_id,
            number=row.text("number"),
            title=self.scribe.texts(row, "title"),
            purpose=self.scribe.texts(row, "purpose"),
            owner=self.scribe.reference(row, "owner", "owner"),
            checkpoints=tuple(
                self._checkpoint(one, CheckpointId(f"{full_id}.{ids[id(one)]}")) for one in points
            ),
            remark=row.text("remark"),
        )

    def _checkpoint(self, known: Known, full_id: CheckpointId) -> Checkpoint:
        row, scribe = known.row, self.scribe
        self.rows[full_id] = row
        is_critical = (
            bool(row.text("critical")) and scribe.choice(row, "critical", "critical", instead="no") == YES
        )
        when, staff = self._conditions(row)
        for code in (codes := scribe.words(row, "kpis")):
            if self.kpis:
                scribe.known(row, "kpis", code, self.kpis)
        replaces = tuple(map(CheckpointId, scribe.words(row, "replaces")))
        return Checkpoint(
            id=full_id,
            number=row.text("number"),
            weight=scribe.whole(row, "weight", least=1, most=3, instead=3 if is_critical else 1),
            is_critical=is_critical,
            statement=scribe.texts(row, "title"),
            guidance=scribe.texts(row, "guidance"),
            evidence=scribe.texts(row, "evidence"),
            failure=scribe.texts(row, "failure"),
            actions=self._actions(row),
            impact=Impact(
                cx=scribe.whole(row, "cx", least=0, most=3, instead=1),
                ex=scribe.whole(row, "ex", least=0, most=3, instead=1),
                profit=scribe.whole(row, "profit", least=0, most=3, instead=1),
            ),
            sample=self._sample(row),
            clauses=scribe.words(row, "clauses"),
            kpis=codes,
            when=when,
            when_staff=staff,
            replaces=self._with_former(known, full_id, replaces),
            remark=row.text("remark"),
        )

    def _conditions(self, row: RowIn) -> tuple[tuple[str, ...], tuple[StaffCondition, ...]]:
        features, staff = [], []
        for word in self.scribe.words(row, "when"):
            if match := _STAFF.fullmatch(word):
                staff.append(StaffCondition(sign=match[1], count=int(match[2])))
            else:
                self.scribe.known(row, "when", word.removeprefix("not-"), self.features)
                features.append(word)
        return tuple(features), tuple(staff)

    def _actions(self, row: RowIn) -> tuple[Text, ...]:
        numbers = sorted({int(match[1]) for key in row.texts if (match := _ACTION.fullmatch(key))})
        texts = (self.scribe.texts(row, f"action{number}") for number in numbers)
        return tuple(text for text in texts if text.texts)

    def _sample(self, row: RowIn) -> SampleSpec | None:
        of = self.scribe.texts(row, "of")
        if not row.text("size") and not of.texts:
            return None
        return SampleSpec(size=self.scribe.whole(row, "size", least=5, most=60, instead=10), of=of)

    def _with_former(
        self, known: Known, full_id: CheckpointId, replaces: tuple[CheckpointId, ...]
    ) -> tuple[CheckpointId, ...]:
        """A checkpoint below another process has another full id: it names the one it had."""
        former = CheckpointId(known.id)
        if not former or former == full_id or former in replaces:
            return replaces
        self.scribe.notes.warning(
            "workbook.moved",
            known.row.place(),
            _("the checkpoint was {former} and stands below another process now").format(
                former=quoted(former)
            ),
            _("it becomes {id}, and names the former id under “Replaces”").format(id=full_id),
        )
        return (*replaces, former)

    def _short_ids(self, scope: str, known: list[Known]) -> Mapping[int, str]:
        """The last part of each id: kept where the row brings one, else made of its text; one given before is never given again."""
        ids: dict[int, str] = {}
        taken = UniqueIds(used={f"{scope}.{short}" for short in self._given_before(scope)})
        kept: dict[str, Known] = {}
        for one in known:
            if one.id:
                short = one.id.rsplit(".", 1)[-1]
                if other := kept.get(short):
                    self.scribe.notes.error(
                        "workbook.id-twice",
                        one.row.place(),
                        _("its id ends with {id}, as that of {place} does").format(
                            id=quoted(short), place=other.row.place()
                        ),
                        _("clear the hidden cell in column A of one of the two: then that row is new"),
                    )
                kept.setdefault(short, one)
                ids[id(one)] = short
        taken.used.update(f"{scope}.{short}" for short in kept)
        for one in known:
            if not one.id:
                fallback = one.kind
                words = one.row.text(text_key("title", self.scribe.languages[0]))
                ids[id(one)] = taken.take(slug(words, fallback), scope)
        return ids

    def _given_before(self, scope: str) -> Iterable[str]:
        if self.base is None:
            return ()
        return (
            full.rsplit(".", 1)[-1]
            for full in (*self.base.checkpoints, *self.base.processes)
            if full.rsplit(".", 1)[0] == scope
        )


def _numbered(records: Sequence[Record], stem: str, form: str, reader: AreaReader) -> tuple[Record, ...]:
    """Records without a number get the next free one and stand last: numbers rise from row to row."""
    numbers = (one.number.removeprefix(stem) for one in records if one.number.startswith(stem))
    highest = max((int(number) for number in numbers if number.isdecimal()), default=0)
    given: list[Record] = []
    for record in records:
        if record.number:
            continue
        highest += 1
        number = stem + form.format(highest)
        given.append(replace(record, number=number))
        reader.scribe.notes.warning(
            "workbook.number-given",
            reader.rows[record.id].place("number"),
            _("the row has no number"),
            _("it becomes {number} and stands last").format(number=number),
        )
    return tuple(one for one in records if one.number) + tuple(given)
