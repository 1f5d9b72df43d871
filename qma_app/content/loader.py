"""A standard's folder in, an edition out, or every problem of it at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from qma_app.content.address import by_place
from qma_app.content.build import build_edition
from qma_app.content.checks import find_problems
from qma_app.content.releasing import find_changes_after_release, find_other_words
from qma_app.content.source import Source
from qma_app.content.written import STANDARD_FILE, WrittenStandard
from qma_app.domain.edition import Edition, EditionStatus
from qma_app.errors import ContentProblems, Problem
from qma_app.i18n import ngettext


def load_edition(folder: Path) -> Edition:
    """The edition in `folder`; ContentProblems with all its errors if it has any. Warnings do not count."""
    standard, problems = _looked_through(folder)
    errors = [problem for problem in problems if not problem.is_warning]
    if errors or standard is None:
        message = ngettext(
            "The standard in {folder} has {count} problem.",
            "The standard in {folder} has {count} problems.",
            len(errors),
        )
        raise ContentProblems(message.format(folder=folder, count=len(errors)), errors)
    return build_edition(standard)


def check_edition(folder: Path) -> tuple[Problem, ...]:
    """All errors and warnings of the standard in `folder`, by file and line."""
    return tuple(_looked_through(folder)[1])


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionFolder:
    """Where an edition lies: `folder` is what `load_edition` takes."""

    standard: str
    version: str
    folder: Path


def shipped_editions(checklists: Path) -> tuple[EditionFolder, ...]:
    """The editions found as `standard/version/standard.yaml` under `checklists`, the newest of a standard last."""
    found = [
        EditionFolder(standard=path.parent.parent.name, version=path.parent.name, folder=path.parent)
        for path in checklists.glob(f"*/*/{STANDARD_FILE}")
    ]
    return tuple(sorted(found, key=_by_age))


def _by_age(edition: EditionFolder) -> tuple[str, list[int], str]:
    """2026.9 comes before 2026.10."""
    return edition.standard, [int(part) for part in re.findall(r"\d+", edition.version)], edition.version


def _looked_through(folder: Path) -> tuple[WrittenStandard | None, list[Problem]]:
    source = Source(folder).read()
    problems = list(source.problems)
    if source.standard is not None:
        problems.extend(find_problems(source.standard))
        is_released = source.standard.node.text("status") == EditionStatus.RELEASED
        problems.extend(find_changes_after_release(folder, is_released=is_released))
        if is_released and all(problem.is_warning for problem in problems):
            problems.extend(find_other_words(folder, build_edition(source.standard)))
    return source.standard, sorted(problems, key=by_place)
