"""The standard in use: the newest shipped edition, kept in the workspace under the hash of its content."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qma_app.assets import checklists_folder
from qma_app.content import formatting
from qma_app.content.loader import check_edition, load_edition, shipped_editions
from qma_app.domain.edition import Edition
from qma_app.domain.ids import EditionHash
from qma_app.errors import NotFound, Problem
from qma_app.i18n import _
from qma_app.storage.scopes import WritingScope


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
    """The newest edition that comes with the program, read once."""
    return load_edition(newest_shipped_folder())


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
