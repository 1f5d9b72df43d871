"""Understanding a finding: its causes as a tree, read back as "therefore", and what is still missing in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qma_app.domain.cause import Cause
from qma_app.domain.edition import Edition
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CauseId
from qma_app.domain.plain_text import composed
from qma_app.i18n import _

LEVELS: Final = 3
"""So many whys a major is asked at least."""
PEOPLE: Final = "people"
"""The category that explains nothing alone: what let a person fail is the cause."""

Path = tuple[Cause, ...]
"""Causes from the finding down, each the answer to "why?" of the one before."""


class CauseTree:
    """The causes of one finding in order of place. What is in the bin is not seen.

    A cause whose parent is missing hangs at the top; where causes form a ring, the one that comes first in it is taken to the top.
    """

    def __init__(self, causes: Sequence[Cause]) -> None:
        kept = sorted((each for each in causes if each.deleted_at is None), key=_place)
        self._by_id = {each.id: each for each in kept}
        self._children: defaultdict[CauseId | None, list[Cause]] = defaultdict(list)
        tops = self._tops(kept)
        for each in kept:
            self._children[None if each.id in tops else each.parent_id].append(each)
        self._paths: dict[CauseId, Path] = {}
        waiting: list[tuple[Cause, Path]] = [(each, ()) for each in reversed(self._children[None])]
        while waiting:
            cause, above = waiting.pop()
            path = self._paths[cause.id] = (*above, cause)
            waiting += [(each, path) for each in reversed(self.children_of(cause.id))]

    def __bool__(self) -> bool:
        return bool(self._by_id)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Each cause once, behind the one above it: the order in which they are read."""
        return tuple(path[-1] for path in self._paths.values())

    @property
    def branches(self) -> tuple[Path, ...]:
        """The ways from the finding to each last cause."""
        return tuple(path for id, path in self._paths.items() if not self.children_of(id))

    @property
    def roots(self) -> tuple[Cause, ...]:
        """Last causes that the owner can change."""
        return tuple(path[-1] for path in self.branches if path[-1].is_changeable)

    def children_of(self, id: CauseId | None) -> tuple[Cause, ...]:
        """The answers to "why?" below a cause; those to the finding itself for None."""
        return tuple(self._children.get(id, ()))

    def path_to(self, id: CauseId) -> Path:
        """The way from the finding down to this cause; KeyError for one that is not in the tree."""
        return self._paths[id]

    def depth_of(self, id: CauseId) -> int:
        """1 right below the finding; KeyError for a cause that is not in the tree."""
        return len(self._paths[id])

    def _tops(self, causes: Sequence[Cause]) -> set[CauseId]:
        tops: set[CauseId] = set()
        settled: set[CauseId] = set()
        for cause in causes:
            walk: dict[CauseId, Cause] = {}
            at = cause
            while at.id not in settled and at.id not in walk:
                walk[at.id] = at
                above = self._by_id.get(at.parent_id) if at.parent_id is not None else None
                if above is None:
                    tops.add(at.id)
                    break
                at = above
            else:
                if at.id in walk:
                    ids = list(walk)
                    tops.add(min((walk[id] for id in ids[ids.index(at.id) :]), key=_place).id)
            settled |= walk.keys()
        return tops


def therefore_lines(finding_statement: str, path: Sequence[Cause]) -> tuple[str, ...]:
    """The chain read backwards: the root, what follows from it, and at last the finding; nothing for an empty path."""
    if not path:
        return ()
    root, *others = (*(each.words for each in reversed(path)), finding_statement)
    return (root, *(_("Therefore: {words}").format(words=words) for words in others))


@dataclass(frozen=True, kw_only=True, slots=True)
class CauseProblem:
    """What is missing; `is_blocking` where a major cannot be taken as understood. `cause_id` is None for the whole finding."""

    code: str
    words: str
    is_blocking: bool
    cause_id: CauseId | None = None


def cause_problems(finding: Finding, causes: Sequence[Cause], edition: Edition) -> tuple[CauseProblem, ...]:
    """What is missing before a finding is understood, the whole first, then cause by cause.

    A major is blocked by it, a minor only warned. Improvements and good practices need no cause.
    """
    if not finding.grade.wants_effect:
        return ()
    is_major = finding.grade is FindingGrade.MAJOR
    tree = CauseTree(causes)
    if not tree:
        words = _("Ask why: a major needs its causes.") if is_major else _("Ask why: no cause is named yet.")
        return (CauseProblem(code="cause.missing", words=words, is_blocking=is_major),)
    known = {each.id for each in edition.cause_categories}
    problems = [
        CauseProblem(
            code="cause.empty", words=_("A cause has no words."), is_blocking=is_major, cause_id=cause.id
        )
        for cause in tree.causes
        if not cause.words.strip()
    ]
    problems += _shape_problems(tree, is_major)
    # One branch asked to its end is enough; the others may stay as they are, with a warning.
    is_understood = any(_is_deep(tree, root) and root.category in known for root in tree.roots)
    for root in tree.roots:
        if root.category not in known:
            problems.append(_without_category(root, is_major and not is_understood))
        elif root.category == PEOPLE and not _has_other_category(tree, root, known):
            problems.append(_people_alone(root, is_major))
    return tuple(sorted(problems, key=_whole_first))


def blame_words(text: str, language: str) -> tuple[str, ...]:
    """Words that blame a person instead of asking why, as they stand in the text; each once. Only for a warning.

    Whole words; case does not matter, umlauts may be written out. None for a language without a list.
    """
    found: dict[str, str] = {}
    words = _WORD.findall(composed(text))
    folded = [_folded(word) for word in words]
    for start in range(len(words)):
        for phrase in _BLAME.get(language, ()):
            end = start + len(phrase)
            if len(words) >= end and all(map(_fits, phrase, folded[start:end])):
                found.setdefault(" ".join(folded[start:end]), " ".join(words[start:end]))
                break
    return tuple(found.values())


def _shape_problems(tree: CauseTree, is_major: bool) -> list[CauseProblem]:
    if not tree.roots:
        words = _("No last cause is one that the owner can change: ask on, or tick it.")
        return [CauseProblem(code="cause.nothing-changeable", words=words, is_blocking=is_major)]
    if not any(_is_deep(tree, root) for root in tree.roots):
        words = _("Ask on: at least {levels} levels of why down to a cause that the owner can change.")
        return [
            CauseProblem(code="cause.too-shallow", words=words.format(levels=LEVELS), is_blocking=is_major)
        ]
    return []


def _without_category(root: Cause, is_blocking: bool) -> CauseProblem:
    return CauseProblem(
        code="cause.category-missing",
        words=_("“{words}” has no category.").format(words=root.words),
        is_blocking=is_blocking,
        cause_id=root.id,
    )


def _people_alone(root: Cause, is_blocking: bool) -> CauseProblem:
    words = _("“{words}” stops at a person: name above it what let this happen, in another category.")
    return CauseProblem(
        code="cause.people-alone",
        words=words.format(words=root.words),
        is_blocking=is_blocking,
        cause_id=root.id,
    )


def _is_deep(tree: CauseTree, root: Cause) -> bool:
    return tree.depth_of(root.id) >= LEVELS


def _has_other_category(tree: CauseTree, root: Cause, known: set[str]) -> bool:
    return any(each.category in known - {PEOPLE} for each in tree.path_to(root.id))


def _whole_first(problem: CauseProblem) -> bool:
    return problem.cause_id is not None


def _place(cause: Cause) -> tuple[int, str]:
    return cause.place, cause.id


_WORD = re.compile(r"\w+")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ENDINGS = frozenset(("", "e", "en", "er", "es", "em"))


def _folded(word: str) -> str:
    return word.casefold().translate(_SPELLED)


def _fits(pattern: str, word: str) -> bool:
    if not pattern.endswith("*"):
        return word == pattern
    stem = pattern[:-1]
    return word.startswith(stem) and word[len(stem) :] in _ENDINGS


def _phrases(*lines: str) -> tuple[tuple[str, ...], ...]:
    """Each line holds phrases between commas; the longest come first, so that they win. `*` stands for an ending of an adjective."""
    phrases = [tuple(_folded(phrase).split()) for line in lines for phrase in line.split(",")]
    return tuple(sorted(phrases, key=len, reverse=True))


# An apostrophe parts two words here.
_BLAME: Final = {
    "en": _phrases(
        "human error, human mistake, human failure, operator error, user error, staff error, employee error",
        "careless, carelessly, carelessness, negligent, negligence, sloppy, sloppiness, lazy, laziness",
        "forgot, forgets, forgetful, forgetfulness, inattentive, inattention, not paying attention",
        "did not pay attention, didn t pay attention, did not think, didn t think, did not care, didn t care",
        "doesn t care, do not care, don t care, should have known, should know better, should have known better",
        "incompetent, incompetence, stupid, stupidity, unmotivated, not motivated, unreliable, undisciplined",
        "lack of discipline, bad attitude, wrong attitude, poor attitude, common sense",
        "to blame, his fault, her fault, their fault, own fault",
    ),
    "de": _phrases(
        "menschlich* Fehler, menschlich* Versagen, Mitarbeiterfehler, Bedienfehler, Flüchtigkeitsfehler",
        "unachtsam*, Unachtsamkeit, unaufmerksam*, Unaufmerksamkeit, nachlässig*, Nachlässigkeit",
        "fahrlässig*, Fahrlässigkeit, leichtsinnig*, Leichtsinn, schlampig*, Schlamperei, faul*, Faulheit",
        "vergessen, vergaß, vergaßen, vergisst, vergesslich*, Vergesslichkeit, schusselig*",
        "unfähig*, Unfähigkeit, inkompetent*, Inkompetenz, dumm*, Dummheit, unmotiviert*, nicht motiviert",
        "unzuverlässig*, Unzuverlässigkeit, disziplinlos*, mangelnde Disziplin, keine Disziplin, keine Lust",
        "nicht aufgepasst, nicht mitgedacht, nicht nachgedacht, falsche Einstellung, gesunder Menschenverstand",
        "hätte wissen müssen, hätten wissen müssen, hätte es wissen müssen, hätten es wissen müssen",
        "selbst schuld, schuld, eigene Schuld, eigenes Verschulden",
    ),
}
"""A proposal of our own, to be read as a hint: each of these says who, where the question was why."""
