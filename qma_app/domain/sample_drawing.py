"""Which records of a dealership's list are looked at, drawn by chance that anybody can repeat, and what they can show."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import date
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from qma_app.domain.audit import AuditSample, DrawnRecord, Replaced, Stratum
from qma_app.domain.drawing_lots import draw_lots, replacement
from qma_app.domain.plain_text import composed, storable
from qma_app.domain.sample_showing import (
    SampleFindings,
    SampleSays,
    records_now,
    sample_findings,
    what_it_shows,
)
from qma_app.errors import RuleBroken
from qma_app.i18n import _

__all__ = [
    "CleanList",
    "Drawing",
    "SampleFindings",
    "SampleSays",
    "draw",
    "draws_again",
    "read_list",
    "records_now",
    "replace",
    "sample_findings",
    "week_name",
    "what_it_shows",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class CleanList:
    """A list to draw from: each record once, in the order given; `strata` names the part each lies in (empty: no parts).

    `fingerprint` is the SHA-256 of the records, one a line in UTF-8 (after a tab the part), each line ended by a line feed.
    `blanks` and `repeats` count the lines left out.
    """

    records: tuple[str, ...]
    blanks: int
    repeats: int
    fingerprint: str
    strata: tuple[str, ...] = ()

    @property
    def population(self) -> int:
        return len(self.records)


class Drawing(NamedTuple):
    """What was drawn, in the order of the list, and of which parts; no parts where none were asked for."""

    drawn: tuple[DrawnRecord, ...]
    strata: tuple[Stratum, ...]


def read_list(lines: Iterable[str], strata: Sequence[str] = ()) -> CleanList:
    """A dealership's list without empty lines and without what is on it twice.

    White space at the ends and the kind of line ending make no difference, nor do doubled spaces; capitals do. `strata` holds
    the part of each line, as many as there are lines; of a record that is on the list twice the first line counts.
    """
    rows = [_clean(line) for line in lines]
    parts = [_clean(part) for part in strata] or [""] * len(rows)
    if len(parts) != len(rows):
        raise ValueError(f"{len(parts)} parts for {len(rows)} lines")
    kept: dict[str, str] = {}
    for record, part in zip(rows, parts, strict=True):
        if record:
            kept.setdefault(record, part)
    blanks = rows.count("")
    text = "".join(f"{record}\t{part}\n" if strata else f"{record}\n" for record, part in kept.items())
    return CleanList(
        records=tuple(kept),
        blanks=blanks,
        repeats=len(rows) - blanks - len(kept),
        fingerprint=hashlib.sha256(text.encode()).hexdigest(),
        strata=tuple(kept.values()) if strata else (),
    )


def week_name(day: date) -> str:
    """The calendar week a record belongs to, as the name of a part: `2027-W23`."""
    year, week, _day = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def draw(listed: CleanList, size: int, seed: int, strata: Sequence[str] | None = None) -> Drawing:
    """So many records by chance; the same list, size and seed draw the same again. RuleBroken where that cannot be.

    `strata` are the parts of the records: None those of the list, empty for none. Each part gives its share, one record at
    least where the sample is large enough for that.
    """
    parts = _parts(listed, strata)
    draw_lots(
        listed.population, size, seed
    )  # refuses what cannot be drawn in the same words with parts and without
    if not parts:
        places = draw_lots(listed.population, size, seed)
        return Drawing(tuple(_record(listed, place) for place in places), ())
    shares = _shares({name: len(places) for name, places in parts.items()}, size, seed)
    drawn = [
        _record(listed, places[lot - 1], name)
        for name, places in parts.items()
        if shares[name]
        for lot in draw_lots(len(places), shares[name], _seed_of(seed, name))
    ]
    return Drawing(
        tuple(sorted(drawn, key=_place)),
        tuple(
            Stratum(name=name, population=len(places), drawn=shares[name]) for name, places in parts.items()
        ),
    )


def replace(
    sample: AuditSample,
    place: int,
    reason: str,
    listed: CleanList,
    strata: Sequence[str] | None = None,
) -> AuditSample:
    """The sample with the next record of the same draw (and the same part) in the place of one that cannot be looked at.

    What was drawn first stays written in `drawn`. RuleBroken without a reason, for a record that is not in the sample, for
    another list, and where nothing is left.
    """
    old = next((one for one in records_now(sample) if one.place == place), None)
    _check_replacing(sample, old is not None, reason, listed, place)
    assert old is not None
    parts = _parts(listed, strata) if sample.strata else {}
    places = parts[old.stratum] if parts else range(1, listed.population + 1)
    seed = _seed_of(sample.seed, old.stratum) if parts else sample.seed
    lots = {at: lot for lot, at in enumerate(places, 1)}
    first = [lots[one.place] for one in sample.drawn if one.place in lots]
    before = sum(one.by.place in lots for one in sample.replaced)
    if len(first) + before >= len(places):
        raise _nothing_left(old)
    lot = replacement(len(places), first, seed, before)
    by = _record(listed, places[lot - 1], old.stratum)
    exchange = Replaced(place=place, label=old.label, by=by, reason=reason.strip())
    return changed(sample, replaced=(*sample.replaced, exchange))


def draws_again(sample: AuditSample, listed: CleanList, strata: Sequence[str] | None = None) -> bool:
    """Whether list and seed draw this very sample, its replacements included."""
    if listed.fingerprint != sample.fingerprint or listed.population != sample.population:
        return False
    try:
        again = draw(listed, len(sample.drawn), sample.seed, strata if sample.strata else ())
        redrawn = changed(sample, drawn=again.drawn, strata=again.strata, replaced=())
        for one in sample.replaced:
            redrawn = replace(redrawn, one.place, one.reason, listed, strata)
    except RuleBroken:
        return False
    return (redrawn.drawn, redrawn.strata) == (sample.drawn, sample.strata) and [
        (one.place, one.by) for one in redrawn.replaced
    ] == [(one.place, one.by) for one in sample.replaced]


def _clean(text: str) -> str:
    return " ".join(composed(storable(text.removeprefix("\ufeff"))).split())


def _place(one: DrawnRecord) -> int:
    return one.place


def _record(listed: CleanList, place: int, part: str = "") -> DrawnRecord:
    return DrawnRecord(place=place, label=listed.records[place - 1], stratum=part)


def _parts(listed: CleanList, strata: Sequence[str] | None) -> dict[str, list[int]]:
    """The places of each part, in the order in which the parts come up."""
    names = listed.strata if strata is None else strata
    if names and len(names) != listed.population:
        raise ValueError(f"{len(names)} parts for {listed.population} records")
    parts: dict[str, list[int]] = {}
    for place, name in enumerate(names, 1):
        parts.setdefault(name, []).append(place)
    return parts


def _shares(populations: Mapping[str, int], size: int, seed: int) -> dict[str, int]:
    """How many records each part gives: by largest remainder, one each where there are enough; chance decides between equals."""
    whole = sum(populations.values())
    due = {name: Fraction(size * count, whole) for name, count in populations.items()}
    least = 1 if size >= len(populations) else 0
    given = {name: max(least, int(share)) for name, share in due.items()}
    luck = {name: _seed_of(seed, name) for name in populations}

    def lack(name: str) -> tuple[Fraction, int, int]:
        return due[name] - given[name], populations[name], luck[name]

    missing = size - sum(given.values())
    for name in sorted(given, key=lack, reverse=True)[: max(0, missing)]:
        given[name] += 1
    surplus = [(lack(name), name) for name in given if given[name] > least] if missing < 0 else []
    heapify(surplus)
    for _one in range(-missing):
        _lack, name = heappop(surplus)
        given[name] -= 1
        if given[name] > least:
            heappush(surplus, (lack(name), name))
    return given


def _seed_of(seed: int, name: str) -> int:
    """A seed for each part, so that parts of the same length do not give the same places."""
    return int.from_bytes(hashlib.sha256(f"{seed}\n{name}".encode()).digest()[:8])


def _check_replacing(sample: AuditSample, is_drawn: bool, reason: str, listed: CleanList, place: int) -> None:
    if not reason.strip():
        raise RuleBroken(
            _("A reason is needed."),
            code="sample.reason-missing",
            way_out=_("Write why this record cannot be looked at."),
        )
    if listed.fingerprint != sample.fingerprint:
        raise RuleBroken(
            _("This is not the list the sample was drawn of."),
            code="sample.other-list",
            way_out=_("Take the list as it was handed over, or draw a new sample of this one."),
        )
    if not is_drawn:
        raise RuleBroken(
            _("Record {place} of the list is not in the sample.").format(place=place),
            code="sample.not-drawn",
            way_out=_("Choose one of the records to look at."),
            place=place,
        )


def _nothing_left(old: DrawnRecord) -> RuleBroken:
    where = _("the part “{part}” of the list").format(part=old.stratum) if old.stratum else _("the list")
    return RuleBroken(
        _("Every record of {where} was drawn already.").format(where=where),
        code="sample.none-left",
        way_out=_("Leave the record without a mark and say so: the sample then rests on fewer records."),
        part=old.stratum,
    )
