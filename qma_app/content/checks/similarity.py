"""Two checkpoints must not ask the same: a dealership would pay or earn twice for one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from qma_app.content.address import place
from qma_app.content.written import WrittenCheckpoint, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

NEAR = Fraction(4, 5)
"""From this share of common words on, two statements are nearly the same."""
_READ = 1000
_COMPARISONS = 200_000
"""A bound on the work: a standard of 5,000 checkpoints stays far below, a hostile one ends in time."""

_word = re.compile(r"[^\W_]+")


def statements_differ(standard: WrittenStandard) -> Iterator[Problem]:
    """The same words in the same order, or nearly the same words: a list from elsewhere may hold both, a good one neither."""
    first: dict[tuple[str, ...], WrittenCheckpoint] = {}
    for checkpoint in standard.checkpoints:
        words = tuple(_word.findall(checkpoint.statement(standard.base)[:_READ].casefold()))
        if not words:
            continue
        if other := first.get(words):
            yield _problem(
                checkpoint,
                other,
                "statement.twice",
                _("the statement is the same as at {place}"),
                _("delete one of the two checkpoints, or say what this one asks beyond the other"),
            )
        else:
            first[words] = checkpoint
    for one, other in _near_pairs(first):
        yield _problem(
            one,
            other,
            "statement.near",
            _("the statement says nearly the same as at {place}"),
            _("check whether both are needed, and word what makes the difference"),
        )


def _near_pairs(
    statements: dict[tuple[str, ...], WrittenCheckpoint],
) -> Iterator[tuple[WrittenCheckpoint, WrittenCheckpoint]]:
    """Pairs from NEAR on. Words are taken rarest first: near ones share one among their first few."""
    counts = Counter(word for words in statements for word in set(words))
    holders: dict[str, list[tuple[frozenset[str], WrittenCheckpoint]]] = {}
    work = 0
    for words, checkpoint in statements.items():
        one = frozenset(words)
        rarest = sorted(one, key=lambda word: (counts[word], word))
        first_few = rarest[: len(one) - -(-len(one) * NEAR.numerator // NEAR.denominator) + 1]
        met = set()
        for word in first_few:
            for other, other_checkpoint in holders.get(word, ()):
                work += 1
                if id(other) in met or not _may_be_near(len(one), len(other)):
                    continue
                met.add(id(other))
                if len(one & other) >= NEAR * len(one | other):
                    yield checkpoint, other_checkpoint
        if work > _COMPARISONS:
            return
        for word in first_few:
            holders.setdefault(word, []).append((one, checkpoint))


def _may_be_near(one: int, other: int) -> bool:
    return min(one, other) >= NEAR * max(one, other)


def _problem(
    checkpoint: WrittenCheckpoint,
    other: WrittenCheckpoint,
    code: str,
    found: str,
    advice: str,
) -> Problem:
    at = place(other.file, other.node.line_of("statement"))
    return checkpoint.problem(code, "statement", found.format(place=at), advice, is_warning=True)
