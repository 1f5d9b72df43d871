"""Making a standard of somebody else's checklist: first a look at the file, then the draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qma_app.domain.edition import Edition
from qma_app.errors import ImportTrouble
from qma_app.exchange.importing import IMPORTS, Imported, ImportKind, Wish
from qma_app.exchange.importing.guessing import guess_mapping
from qma_app.exchange.importing.headings import find_headings, headings_of
from qma_app.exchange.importing.identity import slug
from qma_app.exchange.importing.ledger import Fate
from qma_app.exchange.importing.mapping import Mapping, fingerprint, mapping_from_json, mapping_to_json
from qma_app.exchange.importing.reading import OutsideFile, Progress
from qma_app.exchange.importing.tables import FirstLook, Sheet
from qma_app.i18n import _
from qma_app.services.standards import newest_shipped_edition

__all__ = [
    "Fate",
    "FileLook",
    "Imported",
    "SheetLook",
    "import_standard",
    "look_at_file",
    "mapping_text",
    "read_mapping",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetLook:
    """A sheet as a person chooses it: its first rows as texts, each with its number, from column A on."""

    name: str
    is_hidden: bool
    has_more: bool
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int
    headings: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileLook:
    """What a file is and how it begins; `mapping` is the guess for a list, None for formats that need none."""

    path: Path
    kind: str
    title: str
    is_mapped: bool
    sheets: tuple[SheetLook, ...]
    mapping: Mapping | None
    notes: tuple[str, ...]


def look_at_file(path: Path, *, is_isolated: bool = True) -> FileLook:
    """What a file is, seen from its content, and how a list in it could be mapped. ImportTrouble says why it is refused."""
    look = OutsideFile(path=path, is_isolated=is_isolated).first_look()
    kind = _kind_of(look)
    return FileLook(
        path=path,
        kind=kind.key,
        title=kind.title(),
        is_mapped=kind.is_mapped,
        sheets=tuple(map(_sheet_look, look.sheets)),
        mapping=guess_mapping(look) if kind.is_mapped else None,
        notes=look.notes,
    )


def import_standard(
    path: Path,
    *,
    title: str,
    standard_id: str,
    version: str,
    mapping: Mapping | None = None,
    base: Edition | None = None,
    kind: str = "",
    progress: Progress | None = None,
    is_isolated: bool = True,
) -> Imported:
    """A draft made of a file, with the fate of every cell; writes nothing.

    `standard_id` is made of the title if empty. `mapping` says what the columns of a list are (guessed if left out), `kind` one of IMPORTS (recognised if left out), `base` the
    edition that lends scale, rules and roles (the newest shipped one if left out). `progress` hears the share read and stops
    everything by answering False (ImportTrouble `import.cancelled`). ContentProblems where nothing could be taken.
    """
    file = OutsideFile(path=path, is_isolated=is_isolated, progress=progress)
    look = file.first_look()
    wish = Wish(
        base=base or newest_shipped_edition(),
        title=title,
        standard_id=standard_id or slug(title, "standard"),
        version=version,
    )
    chosen = _kind_called(kind) if kind else _kind_of(look, has_mapping=mapping is not None)
    return chosen.read(file, look, mapping, wish)


def read_mapping(path: Path) -> Mapping:
    """The mapping kept in a file; ContentProblems names everything that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ImportTrouble(
            _("The mapping {name} cannot be read.").format(name=path.name),
            code="import.mapping-unreadable",
            way_out=_("Check that the file is there; the program writes one when a list is imported."),
            name=path.name,
        ) from None
    return mapping_from_json(text, path.name)


def mapping_text(mapping: Mapping) -> str:
    """What a file with the mapping holds."""
    return mapping_to_json(mapping)


def _kind_of(look: FirstLook, *, has_mapping: bool = False) -> ImportKind:
    """A file with a mapping is a list, whatever else it looks like."""
    for kind in IMPORTS:
        if (kind.is_mapped or not has_mapping) and kind.recognise(look):
            return kind
    raise ImportTrouble(
        _("{name} holds no checklist in a format that is known here.").format(name=look.name),
        code="import.unknown",
        way_out=_("Known are: {formats}.").format(formats=", ".join(kind.title() for kind in IMPORTS)),
        name=look.name,
    )


def _kind_called(key: str) -> ImportKind:
    for kind in IMPORTS:
        if kind.key == key:
            return kind
    raise ImportTrouble(
        _("There is no format “{kind}”.").format(kind=key),
        code="import.kind-unknown",
        way_out=_("Choose one of: {kinds}.").format(kinds=", ".join(kind.key for kind in IMPORTS)),
        kind=key,
    )


def _sheet_look(sheet: Sheet) -> SheetLook:
    found = find_headings(sheet.rows)
    headings = found[0] if found else headings_of(sheet.rows[0]) if sheet.rows else None
    width = max((column for row in sheet.rows for column in row.cells), default=0)
    words = tuple(headings.by_column.get(column, "") for column in range(1, width + 1)) if headings else ()
    return SheetLook(
        name=sheet.name,
        is_hidden=sheet.is_hidden,
        has_more=sheet.is_cut,
        rows=tuple(
            (row.number, tuple(row.text(column) for column in range(1, width + 1))) for row in sheet.rows
        ),
        header_row=headings.row if headings else 0,
        headings=words,
        fingerprint=fingerprint(filter(None, words)),
    )
