"""Signatures on paper: strokes drawn on the screen as lines, or an empty line to sign on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qma_app.design import LIGHT
from qma_app.domain.visit import Signature
from qma_app.i18n import _
from qma_app.reports.blocks import Block, Gap, Rule, Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import CELL, CELL_QUIET
from qma_app.reports.tables import side_by_side
from qma_app.reports.year.words import here_text

_HIGH = 58.0
_GUTTER = 40.0
_THICK = 1.1
_WHOLE = 1000
"""Strokes are in thousandths of the pad's width."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureField:
    """One place to sign: the name above the line (may be empty), what is asked below it, and the signature where there is one."""

    name: str
    caption: str
    signature: Signature | None = None


class Ink(Block):
    """The strokes of a signature, as large as its field allows; what lies outside the pad is drawn on its edge."""

    def __init__(self, signature: Signature, *, high: float = _HIGH) -> None:
        self._signature = signature
        self._high = high

    def height(self, width: float) -> float:
        return self._high

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        tall = max(1, self._signature.height)
        scale = min(width / _WHOLE, self._high / tall)
        for stroke in self._signature.strokes:
            points = [
                (x + min(max(across, 0), _WHOLE) * scale, top - min(max(down, 0), tall) * scale)
                for across, down in zip(stroke[::2], stroke[1::2], strict=False)
            ]
            if points:
                sheet.path(" ".join(_steps(points)), stroke=LIGHT.text, thickness=_THICK, has_round_ends=True)


def _steps(points: Sequence[tuple[float, float]]) -> Iterator[str]:
    """A path through the points; a single one becomes a dot."""
    first = points[0]
    yield f"{first[0]:.2f} {first[1]:.2f} m"
    for across, down in points[1:] or [first]:
        yield f"{across:.2f} {down:.2f} l"


def add_signatures(kit: Kit, fields: Sequence[SignatureField], *, before: float = 20.0) -> None:
    """Two places to sign beside one another, as many rows as it takes; a row is never broken, and what follows stays with it."""
    half = (CONTENT_WIDTH - _GUTTER) / 2
    for place in range(0, len(fields), 2):
        cells: list[Block | None] = [_field(kit, field) for field in fields[place : place + 2]]
        cells += [None] * (2 - len(cells))
        row = side_by_side(cells, (half, half), gutter=_GUTTER)
        # The line about the change log below belongs to what was signed.
        kit.flow.add(Together(row, tall=1000.0), before=before if not place else 16.0, keeps=True)


def _field(kit: Kit, field: SignatureField) -> Block:
    signed = field.signature
    where = _("signature")
    above: list[Block] = [Ink(signed) if signed else Gap(_HIGH - 18)]
    name = " · ".join(filter(None, (signed.name, signed.function))) if signed else field.name
    below: list[Block] = [kit.words(name, CELL, where=where)] if name else []
    if signed:
        on_screen, on_paper = _("signed on the screen {day}"), _("signed on paper {day}")
        day = (on_screen if signed.strokes else on_paper).format(day=here_text(signed.signed_at))
        below.append(kit.words(day, CELL_QUIET, where=where))
    below.append(kit.words(field.caption, CELL_QUIET, where=where))
    return Stack([*above, Rule(LIGHT.control_edge), *below], gap=3)
