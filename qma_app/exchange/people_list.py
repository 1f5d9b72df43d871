"""People as a list from outside names them, whatever the file was: what a table and a vCard file are both read into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from qma_app.errors import Problem
from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.names import plain, quoted
from qma_app.i18n import _

MOST_PEOPLE: Final = 2_000
LONGEST: Final = 200
"""Characters of a name, a function, an address: more is a mistake in the file."""

_MAIL: Final = re.compile(r"[^\s@<>\"(),;:\\]{1,64}@[^\s@<>\"(),;:\\.][^\s@<>\"(),;:\\]{0,250}")
_NUMBER: Final = re.compile(r"([^\W\d_]{2,4})[\s\-–_.]*0*(\d{1,3})", re.IGNORECASE)
_PARTS: Final = re.compile(r"[;,/|\n+&]+")
_PRINCIPAL: Final = frozenset(
    ("dealer principal", "principal", "geschäftsführer", "geschäftsführerin", "geschäftsführung", "managing director", "general manager", "gf", "ceo", "inhaber", "inhaberin", "owner")
)  # fmt: skip
_OFFICER: Final = frozenset(
    ("quality officer", "quality manager", "qualitätsbeauftragter", "qualitätsbeauftragte", "qualitätsmanager", "qualitätsmanagerin", "qmb", "qb")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonRow:
    """One person of a list; `place` is where it stands there, `processes` are the numbers the person answers for (`SRV-04`)."""

    place: str
    name: str
    function: str = ""
    email: str = ""
    phone: str = ""
    processes: tuple[str, ...] = ()

    @property
    def is_principal(self) -> bool:
        """Whether the function is that of who leads the house."""
        return plain(self.function) in _PRINCIPAL

    @property
    def is_officer(self) -> bool:
        """Whether the function is that of the quality officer."""
        return plain(self.function) in _OFFICER


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleList:
    """The people of a file in their order, and every place that could not be understood; `name` is that of the file.

    While a problem is more than a warning nothing of the list is taken in.
    """

    name: str
    rows: tuple[PersonRow, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended before it can be taken in."""
        return tuple(problem for problem in self.problems if not problem.is_warning)


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonWords:
    """What a file says of one person, not looked at yet."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""
    processes: str = ""


def row_of(place: str, words: PersonWords) -> tuple[PersonRow, tuple[Problem, ...]]:
    """One person with everything that is wrong with it; what is wrong is left out of the row."""
    problems: list[Problem] = []
    kept = {
        field: _fitting(place, title, cleaned(text), problems)
        for field, title, text in (
            ("name", _("name"), words.name),
            ("function", _("function"), words.function),
            ("email", _("e-mail"), words.email),
            ("phone", _("phone"), words.phone),
        )
    }
    email = kept["email"].removeprefix("mailto:")
    if email and not _MAIL.fullmatch(email):
        advice = _("expected an address such as name@example.com, or nothing")
        problems.append(Problem(code="people.email", place=place, found=quoted(email), advice=advice))
        email = ""
    if not kept["name"]:
        advice = _("write the name, or empty the whole row")
        problems.append(Problem(code="people.name", place=place, found=_("no name"), advice=advice))
    numbers = _numbers(place, words.processes, problems)
    row = PersonRow(
        place=place,
        name=kept["name"],
        function=kept["function"],
        email=email,
        phone=kept["phone"],
        processes=numbers,
    )
    return row, tuple(problems)


def listed_twice(rows: Iterable[PersonRow]) -> tuple[Problem, ...]:
    """People who stand in a list a second time: by their e-mail, or by a name that neither tells apart by an e-mail."""
    problems: list[Problem] = []
    by_mail: dict[str, PersonRow] = {}
    by_name: dict[str, list[PersonRow]] = {}
    for row in rows:
        if not row.name:
            continue
        before = by_mail.get(row.email.casefold()) if row.email else None
        same = by_name.setdefault(row.name.casefold(), [])
        if before is None:
            before = next((one for one in same if not (one.email and row.email)), None)
        if before is not None:
            found = _("{name} stands here a second time (first at {place})").format(
                name=quoted(row.name), place=before.place
            )
            advice = _("keep one of the two rows, or tell them apart by their e-mail")
            problems.append(Problem(code="people.twice", place=row.place, found=found, advice=advice))
        if row.email:
            by_mail.setdefault(row.email.casefold(), row)
        same.append(row)
    return tuple(problems)


def _fitting(place: str, title: str, text: str, problems: list[Problem]) -> str:
    if len(text) <= LONGEST:
        return text
    found = _("the {field} has {count} characters").format(field=title, count=len(text))
    advice = _("shorten it to {limit}").format(limit=LONGEST)
    problems.append(Problem(code="people.long", place=place, found=found, advice=advice))
    return text[:LONGEST]


def _numbers(place: str, text: str, problems: list[Problem]) -> tuple[str, ...]:
    """The process numbers of a cell in their one form: `srv 4` is SRV-04."""
    numbers: dict[str, None] = {}
    for part in _PARTS.split(text[: LONGEST * 10]):
        words = cleaned(part)
        if not words:
            continue
        if found := _NUMBER.fullmatch(words):
            numbers[f"{found[1].upper()}-{int(found[2]):02d}"] = None
            continue
        advice = _("expected numbers of processes such as SRV-04; PRT-02")
        problems.append(Problem(code="people.process", place=place, found=quoted(words), advice=advice))
    return tuple(numbers)
