"""What is needed from the principal, on the first page of the progress report: promises, decisions, and the principal's own part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.promise import PromiseState
from qma_app.i18n import _, day_text
from qma_app.reports.blocks import Block
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.principal.squeeze import Try
from qma_app.reports.styles import CELL, CELL_QUIET, LABEL
from qma_app.reports.tables import Row, Table
from qma_app.reports.year.promises import PromiseLine, due_text

_NAME, _DUE = 64.0, 100.0
_NEED: Final = CONTENT_WIDTH - _NAME - _DUE - 20


def needed_blocks(tried: Try) -> Iterator[Block]:
    """A row each, or thanks where nothing is open."""
    rows = [*_promise_rows(tried), *_decision_rows(tried), *_sponsor_rows(tried)]
    if not rows:
        yield tried.kit.words(_("Nothing is open: thank you."), CELL)
        return
    yield Table((_NAME, _NEED, _DUE), rows)


def _promise_rows(tried: Try) -> Iterator[Row]:
    asked = tried.paper.asked
    shown = asked[: tried.squeeze.promises]
    for place, line in enumerate(shown):
        yield _promise(tried, line, _("Promises") if not place else "")
    if len(asked) > len(shown):
        yield _more_row(tried, len(asked) - len(shown))


def _promise(tried: Try, line: PromiseLine, name: str) -> Row:
    is_late = line.state is PromiseState.LATE
    words = ": ".join(filter(None, (f"{line.label} {line.who}".strip(), line.promise.what)))
    due = _("late, was due {day}") if is_late else _("by {day}")
    said = due.format(day=due_text(line)) if line.promise.due_on else due_text(line)
    return _need(tried, name, words, said, is_late=is_late, where=line.label)


def _decision_rows(tried: Try) -> Iterator[Row]:
    decisions = tried.paper.decisions
    shown = decisions[: tried.squeeze.decisions]
    for place, line in enumerate(shown):
        decision = line.decision
        words = ": ".join(filter(None, (decision.owner, decision.words)))
        if line.action is not None:
            words = f"{words} ({line.action.action.label})"
        due = _("late, was due {day}") if line.is_late else _("by {day}")
        day = due.format(day=day_text(decision.due_on)) if decision.due_on else _("no day")
        name = _("Decisions") if not place else ""
        yield _need(tried, name, words, day, is_late=line.is_late, where=_("Decisions"))
    if len(decisions) > len(shown):
        yield _more_row(tried, len(decisions) - len(shown))


def _sponsor_rows(tried: Try) -> Iterator[Row]:
    words = tried.paper.sponsor.words
    shown = words[: tried.squeeze.sponsor]
    for place, said in enumerate(shown):
        name = _("Your part") if not place else ""
        again = _("missed in two quarters running")
        yield _need(tried, name, said, again, is_late=True, where=_("Your part"))
    if len(words) > len(shown):
        yield _more_row(tried, len(words) - len(shown))


def _need(tried: Try, name: str, words: str, due: str, *, is_late: bool, where: str) -> Row:
    style = CELL_QUIET.in_colour(LIGHT.bad) if is_late else CELL_QUIET
    return Row(
        (
            tried.words(name, LABEL, _NAME, where=where, most=1) if name else None,
            tried.words(words, CELL, _NEED, where=where),
            tried.words(due, style, _DUE, where=where, most=min(2, tried.squeeze.lines)),
        ),
        padding=1.8,
    )


def _more_row(tried: Try, count: int) -> Row:
    return Row((None, tried.kit.words(tried.more(count), CELL_QUIET), None), padding=1.8)
