"""Why something could not be done, in words a coach can act on.

`QmaError` and its families are failures of the world or of what somebody wrote. Everything else that is raised is a bug.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class QmaError(Exception):
    """An expected failure: one translated sentence, a code that never changes, and a way out.

    `code` is lower-case with dots (`workspace.newer`); `params` are the values that went into the sentence.
    """

    def __init__(self, message: str, *, code: str, way_out: str = "", **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.way_out = way_out
        self.params = params

    def __str__(self) -> str:
        return f"{self.message} {self.way_out}".rstrip()


class NotFound(QmaError):
    """What was asked for is not there (or lies in the bin)."""


class RuleBroken(QmaError):
    """The standard, the role or the state of a record does not allow it."""


class StaleEdit(QmaError):
    """Somebody wrote a newer version of the record meanwhile; nothing was overwritten."""


class StorageTrouble(QmaError):
    """The workspace cannot be read or written: disk full, locked, damaged, newer, wrong key."""


class ReportTrouble(QmaError):
    """A paper or workbook could not be made."""


class ImportTrouble(QmaError):
    """A file from outside was refused; nothing of it was taken in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One mistake in what somebody wrote: where it is, what was found, what to do.

    `place` is the address as its author knows it (`srv.yaml line 41`, `Sheet Service, B7`).
    """

    code: str
    place: str
    found: str
    advice: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.found}; {self.advice}"


class ContentProblems(QmaError):
    """All problems of a standard or an imported file at once."""

    def __init__(self, message: str, problems: Sequence[Problem], *, code: str = "content.problems") -> None:
        super().__init__(message, code=code, count=len(problems))
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([self.message, *map(str, self.problems)])
