"""Lays the checklist out: a page start for each process, no checkpoint torn in two, what room is left given to notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

from qma_app.design import APP_NAME, LIGHT
from qma_app.domain.edition import Checkpoint
from qma_app.i18n import _, language, ngettext
from qma_app.reports.blank_checklist.blocks import (
    LINE_HEIGHT,
    NamedLine,
    RatingBoxes,
    SampleGrid,
    WritingLines,
)
from qma_app.reports.blank_checklist.paper import ChecklistPaper, ProcessSheet
from qma_app.reports.blocks import Block, Gap, Rule, Stack
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.kit import Kit
from qma_app.reports.marks import Badge
from qma_app.reports.pages import (
    CONTENT_HEIGHT,
    CONTENT_WIDTH,
    Furniture,
    draw_pages,
    paginate,
)
from qma_app.reports.progress import Progress
from qma_app.reports.sections.print_notes import add_print_notes
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import (
    BODY_STRONG,
    CELL,
    CELL_NUMBER,
    CELL_QUIET,
    EYEBROW,
    HEADING,
    QUIET,
    SUBHEADING,
    SUBTITLE,
    Align,
)
from qma_app.reports.tables import Row, Table, side_by_side
from qma_app.reports.text import Typesetter

_NUMBER: Final = 50.0
_SAID: Final = CONTENT_WIDTH - _NUMBER - 10
_HALF: Final = (CONTENT_WIDTH - 24) / 2
_MOST_LINES, _FEWEST_LINES = 4, 2
_LEAST_NOTES, _MOST_NOTES = 3, 14


def draw_checklist(paper: ChecklistPaper, out: BinaryIO, *, title: str, progress: Progress) -> None:
    """Write the whole checklist to `out`."""
    setter = Typesetter(PaperFonts())
    kit = Kit(setter)
    step = progress.part(0.1, 0.6)
    head = _paper_head(kit, paper, title)
    below = _left_out(kit, paper)
    for place, sheet in enumerate(paper.processes):
        step(place / len(paper.processes))
        is_last = place == len(paper.processes) - 1
        is_placed = _add_process(
            kit, paper, sheet, above=head if place == 0 else None, below=below if is_last else None
        )
        if is_placed:
            below = None
    if not paper.processes:
        kit.flow.add(head)
        kit.paragraph(_("No checkpoint of it applies to this dealership."), before=16)
    if below is not None:
        kit.flow.add(below, before=24, opens_page=bool(paper.processes))
    add_print_notes(kit, setter.notes)
    pages = paginate(kit.flow.pieces, progress.part(0.6, 0.7))
    sheet_of_paper = Sheet(
        setter.fonts,
        language=language(),
        title=setter.cleaned(f"{title} · {paper.name} · {paper.dealership.name}"),
        author=APP_NAME,
        subject=setter.cleaned(paper.edition.label),
        made_at=paper.shown_at,
    )
    draw_pages(pages, sheet_of_paper, setter, _furniture(paper, title), progress.part(0.7, 0.9))
    sheet_of_paper.write_to(out, progress.part(0.9, 1.0), _no_pictures)


def _no_pictures(digest: str) -> bytes:
    raise LookupError(digest)


def _furniture(paper: ChecklistPaper, title: str) -> Furniture:
    house = ", ".join(filter(None, (paper.dealership.name, paper.dealership.city)))
    scale = " · ".join(f"{step.points} {step.title}" for step in paper.edition.scale)
    return Furniture(
        head=f"{house} · {title} · {paper.name}",
        foot=(
            scale,
            _("n/a: not applicable, write why · not seen: write why · sample: ✓ conforms, ✗ fails"),
        ),
        marks=((_("SAMPLE"), LIGHT.accent),) if paper.is_sample else (),
    )


def _paper_head(kit: Kit, paper: ChecklistPaper, title: str) -> Block:
    """What it is and for whom, with lines for when, who and with whom."""
    setter = kit.setter
    house = " · ".join(
        filter(
            None,
            (
                ", ".join(filter(None, (paper.dealership.name, paper.dealership.city))),
                paper.dealership.code,
            ),
        )
    )
    count = ngettext("{count} checkpoint", "{count} checkpoints", paper.count).format(count=paper.count)
    left_out = len(paper.left_out)
    if left_out:
        count += " · " + ngettext(
            "{count} does not apply here (listed at the end)",
            "{count} do not apply here (listed at the end)",
            left_out,
        ).format(count=left_out)
    lines = side_by_side(
        (
            Stack([NamedLine(setter, _("Date")), NamedLine(setter, _("Place"))]),
            Stack(
                [
                    NamedLine(setter, _("Coach"), paper.coach.name if paper.coach else ""),
                    NamedLine(setter, _("Spoken with")),
                ]
            ),
        ),
        (_HALF, _HALF),
    )
    name = paper.name if paper.only else f"{paper.area.code} {paper.name}"
    return Stack(
        [
            kit.words(f"{paper.edition.label} · {title}".upper(), EYEBROW),
            Gap(4),
            kit.words(name, HEADING),
            kit.words(house, SUBTITLE, where=_("Dealership")),
            kit.words(count, QUIET),
            Gap(6),
            lines,
            Gap(10),
        ]
    )


def _add_process(
    kit: Kit, paper: ChecklistPaper, sheet: ProcessSheet, *, above: Block | None, below: Block | None
) -> bool:
    """The pages of one process, the head of the paper `above` the first; whether what goes `below` found room on the last."""
    head = _process_head(kit, paper, sheet)
    title = f"{sheet.process.number} {sheet.process.title}"
    again = Stack([kit.words(_("{process}, continued").format(process=title), SUBHEADING), Gap(2), Rule()])
    first = Stack([above, head]) if above is not None else head
    cards, pages = _best_cards(kit, paper, sheet, first, again)
    is_placed = False
    for place, (start, end) in enumerate(pages):
        blocks: list[Block] = [first if place == 0 else again, *cards[start:end]]
        if place == len(pages) - 1:
            room = CONTENT_HEIGHT - sum(block.height(CONTENT_WIDTH) for block in blocks)
            needed = below.height(CONTENT_WIDTH) + 24 if below is not None else 0.0
            is_placed = below is not None and needed <= room
            blocks += _notes(kit, room - needed if is_placed else room)
            if below is not None and is_placed:
                blocks += [Gap(22), below]
        entry = kit.entry(title, 0, in_contents=False) if place == 0 else None
        kit.flow.add(Stack(blocks), opens_page=True, entry=entry)
    return is_placed


def _best_cards(
    kit: Kit, paper: ChecklistPaper, sheet: ProcessSheet, first: Block, again: Block
) -> tuple[list[Block], list[tuple[int, int]]]:
    """The cards with as many lines to write on as need no further page, and which of them stand on which page."""
    best: tuple[list[Block], list[tuple[int, int]]] | None = None
    for lines in range(_FEWEST_LINES, _MOST_LINES + 1):
        cards: list[Block] = [_card(kit, paper, point, lines) for point in sheet.checkpoints]
        pages = _packed(cards, first.height(CONTENT_WIDTH), again.height(CONTENT_WIDTH))
        if best is not None and len(pages) > len(best[1]):
            break
        best = cards, pages
    assert best is not None
    return best


def _packed(cards: Sequence[Block], first: float, again: float) -> list[tuple[int, int]]:
    """From which card to which each page goes; each page has one at least."""
    pages: list[tuple[int, int]] = []
    start, used = 0, first
    for place, card in enumerate(cards):
        height = card.height(CONTENT_WIDTH)
        if place > start and used + height > CONTENT_HEIGHT:
            pages.append((start, place))
            start, used = place, again
        used += height
    return [*pages, (start, len(cards))]


def _process_head(kit: Kit, paper: ChecklistPaper, sheet: ProcessSheet) -> Block:
    process = sheet.process
    owner = next((str(role.title) for role in paper.edition.roles if role.id == process.owner), process.owner)
    blocks: list[Block] = [Rule(LIGHT.text, thickness=1.0), Gap(5)]
    title = kit.words(f"{process.number}  {process.title}", SUBHEADING)
    blocks.append(
        side_by_side(
            (title, kit.words(owner, CELL_QUIET.aligned(Align.END))),
            (CONTENT_WIDTH * 0.68, CONTENT_WIDTH * 0.32 - 10),
            gutter=10,
        )
    )
    if str(process.purpose):
        blocks.append(kit.words(process.purpose.marked, CELL_QUIET))
    return Stack([*blocks, Gap(4)])


def _card(kit: Kit, paper: ChecklistPaper, point: Checkpoint, lines: int) -> Block:
    """One checkpoint: what is asked on top, what to tick and where to write below."""
    number: list[Block] = [kit.words(point.number, CELL_NUMBER.in_colour(LIGHT.text))]
    if point.is_critical:
        number += [Gap(2), Badge(kit.setter, _("critical"), LIGHT.text, is_filled=True)]
        least = paper.edition.rules.critical_points
        number.append(kit.words(_("met from {points}").format(points=least), CELL_QUIET))
    said: list[Block] = [kit.words(point.statement.marked, BODY_STRONG)]
    if str(point.guidance):
        said.append(kit.words(point.guidance.marked, CELL_QUIET))
    if str(point.evidence):
        said.append(kit.words(_("Evidence: {words}").format(words=point.evidence.marked), CELL_QUIET))
    if point.sample is not None:
        words = _("Sample: {size} {records}").format(size=point.sample.size, records=point.sample.of.marked)
        said += [Gap(2), SampleGrid(kit.setter, words, point.sample.size)]
    said += [
        Gap(4),
        RatingBoxes(kit.setter, paper.edition.points, (_("n/a"), _("not seen")), _("Finding")),
        WritingLines(lines),
    ]
    row = Row((Stack(number), Stack(said)), padding=6)
    return Table((_NUMBER, _SAID), (row,))


def _notes(kit: Kit, room: float) -> list[Block]:
    """Lines that fill a page, where there is room for a few."""
    heading = kit.words(_("Notes on this process"), CELL_QUIET)
    count = int((room - 14 - heading.height(CONTENT_WIDTH)) // LINE_HEIGHT)
    if count < _LEAST_NOTES:
        return []
    return [Gap(12), heading, WritingLines(min(count, _MOST_NOTES))]


def _left_out(kit: Kit, paper: ChecklistPaper) -> Block | None:
    """What the standard holds but nobody is asked here, with the reason."""
    if not paper.left_out:
        return None
    rows = [
        Row(
            (
                kit.words(line.checkpoint.number, CELL_NUMBER),
                kit.words(line.checkpoint.statement.marked, CELL),
                kit.words(line.reason, CELL_QUIET),
            ),
            padding=3,
        )
        for line in paper.left_out
    ]
    widths = (_NUMBER, CONTENT_WIDTH - _NUMBER - 170 - 20, 170)
    head = kit.head_row((_("No."), _("Checkpoint"), _("Reason")))
    return Stack(
        [
            kit.words(_("Does not apply here"), SUBHEADING),
            kit.words(
                _(
                    "What the sites of the dealership offer decides what is asked; correct it there if it is wrong."
                ),
                QUIET,
            ),
            Gap(2),
            Table(widths, rows, head=head),
        ]
    )
