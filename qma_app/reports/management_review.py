"""The management review on paper: the agenda with what the data say before it is held, its minutes afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import BinaryIO

from qma_app.domain.action import Action
from qma_app.domain.ids import EngagementId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.review_inputs import ReviewInput, ReviewOutput, review_inputs, review_outputs
from qma_app.domain.wording import review_title
from qma_app.i18n import _, day_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.actions.drawing import Part, draw_parts, paper_head
from qma_app.reports.actions.reading import Programme
from qma_app.reports.actions.values import ActionPart, Frame
from qma_app.reports.actions.words import due_line
from qma_app.reports.blocks import Block, Gap, Stack, Together
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.principal.lines import EmptyLines, bullets
from qma_app.reports.progress import Progress
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, MINOR_HEADING, QUIET
from qma_app.reports.tables import side_by_side
from qma_app.reports.year.log_end import add_log_end
from qma_app.reports.year.meant import review_meant
from qma_app.reports.year.people import people_table, roles_in
from qma_app.reports.year.signing import SignatureField, add_signatures
from qma_app.reports.year.words import weekday_text

_NUMBER, _OWNER, _DAY, _ACTION = 20.0, 104.0, 66.0, 88.0
_WORDS = CONTENT_WIDTH - _NUMBER - _OWNER - _DAY - _ACTION - 40
_EMPTY_DECISIONS = 5
_EMPTY_PEOPLE = 4
_MANY = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class InputPart:
    """One input with what was said about it."""

    input: ReviewInput
    remarks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionPart:
    """One decision, and the action made of it."""

    decision: Decision
    action: ActionPart | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewPaper:
    """Everything the paper shows; `others` are remarks about inputs this version does not know, with their codes."""

    frame: Frame
    review: ManagementReview
    principal: Person | None
    officer: Person | None
    inputs: tuple[InputPart, ...]
    others: tuple[tuple[str, str], ...]
    outputs: tuple[ReviewOutput, ...]
    decisions: tuple[DecisionPart, ...]

    @property
    def is_held(self) -> bool:
        return self.review.held_on is not None


def title() -> str:
    """What it is called in lists."""
    return _("Management review")


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    of: str | None = None,
    *,
    on: date,
    looked_at: Sequence[ReviewInput] | None = None,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> ReviewPaper:
    """The review of that number, else the next one; once it was held, everything as it was on that day.

    `looked_at` are its inputs where they are known from its own moment; left out, they are read from what `reader` shows.
    """
    review = review_meant(reader, engagement_id, of, on=on)
    judged_on = review.held_on or on
    programme = Programme(reader, engagement_id, on=judged_on, is_sample=is_sample)
    engagement = programme.engagement
    said: dict[str, list[str]] = {}
    for remark in review.remarks:
        said.setdefault(remark.input, []).append(remark.words)
    inputs = review_inputs(reader, engagement_id, on=judged_on) if looked_at is None else looked_at
    step(0.8)
    known = {one.code for one in inputs}
    decisions = sorted(reader.all(Decision, review_id=review.id), key=_place)
    actions = {action.id: action for action in programme.actions}
    return ReviewPaper(
        frame=programme.frame,
        review=review,
        principal=reader.find(Person, engagement.principal_id, in_bin=True)
        if engagement.principal_id
        else None,
        officer=reader.find(Person, engagement.officer_id, in_bin=True) if engagement.officer_id else None,
        inputs=tuple(InputPart(input=one, remarks=tuple(said.get(one.code, ()))) for one in inputs),
        others=tuple((code, words) for code, texts in said.items() if code not in known for words in texts),
        outputs=review_outputs(),
        decisions=tuple(
            DecisionPart(
                decision=one,
                action=_action(programme, actions.get(one.action_id) if one.action_id else None, judged_on),
            )
            for one in decisions
        ),
    )


def draw(paper: ReviewPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the paper as a PDF."""
    name = review_title(paper.review)

    def add(kit: Kit) -> None:
        _add_head(kit, paper)
        _add_people(kit, paper)
        _add_inputs(kit, paper)
        _add_decisions(kit, paper)
        _add_end(kit, paper)
        add_log_end(kit, paper.frame)

    part = Part(name=name, add=add)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress)


def _add_head(kit: Kit, paper: ReviewPaper) -> None:
    review = paper.review
    day = review.held_on or review.planned_on
    name = review_title(review)
    heading = f"{name}: {weekday_text(day)}" if day else name
    kind = _("Minutes of a management review") if paper.is_held else _("Agenda of a management review")
    entry = kit.entry(name, 0, in_contents=False)
    kit.flow.add(paper_head(kit, paper.frame, kind, heading), entry=entry, keeps=True)
    kit.flow.add(kit.facts(_facts(paper), padding=2.2, where=name), before=2)
    kit.quote(review.conclusion, title=_("Conclusion"), where=_("Conclusion"))


def _facts(paper: ReviewPaper) -> Iterator[tuple[str, str]]:
    review = paper.review
    yield _("Planned"), weekday_text(review.planned_on) if review.planned_on else _("no day is set yet")
    yield _("Held"), weekday_text(review.held_on) if review.held_on else ""
    yield _("Led by"), review.led_by
    if not paper.is_held:
        yield _("Dealer principal"), paper.principal.name if paper.principal else ""
        yield _("Quality officer"), paper.officer.name if paper.officer else ""
        yield _("Coach"), paper.frame.coach.name if paper.frame.coach else ""


def _add_people(kit: Kit, paper: ReviewPaper) -> None:
    kit.heading(_("Who was there") if paper.is_held else _("Who is there"), level=1)
    people = paper.review.participants
    if people:
        kit.flow.add(people_table(kit, people, roles_in(paper.frame.engagement)), before=1)
    elif paper.is_held:
        kit.paragraph(_("Nobody is noted."), CELL, before=1)
    else:
        kit.flow.add(EmptyLines(_EMPTY_PEOPLE))


def _add_inputs(kit: Kit, paper: ReviewPaper) -> None:
    """What the review looks at, in the order of ISO 9001:2015, 9.3.2."""
    kit.heading(_("What is looked at"), level=1)
    kit.quiet(
        _("In the order of ISO 9001:2015, 9.3.2; filled from the records as of {day}.").format(
            day=day_text(paper.frame.on)
        ),
        keeps=True,
    )
    for place, part in enumerate(paper.inputs, 1):
        kit.flow.add(_input(kit, paper, place, part), before=12)
    for code, words in paper.others:
        kit.quote(words, title=_("Said about {code}").format(code=code), where=_("remark"))


def _input(kit: Kit, paper: ReviewPaper, place: int, part: InputPart) -> Block:
    """Title, question, figures, lines, and what was said; before it is held, lines to write on."""
    given = part.input
    where = given.title
    blocks: list[Block] = [
        kit.words(f"{place}  {given.title}", MINOR_HEADING),
        kit.words(given.ask, QUIET),
    ]
    figures = " · ".join(f"{name}: {value}" for name, value in given.figures)
    if figures:
        blocks.append(kit.words(figures, CELL_QUIET, where=where))
    if given.lines:
        blocks.append(_points(kit, given.lines, where))
    for words in part.remarks:
        said = kit.quoted(words, title=_("Said about it"), where=where)
        blocks += [Gap(2), said] if said is not None else []
    if not part.remarks and not paper.is_held:
        blocks.append(EmptyLines(1 if given.lines else 2))
    elif not part.remarks and not given.lines and not figures:
        blocks.append(kit.words(_("Nothing was noted about it."), QUIET))
    return Together(Stack(blocks, gap=1.5, heads=True), tall=260.0)


def _points(kit: Kit, lines: Sequence[str], where: str) -> Block:
    """One under another; many short ones in two columns, read down the left one first."""
    whole = bullets(kit, lines, where=where)
    half = (CONTENT_WIDTH - 24) / 2
    cut = (len(lines) + 1) // 2
    columns = side_by_side(
        [bullets(kit, part, where=where, width=half) for part in (lines[:cut], lines[cut:])], (half, half)
    )
    is_worth_it = len(lines) > _MANY and columns.height(CONTENT_WIDTH) < 0.7 * whole.height(CONTENT_WIDTH)
    return columns if is_worth_it else whole


def _add_decisions(kit: Kit, paper: ReviewPaper) -> None:
    """The outputs of 9.3.3: each decision with owner, day and action; before it is held a table to fill in by hand."""
    kit.heading(_("What is decided"), level=1)
    asked = ", ".join(one.title for one in paper.outputs)
    kit.quiet(_("The review decides on: {list}.").format(list=asked), keeps=True)
    titles = ("", _("Decision"), _("Owner"), _("By when"), _("Action"))
    rows = [_decision(kit, place, part) for place, part in enumerate(paper.decisions, 1)]
    if not paper.is_held:
        first = len(rows) + 1
        rows += [_empty(kit, place) for place in range(first, max(first + 2, _EMPTY_DECISIONS + 1))]
    if not rows:
        kit.paragraph(_("Nothing was decided."), CELL, before=2)
        return
    kit.flow.add(plain_table(kit, titles, (_NUMBER, _WORDS, _OWNER, _DAY, _ACTION), rows), before=2)


def _decision(kit: Kit, place: int, part: DecisionPart) -> list[Block | None]:
    decision, where = part.decision, _("Decision")
    became: list[Block] = []
    if part.action is not None:
        became = [kit.words(part.action.action.label, CELL), kit.words(due_line(part.action), CELL_QUIET)]
    return [
        kit.words(str(place), CELL_NUMBER),
        kit.words(decision.words or "–", CELL, where=where),
        kit.words(decision.owner or "–", CELL, where=where),
        kit.words(day_text(decision.due_on) if decision.due_on else "–", CELL_QUIET),
        Stack(became) if became else kit.words("–", CELL_QUIET),
    ]


def _empty(kit: Kit, place: int) -> list[Block | None]:
    return [kit.words(str(place), CELL_NUMBER), EmptyLines(1), EmptyLines(1), EmptyLines(1), EmptyLines(1)]


def _add_end(kit: Kit, paper: ReviewPaper) -> None:
    if not paper.is_held:
        kit.heading(_("Conclusion"), level=1)
        kit.flow.add(EmptyLines(3))
    kit.heading(_("Signatures"), level=1)
    principal = paper.principal.name if paper.principal else ""
    leads = paper.review.led_by or principal
    coach = paper.frame.coach.name if paper.frame.coach else ""
    fields = [
        SignatureField(name=leads, caption=_("Led the review: date, signature")),
        SignatureField(name=coach, caption=_("Coach: date, signature")),
    ]
    add_signatures(kit, fields, before=4)


def _action(programme: Programme, action: Action | None, on: date) -> ActionPart | None:
    """The action as it stood on the day; what became of it later is told in later papers."""
    if action is None:
        return None
    return programme.part(
        replace(
            action,
            done_on=_by(action.done_on, on),
            effective_on=_by(action.effective_on, on),
            dropped_on=_by(action.dropped_on, on),
        )
    )


def _by(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None


def _place(decision: Decision) -> tuple[int, str]:
    return decision.place, decision.id
