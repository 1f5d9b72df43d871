"""The standard in use: the newest shipped edition, kept in the workspace under the hash of its content."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qma_app.assets import checklists_folder
from qma_app.content import formatting, releasing
from qma_app.content.loader import check_edition, load_edition, shipped_editions
from qma_app.content.written import STANDARD_FILE
from qma_app.domain.coverage import language_coverage
from qma_app.domain.edition import Edition
from qma_app.domain.ids import EditionHash
from qma_app.errors import ContentProblems, NotFound, Problem, RuleBroken
from qma_app.i18n import _
from qma_app.storage.scopes import WritingScope

BARS_RELEASE = frozenset(("statement.twice", "weight.quota"))
"""Warnings in a draft, which may come from somebody else's list; a released edition has none of them."""


def newest_shipped_folder() -> Path:
    """The folder of the newest edition that comes with the program."""
    editions = shipped_editions(checklists_folder())
    if not editions:
        raise NotFound(
            _("No standard came with this installation."),
            code="standard.missing",
            way_out=_("Install it again."),
        )
    return editions[-1].folder


@cache
def newest_shipped_edition() -> Edition:
    """The newest edition that comes with the program, read once: a released one from its JSON text."""
    folder = newest_shipped_folder()
    return releasing.read_released(folder) or load_edition(folder)


def keep_newest_edition(work: WritingScope) -> EditionHash:
    """Make sure the workspace holds the newest shipped edition; gives its hash."""
    edition = newest_shipped_edition()
    work.put_edition(edition)
    return edition.hash


def check_standard(folder: Path) -> tuple[Problem, ...]:
    """Every problem and warning of a standard, each with file and line; empty when it is clean."""
    return check_edition(folder)


def format_standard(folder: Path) -> tuple[Path, ...]:
    """Bring the files of a standard into the one canonical form; gives those that changed."""
    return formatting.format_standard(folder)


def read_standard(folder: Path) -> Edition:
    """The edition in a folder; ContentProblems with every error if it has any."""
    return load_edition(folder)


def write_standard(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write an edition as YAML files, each whole; a folder with a released edition is refused."""
    return releasing.write_edition(edition, folder)


def start_next_edition(source: Path, version: str, target: Path) -> Edition:
    """A draft under a later version that says the same as the edition in `source`, written into `target`.

    RuleBroken where `target` holds an edition already, or where the version does not come after.
    """
    if (target / STANDARD_FILE).exists():
        raise RuleBroken(
            _("There is an edition in {folder} already.").format(folder=target),
            code="edition.folder-taken",
            way_out=_("Name a folder that is not there yet."),
        )
    edition = releasing.next_edition(load_edition(source), version)
    releasing.write_edition(edition, target)
    return load_edition(target)


def release_standard(folder: Path) -> Edition:
    """Release the draft in a folder: from here on its files are guarded by their hashes.

    RuleBroken where a text is missing in a language the edition lists, and ContentProblems where two checkpoints ask the same or
    too many weigh most: nobody could mend it later.
    """
    edition = load_edition(folder)
    barring = [problem for problem in check_edition(folder) if problem.code in BARS_RELEASE]
    if barring:
        raise ContentProblems(
            _("{edition} cannot be released as it is.").format(edition=edition.label), barring
        )
    coverage = language_coverage(edition)
    lacking = [code for code in edition.languages if not coverage.total(code).is_complete]
    if lacking:
        raise RuleBroken(
            _("{edition} is not whole in {languages}.").format(
                edition=edition.label, languages=", ".join(lacking)
            ),
            code="edition.untranslated",
            way_out=_("Write the missing texts, or take the language out of `languages`."),
        )
    releasing.release_edition(edition, folder)
    return load_edition(folder)
