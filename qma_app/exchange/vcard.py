"""Business cards (vCard): people out in version 3.0, which every address book reads, and in from 2.1, 3.0 and 4.0.

Read by one pass over the lines instead of a parser for everything a card may hold: photos, sounds and keys are passed over.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from qma_app.domain.dealership import Dealership
from qma_app.domain.people import Person
from qma_app.errors import ImportTrouble, Problem
from qma_app.exchange.file_kinds import LARGEST_FILE
from qma_app.exchange.file_names import clean_name
from qma_app.exchange.importing import guards
from qma_app.exchange.people_list import MOST_PEOPLE, PeopleList, PersonRow, PersonWords, listed_twice, row_of
from qma_app.i18n import _

_FOLD: Final = 75
_LONGEST_LINE: Final = 20_000
"""Characters of an unfolded line that is looked at; only pictures are longer."""
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_PARTED: Final = re.compile(r"(?<!\\)((?:\\\\)*);")
_READ: Final = frozenset(("FN", "N", "ORG", "TITLE", "ROLE", "EMAIL", "TEL"))
_CODINGS: Final = {"utf-8": "utf-8", "iso-8859-1": "cp1252", "windows-1252": "cp1252", "us-ascii": "ascii"}


def vcards(people: Iterable[tuple[Person, Dealership | None]]) -> bytes:
    """A card for each person, in the order given; the same people always give the same bytes."""
    lines = [line for person, dealership in people for line in _card(person, dealership)]
    return b"".join(_folded(line) for line in lines)


def read_vcards_file(path: Path) -> PeopleList:
    """The people of a vCard file, every problem with the line its card begins at; ImportTrouble where it is none, or too large."""
    shown = clean_name(path.name)
    text = _text(_bytes(path, shown))
    people: list[PersonRow] = []
    problems: list[Problem] = []
    count = 0
    for card in _cards(text):
        count += 1
        if count > MOST_PEOPLE:
            raise guards.too_much(
                shown, _("{name} holds more than {limit} cards.").format(name=shown, limit=MOST_PEOPLE)
            )
        place = _("line {line}").format(line=card.line)
        if not card.is_whole:
            problems.append(_cut_off(place))
            continue
        person, wrong = row_of(place, card.words())
        problems += wrong
        if person.name:
            people.append(person)
    if not count:
        raise ImportTrouble(
            _("{name} holds no business card (vCard).").format(name=shown),
            code="vcard.none",
            way_out=_("Export the contacts as vCard (.vcf) from the address book."),
            name=shown,
        )
    problems += listed_twice(people)
    return PeopleList(name=shown, rows=tuple(people), problems=tuple(problems))


@dataclass(slots=True)
class _Card:
    """What one card says so far."""

    line: int
    said: dict[str, list[str]] = field(default_factory=dict)
    is_preferred: set[str] = field(default_factory=set)
    is_whole: bool = False

    def take(self, name: str, value: str, *, is_preferred: bool) -> None:
        if is_preferred and name not in self.is_preferred:
            self.said.setdefault(name, []).insert(0, value)
            self.is_preferred.add(name)
        else:
            self.said.setdefault(name, []).append(value)

    def words(self) -> PersonWords:
        return PersonWords(
            name=self._first("FN") or _spoken(self._raw("N")),
            function=self._first("TITLE") or self._first("ROLE"),
            email=self._first("EMAIL"),
            phone=self._first("TEL").removeprefix("tel:"),
        )

    def _raw(self, name: str) -> str:
        return next((value for value in self.said.get(name, ()) if value.strip()), "")

    def _first(self, name: str) -> str:
        return _unescaped(self._raw(name)).strip()


def _card(person: Person, dealership: Dealership | None) -> Iterator[str]:
    given, _space, family = person.name.strip().rpartition(" ")
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{_escaped(person.id)}"
    yield f"FN:{_escaped(person.name)}"
    yield f"N:{_escaped(family)};{_escaped(given)};;;"
    for name, value in (
        ("ORG", dealership.name if dealership else ""),
        ("TITLE", person.function),
        ("EMAIL;TYPE=INTERNET", person.email),
        ("TEL;TYPE=WORK", person.phone),
    ):
        if value:
            yield f"{name}:{_escaped(value)}"
    yield "END:VCARD"


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 bytes, no character torn apart, each after the first behind a space."""
    pieces, piece = [], b""
    for letter in line:
        more = letter.encode()
        if len(piece) + len(more) > _FOLD:
            pieces.append(piece)
            piece = b" "
        piece += more
    return b"\r\n".join([*pieces, piece]) + b"\r\n"


def _escaped(text: str) -> str:
    kept = "".join(letter if letter.isprintable() or letter == "\n" else _instead(letter) for letter in text)
    return kept.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def _instead(letter: str) -> str:
    """A space for another kind of space, nothing for what cannot be seen."""
    return " " if letter.isspace() and letter != "\r" else ""


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _spoken(name: str) -> str:
    """Family; given; more; before; after — as it is spoken."""
    parts = [_unescaped(part).strip() for part in _PARTED.sub("\\1\0", name).split("\0")]
    family, given, more, before, after = (*parts, "", "", "", "", "")[:5]
    return " ".join(part for part in (before, given, more, family, after) if part)


def _bytes(path: Path, shown: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as problem:
        raise ImportTrouble(
            _("{name} cannot be opened ({reason}).").format(name=shown, reason=problem.strerror),
            code="import.unreadable",
            way_out=_("Check that the file is there and not open elsewhere."),
            name=shown,
        ) from None
    if len(data) > LARGEST_FILE:
        raise guards.too_much(
            shown, _("{name} is larger than {limit} MB.").format(name=shown, limit=LARGEST_FILE >> 20)
        )
    return data


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cards(text: str) -> Iterator[_Card]:
    card: _Card | None = None
    depth = 0
    for number, line in _unfolded(text):
        name, params, value = _parted(line)
        if name == "BEGIN" and value.strip().upper() == "VCARD":
            if card is None:
                card = _Card(number)
            depth += 1
        elif name == "END" and value.strip().upper() == "VCARD":
            depth = max(0, depth - 1)
            if card is not None and not depth:
                card.is_whole = True
                yield card
                card = None
        elif card is not None and depth == 1 and name in _READ:
            card.take(name, _decoded(value, params), is_preferred=_is_preferred(params))
    if card is not None:
        yield card


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number, those that go on in the next one joined: by a space at its head, or by `=` at the end of a coded one."""
    number, parts, is_soft = 0, list[str](), False
    for place, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if parts and (is_soft or line[:1] in (" ", "\t")):
            parts.append(line if is_soft else line[1:])
        else:
            if parts:
                yield number, "".join(parts)[:_LONGEST_LINE]
            number, parts = place, [line]
        is_soft = parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0][:200].upper()
        if is_soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield number, "".join(parts)[:_LONGEST_LINE]


def _parted(line: str) -> tuple[str, list[str], str]:
    """Name, parameters and value of a line; the name without its group (`item1.EMAIL`). A colon in quotes parts nothing."""
    is_quoted = False
    for place, letter in enumerate(line):
        if letter == '"':
            is_quoted = not is_quoted
        elif letter == ":" and not is_quoted:
            head, *params = line[:place].split(";")
            return head.rpartition(".")[2].strip().upper(), params, line[place + 1 :]
    return "", [], ""


def _is_preferred(params: Iterable[str]) -> bool:
    """`PREF` or `TYPE=PREF` in older cards, `PREF=1` in newer ones, where the others are numbered from 2 on."""
    for param in params:
        name, _sign, values = param.upper().replace('"', "").partition("=")
        if (name == "PREF" and values in ("", "1")) or "PREF" in values.split(","):
            return True
    return False


def _decoded(value: str, params: Iterable[str]) -> str:
    """The value of a coded line (vCard 2.1) in plain text."""
    known = {param.partition("=")[0].upper(): param.partition("=")[2].strip('"').lower() for param in params}
    coding = known.get("ENCODING") or next((name.lower() for name in known if not known[name]), "")
    if coding != "quoted-printable":
        return value
    codec = _CODINGS.get(known.get("CHARSET", "utf-8"), "utf-8")
    try:
        return quopri.decodestring(value.encode("ascii", "replace")).decode(codec, "replace")
    except binascii.Error:
        return value


def _cut_off(place: str) -> Problem:
    return Problem(
        code="vcard.cut-off",
        place=place,
        found=_("a card without its end"),
        advice=_("export the contacts again: the file breaks off"),
    )
