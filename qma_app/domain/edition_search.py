"""Finds checkpoints of one edition by the beginnings of words, in every text and every language."""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Iterator

from qma_app.domain.edition import Checkpoint, Edition, Text
from qma_app.domain.ids import CheckpointId

_WORD = re.compile(r"\w+")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class Finder:
    """Reads an edition once, in parts where nobody may wait; each question afterwards takes a few milliseconds at most."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._left = deque(edition.checkpoints.values())
        self._known: dict[str, str] = {}
        self._words: dict[CheckpointId, str] = {}

    @property
    def is_whole(self) -> bool:
        """Whether every checkpoint was read."""
        return not self._left

    def read_some(self, count: int) -> bool:
        """Read so many more checkpoints; True once all are read."""
        for _turn in range(min(count, len(self._left))):
            point = self._left.popleft()
            self._words[point.id] = _searchable(" ".join(_texts(self._edition, point)), self._known)
        return self.is_whole

    def find(self, text: str) -> tuple[CheckpointId, ...]:
        """The checkpoints in which every word typed begins a word, in the order of the standard; none for no word.

        Case and accents do not matter; umlauts may be written out (`Auftraege`). Numbers are found whole (`SRV-04.2`).
        What was not read yet is read now.
        """
        self.read_some(len(self._left))
        wanted = tuple(f" {word}" for word in _folded(text).split())
        if not wanted:
            return ()
        return tuple(id for id, words in self._words.items() if all(word in words for word in wanted))


def _texts(edition: Edition, point: Checkpoint) -> Iterator[str]:
    process, area = edition.processes[point.process_id], edition.areas_by_id[point.area_id]
    yield from (area.code, process.number, point.number, str(point.id), point.remark)
    yield from (*point.clauses, *point.kpis, *point.when)
    yield from (str(old) for old in point.replaces)
    sample = (point.sample.of,) if point.sample is not None else ()
    texts: tuple[Text, ...] = (
        area.title,
        process.title,
        point.statement,
        point.guidance,
        point.evidence,
        point.failure,
        *point.actions,
        *sample,
    )
    for one in texts:
        yield from one.texts.values()


def _searchable(text: str, known: dict[str, str]) -> str:
    """Each word behind a space, with everything it is found by; `known` keeps that of words seen before."""
    words = set(unicodedata.normalize("NFC", text).casefold().split())
    for word in words:
        if word not in known:
            known[word] = _forms(word)
    return "".join(known[word] for word in words)


def _forms(word: str) -> str:
    """The word as written with its signs (`srv-04.2`), its parts, and its umlauts written out."""
    spelled = {_bare(word), _bare(word.translate(_SPELLED))}
    parts = {part for form in spelled for part in _WORD.findall(form)}
    return "".join(f" {form}" for form in sorted(spelled | parts))


def _folded(text: str) -> str:
    return _bare(unicodedata.normalize("NFC", text).casefold())


def _bare(text: str) -> str:
    """Without accents and without signs before the words."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return text.strip("“”„\"'()[],;:")
