"""Many files at once, or a whole folder: made smaller on all cores, each stored on its own, none passed over in silence."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from qma_app.domain.evidence import Evidence
from qma_app.domain.ids import EngagementId
from qma_app.domain.record import Changes
from qma_app.errors import ImportTrouble, QmaError
from qma_app.exchange.file_kinds import refuse_by_length
from qma_app.exchange.file_names import clean_name
from qma_app.i18n import _
from qma_app.services.evidence_keeping import KeptFile, evidence_of, keep_file
from qma_app.services.evidence_places import Place, check_place, tie
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import translated_disk_errors

Progress = Callable[[float], bool]
MOST_FILES: Final = 2000
_MOST_WORKERS: Final = 8
_LEFT_BY_SYSTEMS: Final = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedFile:
    """A file that is no file on the disk, as it comes from the clipboard."""

    name: str
    data: bytes


Source = Path | NamedFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """A file that was not taken in, and why."""

    name: str
    error: QmaError


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A file that is in this programme already, as `evidence`; `is_linked` says whether it was tied to a new place."""

    name: str
    evidence: Evidence
    is_linked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What became of each file. `left` were not looked at: it was cancelled, or the disk failed at the last of `refused`."""

    taken: tuple[Evidence, ...]
    known: tuple[Known, ...]
    refused: tuple[Refused, ...]
    left: tuple[str, ...]
    changes: tuple[Changes, ...]


def add_evidence_files(
    workspace: Workspace,
    *,
    engagement_id: EngagementId,
    files: Sequence[Source],
    place: Place | None = None,
    progress: Progress | None = None,
    workers: int | None = None,
) -> Intake:
    """Take in several files in their order and tie each to the place; one that cannot be used does not stop the others.

    Each file is an edit of its own, safe as soon as it is told. What is in this programme already, by the hash of the
    original, is only tied to the place. `progress` hears the share done and ends it early by answering False. A place that
    cannot be written to is refused before any file is opened.
    """
    intake = _Intake(workspace, engagement_id, place or Place())
    intake.check()
    count = min(workers or _cores(), _MOST_WORKERS)
    with (
        ThreadPoolExecutor(count, thread_name_prefix="evidence") as pool,
        closing(_ahead(pool, intake.keeping, files, count)) as results,
    ):
        for number, (source, result) in enumerate(results):
            if progress is not None and not progress(number / len(files)):
                intake.leave(files[number:])
                break
            if not intake.settle(source, result):
                intake.leave(files[number + 1 :])
                break
    if progress is not None and not intake.left:
        progress(1.0)
    return intake.result()


def files_in_folder(folder: Path) -> tuple[Path, ...]:
    """The files of a folder and its subfolders by name, hidden ones left out; ImportTrouble when there are more than 2,000."""
    with translated_disk_errors(folder):
        found = tuple(islice(_visible(folder), MOST_FILES + 1))
    if len(found) > MOST_FILES:
        raise ImportTrouble(
            _("{name} holds more than {limit} files.").format(name=clean_name(folder.name), limit=MOST_FILES),
            code="folder.too-many",
            way_out=_("Take its subfolders in one after the other."),
            path=str(folder),
        )
    return found


class _Intake:
    """Collects what becomes of the files, one after the other."""

    def __init__(self, workspace: Workspace, engagement_id: EngagementId, place: Place) -> None:
        self._workspace = workspace
        self._engagement_id = engagement_id
        self._place = place
        self._known: Mapping[str, Evidence] = {}
        self._taken: list[Evidence] = []
        self._doubles: list[Known] = []
        self._refused: list[Refused] = []
        self._changes: list[Changes] = []
        self.left: tuple[str, ...] = ()

    def check(self) -> None:
        """Look at the place, and at what is here already."""
        with self._workspace.writing("evidence.added") as work:
            check_place(self._workspace, work, self._place, self._engagement_id)
            every = work.all(Evidence, engagement_id=self._engagement_id)
            self._known = {item.original_digest: item for item in reversed(every)}

    def keeping(self, source: Source) -> KeptFile | Evidence:
        """In a thread of its own: the file as it is kept now, or what it is known as."""
        data = _content(source)
        known = self._known.get(hashlib.sha256(data).hexdigest())
        return known or keep_file(self._workspace.store.evidence, data, _name(source))

    def settle(self, source: Source, result: Future[KeptFile | Evidence]) -> bool:
        """Write the row of a file; False when it makes no sense to go on, since the workspace cannot be written."""
        try:
            self._write(source, result.result())
        except ImportTrouble as error:
            self._refuse(source, error)
        except QmaError as error:
            self._refuse(source, error)
            return error.params.get("path") == str(source)
        return True

    def leave(self, files: Sequence[Source]) -> None:
        """Name what was not looked at."""
        self.left = tuple(map(_name, files))

    def result(self) -> Intake:
        """Everything that was settled."""
        return Intake(
            taken=tuple(self._taken),
            known=tuple(self._doubles),
            refused=tuple(self._refused),
            left=self.left,
            changes=tuple(self._changes),
        )

    def _write(self, source: Source, kept: KeptFile | Evidence) -> None:
        with self._workspace.writing("evidence.added") as work:
            check_place(self._workspace, work, self._place, self._engagement_id)
            known = next(
                iter(
                    work.all(
                        Evidence,
                        engagement_id=self._engagement_id,
                        original_digest=kept.original_digest,
                    )
                ),
                None,
            )
            if known is not None:
                evidence = known
            elif isinstance(kept, KeptFile):
                evidence = work.put(evidence_of(self._workspace, self._engagement_id, kept))
            else:  # it went to the bin since the beginning
                raise _gone(kept)
            tie(work, evidence.id, self._place)
        if known is None:
            self._taken.append(evidence)
        else:
            self._doubles.append(Known(name=_name(source), evidence=known, is_linked=bool(work.changes)))
        if work.changes:
            self._changes.append(work.changes)

    def _refuse(self, source: Source, error: QmaError) -> None:
        self._refused.append(Refused(name=_name(source), error=error))


def _ahead(
    pool: ThreadPoolExecutor,
    keeping: Callable[[Source], KeptFile | Evidence],
    files: Sequence[Source],
    count: int,
) -> Generator[tuple[Source, Future[KeptFile | Evidence]], None, None]:
    """The results in the order of the files; never more pictures under way than there are workers, and none after the end."""
    coming = iter(files)
    waiting = [(source, pool.submit(keeping, source)) for source in islice(coming, count * 2)]
    try:
        while waiting:
            source, result = waiting.pop(0)
            result.exception()
            yield source, result
            waiting.extend((one, pool.submit(keeping, one)) for one in islice(coming, 1))
    finally:
        for _source, result in waiting:
            result.cancel()


def _content(source: Source) -> bytes:
    if isinstance(source, NamedFile):
        return source.data
    with translated_disk_errors(source):
        refuse_by_length(source.stat().st_size, _name(source))
        return source.read_bytes()


def _visible(folder: Path) -> Iterator[Path]:
    """Sorted by name, a folder's own files before those below; links to elsewhere are not followed."""
    entries = sorted(folder.iterdir(), key=lambda path: (path.name.casefold(), path.name))
    shown = [path for path in entries if not path.name.startswith(".") and not path.is_symlink()]
    yield from (path for path in shown if path.is_file() and path.name.casefold() not in _LEFT_BY_SYSTEMS)
    for below in shown:
        if below.is_dir():
            yield from _visible(below)


def _name(source: Source) -> str:
    return clean_name(source.name)


def _cores() -> int:
    """The cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Windows and macOS
        return os.cpu_count() or 1


def _gone(evidence: Evidence) -> ImportTrouble:
    return ImportTrouble(
        _("{name} was removed meanwhile.").format(name=evidence.name),
        code="evidence.removed-meanwhile",
        way_out=_("Take it in again."),
        name=evidence.name,
    )
