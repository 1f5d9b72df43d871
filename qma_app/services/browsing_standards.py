"""Looking through standards: which editions there are, what is wrong with one, keeping and forgetting drafts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qma_app.assets import checklists_folder
from qma_app.content.loader import check_edition, load_edition, shipped_editions
from qma_app.content.releasing import next_edition, write_edition
from qma_app.content.writing import edition_files
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Checkpoint, Edition, EditionStatus, Process, Text
from qma_app.domain.edition_json import hash_of
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, SettingId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.setting import Setting
from qma_app.errors import ContentProblems, NotFound, Problem, RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace

_MAPPING = "import.mapping."
_PLACE = re.compile(r"(?P<file>[\w-]+\.yaml)(?:\D+(?P<line>\d+))?")
_ITEM = re.compile(r"\s*- id: (\S+)")
_NUMBER = re.compile(r"\s+number: (\S+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionRow:
    """One edition to choose; `programmes` counts those that follow it, dealerships in the bin left out."""

    hash: EditionHash
    standard: str
    title: Text
    version: str
    status: EditionStatus
    languages: tuple[str, ...]
    areas: int
    processes: int
    checkpoints: int
    criticals: int
    kpis: int
    programmes: int
    is_shipped: bool
    is_kept: bool

    @property
    def label(self) -> str:
        """`Dealer Quality Standard 2026.1`"""
        return f"{self.title} {self.version}"

    @property
    def is_forgettable(self) -> bool:
        """A kept draft that no programme follows."""
        return (
            self.is_kept
            and not self.is_shipped
            and not self.programmes
            and self.status is EditionStatus.DRAFT
        )

    @property
    def origin(self) -> str:
        """Where it comes from, in a few words."""
        if self.is_shipped:
            return _("comes with the program")
        return _("kept in this workspace")


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionProblem:
    """One mistake or warning of an edition, at the checkpoint, process or area it lies in."""

    problem: Problem
    number: str
    area_id: AreaId | None = None
    checkpoint_id: CheckpointId | None = None


@cache
def _shipped(folder: Path) -> Edition:
    from qma_app.services.standards import newest_shipped_edition, newest_shipped_folder

    return newest_shipped_edition() if folder == newest_shipped_folder() else load_edition(folder)


def read_shipped_editions() -> tuple[Edition, ...]:
    """The editions that come with the program, the newest last, read once; one that cannot be read is left out."""
    found = []
    for place in shipped_editions(checklists_folder()):
        try:
            found.append(_shipped(place.folder))
        except ContentProblems:
            continue
    return tuple(found)


def list_editions(workspace: Workspace, shipped: Iterable[Edition] | None = None) -> tuple[EditionRow, ...]:
    """Every edition at hand: those of the program and those kept here, by standard, the newest first.

    `shipped` are the editions of the program as far as they were read; None reads them now.
    """
    with_program = {one.hash: one for one in (read_shipped_editions() if shipped is None else shipped)}
    with workspace.reading() as reader:
        kept = {hash: reader.edition(hash) for hash in reader.editions()}
        programmes = Counter(engagement.edition for engagement in _running(reader))
    rows = [
        _row(edition, programmes[hash], is_shipped=hash in with_program, is_kept=hash in kept)
        for hash, edition in {**kept, **with_program}.items()
    ]
    rows.sort(key=lambda row: (row.is_shipped, row.programmes), reverse=True)
    return tuple(sorted(rows, key=lambda row: (row.standard, [-part for part in _parts(row.version)])))


def edition_by(workspace: Workspace, hash: EditionHash) -> Edition:
    """The edition of that hash, kept here or shipped; NotFound when it is neither."""
    with workspace.reading() as reader:
        if hash in reader.editions():
            return reader.edition(hash)
    for edition in read_shipped_editions():
        if edition.hash == hash:
            return edition
    raise NotFound(
        _("This edition is no longer here."),
        code="edition.unknown",
        way_out=_("Choose another one, or import the standard again."),
        hash=hash,
    )


def keep_edition(workspace: Workspace, edition: Edition) -> Changes:
    """Keep an edition in the workspace under the hash of its content; one that is here already stays as it is."""
    kept = with_hash(edition)
    with workspace.writing("standard.kept", edition=kept.hash) as work:
        work.put_edition(kept)
    return work.changes


def as_draft(edition: Edition, base: Edition | None) -> Edition:
    """What a workbook of a released edition says, as a draft under the next version: a released one never changes.

    Under “replaces” stays only what was written there since: the rest is history of the edition before.
    """
    if edition.status is not EditionStatus.RELEASED:
        return edition
    year, _dot, number = edition.version.partition(".")
    known = {} if base is None else {point.id: point.replaces for point in base.checkpoints.values()}

    def told(point: Checkpoint) -> Checkpoint:
        return replace(
            point, replaces=tuple(id for id in point.replaces if id not in known.get(point.id, ()))
        )

    def drafted(process: Process) -> Process:
        return replace(process, checkpoints=tuple(map(told, process.checkpoints)))

    areas = tuple(replace(area, processes=tuple(map(drafted, area.processes))) for area in edition.areas)
    return replace(edition, status=EditionStatus.DRAFT, version=f"{year}.{int(number) + 1}", areas=areas)


def keep_next_edition(workspace: Workspace, edition: Edition, *, version: str) -> Changes:
    """Keep a draft that says the same under a later version; RuleBroken for a version that is not later."""
    return keep_edition(workspace, next_edition(edition, version))


def forget_edition(workspace: Workspace, hash: EditionHash) -> Changes:
    """Drop a draft from the workspace; RuleBroken while a programme follows it, in the bin too, or once it was released."""
    with workspace.writing("standard.forgotten", edition=hash) as work:
        edition = work.edition(hash)
        if edition.status is EditionStatus.RELEASED:
            raise RuleBroken(
                _("{edition} is released and stays.").format(edition=edition.label),
                code="edition.released",
                way_out=_("Only drafts can be removed."),
            )
        if not work.drop_edition(hash):
            raise RuleBroken(
                _("{edition} is used by a programme, an assessment, or one in the bin.").format(
                    edition=edition.label
                ),
                code="edition.in-use",
                way_out=_("Move the programme to another edition first, or empty the bin."),
            )
    return work.changes


def with_hash(edition: Edition) -> Edition:
    """The edition under the hash of its content, as it would be kept."""
    return replace(edition, hash=hash_of(edition))


def problems_of(edition: Edition) -> tuple[EditionProblem, ...]:
    """Every problem and warning of the edition, mistakes first, each at the number it lies in."""
    draft = replace(
        edition, status=EditionStatus.DRAFT
    )  # a released one is guarded by files that lie elsewhere
    files = {str(path): text for path, text in edition_files(draft).items()}
    with TemporaryDirectory(prefix="qma-check-") as scratch:
        folder = Path(scratch, edition.standard, edition.version)
        write_edition(draft, folder)
        found = check_edition(folder)
    addresses = {path.rsplit("/", 1)[-1]: _Addresses(text) for path, text in files.items()}
    problems = [_placed(problem, edition, addresses) for problem in found]
    return tuple(sorted(problems, key=lambda one: one.problem.is_warning))


def kept_mapping(reader: Reader, fingerprint: str) -> str:
    """How a list with these column heads was read last; empty for a new one."""
    setting = reader.find(Setting, _MAPPING + fingerprint)
    return setting.value if setting is not None else ""


def keep_mapping(workspace: Workspace, *, fingerprint: str, mapping: str) -> Changes:
    """Remember how a list with these column heads is read."""
    with workspace.writing("standard.mapping-kept") as work:
        id = SettingId(_MAPPING + fingerprint)
        before = work.find(Setting, id)
        work.put(replace(before, value=mapping) if before is not None else Setting(id=id, value=mapping))
    return work.changes


class _Addresses:
    """Which number each line of a written file belongs to."""

    def __init__(self, text: str) -> None:
        self._lines: list[int] = []
        self._numbers: list[str] = []
        begun = 0
        for line, words in enumerate(text.splitlines(), 1):
            if _ITEM.match(words):
                begun = line
            elif begun and (number := _NUMBER.match(words)):
                self._lines.append(begun)
                self._numbers.append(number[1].strip("'\""))
                begun = 0

    def number_at(self, line: int) -> str:
        """The process or checkpoint a line lies in; empty before the first."""
        place = bisect_right(self._lines, line)
        return self._numbers[place - 1] if place else ""


def _placed(problem: Problem, edition: Edition, addresses: dict[str, _Addresses]) -> EditionProblem:
    match = _PLACE.search(problem.place)
    file, line = (match["file"], int(match["line"] or 0)) if match else ("", 0)
    area = next((one for one in edition.areas if f"{one.code.lower()}.yaml" == file), None)
    number = addresses[file].number_at(line) if area is not None and file in addresses else ""
    checkpoint = next((one.id for one in edition.checkpoints.values() if one.number == number), None)

    def numbered(address: re.Match[str]) -> str:
        """The number in place of an address in files that nobody sees."""
        lines = addresses.get(address["file"])
        return (lines.number_at(int(address["line"] or 0)) if lines is not None else "") or address[0]

    return EditionProblem(
        problem=replace(problem, found=_PLACE.sub(numbered, problem.found)),
        number=number or (area.code if area is not None else ""),
        area_id=area.id if area is not None else None,
        checkpoint_id=checkpoint,
    )


def _running(reader: Reader) -> tuple[Engagement, ...]:
    there = {dealership.id for dealership in reader.all(Dealership)}
    return tuple(one for one in reader.all(Engagement) if one.dealership_id in there)


def _row(edition: Edition, programmes: int, *, is_shipped: bool, is_kept: bool) -> EditionRow:
    return EditionRow(
        hash=edition.hash,
        standard=edition.standard,
        title=edition.title,
        version=edition.version,
        status=edition.status,
        languages=edition.languages,
        areas=len(edition.areas),
        processes=len(edition.processes),
        checkpoints=len(edition.checkpoints),
        criticals=sum(point.is_critical for point in edition.checkpoints.values()),
        kpis=len(edition.kpis),
        programmes=programmes,
        is_shipped=is_shipped,
        is_kept=is_kept,
    )


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
