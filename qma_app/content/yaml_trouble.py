"""What the YAML parser means when it gives up, said to somebody who writes checklists."""

from __future__ import annotations

import re

from yaml.error import MarkedYAMLError

from qma_app.content.address import place, quoted
from qma_app.errors import Problem
from qma_app.i18n import _

_UNCLOSED = "found unexpected end of stream"
_GOES_ON = re.compile(r"""[:-] +(?:"[^"]*"|'[^']*') *[^ #]""")
_READ = 1000
_BEGINNING_COUNTS = ("while scanning a simple key", "while scanning a quoted scalar")
"""Here the mistake lies where the text began, not where the parser noticed."""


def syntax_problem(error: MarkedYAMLError, name: str, text: str, runaway: tuple[int, int]) -> Problem:
    """The one mistake after which the parser could not go on.

    `runaway` names the lines of the last text in quotation marks that ran over several lines.
    """
    mark = error.context_mark if error.context in _BEGINNING_COUNTS else error.problem_mark
    assert mark is not None
    line = mark.line + 1
    if line == runaway[1]:
        line = runaway[0]
        found, advice = _in_words(_UNCLOSED)
    elif error.problem == "did not find expected key" and _GOES_ON.search(
        text.split("\n")[mark.line][:_READ]
    ):
        found = _("the text goes on after its closing quotation mark")
        advice = _("put the whole text in double quotes, and a backslash before those inside it")
    else:
        found, advice = _in_words(error.problem or "")
    return Problem(code="yaml.syntax", place=place(name, line), found=found, advice=advice)


def _in_words(problem: str) -> tuple[str, str]:
    quotes = _("put the whole text in double quotes")
    indent = _("each level is two spaces further in: put this line under the line it belongs to")
    known = {
        "mapping values are not allowed in this context": (
            _("a second colon and space in one line, or a line too far in"),
            _("put the whole text in double quotes, or mend the indentation"),
        ),
        "could not find expected ':'": (
            _("a line without a colon where a key is expected"),
            _("write `key: value`, or join the line to the text above it"),
        ),
        "found character that cannot start any token": (
            _("a text begins with a special character such as @, %, ` or |"),
            quotes,
        ),
        _UNCLOSED: (
            _("a quotation mark opens here and is not closed"),
            _("close the quotation mark at the end of the text"),
        ),
        "found unknown escape character": (
            _("a backslash stands before a character that has no such form"),
            _("write two backslashes, or leave them out"),
        ),
        "did not find expected key": (_("the line does not fit the keys above it"), indent),
        "did not find expected '-' indicator": (_("the line does not fit the list above it"), indent),
        "block sequence entries are not allowed in this context": (
            _("a list begins in a place where none can stand"),
            _("begin the list on the line below its key, two spaces further in"),
        ),
        "did not find expected ',' or ']'": (_("a list in brackets is not closed"), _("close it with `]`")),
        "did not find expected ',' or '}'": (
            _("a group in braces is not closed"),
            _("close it with `}`"),
        ),
    }
    return known.get(
        problem,
        (
            _("the line cannot be read as YAML: {problem}").format(problem=quoted(problem)),
            _("compare it with a line of the same kind that works"),
        ),
    )
