"""Builds the draft of an edition out of what an importer finds: areas, processes and checkpoints as they come.

Scale, rules, phases, features, roles and causes come from a base edition; a text that lacks the main language borrows another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from qma_app.domain.edition import (
    Area,
    Checkpoint,
    Edition,
    EditionStatus,
    Impact,
    Named,
    Phase,
    Process,
    ResultRules,
    Step,
    Text,
)
from qma_app.domain.edition_json import hash_of
from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, ProcessId
from qma_app.exchange.importing.identity import AreaCodes, UniqueIds, slug
from qma_app.exchange.importing.names import looked_up, plain

Texts = dict[str, str]
"""Language and words."""

MOST_PROCESSES: Final = 99
MOST_CHECKPOINTS: Final = 99
LONGEST_TITLE: Final = 80
LONGEST_STATEMENT: Final = 340
SHORTEST_PURPOSE: Final = 7
HEAVIEST: Final = 3


@dataclass(kw_only=True, slots=True)
class Point:
    """What a file says of one checkpoint; what it does not say stays empty."""

    statement: Texts = field(default_factory=dict)
    guidance: Texts = field(default_factory=dict)
    evidence: Texts = field(default_factory=dict)
    failure: Texts = field(default_factory=dict)
    actions: list[Texts] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    weight: int = 1
    is_critical: bool = False
    impact: Impact = field(default_factory=lambda: Impact(cx=1, ex=0, profit=0))
    name: str = ""


@dataclass(kw_only=True, slots=True)
class DraftProcess:
    """A process being filled."""

    id: str
    number: str
    title: Texts
    key: str
    purpose: Texts = field(default_factory=dict)
    owner: str = ""
    points: list[Checkpoint] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class DraftArea:
    """An area being filled; `by_title` leads to the process of that title which still has room."""

    id: str
    code: str
    title: Texts
    processes: list[DraftProcess] = field(default_factory=list)
    by_title: dict[str, DraftProcess] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Draft:
    """An edition in the making; `languages` begins with the one the standard is written in."""

    base: Edition
    title: str
    standard_id: str
    version: str
    languages: tuple[str, ...] = ("en",)
    scale: tuple[Step, ...] = ()
    rules: ResultRules | None = None
    remarks: list[str] = field(default_factory=list)
    areas: list[DraftArea] = field(default_factory=list)
    by_title: dict[str, DraftArea] = field(default_factory=dict)
    codes: AreaCodes = field(default_factory=AreaCodes)
    ids: UniqueIds = field(default_factory=UniqueIds)

    @property
    def main(self) -> str:
        """The language every text must have."""
        return self.languages[0]

    def count(self) -> int:
        """How many checkpoints there are."""
        return sum(len(process.points) for area in self.areas for process in area.processes)

    def area(self, title: Texts) -> DraftArea:
        """The area of that title; made where there is none, or where the one there is has no room for more processes."""
        key = plain(self._words(title))
        area = self.by_title.get(key)
        if area is None or len(area.processes) >= MOST_PROCESSES:
            area = self._new_area(title)
            self.by_title[key] = area
        return area

    def process(self, area_title: Texts, title: Texts) -> DraftProcess:
        """The process of that title in the area of that title, with room for one more checkpoint."""
        key = plain(self._words(title))
        first = self.by_title.get(plain(self._words(area_title)))
        process = first.by_title.get(key) if first else None
        if process is None or len(process.points) >= MOST_CHECKPOINTS:
            area = self.area(area_title)
            is_next = process is not None
            process = self._new_process(area, title, key, is_next=is_next)
            area.by_title[key] = process
        return process

    def add(self, process: DraftProcess, point: Point) -> str:
        """Put a checkpoint at the end of a process; gives its number."""
        number = f"{process.number}.{len(process.points) + 1}"
        wanted = slug(point.name, "") or slug(
            self._words(point.statement), f"point-{len(process.points) + 1}"
        )
        id = CheckpointId(f"{process.id}.{self.ids.take(wanted, process.id)}")
        process.points.append(
            Checkpoint(
                id=id,
                number=number,
                weight=HEAVIEST if point.is_critical else point.weight,
                is_critical=point.is_critical,
                statement=self.text(point.statement),
                guidance=self.text(point.guidance),
                evidence=self.text(point.evidence),
                failure=self.text(point.failure),
                actions=tuple(self.text(action) for action in point.actions),
                impact=point.impact,
                remark="; ".join(point.remarks),
            )
        )
        return number

    def role(self, name: str) -> str:
        """The id of the role of that name; empty where the base edition has none like it."""
        known = {role.id: role.id for role in self.base.roles}
        for role in self.base.roles:
            known.update(dict.fromkeys(role.title.texts.values(), role.id))
        return looked_up(name, known)[0] or ""

    def text(self, texts: Mapping[str, str]) -> Text:
        """The words in the languages of the draft, in the main one at least if there are any."""
        kept = {language: texts[language] for language in self.languages if texts.get(language)}
        if self.main not in kept and (words := self._words(texts)):
            kept = {self.main: words, **kept}
        return Text(texts=kept)

    def finish(self) -> Edition:
        """The edition as a draft, under the hash of its content."""
        rules = replace(self.rules or self.base.rules, area_weights={})
        edition = Edition(
            hash=EditionHash(""),
            standard=self.standard_id,
            version=self.version,
            status=EditionStatus.DRAFT,
            title=self.text({self.main: self.title}),
            languages=self.languages,
            scale=self.scale
            or tuple(Step(points=step.points, title=self._based(step.title)) for step in self.base.scale),
            rules=rules,
            phases=tuple(self._phase(phase) for phase in self.base.phases),
            features=self._named(self.base.features),
            roles=self._named(self.base.roles),
            cause_categories=self._named(self.base.cause_categories),
            origins=self._named(self.base.origins),
            areas=tuple(self._area(area) for area in self.areas if any(p.points for p in area.processes)),
            remark="; ".join(self.remarks),
        )
        return replace(edition, hash=hash_of(edition))

    def _words(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.main) or next((words for words in texts.values() if words), "")

    def _based(self, text: Text) -> Text:
        """A text of the base edition in the draft's languages."""
        return self.text({**text.texts, self.main: text.in_language(self.main)})

    def _named(self, things: tuple[Named, ...]) -> tuple[Named, ...]:
        return tuple(Named(id=thing.id, title=self._based(thing.title)) for thing in things)

    def _phase(self, phase: Phase) -> Phase:
        gate = tuple(replace(condition, title=self._based(condition.title)) for condition in phase.gate)
        purpose = self._based(phase.purpose) if phase.purpose.texts else phase.purpose
        return replace(phase, title=self._based(phase.title), purpose=purpose, gate=gate)

    def _new_area(self, title: Texts) -> DraftArea:
        words = self._words(title)
        wanted = slug(words, f"area-{len(self.areas) + 1}")
        known = next((area.code for area in self.base.areas if area.id == wanted), "")
        again = self.by_title.get(plain(words))
        area = DraftArea(
            id=self.ids.take(wanted),
            code=self.codes.take(words, known),
            title=_numbered(title, again is not None, len(self.areas)),
        )
        if any(len(text) > LONGEST_TITLE for text in title.values()):
            area.remarks.append(words)
        self.areas.append(area)
        return area

    def _new_process(self, area: DraftArea, title: Texts, key: str, *, is_next: bool) -> DraftProcess:
        words = self._words(title)
        place = len(area.processes) + 1
        process = DraftProcess(
            id=f"{area.id}.{self.ids.take(slug(words, f'process-{place}'), area.id)}",
            number=f"{area.code}-{place:02d}",
            title=_numbered(title, is_next, place),
            key=key,
            owner=self.base.roles[0].id if self.base.roles else "",
        )
        if any(len(text) > LONGEST_TITLE for text in title.values()):
            process.purpose = dict(title)
        area.processes.append(process)
        return process

    def _area(self, area: DraftArea) -> Area:
        return Area(
            id=AreaId(area.id),
            code=area.code,
            title=self.text(area.title),
            processes=tuple(self._process(area, process) for process in area.processes if process.points),
            remark="; ".join(area.remarks),
        )

    def _process(self, area: DraftArea, process: DraftProcess) -> Process:
        """Until somebody writes what a process is for, its title stands there, behind that of its area where it is short."""
        purpose = process.purpose
        if not purpose:
            title = self._words(process.title)
            is_short = len(title) < SHORTEST_PURPOSE
            purpose = {self.main: f"{self._words(area.title)}: {title}" if is_short else title}
        return Process(
            id=ProcessId(process.id),
            number=process.number,
            title=self.text(process.title),
            purpose=self.text(purpose),
            owner=process.owner,
            checkpoints=tuple(process.points),
            remark="; ".join(process.remarks),
        )


def fit_statement(point: Point) -> bool:
    """Shorten a statement that no list could show, and put the whole text in front of the guidance; says whether it did."""
    is_changed = False
    for language, words in point.statement.items():
        if len(words) <= LONGEST_STATEMENT:
            continue
        cut = words[: LONGEST_STATEMENT - 1]
        cut = cut[: max(cut.rfind(". ") + 1, 0)] if ". " in cut[60:] else cut.rsplit(" ", 1)[0] + "…"
        point.statement[language] = cut
        rest = point.guidance.get(language)
        point.guidance[language] = f"{words} {rest}" if rest else words
        is_changed = True
    return is_changed


def shortened(title: str) -> str:
    """A title cut at a word where it is too long for one."""
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] or title[: LONGEST_TITLE - 1]
    return f"{cut}…"


def add_words(texts: Texts, language: str, words: str, label: str = "") -> None:
    """Put words behind those that are there already, with their label in front."""
    said = f"{label}: {words}" if label else words
    texts[language] = f"{texts[language]} {said}" if texts.get(language) else said


def _numbered(title: Texts, is_next: bool, place: int) -> Texts:
    short = {language: shortened(words) for language, words in title.items()}
    return {language: f"{words} ({place})" for language, words in short.items()} if is_next else short
