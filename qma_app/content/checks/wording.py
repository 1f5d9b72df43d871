"""Words a coach can judge by, in texts that fit where they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from qma_app.content.address import quoted
from qma_app.content.written import Written, WrittenCheckpoint, WrittenStandard, texts_of
from qma_app.errors import Problem
from qma_app.i18n import _

LENGTHS: Mapping[str, tuple[int, int]] = {
    "statement": (30, 170),
    "guidance": (120, 480),
    "evidence": (20, 200),
    "failure": (30, 170),
    "actions": (30, 200),
    "of": (3, 120),
    "purpose": (20, 240),
    "title": (2, 80),
}
"""Least and most characters of a text in the base language."""
_TRANSLATION = Fraction(7, 5)
"""Other languages may be so much longer."""
_FAR = 2
"""More than twice the most does not load: nothing has room for it."""
MOST_ACTIONS = 2

_VAGUE = {
    "en": re.compile(
        r"\b(?:appropriate(?:ly)?|adequate(?:ly)?|regularly|sufficient(?:ly)?|proper(?:ly)?|timely|as needed|"
        r"where necessary|should|must|ensures?)\b|\betc\.|\band/or\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:angemessen|ausreichend|regelmäßig|ordnungsgemäß|geeignet|zeitnah|sachgerecht|entsprechend)(?:e[mnrs]?)?\b|"
        r"\b(?:gegebenenfalls|muss|müssen|soll|sollen|sollten?)\b|\b(?:usw|ggf)\.|\bund/oder\b",
        re.IGNORECASE,
    ),
}
"""Words that everybody reads in his own way."""


def statement_can_be_judged(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """No word that everybody reads in his own way, in the languages whose words we know."""
    for language, (text, line) in checkpoint.texts("statement").items():
        found = _VAGUE[language].search(text) if language in _VAGUE else None
        if not found:
            continue
        yield checkpoint.problem(
            "statement.vague",
            "statement",
            _("the statement says {word}, which cannot be judged on the spot").format(
                word=quoted(found.group())
            ),
            _("say what is seen instead: a number, a place, a record"),
            is_warning=True,
            line=line,
        )


def statements_are_sentences(standard: WrittenStandard) -> Iterator[Problem]:
    """A statement in the base language ends with a full stop."""
    for checkpoint in standard.checkpoints:
        text, line = checkpoint.texts("statement").get(standard.base, ("", 0))
        if text and not text.endswith("."):
            yield checkpoint.problem(
                "statement.full-stop",
                "statement",
                _("the statement ends with {end}").format(end=quoted(text[-1])),
                _("end it with a full stop"),
                is_warning=True,
                line=line,
            )


def actions_are_few(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """One proven action, or two."""
    count = len(checkpoint.node.items("actions"))
    if count > MOST_ACTIONS:
        yield checkpoint.problem(
            "actions.many",
            "actions",
            _("the checkpoint proposes {count} actions").format(count=count),
            _("keep the best {most}").format(most=MOST_ACTIONS),
            is_warning=True,
        )


def checkpoint_texts_fit(standard: WrittenStandard) -> Iterator[Problem]:
    """The texts of a checkpoint have the length their places on screen and paper are made for."""
    for checkpoint in standard.checkpoints:
        for key in ("statement", "guidance", "evidence", "failure"):
            yield from _fits(checkpoint, key, checkpoint.texts(key), standard)
        for action in checkpoint.node.children("actions"):
            yield from _fits(checkpoint, "actions", texts_of(action), standard)
        if sample := checkpoint.node.child("sample"):
            yield from _fits(checkpoint, "of", texts_of(sample.child("of")), standard)


def process_texts_fit(standard: WrittenStandard) -> Iterator[Problem]:
    """So have title and purpose of a process."""
    for process in standard.processes:
        yield from _fits(process, "title", process.texts("title"), standard)
        yield from _fits(process, "purpose", process.texts("purpose"), standard)


def titles_fit(standard: WrittenStandard) -> Iterator[Problem]:
    """So has every other title."""
    for written in (standard, *standard.areas, *standard.kpi_files, *standard.kpis):
        yield from _fits(written, "title", written.texts("title"), standard)
    for key in ("scale", "phases", "features", "roles", "cause_categories", "origins", "reported_under"):
        for node in standard.node.children(key):
            yield from _fits(standard, "title", texts_of(node.child("title")), standard)


def _fits(
    written: Written, key: str, texts: Mapping[str, tuple[str, int]], standard: WrittenStandard
) -> Iterator[Problem]:
    least, most = LENGTHS[key]
    for language, (text, line) in texts.items():
        is_base = language == standard.base
        longest = most if is_base else int(most * _TRANSLATION)
        shortest = least if is_base else 1
        if shortest <= len(text) <= longest:
            continue
        is_far = len(text) > longest * _FAR
        yield written.problem(
            "text.length",
            key,
            _("`{key}` has {count} characters in `{language}`").format(
                key=key, count=len(text), language=language[:20]
            ),
            _("write {least} to {most} characters").format(least=shortest, most=longest),
            is_warning=not is_far,
            line=line,
        )
