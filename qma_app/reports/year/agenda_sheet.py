"""Lays the agenda of a visit on exactly one page: what does not fit is shortened, and the foot of the page says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from qma_app.design import LIGHT
from qma_app.domain.wording import promise_state_title, visit_title
from qma_app.i18n import _, day_text, ngettext
from qma_app.reports.actions.words import house_line, moment_line
from qma_app.reports.blocks import Block, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import (
    CELL,
    CELL_NUMBER,
    CELL_QUIET,
    CELL_STRONG,
    EYEBROW,
    FACT,
    HEADING,
    QUIET,
    SUBHEADING,
    SUBTITLE,
    TextStyle,
)
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.year.clipped import ClippedWords
from qma_app.reports.year.items import ItemPart
from qma_app.reports.year.promises import PromiseLine, due_text
from qma_app.reports.year.values import AgendaPaper, AskedPerson
from qma_app.reports.year.words import PROMISE_COLOURS, clock_text, hours_text, minute_text, weekday_text

_FOOT: Final = 2 * QUIET.leading + 8
_ROOM: Final = CONTENT_HEIGHT - _FOOT
_HALF: Final = (CONTENT_WIDTH - 24) / 2
_LABEL: Final = 70.0
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Squeeze:
    """How much may be shown: lines of a text, of why a point is there, points, rows of the lists; None = all."""

    lines: int | None = None
    why: int | None = None
    rows: int | None = None
    items: int | None = None
    with_functions: bool = True


_SQUEEZES: Final = (
    *(_Squeeze(lines=lines, why=lines, rows=rows) for lines in (None, 3, 2) for rows in (None, 12, 8)),
    *(_Squeeze(lines=2, why=1, rows=rows) for rows in (None, 12, 8)),
    _Squeeze(lines=2, why=1, rows=8, with_functions=False),
    *(_Squeeze(lines=2, why=0, rows=rows, with_functions=rows > 8) for rows in (12, 8)),
    *(_Squeeze(lines=1, why=0, rows=rows, with_functions=rows > 8) for rows in (12, 8, 5)),
    *(_Squeeze(lines=1, why=0, rows=4, items=items, with_functions=False) for items in (24, 18, 14)),
    _Squeeze(lines=1, why=0, rows=3, items=10, with_functions=False),
)
"""From everything to what fits in any case; what is to be done is cut after why, and whole names stay longest."""


class AgendaSheet(Block):
    """The whole page; worked out once."""

    def __init__(self, kit: Kit, paper: AgendaPaper) -> None:
        self._kit = kit
        self._paper = paper
        self._page: Block | None = None

    def height(self, width: float) -> float:
        return min(CONTENT_HEIGHT, self._laid_out().height(CONTENT_WIDTH))

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        self._laid_out().draw(sheet, x, top, CONTENT_WIDTH)

    def _laid_out(self) -> Block:
        if self._page is None:
            layout, body = self._fitting()
            self._page = Stack([body, *self._foot(layout)])
        return self._page

    def _fitting(self) -> tuple[_Layout, Block]:
        """The first try that fits; the last one always does."""
        for squeeze in _SQUEEZES[:-1]:
            if _least_height(self._paper, squeeze) <= _ROOM:  # else no word of it needs to be set
                layout, body = self._tried(squeeze)
                if body.height(CONTENT_WIDTH) <= _ROOM:
                    return layout, body
        return self._tried(_SQUEEZES[-1])

    def _tried(self, squeeze: _Squeeze) -> tuple[_Layout, Block]:
        layout = _Layout(kit=self._kit, paper=self._paper, squeeze=squeeze)
        return layout, Stack([*layout.blocks()])

    def _foot(self, layout: _Layout) -> Iterator[Block]:
        said = []
        if layout.is_shortened:
            said.append(_("Shortened to fit one sheet; the whole text is in the app."))
        notes = self._kit.setter.notes
        if notes.missing or notes.replaced:
            said.append(_("On these pages the mark \ufffd stands for what could not be printed."))
        if said:
            yield Gap(8)
            yield ClippedWords(self._kit.setter, " ".join(said), QUIET, most=2)


@dataclass(kw_only=True, slots=True)
class _Layout:
    """The blocks of one try, and which of their words may have been cut."""

    kit: Kit
    paper: AgendaPaper
    squeeze: _Squeeze
    _clipped: list[tuple[ClippedWords, float]] = field(default_factory=list)
    _has_more: bool = False

    @property
    def is_shortened(self) -> bool:
        return self._has_more or any(words.is_clipped(width) for words, width in self._clipped)

    def blocks(self) -> Iterator[Block]:
        yield from self._head()
        yield from self._time_plan()
        yield from self._promised()
        yield from self._foot_columns()

    def _words(self, text: str, style: TextStyle, width: float, *, where: str, most: int = 0) -> Block:
        """Words that take at most `most` lines (0 = as the squeeze allows)."""
        words = ClippedWords(self.kit.setter, text, style, most=most or self.squeeze.lines, where=where)
        self._clipped.append((words, width))
        return words

    def _head(self) -> Iterator[Block]:
        paper, visit = self.paper, self.paper.visit
        frame = paper.frame
        eyebrow = f"{frame.edition.label} · {_('Agenda')}".upper()
        yield self._words(eyebrow, EYEBROW, CONTENT_WIDTH, where=_("heading"), most=1)
        yield Gap(3)
        name = f"{visit_title(visit)}: {weekday_text(visit.day)}"
        yield self._words(name, HEADING, CONTENT_WIDTH, where=_("heading"), most=2)
        yield self._words(house_line(frame), SUBTITLE, CONTENT_WIDTH, where=_("Dealership"), most=2)
        yield self._words(moment_line(frame), QUIET, CONTENT_WIDTH, where=_("heading"), most=1)
        yield Gap(6)
        rows = [Row((self.kit.words(name, FACT), block), padding=1.8) for name, block in self._facts()]
        yield Table((_LABEL, CONTENT_WIDTH - _LABEL - 12), rows, gutter=12)

    def _facts(self) -> Iterator[tuple[str, Block]]:
        paper, visit = self.paper, self.paper.visit
        times = _("{first} to {last}").format(
            first=clock_text(visit.starts_at), last=clock_text(visit.ends_at)
        )
        areas = ", ".join(f"{area.code} {area.title}" for area in paper.areas)
        called_off = ""
        if visit.cancelled_on is not None:
            called_off = ": ".join(filter(None, (day_text(visit.cancelled_on), visit.cancelled_reason)))
        moved = _("planned for {day}").format(day=day_text(visit.planned_on))
        said = (
            (_("Called off"), called_off),
            (
                _("Time"),
                f"{times} ({hours_text(visit.minutes_planned)})"
                + (f", {moved}" if visit.day != visit.planned_on else ""),
            ),
            (_("Coach"), paper.coach.name if paper.coach else ""),
            (_("Areas"), areas),
            (_("Purpose"), visit.purpose),
        )
        for name, words in said:
            if words.strip():
                yield name, self._words(words, CELL, CONTENT_WIDTH - _LABEL - 12, where=name)

    def _heading(self, text: str) -> Iterator[Block]:
        yield Gap(11)
        yield self.kit.words(text, SUBHEADING)
        yield Gap(2)

    def _time_plan(self) -> Iterator[Block]:
        yield from self._heading(_("Time plan"))
        items = self.paper.items
        if not items:
            yield self.kit.words(_("No point is planned yet."), CELL)
            return
        shown = items[: self.squeeze.items] if self.squeeze.items else items
        rows = [self._item(part) for part in shown]
        widths = (58.0, 44.0, CONTENT_WIDTH - 58 - 44 - 20)
        about = _("Point") if self.squeeze.why == 0 else _("Point, and why")
        if len(shown) < len(items):
            rows.append(self._more(len(items) - len(shown)))
        yield Table(widths, rows, head=self.kit.head_row((_("From"), _("Minutes"), about)))
        yield from self._end(items[-1].ends)

    def _item(self, part: ItemPart) -> Row:
        wide = CONTENT_WIDTH - 58 - 44 - 20
        item = part.item
        where = _("agenda")
        title = part.title
        said = [self._words(title or "–", CELL_STRONG, wide, where=where)]
        why = self.squeeze.why
        if item.reason and why != 0:
            said.append(self._words(item.reason, CELL_QUIET, wide, where=where, most=why or 0))
        self._has_more = self._has_more or bool(item.reason and why == 0)
        return Row(
            (
                self.kit.words(minute_text(part.begins), CELL_NUMBER),
                self.kit.words(str(item.minutes), CELL_NUMBER),
                Stack(said),
            ),
            padding=2.2,
        )

    def _end(self, ends: int) -> Iterator[Block]:
        """When it is over, where that is not when it was planned."""
        last = self.paper.visit.ends_at
        over = ends - (last.hour * 60 + last.minute)
        if over > 0:
            words = _("Ends at {time}: {span} longer than planned.")
        elif over < 0:
            words = _("Ends at {time}; {span} are free.")
        else:
            return
        said = words.format(time=minute_text(ends), span=hours_text(abs(over)))
        yield Gap(3)
        style = CELL_QUIET.in_colour(LIGHT.bad) if over > 0 else CELL_QUIET
        yield self.kit.words(said, style)

    def _promised(self) -> Iterator[Block]:
        lines = self.paper.promises
        yield from self._heading(_("What was promised"))
        if not lines:
            yield self.kit.words(_("No promise is open."), CELL)
            return
        widths = (CONTENT_WIDTH - 110 - 62 - 60 - 30, 110.0, 62.0, 60.0)
        shown = self._shown(lines)
        rows = [self._promise(line, widths) for line in shown]
        if len(shown) < len(lines):
            rows.append(self._more(len(lines) - len(shown)))
        yield Table(widths, rows)

    def _promise(self, line: PromiseLine, widths: Sequence[float]) -> Row:
        what = f"{line.label} {line.promise.what}"
        badge = Badge(
            self.kit.setter, promise_state_title(line.state), PROMISE_COLOURS[line.state], line_height=12
        )
        return Row(
            (
                self._words(what, CELL, widths[0], where=line.label),
                self._words(line.who or "–", CELL_QUIET, widths[1], where=line.label),
                self.kit.words(due_text(line), CELL_QUIET),
                badge,
            ),
            padding=2.6,
        )

    def _foot_columns(self) -> Iterator[Block]:
        """What to bring beside who is asked to come."""
        bring = self.paper.visit.bring or _("Nothing is noted.")
        most = None if self.squeeze.lines is None else max(4, self.squeeze.lines * 4)
        words = ClippedWords(self.kit.setter, bring, CELL, most=most, where=_("To bring"))
        self._clipped.append((words, _HALF))
        left = Stack([self.kit.words(_("To bring"), SUBHEADING), Gap(2), words])
        people: list[Block] = [self.kit.words(_("Asked to come"), SUBHEADING), Gap(2)]
        asked = self.paper.asked
        shown = self._shown(asked)
        people += [self._person(one) for one in shown]
        if not asked:
            people.append(self.kit.words(_("Nobody is named yet."), CELL))
        if len(shown) < len(asked):
            self._has_more = True
            people.append(self.kit.words(_and_more(len(asked) - len(shown)), CELL_QUIET))
        yield Gap(11)
        yield side_by_side((left, Stack(people)), (_HALF, _HALF), gutter=24)

    def _person(self, one: AskedPerson) -> Block:
        where, name = _("Asked to come"), one.name or "–"
        rest = " · ".join(filter(None, (one.function, one.why)))
        if not self.squeeze.with_functions:  # one line for both
            whole = " · ".join(filter(None, (name, rest)))
            return self._words(whole, CELL, _HALF, where=where, most=1)
        said = [self._words(name, CELL, _HALF, where=where)]
        if rest:
            said.append(self._words(rest, CELL_QUIET, _HALF, where=where))
        return Stack(said)

    def _shown(self, all_of_them: Sequence[_T]) -> Sequence[_T]:
        return all_of_them[: self.squeeze.rows] if self.squeeze.rows else all_of_them

    def _more(self, count: int) -> Row:
        self._has_more = True
        return Row((self.kit.words(_and_more(count), CELL_QUIET),), padding=2, spans=True, rule=None)


def _least_height(paper: AgendaPaper, squeeze: _Squeeze) -> float:
    """What the rows take at the very least."""
    rows = min(len(paper.items), squeeze.items or len(paper.items))
    rows += min(len(paper.promises), squeeze.rows or len(paper.promises))
    return rows * CELL.leading


def _and_more(count: int) -> str:
    return ngettext("and {count} more", "and {count} more", count).format(count=count)
