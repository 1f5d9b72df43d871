"""A released edition never changes: a file of hashes guards it, and work goes on in a copy."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qma_app.content.address import place
from qma_app.content.whole_files import write_whole
from qma_app.content.writing import edition_files
from qma_app.content.written import STANDARD_FILE
from qma_app.domain.edition import Edition, EditionStatus
from qma_app.domain.edition_json import edition_from_json, edition_to_json
from qma_app.domain.ids import EditionHash
from qma_app.errors import Problem, RuleBroken, StorageTrouble
from qma_app.i18n import _

EDITION_FILE = "edition.json"
"""Beside a released edition its content as one JSON text: reading that is some thirty times as fast as reading YAML."""
HASH_FILE = "released.sha256"
"""A line for each file: its SHA-256, two spaces, its place; `sha256sum -c` reads it too."""
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_VERSION = re.compile(r"[0-9]{4}\.[0-9]{1,3}")


def release_edition(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write the edition into its folder as released, with its file of hashes; gives the files written.

    RuleBroken when it is released already.
    """
    if edition.status is EditionStatus.RELEASED:
        raise RuleBroken(
            _("{edition} is released already.").format(edition=edition.label),
            code="edition.released",
            way_out=_("Start a new edition as a copy of it."),
        )
    return write_edition(replace(edition, status=EditionStatus.RELEASED), folder)


def read_released(folder: Path) -> Edition | None:
    """The edition from its JSON text, whose SHA-256 is the edition's hash; None where there is none that fits the file of hashes."""
    try:
        content, guard = (
            (folder / EDITION_FILE).read_bytes(),
            (folder / HASH_FILE).read_text(encoding="utf-8"),
        )
    except (OSError, UnicodeDecodeError):
        return None
    digest = _digest(content)
    if f"{digest}  {EDITION_FILE}" not in guard.splitlines():
        return None
    try:
        return edition_from_json(content.decode(), EditionHash(digest))
    except (UnicodeDecodeError, StorageTrouble):
        return None  # it was guarded as it is, but says no edition


def write_edition(edition: Edition, folder: Path) -> tuple[Path, ...]:
    """Write the edition's files into `folder`, each whole; gives their paths. A released folder is refused.

    A released edition gets its text and its file of hashes, without which nothing counts as released.
    """
    refuse_if_released(folder)
    files = {folder / path: text for path, text in edition_files(edition).items()}
    if edition.status is EditionStatus.RELEASED:
        files[folder / EDITION_FILE] = edition_to_json(edition)
        lines = (
            f"{_digest(text.encode())}  {path.relative_to(folder).as_posix()}\n"
            for path, text in files.items()
        )
        files[folder / HASH_FILE] = "".join(lines)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return tuple(files)


def refuse_if_released(folder: Path) -> None:
    """RuleBroken when the folder holds a released edition."""
    if (folder / HASH_FILE).exists():
        raise RuleBroken(
            _("The edition in {folder} is released and never changes.").format(folder=folder),
            code="edition.guarded",
            way_out=_("Start a new edition as a copy of it, and change that one."),
        )


def next_edition(edition: Edition, version: str) -> Edition:
    """A draft that says the same under a later version; what it replaced is history and starts empty."""
    if not _VERSION.fullmatch(version) or _parts(version) <= _parts(edition.version):
        raise RuleBroken(
            _("“{version}” is not a version after {before}.").format(version=version, before=edition.version),
            code="edition.version",
            way_out=_("Write the year, a dot and a number, such as {example}.").format(
                example=_following(edition.version)
            ),
        )
    return replace(
        edition,
        hash=EditionHash(""),
        version=version,
        status=EditionStatus.DRAFT,
        areas=tuple(
            replace(
                area,
                processes=tuple(
                    replace(
                        process,
                        checkpoints=tuple(replace(point, replaces=()) for point in process.checkpoints),
                    )
                    for process in area.processes
                ),
            )
            for area in edition.areas
        ),
    )


def find_changes_after_release(folder: Path, *, is_released: bool) -> Iterator[Problem]:
    """Each file of a released edition that is not what was released; a hash file beside a draft, too."""
    guard = folder / HASH_FILE
    if not guard.exists():
        if is_released:
            yield _problem(
                "release.unguarded",
                STANDARD_FILE,
                _("the edition says it is released, but {file} is missing").format(file=HASH_FILE),
                _("write `status: draft`, and release it with `qma standard release`"),
            )
        return
    if not is_released:
        yield _problem(
            "release.draft",
            STANDARD_FILE,
            _("the edition was released, but its status is draft"),
            _("put the released files back; change a copy made with `qma standard new`"),
        )
    for number, line in enumerate(guard.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        path = folder / match[2] if match else None
        if match is None or path is None or not path.resolve().is_relative_to(folder.resolve()):
            yield _problem(
                "release.hash-file",
                place(HASH_FILE, number),
                _("this line does not name a file with its hash"),
                _("put the released file back"),
            )
        elif not path.is_file() or _digest(path.read_bytes()) != match[1]:
            yield _problem(
                "release.changed",
                match[2],
                _("the file is not what was released"),
                _("put the released file back; change a copy made with `qma standard new`"),
            )


def find_other_words(folder: Path, edition: Edition) -> Iterator[Problem]:
    """The JSON text of a released edition where it is not guarded, or says something else than the files: it is what programmes follow."""
    try:
        digest = _digest((folder / EDITION_FILE).read_bytes())
        guard = (folder / HASH_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        digest, guard = "", ""
    if digest != edition.hash or f"{digest}  {EDITION_FILE}" not in guard.splitlines():
        yield _problem(
            "release.changed",
            EDITION_FILE,
            _("the file is not what was released"),
            _("put the released file back; change a copy made with `qma standard new`"),
        )


def _problem(code: str, at: str, found: str, advice: str) -> Problem:
    return Problem(code=code, place=at, found=found, advice=advice)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _following(version: str) -> str:
    year, number = _parts(version)
    return f"{year}.{number + 1}"
