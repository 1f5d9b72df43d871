"""Was this found before? Compares what is being typed with older findings by their rare words, in English and German."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Final

from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId, FindingId
from qma_app.domain.plain_text import composed

LEAST: Final = 0.35
"""Proposal: from this score on a finding is worth a look; a score above 1 is possible at the same checkpoint."""
SAME_CHECKPOINT: Final = 0.2
"""What the same checkpoint adds to a finding that shares a word."""

_WORD = re.compile(r"[^\W_]+")
_SPELLED = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_ENDINGS = ("ungen", "ung", "ings", "ing", "ern", "en", "er", "es", "em", "ed", "e", "s", "n")
_SHORTEST = 4  # letters that stay when an ending is cut, so that "order" does not become "ord"


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """An older finding, how alike it is (0 to 1, more at the same checkpoint), and the typed words it shares."""

    finding: Finding
    score: float
    shared_words: tuple[str, ...]


class SimilarFindings:
    """Reads the findings once (what is in the bin is left out); each question afterwards takes a few milliseconds."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._findings = tuple(each for each in findings if each.deleted_at is None)
        words = [set(_stems(each.statement)) for each in self._findings]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, stems in enumerate(words):
            for stem in stems:
                self._places[stem].append(place)
        self._weights = [sum(map(self._weight, stems)) for stems in words]

    def like(
        self,
        words: str,
        *,
        checkpoint_id: CheckpointId | None = None,
        limit: int = 5,
        least: float = LEAST,
        apart_from: FindingId | None = None,
    ) -> tuple[Match, ...]:
        """The findings most like these words, the most alike first, then by number; `apart_from` is the one being edited."""
        typed = _stems(words)
        shared: defaultdict[int, float] = defaultdict(float)
        for stem in typed:
            weight = self._weight(stem)
            for place in self._places.get(stem, ()):
                shared[place] += weight
        whole = sum(map(self._weight, typed))
        scores = {
            place: 2 * common / (whole + self._weights[place]) + self._extra(place, checkpoint_id)
            for place, common in shared.items()
        }
        near = [
            (-score, self._findings[place].number, place)
            for place, score in scores.items()
            if score >= least and self._findings[place].id != apart_from
        ]
        return tuple(
            Match(
                finding=self._findings[place],
                score=-score,
                shared_words=tuple(
                    word for stem, word in typed.items() if place in self._places.get(stem, ())
                ),
            )
            for score, _number, place in sorted(near)[:limit]
        )

    def _weight(self, stem: str) -> float:
        """The rarer, the heavier; a word nobody used yet weighs as much as one used once."""
        return log(1 + (len(self._findings) or 1) / max(1, len(self._places.get(stem, ()))))

    def _extra(self, place: int, checkpoint_id: CheckpointId | None) -> float:
        is_same = checkpoint_id is not None and self._findings[place].checkpoint_id == checkpoint_id
        return SAME_CHECKPOINT if is_same else 0.0


def _stems(text: str) -> dict[str, str]:
    """The words that say something, each by its stem, as they were written first."""
    found: dict[str, str] = {}
    for word in _WORD.findall(composed(text)):
        folded = _folded(word)
        if len(folded) > 1 and folded not in _STOP_WORDS:
            found.setdefault(_stem(folded), word)
    return found


def _folded(word: str) -> str:
    """Without case and accents; an umlaut and its written-out form give the same, and so do `Gast` and the stem of `Gäste`."""
    word = word.casefold()
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    for spelled, plain in _SPELLED:
        word = word.replace(spelled, plain)
    return word


def _stem(word: str) -> str:
    """Endings are cut for as long as enough is left; the plural `s` may leave three letters (`cars`)."""
    is_cut = not word.isdecimal()
    while is_cut:
        is_cut = False
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= (3 if ending == "s" else _SHORTEST):
                word = word[: -len(ending)]
                is_cut = True
                break
    return word


_STOP_WORDS: Final = frozenset(
    _folded(word)
    for word in _WORD.findall(
        "a an and any are as at be been before but by can could did do does each every for from had has have he her his if in "
        "into is it its more most no none not of off on only or our out over own she so some such than that the their them then "
        "there these they this those to under up was we were what when where which who will with without would you "
        "ab aber alle allen aller alles als am an auch auf aus bei beim bis da damit dann das dass dem den denn der des die dies "
        "diese dieser dieses doch dort durch ein eine einem einen einer eines er es für fehlt fehlen gibt hat haben hatte ihr ihre "
        "im in ins ist ja jede jeder jedes kann kein keine keinem keinen keiner man mehr mit muss nach nicht noch nur ob oder "
        "ohne sein seine sich sie sind so um und unter vom von vor war waren was wenn wer werden wie wird wo wurde wurden zu zum "
        "zur zwei drei vier fünf sechs sieben acht neun zehn one two three four five six seven eight nine ten"
    )
)
