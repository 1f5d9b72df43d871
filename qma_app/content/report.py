"""Where the problems of one file are gathered while it is looked through."""

from __future__ import annotations

from dataclasses import dataclass, field

from qma_app.content.address import place
from qma_app.errors import Problem
from qma_app.i18n import _

MAX_PROBLEMS = 500
"""In one file: nobody reads more in one go, and a hostile file cannot fill the memory with complaints."""


@dataclass(slots=True)
class Report:
    """Problems of one file; `languages` are those its texts may be written in, the base language first."""

    file: str
    languages: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        return len(self.problems) > MAX_PROBLEMS

    def add(self, code: str, line: int, found: str, advice: str, *, is_warning: bool = False) -> None:
        """Note one problem; the one too many says that there are more."""
        if self.is_full:
            return
        if len(self.problems) == MAX_PROBLEMS:
            code, is_warning = "shape.many-problems", False
            found = _("there are more problems than the {count} named").format(count=MAX_PROBLEMS)
            advice = _("mend these first, then check again")
        self.problems.append(
            Problem(
                code=code, place=place(self.file, line), found=found, advice=advice, is_warning=is_warning
            )
        )
