"""From the flow of a paper to its file, where each sheet of it may count its own pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from qma_app.design import APP_NAME, LIGHT
from qma_app.i18n import _, day_text, language
from qma_app.reports.actions.values import Frame
from qma_app.reports.actions.words import house_line, moment_line
from qma_app.reports.blocks import Block, Gap, Stack
from qma_app.reports.document import PictureBytes
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH, Furniture, Piece, draw_pages, paginate
from qma_app.reports.progress import Progress
from qma_app.reports.sections.print_notes import add_print_notes
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import EYEBROW, HEADING, QUIET, SUBTITLE
from qma_app.reports.text import Typesetter
from qma_app.reports.wording import short_hash


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A run of pages with a count of its own: what stands in its head line, and what adds its blocks."""

    name: str
    add: Callable[[Kit], None]
    says_losses: bool = False
    """Whether it says itself what could not be printed, and no page is to follow it."""


def draw_parts(
    frame: Frame,
    out: BinaryIO,
    parts: Sequence[Part],
    *,
    title: str,
    pictures: PictureBytes,
    progress: Progress,
    marks: Sequence[tuple[str, str]] = (),
) -> None:
    """Write all parts into one file; what could not be printed is said at the end of the last.

    `marks` are words with a colour on each page besides SAMPLE, such as DRAFT.
    """
    setter = Typesetter(PaperFonts())
    gather = progress.part(0.1, 0.3)
    kit = Kit(setter, lambda: gather(0))
    runs: list[Sequence[Piece]] = []
    for part in parts:
        start = len(kit.flow.pieces)
        part.add(kit)
        for piece in kit.flow.pieces[start:]:
            piece.block.height(CONTENT_WIDTH)
        if part is parts[-1] and not part.says_losses:
            add_print_notes(kit, setter.notes)
        runs.append(kit.flow.pieces[start:])
    names = " · ".join(
        dict.fromkeys((title, parts[0].name if len(parts) == 1 else "", frame.dealership.name))
    )
    sheet = Sheet(
        setter.fonts,
        language=language(),
        title=setter.cleaned(names.replace(" ·  · ", " · ")),
        author=setter.cleaned(frame.coach.name if frame.coach else APP_NAME),
        subject=setter.cleaned(frame.edition.label),
        made_at=frame.shown_at,
    )
    for place, (part, pieces) in enumerate(zip(parts, runs, strict=True)):
        step = progress.part(0.3 + 0.5 * place / len(parts), 0.3 + 0.5 * (place + 1) / len(parts))
        lines = furniture(frame, title, part.name, marks)
        draw_pages(paginate(pieces, step), sheet, setter, lines, step)
    sheet.write_to(out, progress.part(0.8, 1.0), pictures)


def furniture(frame: Frame, title: str, name: str, marks: Sequence[tuple[str, str]] = ()) -> Furniture:
    """Head and foot: the dealership, what this is, of which day, and where the change log stood."""
    said = " · ".join(filter(None, (title, name)))
    log = _("log head {hash}").format(hash=short_hash(frame.log_head.hash))
    day = _("as of {day}").format(day=day_text(frame.on))
    return Furniture(
        head=f"{house_line(frame)} · {said}",
        foot=(f"{title} · {day} · {log} …", _("Not a certificate")),
        marks=(*(((_("SAMPLE"), LIGHT.accent),) if frame.is_sample else ()), *marks),
    )


def paper_head(kit: Kit, frame: Frame, title: str, name: str) -> Block:
    """The top of the first page of a part: what it is, about whom, of which day."""
    return Stack(
        [
            kit.words(f"{frame.edition.label} · {title}".upper(), EYEBROW),
            Gap(4),
            kit.words(name, HEADING, where=_("heading")),
            kit.words(house_line(frame), SUBTITLE, where=_("Dealership")),
            kit.words(moment_line(frame), QUIET),
            Gap(8),
        ]
    )
