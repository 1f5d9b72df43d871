"""Understands what somebody wrote into the rating of a row: chosen from the list, typed, or pasted, in any language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from qma_app.domain.edition import Edition
from qma_app.domain.rating import Outcome
from qma_app.domain.wording import outcome_title
from qma_app.exchange.importing.names import closest
from qma_app.i18n import LANGUAGES, _, in_language

_NUMBER_FIRST: Final = re.compile(r"(\d{1,3})(?:[.,]0+)?(?:\s*[-:=·]\s*|\s+|$)(.*)", re.DOTALL)
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_SHORT_NOT_APPLICABLE: Final = ("n/a", "na", "n.a.", "n. a.", "-", "entfällt", "entf.", "n. z.")


@dataclass(frozen=True, slots=True)
class Answer:
    """A rating as it was meant; OPEN for an empty cell."""

    outcome: Outcome
    points: int | None = None


class Answers:
    """All that can be written, and what it means."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._known: dict[str, Answer] = {}
        for code, _name in LANGUAGES:
            with in_language(code):
                for outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_SEEN):
                    self._known[_folded(outcome_title(outcome))] = Answer(outcome)
        for words in _SHORT_NOT_APPLICABLE:
            self._known[_folded(words)] = Answer(Outcome.NOT_APPLICABLE)
        for step in edition.scale:
            self._known[str(step.points)] = Answer(Outcome.RATED, step.points)
            for words in step.title.texts.values():
                self._known[_folded(words)] = Answer(Outcome.RATED, step.points)

    def read(self, text: str) -> Answer | None:
        """What was meant; None where it cannot be known, or where points and words contradict one another."""
        folded = _folded(text)
        if not folded:
            return Answer(Outcome.OPEN)
        if folded in self._known:
            return self._known[folded]
        found = _NUMBER_FIRST.fullmatch(folded)
        if found is None:
            return None
        answer, words = self._known.get(str(int(found[1]))), found[2].strip()
        return answer if answer is not None and (not words or self._known.get(words) == answer) else None

    def advice(self, text: str) -> str:
        """What was expected instead, with what was probably meant where that can be guessed."""
        listed = ", ".join(f"{step.points} – {step.title}" for step in reversed(self._edition.scale))
        expected = _("expected one of {ratings}, or “{mark}”").format(
            ratings=listed, mark=outcome_title(Outcome.NOT_APPLICABLE)
        )
        meant = closest(text, (str(step.title) for step in self._edition.scale))
        if not meant:
            return expected
        return _("did you mean “{word}”? {expected}").format(word=meant, expected=expected)


def _folded(text: str) -> str:
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text[:300]))
    return " ".join(plain.split()).casefold()
