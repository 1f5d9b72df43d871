"""Promises and quarters in the words of the screen; no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from qma_app.domain.promise import Promise, PromiseState
from qma_app.domain.wording import promise_state_title
from qma_app.i18n import _, day_text, level_text, ngettext
from qma_app.services.promises import PromiseBook, QuarterOfPromises
from qma_app.services.sponsoring import quarter_text
from ui.models.standards_table import TableColumn, TableRow
from ui.promises.reading import Book
from ui.today.words import short_day

OPEN, LATE, SETTLED = "open", "late", "settled"
_KEPT, _BROKEN, _WAITING, _ALARM = "✓", "✗", "○", "!"


def shown_promises(book: Book, chosen: str) -> tuple[Promise, ...]:
    """The promises a filter lets through: all that wait, only the late ones, or those that are settled."""
    if chosen == SETTLED:
        return book.promises.settled
    if chosen == LATE:
        return tuple(one for one in book.promises.open if one.state_on(book.on) is PromiseState.LATE)
    return book.promises.open


def state_words(promise: Promise, on: date) -> tuple[str, str]:
    """A shape with a word, and its tone."""
    state = promise.state_on(max(on, promise.kept_on or on, promise.broken_on or on))
    if state is PromiseState.LATE and promise.due_on is not None:
        days = (on - promise.due_on).days
        late = ngettext("{count} day late", "{count} days late", days).format(count=days)
        return f"{_ALARM} {late}", "bad"
    if state is PromiseState.OPEN:
        is_today = promise.due_on == on
        return (
            f"{_WAITING} {_('due today') if is_today else promise_state_title(state)}",
            "warn" if is_today else "neutral",
        )
    sign, tone = {
        PromiseState.KEPT: (_KEPT, "ok"),
        PromiseState.KEPT_LATE: (_KEPT, "warn"),
        PromiseState.BROKEN: (_BROKEN, "bad"),
    }[state]
    return f"{sign} {promise_state_title(state)}", tone


def origin_words(book: Book, promise: Promise) -> str:
    """Where and when it was made: `visit 8, 9 Nov`."""
    visit = book.visits.get(promise.visit_id) if promise.visit_id is not None else None
    made = short_day(promise.made_on, book.on) if promise.made_on is not None else ""
    if promise.charter_id is not None:
        return _("charter")
    if visit is not None:
        return ", ".join(filter(None, (_("visit {number}").format(number=visit.number), made)))
    return made


def promise_columns() -> tuple[TableColumn, ...]:
    """What is said of each promise."""
    return (
        TableColumn(title=_("Promise"), share=5, is_strong=True),
        TableColumn(title=_("Who"), share=3),
        TableColumn(title=_("Due"), width=88),
        TableColumn(title=_("State"), width=122, is_chip=True),
    )


def promise_row(book: Book, promise: Promise) -> TableRow:
    """A promise as a line of the table."""
    words, tone = state_words(promise, book.on)
    settled = promise.kept_on or promise.broken_on
    due = promise.due_on
    is_late = promise.state_on(book.on) is PromiseState.LATE
    below = " · ".join(filter(None, (origin_words(book, promise), " ".join(promise.outcome.split()))))
    small = {0: below} if below else {}
    if settled is not None:
        small[2] = _settled_words(promise, book.on)
    if promise.is_coachs:
        small[1] = _("coach")
    return TableRow(
        key=promise.id,
        cells=(" ".join(promise.what.split()), promise.who, short_day(due, book.on) if due else "–", words),
        tones={2: "bad", 3: tone} if is_late else {3: tone},
        small=small,
        tip="\n".join(filter(None, (promise.what, promise.outcome))),
    )


def _settled_words(promise: Promise, on: date) -> str:
    if promise.broken_on is not None:
        return short_day(promise.broken_on, on)
    return short_day(promise.kept_on, on) if promise.kept_on is not None else ""


def filter_words(book: Book, chosen: str) -> str:
    """`Late 2`: what a filter is called, with how many it shows."""
    word = {OPEN: _("Open"), LATE: _("Late"), SETTLED: _("Settled")}[chosen]
    return f"{word} {len(shown_promises(book, chosen))}"


def nothing_words(chosen: str) -> str:
    """What stands where a filter shows nothing."""
    return {
        OPEN: _("Nothing is open: everything that was promised is settled."),
        LATE: _("Nothing is late."),
        SETTLED: _("Nothing is settled yet."),
    }[chosen]


def summary_words(promises: PromiseBook) -> str:
    """`12 kept, 1 kept late, 2 late, 1 broken · 80% kept in time`."""
    counts = [
        ngettext("{count} kept", "{count} kept", promises.kept).format(count=promises.kept),
        _counted(promises.kept_late, ngettext("{count} kept late", "{count} kept late", promises.kept_late)),
        _counted(promises.late, ngettext("{count} late", "{count} late", promises.late)),
        _counted(promises.broken, ngettext("{count} broken", "{count} broken", promises.broken)),
    ]
    said = ", ".join(filter(None, counts))
    if promises.kept_share is None:
        return _("No promise of the house was due yet")
    share = _("{share} kept in time").format(share=level_text(promises.kept_share))
    return " · ".join(filter(None, (said, share, trend_words(promises.trend))))


def trend_words(trend: Sequence[QuarterOfPromises]) -> str:
    """How the last quarter compares with the one before it; empty where there is none to compare."""
    if len(trend) < 2:
        return ""
    now, before = trend[-1], trend[-2]
    since = quarter_text(before.quarter)
    change = now.share - before.share
    if change == 0:
        return _("as in {quarter}").format(quarter=since)
    words = _("better than in {quarter}") if change > Fraction() else _("worse than in {quarter}")
    return words.format(quarter=since)


def quarter_words(one: QuarterOfPromises) -> str:
    """`Q4 2026: 1 of 3 kept in time, 33%`."""
    return _("{quarter}: {kept} of {due} kept in time, {share}").format(
        quarter=quarter_text(one.quarter), kept=one.kept, due=one.due, share=level_text(one.share)
    )


def quarter_rows(trend: Sequence[QuarterOfPromises]) -> list[TableRow]:
    """The same figures as a table, the newest first."""
    return [
        TableRow(
            key=str(one.quarter),
            cells=(quarter_text(one.quarter), str(one.due), str(one.kept), level_text(one.share)),
        )
        for one in reversed(trend)
    ]


def quarter_columns() -> tuple[TableColumn, ...]:
    """The heads of that table."""
    return (
        TableColumn(title=_("Quarter"), share=2, is_strong=True),
        TableColumn(title=_("Due"), share=1),
        TableColumn(title=_("Kept in time"), share=2),
        TableColumn(title=_("Share"), share=1),
    )


def due_question(promise: Promise) -> str:
    """A promise in one line, for the head of a dialog."""
    due = _("due {day}").format(day=day_text(promise.due_on)) if promise.due_on is not None else ""
    return " · ".join(filter(None, (" ".join(promise.what.split()), promise.who, due)))


def _counted(count: int, words: str) -> str:
    return words.format(count=count) if count else ""
