"""One section an area: where it stands, its processes, its checkpoints, what the author says, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing

from qma_app.charts.history_strip import StripField, history_strip
from qma_app.charts.processes import ProcessBar, process_bars
from qma_app.design import LIGHT, NOT_RATED, level_colour
from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, day_text, ngettext, number_text
from qma_app.reports.blocks import Block, Chart, Gap, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge, Chip
from qma_app.reports.pages import CONTENT_WIDTH, SHORT
from qma_app.reports.paper import (
    AreaPart,
    AssessmentPaper,
    CheckpointLine,
    FindingPart,
    FindingPlace,
    ProcessPart,
)
from qma_app.reports.sections.development import past_colour
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG, FIGURE_MEDIUM, LABEL, Align
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.wording import GRADE_COLOURS, level_shown, rating_chip

_NUMBER, _CHIP, _BEFORE = 48.0, 96.0, 34.0
_LIST_LENGTH = 240


def add_areas(kit: Kit, paper: AssessmentPaper, *, shows_before: bool, below: float = SHORT) -> None:
    """All areas; `shows_before` adds what each checkpoint had the last time, the first one may follow on a page filled less than `below`."""
    for part in paper.areas:
        if part.processes:
            _add_area(kit, paper, part, shows_before=shows_before, below=below)
            below = SHORT


def _add_area(kit: Kit, paper: AssessmentPaper, part: AreaPart, *, shows_before: bool, below: float) -> None:
    kit.section(str(part.area.title), eyebrow=part.area.code, below=below)
    kit.flow.add(_standing(kit, paper, part), before=2)
    kit.quote(
        part.remark,
        title=_("The author on this area"),
        where=_("{area}, remark").format(area=part.area.code),
        before=12,
    )
    kit.minor_heading(_("Processes"), before=16)
    kit.flow.add(Chart(kit.setter, _process_chart(paper, part)), before=4)
    _add_findings(kit, part)
    kit.minor_heading(_("Checkpoints"), before=16)
    kit.flow.add(_checkpoint_table(kit, paper, part, shows_before=shows_before), before=2)


def _add_findings(kit: Kit, part: AreaPart) -> None:
    """The findings raised here or still open from before; how many are open no longer is only counted."""
    shown = [each for each in part.findings if each.place is not FindingPlace.EARLIER_CLOSED]
    past = len(part.findings) - len(shown)
    if not part.findings:
        return
    kit.minor_heading(_("Findings of this area"), before=16)
    if shown:
        kit.flow.add(finding_list(kit, shown), before=2)
    if past:
        kit.quiet(
            ngettext(
                "{count} from before is no longer open (see Findings).",
                "{count} from before are no longer open (see Findings).",
                past,
            ).format(count=past)
        )


def _standing(kit: Kit, paper: AssessmentPaper, part: AreaPart) -> Block:
    result, rules, tally = part.result, paper.edition.rules, part.result.tally
    figure = level_shown(paper.edition, result.level)
    if not result.is_rated or result.level is None:
        ink = LIGHT.muted
    elif result.level >= rules.pass_mark:
        ink = LIGHT.ok
    else:
        ink = LIGHT.warn if result.level >= rules.area_floor else LIGHT.bad
    said = kit.words(_level_words(paper, part), CELL_QUIET)
    left = Stack(
        [Gap(4), said] if result.level is None else [kit.words(figure, FIGURE_MEDIUM.in_colour(ink)), said]
    )
    counts = [
        _("{rated} of {count} applicable checkpoints rated ({share}%)").format(
            rated=tally.rated, count=tally.applicable, share=number_text(tally.coverage * 100)
        )
    ]
    if tally.not_applicable:
        counts.append(
            ngettext("{count} not applicable", "{count} not applicable", tally.not_applicable).format(
                count=tally.not_applicable
            )
        )
    unseen = tally.not_seen + (0 if paper.is_draft else tally.open)
    if unseen:
        counts.append(ngettext("{count} not seen", "{count} not seen", unseen).format(count=unseen))
    if paper.is_draft and tally.open:
        counts.append(
            ngettext("{count} not rated yet", "{count} not rated yet", tally.open).format(count=tally.open)
        )
    if tally.weight:
        counts.append(
            _("{points} of {most} weighted points").format(
                points=number_text(tally.weighted_points), most=number_text(10 * tally.weight)
            )
        )
    middle = Stack([Gap(4), *(kit.words(count, CELL) for count in counts)])
    strip = _strip(kit, paper, part)
    return side_by_side((left, middle, strip), (112, 190, CONTENT_WIDTH - 112 - 190 - 40), gutter=20)


def _level_words(paper: AssessmentPaper, part: AreaPart) -> str:
    rules, result = paper.edition.rules, part.result
    if not result.applies:
        return _("set aside: no checkpoint applies")
    if result.level is None:
        return _("not rated yet")
    if not result.is_rated:
        return _("counts only from {share} of the checkpoints on").format(share=rules.coverage)
    if result.level < rules.area_floor:
        return _("below the floor of {level}%").format(level=rules.area_floor)
    if result.level < rules.pass_mark:
        return _("above the floor of {level}%").format(level=rules.area_floor)
    return _("above the pass mark of {level}%").format(level=rules.pass_mark)


def _strip(kit: Kit, paper: AssessmentPaper, part: AreaPart) -> Block | None:
    """The level of the area in the last assessments, when there is more than one."""
    pairs = list(zip(paper.labels, part.history, strict=True))[-4:]
    if len(pairs) < 2:
        return None
    fields = [
        StripField(
            figure="–" if past.level is None else number_text(past.level, 0),
            colour=past_colour(paper, past),
            label=label,
        )
        for label, past in pairs
    ]
    return Stack(
        [kit.words(_("Over the assessments"), LABEL), Gap(3), Chart(kit.setter, history_strip(fields))]
    )


def _process_chart(paper: AssessmentPaper, part: AreaPart) -> Drawing:
    return process_bars([_process_bar(paper, process) for process in part.processes], width=CONTENT_WIDTH)


def _process_bar(paper: AssessmentPaper, part: ProcessPart) -> ProcessBar:
    rules, tally = paper.edition.rules, part.result.tally
    return ProcessBar(
        number=part.process.number,
        title=str(part.process.title),
        level=tally.level,
        figure=level_shown(paper.edition, tally.level),
        colour=NOT_RATED
        if tally.level is None
        else level_colour(tally.level, floor=rules.area_floor, pass_mark=rules.pass_mark),
        remark=_("{rated} of {count} rated").format(rated=tally.rated, count=tally.applicable),
    )


def _checkpoint_table(kit: Kit, paper: AssessmentPaper, part: AreaPart, *, shows_before: bool) -> Table:
    has_before = shows_before and any(line.before for process in part.processes for line in process.lines)
    titles = [_("No."), _("Checkpoint"), _("Rating"), *([_("Before")] if has_before else [])]
    statement = CONTENT_WIDTH - _NUMBER - _CHIP - 20 - (_BEFORE + 10 if has_before else 0)
    rows = []
    for process in part.processes:
        rows.append(process_row(kit, paper, process))
        rows += [_checkpoint_row(kit, paper, line, has_before=has_before) for line in process.lines]
    widths = (_NUMBER, statement, _CHIP, *([_BEFORE] if has_before else []))
    return Table(widths, rows, head=kit.head_row(titles))


def process_row(kit: Kit, paper: AssessmentPaper, part: ProcessPart) -> Row:
    """A row over all columns that names a process, with its level."""
    role = next(
        (str(role.title) for role in paper.edition.roles if role.id == part.process.owner), part.process.owner
    )
    level = level_shown(paper.edition, part.result.tally.level)
    title = kit.words(f"{part.process.number}  {part.process.title}", CELL_STRONG)
    said = kit.words(" · ".join(filter(None, (role, level))), CELL_QUIET.aligned(Align.END))
    cell = side_by_side((title, said), (CONTENT_WIDTH * 0.66, CONTENT_WIDTH * 0.34 - 10), gutter=10)
    return Row((cell,), padding=4, ground="#F6F8FA", rule=None, keeps=True, spans=True)


def number_cell(kit: Kit, line: CheckpointLine) -> Block:
    """The number of a checkpoint, and that it is critical when it is."""
    blocks: list[Block] = [kit.words(line.checkpoint.number, CELL_NUMBER)]
    if line.checkpoint.is_critical:
        blocks.append(kit.words(_("critical"), LABEL.in_colour(LIGHT.bad)))
    return Stack(blocks)


def _checkpoint_row(kit: Kit, paper: AssessmentPaper, line: CheckpointLine, *, has_before: bool) -> Row:
    figure, word, colour = rating_chip(paper.edition, line.rating, line.outcome)
    cells: list[Block | None] = [
        number_cell(kit, line),
        kit.words(line.checkpoint.statement.marked, CELL),
        Chip(kit.setter, figure, word, colour),
    ]
    if has_before:
        before = line.before
        cells.append(
            kit.words(rating_chip(paper.edition, before, before.outcome)[0], CELL_QUIET) if before else None
        )
    return Row(tuple(cells))


def finding_list(kit: Kit, parts: Sequence[FindingPart]) -> Table:
    """Findings in short: number, grade, statement, until when."""
    badges = [
        Badge(kit.setter, grade_title(part.finding.grade), GRADE_COLOURS[part.finding.grade], line_height=12)
        for part in parts
    ]
    rows = [
        Row(
            (
                kit.words(part.finding.label, CELL_NUMBER),
                badge,
                kit.words(_in_short(part.finding.statement), CELL, where=part.finding.label),
                kit.words(due_words(part), CELL_QUIET.aligned(Align.END)),
            )
        )
        for part, badge in zip(parts, badges, strict=True)
    ]
    grade = max(70.0, *(badge.width() for badge in badges))
    return Table((38, grade, CONTENT_WIDTH - 38 - grade - 106 - 30, 106), rows)


def _in_short(statement: str) -> str:
    """The beginning of a statement; the section of findings has it whole."""
    return statement if len(statement) <= _LIST_LENGTH else statement[:_LIST_LENGTH].rstrip() + " …"


def due_words(part: FindingPart) -> str:
    """Whether a finding is open and until when it is to be mended; a good practice asks for nothing."""
    finding = part.finding
    if finding.grade is FindingGrade.GOOD_PRACTICE and finding.closed_on is None:
        return ""
    if not part.is_open:
        return _("closed {day}").format(day=day_text(finding.closed_on)) if finding.closed_on else _("closed")
    if finding.due_on is None:
        return _("open")
    if part.is_overdue:
        return _("open, was due {day}").format(day=day_text(finding.due_on))
    return _("open, due {day}").format(day=day_text(finding.due_on))
