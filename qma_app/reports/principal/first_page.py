"""The first page of the progress report, which alone is enough: what changed, and what is needed from the principal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from qma_app.charts.trend import TrendPoint, trend
from qma_app.design import LIGHT
from qma_app.domain.passing import no_level_sentence
from qma_app.domain.result import Verdict
from qma_app.domain.wording import verdict_title
from qma_app.i18n import _, day_text, level_text, ngettext, number_text
from qma_app.reports.actions.words import house_line, moment_line
from qma_app.reports.blocks import Block, Chart, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH
from qma_app.reports.principal.behind import forecast_words
from qma_app.reports.principal.needed import needed_blocks
from qma_app.reports.principal.squeeze import SQUEEZES, Squeeze, Try
from qma_app.reports.principal.target_rows import target_blocks
from qma_app.reports.principal.values import AreaMove, PrincipalPaper
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import (
    CELL,
    CELL_QUIET,
    CELL_STRONG,
    EYEBROW,
    FIGURE_MEDIUM,
    HEADING,
    LABEL,
    QUIET,
    SUBHEADING,
    SUBTITLE,
    Align,
)
from qma_app.reports.tables import side_by_side
from qma_app.reports.wording import level_shown

_ROOM: Final = CONTENT_HEIGHT - QUIET.leading - 8
_GUTTER: Final = 24.0
_HALF: Final = (CONTENT_WIDTH - _GUTTER) / 2
_CHART: Final = 118.0
_POINTS: Final = 7
_MOVED: Final = Fraction(1)
"""From so many points on an area is named as moved."""


class FirstPage(Block):
    """The whole page; worked out once."""

    def __init__(self, kit: Kit, paper: PrincipalPaper, title: str) -> None:
        self._kit = kit
        self._paper = paper
        self._title = title
        self._page: Block | None = None

    def height(self, width: float) -> float:
        return min(CONTENT_HEIGHT, self._laid_out().height(CONTENT_WIDTH))

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        self._laid_out().draw(sheet, x, top, CONTENT_WIDTH)

    def _laid_out(self) -> Block:
        if self._page is None:
            tried, body = self._fitting()
            foot = [Gap(8), self._kit.words(_shortened(), QUIET)] if tried.is_shortened else []
            self._page = Stack([body, *foot])
        return self._page

    def _fitting(self) -> tuple[Try, Block]:
        """The first try that fits; the last one always does."""
        for squeeze in SQUEEZES[:-1]:
            tried, body = self._tried(squeeze)
            if body.height(CONTENT_WIDTH) <= _ROOM:
                return tried, body
        return self._tried(SQUEEZES[-1])

    def _tried(self, squeeze: Squeeze) -> tuple[Try, Block]:
        tried = Try(kit=self._kit, paper=self._paper, squeeze=squeeze)
        return tried, Stack([*_Layout(tried=tried, title=self._title).blocks()])


def _shortened() -> str:
    return _("Shortened to fit one page; the pages behind say more.")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Layout:
    """The blocks of one try."""

    tried: Try
    title: str

    def blocks(self) -> Iterator[Block]:
        yield from self._head()
        yield self._score()
        yield from self._heading(_("What changed in the areas since {day}").format(day=self._since()))
        yield self._areas()
        yield from self._heading(_("Targets"))
        yield from target_blocks(self.tried)
        yield from self._heading(_("What is needed from you"))
        yield from needed_blocks(self.tried)

    def _since(self) -> str:
        return day_text(self.tried.paper.since)

    def _heading(self, text: str) -> Iterator[Block]:
        yield Gap(10)
        yield self.tried.words(text, SUBHEADING, CONTENT_WIDTH, where=_("heading"), most=1)
        yield Gap(2)

    def _head(self) -> Iterator[Block]:
        frame = self.tried.paper.frame
        eyebrow = f"{frame.edition.label} · {self.title}".upper()
        month, months = frame.engagement.month_on(frame.on), frame.engagement.months
        name = _("{title}: month {month} of {months}").format(title=self.title, month=month, months=months)
        for text, style, most in (
            (eyebrow, EYEBROW, 1),
            (name, HEADING, min(2, self.tried.squeeze.lines)),
            (house_line(frame), SUBTITLE, 1),
            (moment_line(frame), QUIET, 1),
        ):
            yield self.tried.words(text, style, CONTENT_WIDTH, where=_("heading"), most=most)
        yield Gap(10)

    def _score(self) -> Block:
        """The level with the pass mark and what it means, beside the course of it."""
        paper, result = self.tried.paper, self.tried.paper.result
        edition, mark = paper.frame.edition, paper.frame.edition.rules.pass_mark
        colour = LIGHT.ok if result.verdict is Verdict.PASS else LIGHT.warn
        if result.overall is None or result.is_partial:
            colour = LIGHT.muted
        left: list[Block] = [
            self.tried.kit.words(level_shown(edition, result.overall), FIGURE_MEDIUM.in_colour(colour)),
            self.tried.words(
                _("pass mark {mark}").format(mark=level_text(Fraction(mark))),
                CELL_QUIET,
                _HALF,
                where=_("score"),
                most=1,
            ),
            Gap(4),
        ]
        most = min(3, self.tried.squeeze.lines + 1)
        left += [
            self.tried.words(words, CELL, _HALF, where=_("score"), most=most) for words in self._score_words()
        ]
        points = paper.course.points[-_POINTS:]
        if not points:
            said = _("There is no course yet: the whole house was not assessed so far.")
            right: Block = self.tried.words(said, CELL_QUIET, _HALF, where=_("score"), most=3)
        else:
            right = Chart(self.tried.kit.setter, self._trend())
        return side_by_side((Stack(left), right), (_HALF, _HALF), gutter=_GUTTER)

    def _score_words(self) -> Iterator[str]:
        paper, result = self.tried.paper, self.tried.paper.result
        if result.overall is None:
            yield no_level_sentence(result.tally)
        elif result.is_partial:
            yield _("Only {rated} of {count} areas are rated: this is no level of the house yet.").format(
                rated=result.rated_areas, count=result.counted_areas
            )
        elif paper.before is None:
            yield _("On {day} there was no level of the whole house to hold against.").format(
                day=self._since()
            )
        else:
            yield _("{points} points since {day} ({level} then).").format(
                points=_signed(result.overall - paper.before),
                day=self._since(),
                level=level_shown(paper.frame.edition, paper.before),
            )
        if result.overall is not None and not result.is_partial:
            yield _("By the rules: {verdict}.").format(verdict=verdict_title(result.verdict))
        majors = next((rule for rule in result.rules if rule.code == "majors" and not rule.holds), None)
        if majors is not None:
            yield majors.reason
        if result.unmet_criticals:
            count = len(result.unmet_criticals)
            yield ngettext(
                "{count} critical checkpoint is not met.", "{count} critical checkpoints are not met.", count
            ).format(count=count)
        forecast = paper.course.forecast
        if forecast is not None and paper.audited_on is None:
            yield _("Expected by the audit on {day}: {level}, between {low} and {high}.").format(
                day=day_text(forecast.on),
                level=level_text(forecast.expected),
                low=level_text(forecast.low),
                high=level_text(forecast.high),
            )
            yield forecast_words(paper)

    def _trend(self) -> object:
        course, edition = self.tried.paper.course, self.tried.paper.frame.edition
        points = [
            TrendPoint(
                label=one.label,
                below=day_text(one.on, "MMM y"),
                level=one.overall,
                figure=level_shown(edition, one.overall),
            )
            for one in course.points[-_POINTS:]
        ]
        points += self._now(points[-1].figure)
        label = _("pass mark {mark}").format(mark=level_text(Fraction(course.pass_mark)))
        return trend(points, width=_HALF, height=_CHART, mark=course.pass_mark, mark_label=label)

    def _now(self, last: str) -> Iterator[TrendPoint]:
        """Where it stands today, once something was rated after the last assessment."""
        paper, overall = self.tried.paper, self.tried.paper.result.overall
        figure = level_shown(paper.frame.edition, overall)
        if overall is not None and not paper.result.is_partial and figure != last:
            below = day_text(paper.frame.on, "MMM y")
            yield TrendPoint(label=_("Now"), below=below, level=overall, figure=figure)

    def _areas(self) -> Block:
        moved = [one for one in self.tried.paper.areas if one.moved is not None and not one.left_out]
        up = sorted((one for one in moved if (one.moved or 0) >= _MOVED), key=_most_moved)
        down = sorted((one for one in moved if (one.moved or 0) <= -_MOVED), key=_most_moved)
        if not moved:
            said = _("No area was rated both then and now: nothing can be compared.")
            return self.tried.words(said, CELL, CONTENT_WIDTH, where=_("Areas"), most=2)
        left = self._side(_("Up"), up, LIGHT.ok, _("No area went up by a point or more."))
        right = self._side(_("Down"), down, LIGHT.bad, _("No area went down by a point or more."))
        return side_by_side((left, right), (_HALF, _HALF), gutter=_GUTTER)

    def _side(self, name: str, moves: Sequence[AreaMove], colour: str, none: str) -> Block:
        blocks: list[Block] = [self.tried.words(name, LABEL, _HALF, where=name, most=1)]
        if not moves:
            blocks.append(self.tried.words(none, CELL_QUIET, _HALF, where=name, most=2))
        shown = moves[: self.tried.squeeze.areas]
        edition, wide = self.tried.paper.frame.edition, _HALF - 112.0
        for one in shown:
            level = _("now {level}").format(level=level_shown(edition, one.now))
            title = f"{one.area.code} {one.area.title}"
            cells = (
                self.tried.words(title, CELL, wide, where=_("Areas"), most=min(2, self.tried.squeeze.lines)),
                self.tried.kit.words(
                    _signed(one.moved or Fraction()), CELL_STRONG.in_colour(colour).aligned(Align.END)
                ),
                self.tried.kit.words(level, CELL_QUIET.aligned(Align.END)),
            )
            blocks.append(side_by_side(cells, (wide, 34.0, 62.0), gutter=8))
        if len(moves) > len(shown):
            blocks.append(self.tried.kit.words(self.tried.more(len(moves) - len(shown)), CELL_QUIET))
        return Stack(blocks)


def _signed(points: Fraction) -> str:
    shown = number_text(abs(points), 1)
    if not shown.strip("0.,"):
        return shown
    return f"{'−' if points < 0 else '+'}{shown}"


def _most_moved(one: AreaMove) -> Fraction:
    return -abs(one.moved or Fraction())
