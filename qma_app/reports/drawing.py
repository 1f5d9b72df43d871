"""From sections to a finished file: contents, pages, marks, and what could not be printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import BinaryIO

from qma_app.design import APP_NAME, LIGHT
from qma_app.i18n import _, language
from qma_app.reports.document import PictureBytes
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH, Furniture, Piece, draw_pages, paginate
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.progress import Progress
from qma_app.reports.sections.contents import contents_pieces
from qma_app.reports.sections.print_notes import add_print_notes
from qma_app.reports.sheet import Sheet
from qma_app.reports.text import Typesetter
from qma_app.reports.wording import dealer_line, rated_mark, short_hash


def draw_paper(
    paper: AssessmentPaper,
    out: BinaryIO,
    *,
    title: str,
    cover: Callable[[Kit], None],
    body: Callable[[Kit], None],
    pictures: PictureBytes,
    progress: Progress,
) -> None:
    """Draw a report: the cover, then the contents of the body, then the body; everything is written to `out`.

    The first tenth of the progress belongs to the collecting before.
    """
    setter = Typesetter(PaperFonts())
    gather = progress.part(0.1, 0.1)
    first, kit = Kit(setter), Kit(setter, lambda: gather(0))
    cover(first)
    body(kit)
    _measure([*first.flow.pieces, *kit.flow.pieces], progress.part(0.1, 0.35))
    add_print_notes(kit, setter.notes)
    entries = kit.flow.entries()
    pieces = [*first.flow.pieces, *contents_pieces(kit, entries), *kit.flow.pieces]
    pages = paginate(pieces, progress.part(0.35, 0.45))
    sheet = Sheet(
        setter.fonts,
        language=language(),
        title=setter.cleaned(f"{title} · {paper.dealership.name}"),
        author=setter.cleaned(paper.assessor.name if paper.assessor else APP_NAME),
        subject=setter.cleaned(paper.edition.label),
        made_at=paper.shown_at,
    )
    draw_pages(pages, sheet, setter, _furniture(paper, title), progress.part(0.45, 0.8))
    sheet.write_to(out, progress.part(0.8, 1.0), pictures)


def _measure(pieces: Sequence[Piece], step: Callable[[float], None]) -> None:
    """Break all words into lines, so that it is known what cannot be printed before the last page is written."""
    for place, piece in enumerate(pieces):
        step(place / len(pieces))
        piece.block.height(CONTENT_WIDTH)


def _furniture(paper: AssessmentPaper, title: str) -> Furniture:
    marks = []
    if paper.is_trial:
        marks.append((_("TRIAL"), LIGHT.bad))
    if paper.is_sample:
        marks.append((_("SAMPLE"), LIGHT.accent))
    if paper.is_draft:
        marks.append((rated_mark(paper), LIGHT.warn))
    name = _("{title} {number}").format(title=title, number=f"A{paper.assessment.number}")
    if paper.audit is not None:
        audit = paper.audit.head.audit
        name = _("Report {number}, revision {revision}").format(number=audit.number, revision=audit.revision)
    log = _("log head {hash}").format(hash=short_hash(paper.log_head.hash))
    return Furniture(
        head=f"{dealer_line(paper)} · {title}",
        foot=(f"{name} · {log} …", _("Not a certificate")),
        marks=tuple(marks),
        across=_("TRIAL") if paper.is_trial else "",
    )
