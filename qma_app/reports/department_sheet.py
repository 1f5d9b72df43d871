"""The sheet for the wall of a department: what matters most now, readable from two metres by everybody who works there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from qma_app.design import LIGHT
from qma_app.domain.action import Stage
from qma_app.domain.finding_state import agreed_actions
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.ports import Reader
from qma_app.i18n import _, day_text, ngettext
from qma_app.reports.actions.drawing import Part, draw_parts
from qma_app.reports.actions.reading import Programme
from qma_app.reports.actions.values import ActionPart, DepartmentPaper
from qma_app.reports.actions.words import goal_line
from qma_app.reports.blocks import Block
from qma_app.reports.document import PictureBytes
from qma_app.reports.fonts import Face
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_HEIGHT
from qma_app.reports.progress import Progress
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import Align, TextStyle
from qma_app.reports.text import Line, Typesetter

MOST: Final = 3
"""So many actions a team can keep in mind."""
_GAP: Final = 12.0
_PAD: Final = 16.0
_TALLEST: Final = 260.0
"""One action alone does not fill a page."""
_NUMBER: Final = 50.0
_SCALES: Final = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62)
_WHAT: Final = 25.0
_WHO: Final = 19.0
_HOW: Final = 16.5
_TITLE: Final = TextStyle(face=Face.BOLD, size=36.0, leading=42.0, tracking=-20)
_HOUSE: Final = TextStyle(size=13.0, leading=19.0, colour=LIGHT.muted)
_LEAD: Final = TextStyle(face=Face.SEMIBOLD, size=17.0, leading=24.0, colour=LIGHT.accent)
_QUIET: Final = TextStyle(size=9.5, leading=13.0, colour=LIGHT.muted)
_BIG: Final = TextStyle(face=Face.BOLD, size=30.0, leading=34.0, colour=LIGHT.surface)


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    area_id: AreaId,
    *,
    on: date,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> DepartmentPaper:
    """The actions of an area that matter most of those still open; what waits only for its check comes behind."""
    programme = Programme(reader, engagement_id, on=on, is_sample=is_sample)
    parts = [
        part
        for part in programme.parts(agreed_actions(programme.actions))
        if not part.is_settled and any(area.id == area_id for area in part.areas)
    ]
    step(1.0)
    parts.sort(key=_is_done)
    return DepartmentPaper(
        frame=programme.frame,
        area=programme.edition.areas_by_id[area_id],
        parts=tuple(parts[:MOST]),
        more=max(0, len(parts) - MOST),
    )


def title() -> str:
    """What it is called in lists."""
    return _("Department sheet")


def draw(paper: DepartmentPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the one page as a PDF."""

    def add(kit: Kit) -> None:
        entry = kit.entry(str(paper.area.title), 0, in_contents=False)
        kit.flow.add(WallSheet(kit.setter, paper), entry=entry)

    part = Part(name=str(paper.area.title), add=add, says_losses=True)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress)


@dataclass(frozen=True, slots=True)
class _Card:
    """The lines of one action as large as they fit: what, who and until when, how we will know."""

    label: str
    what: tuple[Line, ...]
    who: tuple[Line, ...]
    how: tuple[Line, ...]
    scale: float
    is_short: bool

    @property
    def height(self) -> float:
        what, who, how = _styles(self.scale)
        used = len(self.what) * what.leading + len(self.who) * who.leading + 8
        return used + (len(self.how) * how.leading + 8 if self.how else 0.0) + 2 * _PAD


class WallSheet(Block):
    """Fills exactly one page; texts are set smaller within limits, then shortened, and a line at the foot says so."""

    def __init__(self, setter: Typesetter, paper: DepartmentPaper) -> None:
        self._setter = setter
        self._paper = paper
        self._set: tuple[float, tuple[_Card, ...]] = (-1.0, ())

    def height(self, width: float) -> float:
        self._cards(width)
        return CONTENT_HEIGHT

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        y = self._draw_head(sheet, x, top, width)
        cards = self._cards(width)
        if not cards:
            self._draw_nothing(sheet, x, y, width)
        for number, card in enumerate(cards, 1):
            high = min(self._room(width) / len(cards), _TALLEST)
            self._draw_card(sheet, card, number, x, y, width, high)
            y -= high + _GAP
        self._draw_foot(sheet, cards, x, top - CONTENT_HEIGHT, width)

    def shortened(self, width: float) -> tuple[str, ...]:
        """The numbers of the actions whose words did not fit whole."""
        return tuple(card.label for card in self._cards(width) if card.is_short)

    def _head_lines(self, width: float) -> list[tuple[Sequence[Line], TextStyle]]:
        paper = self._paper
        house = ", ".join(filter(None, (paper.frame.dealership.name, paper.frame.dealership.city)))
        day = _("as of {day}").format(day=day_text(paper.frame.on))
        count = len(paper.parts)
        lead = ngettext("What we do now", "Our {count} most important steps now", count).format(count=count)
        one_line = self._setter.one_line
        return [
            (self._setter.lines(str(paper.area.title), _TITLE, width)[:2], _TITLE),
            ((one_line(f"{house} · {day}", _HOUSE, width, where=_("Dealership")),), _HOUSE),
            ((one_line(lead if count else _("Nothing is open here"), _LEAD, width),), _LEAD),
        ]

    def _head_height(self, width: float) -> float:
        return sum(len(lines) * style.leading for lines, style in self._head_lines(width)) + 22

    def _room(self, width: float) -> float:
        """What is left for all cards."""
        count = len(self._paper.parts)
        return CONTENT_HEIGHT - self._head_height(width) - 2 * _QUIET.leading - 8 - _GAP * count

    def _cards(self, width: float) -> tuple[_Card, ...]:
        if self._set[0] != width:
            parts = self._paper.parts
            room = self._room(width) / max(1, len(parts))
            inner = width - 2 * _PAD - _NUMBER
            self._set = width, tuple(self._card(part, inner, min(room, _TALLEST)) for part in parts)
        return self._set[1]

    def _card(self, part: ActionPart, width: float, room: float) -> _Card:
        card = self._card_at(part, width, _SCALES[0])
        for scale in _SCALES[1:]:
            if card.height <= room:
                return card
            card = self._card_at(part, width, scale)
        return card if card.height <= room else self._cut(card, part, width, room)

    def _card_at(self, part: ActionPart, width: float, scale: float) -> _Card:
        what, who, how = _styles(scale)
        label = part.action.label
        proof = part.action.proof or goal_line(part)
        said = _("How we will know: {proof}").format(proof=proof) if proof else ""
        return _Card(
            label=label,
            what=self._setter.lines(part.action.what, what, width, where=f"{label}, {_('What')}"),
            who=self._setter.lines(_who(part), who, width, where=f"{label}, {_('Owner')}"),
            how=self._setter.lines(said, how, width, where=f"{label}, {_('How we will know')}"),
            scale=scale,
            is_short=False,
        )

    def _cut(self, card: _Card, part: ActionPart, width: float, room: float) -> _Card:
        """As many lines as fit, the last of each with an ellipsis; the work itself has the first right to the room."""
        what, who, how = _styles(card.scale)
        named = card.who[:2]
        left = room - 2 * _PAD - 16 - len(named) * who.leading
        how_lines = min(len(card.how), max(1, int(left * 0.36 // how.leading)))
        left -= how_lines * how.leading
        what_lines = max(1, min(len(card.what), int(left // what.leading)))
        return _Card(
            label=card.label,
            what=self._first(card.what, what_lines, what, width),
            who=self._first(card.who, len(named), who, width),
            how=self._first(card.how, how_lines, how, width),
            scale=card.scale,
            is_short=True,
        )

    def _first(self, lines: tuple[Line, ...], count: int, style: TextStyle, width: float) -> tuple[Line, ...]:
        if len(lines) <= count:
            return lines
        text = "".join(run.text for run in lines[count - 1].runs).rstrip()
        return (*lines[: count - 1], self._setter.one_line(f"{text} …", style, width))

    def _draw_head(self, sheet: Sheet, x: float, top: float, width: float) -> float:
        for lines, style in self._head_lines(width):
            sheet.lines(lines, style, x, top, width)
            top -= len(lines) * style.leading + 4
        return top - 10

    def _draw_card(
        self, sheet: Sheet, card: _Card, number: int, x: float, top: float, width: float, high: float
    ) -> None:
        sheet.box(x, top - high, width, high, fill=LIGHT.bg, stroke=LIGHT.line, radius=10)
        middle = top - high / 2
        sheet.circle(x + _PAD + 15, middle, 19, fill=LIGHT.accent)
        figure = self._setter.one_line(str(number), _BIG)
        sheet.line(figure, _BIG, x + _PAD + 15, middle - 10.9, align=Align.CENTRE)
        what, who, how = _styles(card.scale)
        at, left, inner = middle + card.height / 2 - _PAD, x + _PAD + _NUMBER, width - 2 * _PAD - _NUMBER
        for lines, style in ((card.what, what), (card.who, who), (card.how, how)):
            sheet.lines(lines, style, left, at, inner)
            at -= len(lines) * style.leading + 8

    def _draw_nothing(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        style = TextStyle(size=20.0, leading=28.0)
        words = _("No step is open in this department. Thank you: keep what works, and say what you see.")
        sheet.lines(self._setter.lines(words, style, width), style, x, top - 20, width)

    def _draw_foot(self, sheet: Sheet, cards: Sequence[_Card], x: float, bottom: float, width: float) -> None:
        said = []
        more = self._paper.more
        if more:
            said.append(
                ngettext(
                    "{count} more step is in the action plan.",
                    "{count} more steps are in the action plan.",
                    more,
                ).format(count=more)
            )
        short = [card.label for card in cards if card.is_short]
        if short:
            said.append(
                _("Shortened to fit the wall; the whole text is in the action plan: {labels}.").format(
                    labels=", ".join(short)
                )
            )
        if self._setter.notes.missing or self._setter.notes.replaced:
            said.append(_("On these pages the mark \ufffd stands for what could not be printed."))
        lines = self._setter.lines(" ".join(said), _QUIET, width)[:2]
        sheet.lines(lines, _QUIET, x, bottom + len(lines) * _QUIET.leading, width)


def _styles(scale: float) -> tuple[TextStyle, TextStyle, TextStyle]:
    return (
        TextStyle(face=Face.BOLD, size=_WHAT * scale, leading=_WHAT * scale * 1.24, tracking=-8),
        TextStyle(face=Face.SEMIBOLD, size=_WHO * scale, leading=_WHO * scale * 1.3, colour=LIGHT.accent),
        TextStyle(size=_HOW * scale, leading=_HOW * scale * 1.35),
    )


def _who(part: ActionPart) -> str:
    action = part.action
    if action.stage is Stage.CHECK:
        day = action.checked_from
        when = _("done; we look at the effect from {day}").format(day=day_text(day)) if day else _("done")
    elif action.due_on is not None:
        when = _("by {day}").format(day=day_text(action.due_on))
    else:
        when = ""
    return " · ".join(filter(None, (part.owner or _("who takes it?"), when)))


def _is_done(part: ActionPart) -> bool:
    return part.action.done_on is not None
