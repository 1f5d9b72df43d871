"""Every finding with what was required, what was seen, who mends it until when, and its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qma_app.design import LIGHT
from qma_app.domain.action import Action
from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import elsewhere_title, grade_title, reply_title, stage_title
from qma_app.i18n import _, day_text
from qma_app.reports.auditing.report_end import deadline_text
from qma_app.reports.blocks import Block, Gap, Rule, Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper, EvidenceEntry, FindingPart, FindingPlace
from qma_app.reports.photos import evidence_line, photo_grid
from qma_app.reports.sections.areas import due_words
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG, LABEL, LEAD, Align
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.wording import GRADE_COLOURS


def add_findings(kit: Kit, paper: AssessmentPaper) -> frozenset[str]:
    """The section of findings; gives the ids of the evidence whose photos are shown in it."""
    kit.section(_("Findings"))
    if not paper.findings:
        kit.lead(_("No finding was raised in this assessment, and none is open from before."))
        return frozenset()
    kit.flow.add(_counts(kit, paper), before=4)
    shown: set[str] = set()
    for place, title in (
        (FindingPlace.HERE, _("Raised in this assessment")),
        (FindingPlace.EARLIER_OPEN, _("Open from before")),
    ):
        parts = paper.findings_at(place)
        if parts:
            kit.heading(title, level=1, in_contents=True, before=26)
            for part in parts:
                _add_finding(kit, paper, part, shown)
    closed = paper.findings_at(FindingPlace.EARLIER_CLOSED)
    if closed:
        kit.heading(_("From before, no longer open"), level=1, in_contents=True, before=26)
        kit.flow.add(_closed_table(kit, closed), before=2)
    return frozenset(shown)


def _counts(kit: Kit, paper: AssessmentPaper) -> Table:
    titles = [_("Grade"), _("Raised here"), _("Open from before"), _("No longer open"), _("Open in all")]
    number = CELL.aligned(Align.END)
    head = Row(
        (kit.words(titles[0], LABEL), *(kit.words(title, LABEL.aligned(Align.END)) for title in titles[1:])),
        padding=3,
        rule=LIGHT.control_edge,
        keeps=True,
    )
    rows = []
    for grade in FindingGrade:
        parts = [part for part in paper.findings if part.finding.grade is grade]
        counts = [sum(part.place is place for part in parts) for place in FindingPlace]
        cells = [
            kit.words(str(count) if count else "–", number)
            for count in (*counts, sum(part.is_open for part in parts))
        ]
        rows.append(
            Row((Badge(kit.setter, grade_title(grade), GRADE_COLOURS[grade], line_height=12), *cells))
        )
    first = 120.0
    other = (CONTENT_WIDTH - first - 40) / 4
    return Table((first, other, other, other, other), rows, head=head)


def _add_finding(kit: Kit, paper: AssessmentPaper, part: FindingPart, shown: set[str]) -> None:
    finding = part.finding
    entry = kit.entry(f"{finding.label} {finding.statement[:70]}", 2, in_contents=False)
    kit.flow.add(_head(kit, part), before=18, keeps=True, entry=entry)
    kit.flow.add(
        kit.words(finding.statement, LEAD, where=_("{label}, statement").format(label=finding.label)),
        before=5,
        keeps=True,
    )
    kit.flow.add(Together(_facts(kit, paper, part)), before=6)
    photos = [each for each in part.evidence if each.jpeg and each.evidence.id not in shown]
    if photos:
        kit.flow.add(
            photo_grid(kit.setter, photos, width=CONTENT_WIDTH, columns=_columns(len(photos))), before=6
        )
        shown.update(each.evidence.id for each in photos)
    others = [each for each in part.evidence if not each.jpeg]
    if others:
        kit.flow.add(Stack([evidence_line(kit.setter, each) for each in others], gap=4), before=6)


def _columns(count: int) -> int:
    """Few photos large, many smaller, so that no row ends with a hole if it can be helped."""
    return 3 if count == 3 or count > 4 else 2


def _head(kit: Kit, part: FindingPart) -> Block:
    finding = part.finding
    badge = Badge(kit.setter, grade_title(finding.grade), GRADE_COLOURS[finding.grade], is_filled=True)
    state = kit.words(due_words(part), (CELL_STRONG if part.is_overdue else CELL_QUIET).aligned(Align.END))
    width = badge.width()
    line = side_by_side(
        (kit.words(finding.label, CELL_STRONG), badge, kit.words(_where(part), CELL_QUIET), state),
        (36, width, CONTENT_WIDTH - 36 - width - 120 - 30, 120),
        gutter=10,
    )
    return Stack([Rule(LIGHT.control_edge), Gap(6), line])


def _where(part: FindingPart) -> str:
    if part.checkpoint is None:
        return _("whole house")
    return part.checkpoint.number


def _facts(kit: Kit, paper: AssessmentPaper, part: FindingPart) -> Block:
    """What was required and seen in full width, then the short facts in columns."""
    finding = part.finding
    said = kit.facts(
        (
            (_("Required"), finding.requirement),
            (_("Seen"), finding.evidence),
            (_("Why this grade"), finding.grade_reason),
            *life_of(part),
            (_("Closed"), _closed(part)),
            (_("Evidence"), ", ".join(_evidence_name(each) for each in part.evidence)),
        ),
        label_width=84,
        where=finding.label,
    )
    short = (
        (_("Place"), finding.place),
        (_("Seen on"), day_text(finding.seen_on) if finding.seen_on else ""),
        (_("Owner"), finding.owner),
        (_("Due"), _due(paper, part)),
        (_("Raised"), _raised(part)),
    )
    cells = [
        Stack([kit.words(name, LABEL), kit.words(text or "–", CELL, where=f"{finding.label}, {name}")])
        for name, text in short
    ]
    wide = (CONTENT_WIDTH - 4 * 12 - 2 * 70) / 3
    return Stack([said, Table((wide, 70, wide, 70, wide), (Row(tuple(cells), rule=None),), gutter=12)])


def _due(paper: AssessmentPaper, part: FindingPart) -> str:
    """The day agreed; in an audit, where there is none, the rule for the grade."""
    if paper.audit is not None:
        return deadline_text(part.finding, paper.edition)
    return day_text(part.finding.due_on) if part.finding.due_on else ""


def life_of(part: FindingPart) -> tuple[tuple[str, str], ...]:
    """What came after it was seen, in short: the answer, the single case, the root cause, and each action with its state."""
    finding = part.finding
    reply = reply_title(finding.reply) if finding.reply else ""
    elsewhere = elsewhere_title(finding.elsewhere) if finding.elsewhere else ""
    return (
        (_("Reply"), _joined(", ".join(filter(None, (reply, finding.reply_by, _day(finding.replied_on)))), finding.reply_words)),
        (_("Correction"), _joined(_day(finding.corrected_on), finding.correction)),
        (_("Elsewhere"), _joined(elsewhere, finding.elsewhere_words)),
        (_("Root cause"), "; ".join(cause.words for cause in part.roots)),
        (_("Actions"), "\n".join(map(_action_in_short, part.actions))),
    )  # fmt: skip


def _action_in_short(action: Action) -> str:
    """`A-041 Daily check at 08:15 (E. Kern, due 28 Nov 2026, Check)`"""
    if action.effective_on is not None:
        state = _("effect shown {day}").format(day=day_text(action.effective_on))
    elif action.done_on is not None:
        state = _("done {day}, effect not yet shown").format(day=day_text(action.done_on))
    elif action.due_on is not None:
        state = _("due {day}").format(day=day_text(action.due_on))
    else:
        state = _("no date yet")
    said = ", ".join(filter(None, (action.owner, state, stage_title(action.stage))))
    return f"{action.label} {action.what} ({said})"


def _joined(head: str, words: str) -> str:
    return ": ".join(filter(None, (head, words)))


def _day(day: date | None) -> str:
    return day_text(day) if day else ""


def _raised(part: FindingPart) -> str:
    return " · ".join(filter(None, (part.raised_in, part.raised_by)))


def _closed(part: FindingPart) -> str:
    """When it was closed and why; also when that came only after this assessment had ended."""
    finding = part.finding
    if finding.closed_on is None:
        return finding.closing_note
    day = day_text(finding.closed_on)
    said = _("{day}, after this assessment").format(day=day) if part.is_open else day
    return f"{said}: {finding.closing_note}" if finding.closing_note else said


def _evidence_name(entry: EvidenceEntry) -> str:
    return f"{entry.label} {entry.evidence.name}"


def _closed_table(kit: Kit, parts: tuple[FindingPart, ...]) -> Table:
    badges = [
        Badge(kit.setter, grade_title(part.finding.grade), GRADE_COLOURS[part.finding.grade], line_height=12)
        for part in parts
    ]
    rows = [
        Row(
            (
                kit.words(part.finding.label, CELL_NUMBER),
                badge,
                Stack(
                    [
                        kit.words(part.finding.statement, CELL, where=part.finding.label),
                        *_in_short(kit, part),
                    ],
                    gap=1,
                ),
                kit.words(_where(part), CELL_QUIET.aligned(Align.END)),
            )
        )
        for part, badge in zip(parts, badges, strict=True)
    ]
    grade = max(72.0, *(badge.width() for badge in badges))
    return Table((38, grade, CONTENT_WIDTH - 38 - grade - 52 - 30, 52), rows)


def _in_short(kit: Kit, part: FindingPart) -> Iterator[Block]:
    """Everything else that is recorded of a finding, in as few lines as it takes; its photos are in the report of their time."""
    finding = part.finding
    lines = (
        ((_("Required"), finding.requirement),),
        ((_("Seen"), finding.evidence),),
        (
            (_("Place"), finding.place),
            (_("Owner"), finding.owner),
            (_("Why this grade"), finding.grade_reason),
        ),
        *((each,) for each in life_of(part)),
        ((_("Closed"), _closed(part)),),
        ((_("Evidence"), ", ".join(map(_evidence_name, part.evidence))),),
    )
    for line in lines:
        said = [_("{name}: {text}").format(name=name, text=text) for name, text in line if text.strip()]
        if said:
            yield kit.words(" · ".join(said), CELL_QUIET, where=finding.label)
