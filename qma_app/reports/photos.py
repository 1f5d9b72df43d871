"""Photos on paper: the small renditions enter the file as they are, each with its number and caption."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.design import LIGHT
from qma_app.domain.evidence_use import why_not_shown
from qma_app.i18n import _, day_text
from qma_app.reports.blocks import Block, Stack, Words
from qma_app.reports.document import Picture
from qma_app.reports.paper import EvidenceEntry, EvidenceState, Jpeg
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CELL_QUIET, CELL_STRONG, DIGEST
from qma_app.reports.tables import Row, Table
from qma_app.reports.text import Typesetter

_RATIO = 0.75
"""Height of the field a photo may fill, as a share of its width."""


class Photo(Block):
    """One picture, as large as its field allows without cutting or stretching it."""

    def __init__(self, jpeg: Jpeg) -> None:
        self._jpeg = jpeg

    def height(self, width: float) -> float:
        return self._size(width)[1]

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        wide, high = self._size(width)
        jpeg = self._jpeg
        picture = Picture(jpeg.digest, jpeg.width, jpeg.height, jpeg.components)
        sheet.picture(picture, x, top - high, wide, high)
        sheet.box(x, top - high, wide, high, stroke=LIGHT.line, thickness=0.5)

    def _size(self, width: float) -> tuple[float, float]:
        wide, high = self._jpeg.width, self._jpeg.height
        scale = min(width / wide, width * _RATIO / high)
        return wide * scale, high * scale


def photo_grid(setter: Typesetter, entries: Sequence[EvidenceEntry], *, width: float, columns: int) -> Table:
    """Photos in rows, each with number, caption and date under it."""
    gutter = 14.0
    column = (width - gutter * (columns - 1)) / columns
    cells: list[Block | None] = [
        Stack((Photo(entry.jpeg), *caption_of(setter, entry)), gap=3) for entry in entries if entry.jpeg
    ]
    cells += [None] * (-len(cells) % columns)
    rows = [
        Row(tuple(cells[place : place + columns]), padding=5, rule=None)
        for place in range(0, len(cells), columns)
    ]
    return Table((column,) * columns, rows, gutter=gutter)


def caption_of(setter: Typesetter, entry: EvidenceEntry) -> tuple[Block, ...]:
    """What is said under a photo: its number and caption, then when it was made, and its file name."""
    evidence = entry.evidence
    title = f"{entry.label} · {evidence.caption}" if evidence.caption else entry.label
    said = [_("made {day}").format(day=day_text(evidence.made_on))] if evidence.made_on else []
    blocks = [
        Words(setter, title, CELL_STRONG, where=_("{label}, caption").format(label=entry.label)),
        Words(
            setter,
            " · ".join([*said, evidence.name]),
            CELL_QUIET,
            where=_("{label}, name").format(label=entry.label),
        ),
    ]
    if entry.state is not EvidenceState.WHOLE:
        blocks.append(Words(setter, state_sentence(entry.state), CELL_QUIET.in_colour(LIGHT.bad)))
    return tuple(blocks)


def evidence_line(setter: Typesetter, entry: EvidenceEntry) -> Block:
    """A document, or a photo that cannot or may not be shown: number, name, why, and the SHA-256 it is known by."""
    evidence = entry.evidence
    title = " · ".join(filter(None, (entry.label, evidence.name, evidence.caption)))
    blocks: list[Block] = [
        Words(setter, title, CELL_STRONG, where=_("{label}, name").format(label=entry.label))
    ]
    reasons = filter(None, (why_not_shown(evidence), state_sentence(entry.state)))
    blocks += [Words(setter, why, CELL_QUIET.in_colour(LIGHT.bad)) for why in reasons]
    blocks.append(Words(setter, f"SHA-256 {evidence.digest}", DIGEST))
    return Stack(blocks)


def state_sentence(state: EvidenceState) -> str:
    """What is wrong with a stored file, in a sentence; empty when it is whole."""
    return {
        EvidenceState.WHOLE: "",
        EvidenceState.MISSING: _("The stored file is missing from this workspace."),
        EvidenceState.CHANGED: _("The stored file was changed or damaged: it is not what was taken in."),
        EvidenceState.UNREADABLE: _("The stored file is no picture that can be printed."),
    }[state]
