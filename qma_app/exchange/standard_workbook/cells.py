"""What single cells say: numbers, words of a list, references and texts, each wrong one noted with what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from qma_app.domain.edition import Text
from qma_app.exchange.importing.names import advice, looked_up, plain, quoted
from qma_app.exchange.standard_workbook.columns import text_key
from qma_app.exchange.standard_workbook.notes import Notes
from qma_app.exchange.standard_workbook.sheets import RowIn
from qma_app.exchange.standard_workbook.words import key_of, words_of
from qma_app.i18n import _

_WHOLE: Final = re.compile(r"(-?[0-9]{1,9})(?:[.,]0+)?")
_FRACTION: Final = re.compile(r"([0-9]{1,6})\s*/\s*([1-9][0-9]{0,5})")
_LABELLED: Final = re.compile(r".*\[\s*([^\[\]]+?)\s*\]", re.DOTALL)
_BETWEEN: Final = re.compile(r"\s*[,;]\s*")


@dataclass(kw_only=True, slots=True)
class Scribe:
    """Reads the cells of one workbook: knows its languages, the language it is written in, and where to note."""

    notes: Notes
    languages: tuple[str, ...] = ("en",)
    written_in: str = "en"
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For lists of references (`owner`): each id, and each title that leads to one."""

    def texts(self, row: RowIn, key: str) -> Text:
        """The text in its languages, the base language first."""
        found = {code: row.text(text_key(key, code)) for code in self.languages}
        return Text(texts={code: words for code, words in found.items() if words})

    def whole(self, row: RowIn, key: str, *, least: int, most: int, instead: int) -> int:
        """A whole number within bounds; noted, and `instead`, where there is none."""
        number = self.whole_or_none(row, key, least=least, most=most)
        if number is None and not row.text(key):
            self.notes.error(
                "workbook.number",
                row.place(key),
                _("the cell is empty"),
                _("expected: a whole number from {least} to {most}").format(least=least, most=most),
            )
        return instead if number is None else number

    def whole_or_none(self, row: RowIn, key: str, *, least: int, most: int) -> int | None:
        """The same where the cell may be empty."""
        found = row.text(key)
        match = _WHOLE.fullmatch(found)
        if match and least <= int(match[1]) <= most:
            return int(match[1])
        if found:
            self.notes.error(
                "workbook.number",
                row.place(key),
                _("found {text}").format(text=quoted(found)),
                _("expected: a whole number from {least} to {most}").format(least=least, most=most),
            )
        return None

    def fraction(self, row: RowIn, key: str) -> Fraction:
        """Two whole numbers with a stroke between them."""
        match = _FRACTION.fullmatch(row.text(key))
        if match and int(match[1]) <= int(match[2]):
            return Fraction(int(match[1]), int(match[2]))
        self.notes.error(
            "workbook.fraction",
            row.place(key),
            _("found {text}").format(text=quoted(row.text(key))),
            _("expected: a share as two whole numbers with a stroke, such as 2/3"),
        )
        return Fraction(1)

    def decimal(self, row: RowIn, key: str) -> str:
        """A number as text, a comma turned into a dot; its form is judged with the standard."""
        found = row.text(key)
        if re.fullmatch(r"-?[0-9]{1,9},[0-9]{1,4}", found):
            self.notes.warning(
                "workbook.comma",
                row.place(key),
                _("found {text}").format(text=quoted(found)),
                _("the comma becomes a dot"),
            )
            return found.replace(",", ".")
        return found

    def choice(self, row: RowIn, key: str, name: str, *, instead: str) -> str:
        """One word of a fixed list, in any language; noted, and `instead`, where it is none."""
        found = row.text(key)
        if known := key_of(name, found, self.written_in):
            return known
        words = words_of(name).values()
        self.notes.error(
            "workbook.word",
            row.place(key),
            _("found {text}").format(text=quoted(found)) if found else _("the cell is empty"),
            advice(found, words) if found else _("expected: one of {words}").format(words=", ".join(words)),
        )
        return instead

    def reference(self, row: RowIn, key: str, name: str) -> str:
        """The id behind `Service manager [service-manager]`, behind a title, or itself; noted where there is none."""
        found = row.text(key)
        if not found:
            self.notes.error(
                "workbook.reference",
                row.place(key),
                _("the cell is empty"),
                advice("", self.titles[name].values()),
            )
            return ""
        return self._referred(row, key, name, found)

    def references(self, row: RowIn, key: str, name: str) -> tuple[str, ...]:
        """Several ids with commas between."""
        return tuple(self._referred(row, key, name, word) for word in self.words(row, key))

    def words(self, row: RowIn, key: str) -> tuple[str, ...]:
        """What stands between commas."""
        return tuple(word for word in _BETWEEN.split(row.text(key)) if word)

    def known(self, row: RowIn, key: str, word: str, known: Iterable[str]) -> None:
        """Note a word that is not among those known."""
        if word not in (words := list(known)):
            self.notes.error(
                "workbook.reference",
                row.place(key),
                _("{text} is not known").format(text=quoted(word)),
                advice(word, words),
            )

    def _referred(self, row: RowIn, key: str, name: str, found: str) -> str:
        titles = self.titles[name]
        ids = set(titles.values())
        if (match := _LABELLED.fullmatch(found)) and match[1] in ids:
            return match[1]
        if found in ids:
            return found
        meant, is_guessed = looked_up(found, titles)
        if meant is not None and not is_guessed:
            return meant
        self.notes.error(
            "workbook.reference",
            row.place(key),
            _("{text} is not known").format(text=quoted(found)),
            _("did you mean “{word}”?").format(word=meant) if meant else advice(found, sorted(ids)),
        )
        return match[1] if match else found


def titles_to_ids(named: Iterable[tuple[str, Text]]) -> dict[str, str]:
    """Each id under itself and under its titles; a title that two of them bear leads nowhere."""
    found: dict[str, str] = {}
    often: set[str] = set()
    for id, title in named:
        for words in {plain(words): words for words in title.texts.values()}.values():
            if words in found and found[words] != id:
                often.add(words)
            found.setdefault(words, id)
        found[id] = id
    return {words: id for words, id in found.items() if words == id or words not in often}
