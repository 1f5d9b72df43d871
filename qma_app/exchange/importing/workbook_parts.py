"""The parts of a workbook that lie around its sheets: which sheets there are, shared texts, formats of dates.

Read with expat in chunks, so that the memory does not grow with a part and every declaration of entities is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from qma_app.exchange.importing import guards
from qma_app.i18n import _

CHUNK: Final = 64 * 1024
_BUILT_IN_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NOT_CODE: Final = re.compile(r'"[^"]*"|\[(?![hms]+\])[^\]]*\]|\\.|_.', re.IGNORECASE)
_DATE_CODE: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")

Attributes = dict[str, str]


class EnoughError(Exception):
    """Raised inside a handler when the rest of a part is not needed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it, and the part it lies in."""

    name: str
    part: str
    is_hidden: bool


@dataclass(kw_only=True, slots=True)
class Package:
    """An opened workbook: `names` leads from the name as relations write it to the name in the archive."""

    archive: zipfile.ZipFile
    shown: str
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = {_plain(name): name for name in self.archive.namelist()}

    def has(self, part: str) -> bool:
        return _plain(part) in self.names

    def chunks(self, part: str) -> Iterator[bytes]:
        """The unpacked bytes of a part, piece by piece."""
        name = self.names.get(_plain(part))
        if name is None:
            raise guards.damaged(self.shown)
        try:
            with self.archive.open(name) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise guards.damaged(self.shown) from None

    def size(self, part: str) -> int:
        name = self.names.get(_plain(part))
        return self.archive.getinfo(name).file_size if name else 0


def parse(
    package: Package,
    part: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read one part to its end, or until a handler raises EnoughError."""
    reader = new_parser(package.shown, start=start, end=end, text=text)
    try:
        for chunk in package.chunks(part):
            reader.Parse(chunk, False)
        reader.Parse(b"", True)
    except EnoughError:
        return
    except expat.ExpatError:
        raise guards.damaged(package.shown) from None


def new_parser(
    shown: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """An expat parser that hands on names without their prefix and refuses every DOCTYPE."""
    reader = expat.ParserCreate()
    reader.buffer_text = True

    def refuse(*_ignored: object) -> None:
        raise guards.declares_entities(shown)

    def first(name: str, attributes: Attributes) -> None:
        """Nearly all files write names without a prefix: only the others pay for parting them."""
        if ":" in name:
            reader.StartElementHandler = lambda name, found: start(name.rpartition(":")[2], found)
            if end is not None:
                finish = end
                reader.EndElementHandler = lambda name: finish(name.rpartition(":")[2])
        else:
            reader.StartElementHandler = start
        start(name.rpartition(":")[2], attributes)

    reader.StartDoctypeDeclHandler = refuse
    reader.EntityDeclHandler = refuse
    reader.StartElementHandler = first
    if end is not None:
        reader.EndElementHandler = end
    if text is not None:
        reader.CharacterDataHandler = text
    return reader


def list_sheets(package: Package) -> tuple[tuple[SheetPart, ...], bool]:
    """The worksheets in their order (charts and macros left out), and whether days count from 1904."""
    book = _office_document(package)
    relations = _relations(package, book)
    sheets: list[SheetPart] = []
    from_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if name == "workbookPr":
            from_1904 = attributes.get("date1904", "") in ("1", "true", "on")
        elif name == "sheet":
            kind, target = relations.get(_attribute(attributes, "id"), ("", ""))
            if kind == "worksheet" and package.has(target):
                is_hidden = attributes.get("state", "visible") != "visible"
                sheets.append(
                    SheetPart(name=attributes.get("name", "").strip(), part=target, is_hidden=is_hidden)
                )
            if len(sheets) > guards.MOST_SHEETS:
                raise guards.too_much(
                    package.shown,
                    _("{name} has more than {limit} sheets.").format(
                        name=package.shown, limit=guards.MOST_SHEETS
                    ),
                )

    parse(package, book, start=start)
    if not sheets:
        raise guards.damaged(package.shown)
    return tuple(sheets), from_1904


def shared_texts(package: Package) -> list[bytes]:
    """Every shared text in UTF-8: as bytes a text takes no more memory than it has letters."""
    part = _companion(package, "sharedStrings")
    gatherer = _Texts(shown=package.shown)
    if part:
        parse(package, part, start=gatherer.start, end=gatherer.end, text=gatherer.take)
    return gatherer.texts


@dataclass(kw_only=True, slots=True)
class _Texts:
    """Gathers shared texts; what only says how a text is pronounced (rPh) is left out."""

    shown: str
    texts: list[bytes] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    length: int = 0
    is_inside: bool = False
    phonetic: int = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        if name == "si":
            self.words.clear()
            self.length = 0
        elif name == "t":
            self.is_inside = not self.phonetic
        elif name == "rPh":
            self.phonetic += 1

    def end(self, name: str) -> None:
        if name == "t":
            self.is_inside = False
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "si":
            self.texts.append(unescaped("".join(self.words)).encode("utf-8", "replace"))
            if len(self.texts) > guards.MOST_STRINGS:
                raise guards.too_much(
                    self.shown,
                    _("{name} holds more than {limit} texts.").format(
                        name=self.shown, limit=guards.MOST_STRINGS
                    ),
                )

    def take(self, text: str) -> None:
        if self.is_inside:
            self.length += len(text)
            if self.length > guards.LONGEST_TEXT:
                raise too_long(self.shown)
            self.words.append(text)


def date_styles(package: Package) -> frozenset[int]:
    """The numbers of the cell styles under which a number is a date or a time."""
    part = _companion(package, "styles")
    if not part:
        return frozenset()
    codes: dict[int, str] = {}
    dates: set[int] = set()
    count, is_inside = 0, False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal count, is_inside
        if name == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            is_inside = True
        elif name == "xf" and is_inside:
            if _is_date(_whole(attributes.get("numFmtId")), codes):
                dates.add(count)
            count += 1
            if count > guards.MOST_STRINGS:
                raise EnoughError

    def end(name: str) -> None:
        if name == "cellXfs":
            raise EnoughError

    parse(package, part, start=start, end=end)
    return frozenset(dates)


def unescaped(text: str) -> str:
    """Control characters are written as _x000D_ in a workbook."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def too_long(shown: str, where: str = "") -> Exception:
    """A cell with more text than Excel itself allows."""
    place = f"{where}: " if where else ""
    return guards.too_much(
        shown,
        place
        + _("{name} has a cell with more than {limit} characters.").format(
            name=shown, limit=guards.LONGEST_TEXT
        ),
    )


def _office_document(package: Package) -> str:
    for kind, target in _relations(package, "").values():
        if kind == "officeDocument" and package.has(target):
            return target
    if package.has("xl/workbook.xml"):
        return "xl/workbook.xml"
    raise guards.damaged(package.shown)


def _companion(package: Package, kind: str) -> str:
    """The part of the workbook with that kind of content; empty where there is none."""
    for found, target in _relations(package, _office_document(package)).values():
        if found == kind and package.has(target):
            return target
    return ""


def _relations(package: Package, source: str) -> dict[str, tuple[str, str]]:
    """Kind and target of each relation of a part, by id; targets are made absolute."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}
    if not package.has(part):
        return found

    def start(name: str, attributes: Attributes) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = attributes.get("Type", "").rsplit("/", 1)[-1]
        found[attributes.get("Id", "")] = (kind, posixpath.normpath(whole))
        if len(found) > guards.MOST_ENTRIES:
            raise EnoughError

    parse(package, part, start=start)
    return found


def _attribute(attributes: Attributes, name: str) -> str:
    """An attribute with a prefix, whichever a file uses."""
    return next((value for key, value in attributes.items() if key.endswith(f":{name}")), "")


def _is_date(format_id: int, codes: dict[int, str]) -> bool:
    if format_id in codes:
        return _DATE_CODE.search(_NOT_CODE.sub("", codes[format_id].split(";")[0])) is not None
    return format_id in _BUILT_IN_DATES


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _plain(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
