"""A standard out to a workbook and back: export, see what changed and what is wrong, then write."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from qma_app.content.releasing import HASH_FILE, next_edition, write_edition
from qma_app.content.source import area_files, kpi_files
from qma_app.content.writing import edition_files
from qma_app.content.written import STANDARD_FILE
from qma_app.domain.edition import Checkpoint, Edition, EditionStatus
from qma_app.domain.edition_diff import EditionDiff, compare
from qma_app.errors import ContentProblems, Problem, RuleBroken
from qma_app.exchange.standard_workbook.reading import FindEdition, read_standard_workbook
from qma_app.i18n import _, in_language, language, ngettext
from qma_app.services.standard_addresses import judge
from qma_app.storage.atomic_files import atomic_file

Progress = Callable[[float], object]
_CELL: Final = re.compile(r"(.*?), ([A-Z]{1,3})([0-9]+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class StandardReadBack:
    """What a workbook would make of an edition: `edition` is None where `problems` has errors, `difference` also without a base."""

    edition: Edition | None
    problems: tuple[Problem, ...]
    difference: EditionDiff | None
    base: Edition | None
    file: str

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being written."""
        return tuple(problem for problem in self.problems if not problem.is_warning)


def export_standard(
    edition: Edition, target: Path, progress: Progress | None = None, *, in_words_of: str | None = None
) -> Path:
    """Write an edition as a workbook, whole or not at all, and give its path back; what stood there before is replaced.

    `in_words_of` is the language of explanations and headings: that in force if left out. `progress` hears the share done (0 to 1)
    and stops everything by answering False (ReportTrouble `workbook.cancelled`).
    """
    from qma_app.exchange.standard_workbook.writing import write_standard_workbook

    with in_language(in_words_of or language()), atomic_file(target) as file:
        write_standard_workbook(edition, file, progress=progress)
    return target


def read_back(
    path: Path,
    base: Edition | None,
    progress: Progress | None = None,
    *,
    is_isolated: bool = True,
    find: FindEdition | None = None,
) -> StandardReadBack:
    """What a workbook says, every wrong row with its place, and how it differs from `base`; writes nothing.

    With `find` it is the edition that the workbook names as the one it was made from, where that is found, and `base` only otherwise.
    ImportTrouble where the file is refused, ContentProblems where it is no workbook of a standard.
    """
    reading = read_standard_workbook(path, base, progress=progress, is_isolated=is_isolated, find=find)
    base = reading.base
    problems = tuple(sorted((*reading.problems, *judge(reading)), key=_by_row))
    is_wrong = any(not problem.is_warning for problem in problems)
    edition = None if is_wrong else reading.draft
    return StandardReadBack(
        edition=edition,
        problems=problems,
        difference=compare(base, edition) if base is not None and edition is not None else None,
        base=base,
        file=reading.file,
    )


def apply_standard(read: StandardReadBack, folder: Path, *, version: str = "") -> tuple[Path, ...]:
    """Write what was read into the folder of the edition, each file whole; gives the files written.

    A released edition never changes: then the next version, or `version`, is written as a draft beside it. ContentProblems, and nothing
    written, where a row is wrong.
    """
    edition = read.edition
    if edition is None:
        count = len(read.errors)
        message = ngettext(
            "{file} has {count} problem; nothing was written.",
            "{file} has {count} problems; nothing was written.",
            count,
        )
        raise ContentProblems(message.format(file=read.file, count=count), read.errors)
    if edition.status is EditionStatus.RELEASED or (folder / HASH_FILE).exists():
        return _write_next(edition, read.base, folder, version)
    before = set(edition_files(read.base)) if read.base is not None else set()
    written = write_edition(replace(edition, version=version) if version else edition, folder)
    _remove_left_over(folder, {folder / path for path in before}, set(written))
    return written


def _write_next(edition: Edition, base: Edition | None, folder: Path, version: str) -> tuple[Path, ...]:
    year, _dot, number = edition.version.partition(".")
    version = version or f"{year}.{int(number) + 1}"
    target = folder.parent / version
    following = next_edition(edition, version)
    if (target / STANDARD_FILE).exists():
        raise RuleBroken(
            _("There is an edition {version} beside it already.").format(version=version),
            code="edition.exists",
            way_out=_("Name a later version, or export that edition and work in its workbook."),
            version=version,
        )
    return write_edition(_with_new_replaces(following, edition, base), target)


def _with_new_replaces(following: Edition, edition: Edition, base: Edition | None) -> Edition:
    """What the keeper wrote under “Replaces” names the edition just left; what stood there before is history."""

    def told(point: Checkpoint) -> Checkpoint:
        before = base.checkpoints.get(point.id) if base is not None else None
        said = edition.checkpoints[point.id].replaces
        return replace(
            point, replaces=tuple(id for id in said if before is None or id not in before.replaces)
        )

    areas = tuple(
        replace(
            area,
            processes=tuple(
                replace(process, checkpoints=tuple(map(told, process.checkpoints)))
                for process in area.processes
            ),
        )
        for area in following.areas
    )
    return replace(following, areas=areas)


def _remove_left_over(folder: Path, before: set[Path], written: set[Path]) -> None:
    """The files of areas and perspectives that the edition had and has no more; others are not ours to remove."""
    for path in (*area_files(folder), *kpi_files(folder)):
        if path in before and path not in written:
            path.unlink()


def _by_row(problem: Problem) -> tuple[str, int, int, str, bool]:
    """As a keeper goes through a workbook: sheet by sheet, row by row."""
    match = _CELL.fullmatch(problem.place)
    if match is None:
        return problem.place, 0, 0, "", problem.is_warning
    sheet, column, row = match.groups()
    return sheet, int(row), len(column), column, problem.is_warning
