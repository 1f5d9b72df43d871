"""Draws the certificate: one page on its long side, from head to foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qma_app.design import LIGHT
from qma_app.domain.certificate_life import LifeState
from qma_app.i18n import _, number_text
from qma_app.reports.blocks import Block, Words
from qma_app.reports.certificates.fitting import Fitting
from qma_app.reports.certificates.ornament import draw_code, draw_frame, draw_rosette
from qma_app.reports.certificates.paper import CertificatePaper, Signatory
from qma_app.reports.certificates.words import (
    certified_as,
    checking_line,
    code_words,
    facts,
    grouped,
    left_out_line,
    limits_line,
    pass_mark_line,
    state_words,
    statement,
)
from qma_app.reports.document import PAGE_SIZE
from qma_app.reports.fonts import Face
from qma_app.reports.marks import Badge
from qma_app.reports.sheet import Sheet
from qma_app.reports.styles import (
    CELL,
    CELL_STRONG,
    EYEBROW,
    FACT,
    FOOT,
    LABEL,
    QUIET,
    Align,
    TextStyle,
)
from qma_app.reports.tables import Row, Table
from qma_app.reports.text import Typesetter

HIGH, WIDE = PAGE_SIZE
LEFT: Final = 56.0
RIGHT: Final = WIDE - 56.0
_TITLE: Final = TextStyle(face=Face.BOLD, size=38.0, leading=44.0, tracking=-22)
_HOLDERS: Final = tuple(
    TextStyle(face=Face.BOLD, size=size, leading=leading, tracking=-14)
    for size, leading in ((25.0, 31.0), (19.0, 24.0), (15.0, 19.0), (12.0, 15.0), (9.0, 11.5))
)
_ADDRESSES: Final = tuple(
    TextStyle(size=size, leading=size * 1.4, colour=LIGHT.muted) for size in (10.5, 8.5, 6.8)
)
_STATEMENTS: Final = tuple(TextStyle(size=size, leading=size * 1.45) for size in (11.0, 10.0, 8.6, 7.2))
_LEVEL: Final = TextStyle(face=Face.BOLD, size=25.0, leading=30.0, tracking=-18, align=Align.CENTRE)
_MIDDLE: Final = QUIET.aligned(Align.CENTRE)
_ROSETTE_WIDE: Final = 77.0
_ROSETTE_SMALLEST: Final = 5.0
"""How wide the words beside the level may be, and how small they become before they are shortened."""
_AREAS: Final = (9.0, 8.4, 7.8, 7.0, 6.2, 5.4, 4.6)
_SMALL: Final = tuple(replace(FOOT, size=size, leading=size * 1.35) for size in (7.4, 6.6, 5.6, 4.8))
_STATES: Final = {
    LifeState.VALID: LIGHT.ok,
    LifeState.CONDITIONAL: LIGHT.warn,
    LifeState.NOT_YET: LIGHT.muted,
}
_SCOPE_TOP, _SCOPE_HIGH, _FOOT_TOP = 296.0, 104.0, 158.0
_TEXT_WIDE, _SCOPE_WIDE = 545.0, 430.0


def draw_page(sheet: Sheet, setter: Typesetter, paper: CertificatePaper, *, content_digest: str) -> None:
    """The whole certificate; `content_digest` is the SHA-256 of the data that will be attached."""
    fitting = Fitting(setter)
    sheet.turn_page()
    draw_frame(sheet, WIDE, HIGH, edge=LIGHT.sidebar)
    _draw_head(sheet, fitting, paper)
    _draw_level(sheet, fitting, paper)
    _draw_holder(sheet, fitting, paper)
    _draw_scope(sheet, fitting, paper)
    _draw_facts(sheet, fitting, paper)
    _draw_signatures(sheet, fitting, paper)
    _draw_code(sheet, fitting, paper, content_digest)
    _draw_foot(sheet, fitting)
    sheet.end_page()


def _draw_head(sheet: Sheet, fitting: Fitting, paper: CertificatePaper) -> None:
    setter = fitting.setter
    at = RIGHT
    for text, colour in reversed(_marks(paper)):
        badge = Badge(setter, text, colour, is_filled=True)
        at -= badge.width()
        badge.draw(sheet, at, 549, badge.width())
        at -= 6
    eyebrow = setter.one_line(paper.edition.label.upper(), EYEBROW, at - LEFT - 20)
    sheet.line(eyebrow, EYEBROW, LEFT, 539)
    setter_title = Words(setter, _("Certificate"), _TITLE)
    setter_title.draw(sheet, LEFT - 1, 530, 380)
    number = setter.one_line(paper.certificate.number, replace(CELL_STRONG, size=13), 190)
    sheet.line(setter.one_line(_("Number"), LABEL), LABEL, LEFT + 300, 512)
    sheet.line(number, replace(CELL_STRONG, size=13), LEFT + 300, 496)
    sheet.box(LEFT, 478, 54, 2.4, fill=LIGHT.accent)


def _marks(paper: CertificatePaper) -> Sequence[tuple[str, str]]:
    marks = [(state_words(paper).upper(), _STATES.get(paper.life.state, LIGHT.bad))]
    if paper.signing is None:
        marks.append((_("DRAFT"), LIGHT.warn))
    if paper.is_trial:
        marks.append((_("TRIAL"), LIGHT.bad))
    if paper.is_sample:
        marks.append((_("SAMPLE"), LIGHT.accent))
    return marks


def _draw_level(sheet: Sheet, fitting: Fitting, paper: CertificatePaper) -> None:
    """The level in its rosette, smaller the more digits keep it on its side of a bound."""
    setter, x, y, radius = fitting.setter, RIGHT - 72, 428.0, 74.0
    draw_rosette(sheet, x, y, radius, colour=_STATES.get(paper.life.state, LIGHT.bad))
    size = _LEVEL.size
    while setter.one_line(paper.level_shown, replace(_LEVEL, size=size)).width > 88 and size > 6:
        size -= 1
    style = replace(_LEVEL, size=size)
    sheet.line(setter.one_line(paper.level_shown, style), style, x, y - size * 0.2, align=Align.CENTRE)
    for words, away in ((_("overall level"), 24), (pass_mark_line(paper), -27)):
        style = _inside(setter, words, _MIDDLE)
        sheet.line(setter.one_line(words, style, _ROSETTE_WIDE), style, x, y + away, align=Align.CENTRE)


def _inside(setter: Typesetter, words: str, style: TextStyle) -> TextStyle:
    """The style, small enough for words of the rosette to stand whole where its circle is narrower."""
    while style.size > _ROSETTE_SMALLEST and setter.one_line(words, style).width > _ROSETTE_WIDE:
        style = replace(style, size=style.size - 0.25)
    return style


def _draw_holder(sheet: Sheet, fitting: Fitting, paper: CertificatePaper) -> None:
    certificate, setter = paper.certificate, fitting.setter
    top = 466.0
    sheet.line(setter.one_line(_("The dealership"), QUIET), QUIET, LEFT, top - 8)
    top -= 15
    blocks = (
        fitting.words(certificate.holder, _HOLDERS, _TEXT_WIDE, 62),
        fitting.words(certificate.address, _ADDRESSES, _TEXT_WIDE, 26),
        fitting.words(statement(paper), _STATEMENTS, _TEXT_WIDE, 48),
    )
    for block, gap in zip(blocks, (3.0, 9.0, 0.0), strict=True):
        block.draw(sheet, LEFT, top, _TEXT_WIDE)
        high = block.height(_TEXT_WIDE)
        top -= high + gap if high else 0


def _draw_scope(sheet: Sheet, fitting: Fitting, paper: CertificatePaper) -> None:
    setter = fitting.setter
    sheet.rule(LEFT, _SCOPE_TOP + 8, RIGHT, _SCOPE_TOP + 8, LIGHT.line)
    Words(setter, _("Scope"), LABEL).draw(sheet, LEFT, _SCOPE_TOP, _SCOPE_WIDE)
    left_out = fitting.words(left_out_line(paper), _SMALL, _SCOPE_WIDE, 28)
    room = _SCOPE_HIGH - left_out.height(_SCOPE_WIDE)
    tables = (_areas(setter, paper, size) for size in _AREAS)
    table = next((one for one in tables if one.height(_SCOPE_WIDE) <= room), None)
    if table is None:
        names = ", ".join(f"{area.code} {area.title}" for area in paper.scope)
        fitting.words(names, _SMALL, _SCOPE_WIDE, room).draw(sheet, LEFT, _SCOPE_TOP - 13, _SCOPE_WIDE)
    else:
        table.draw(sheet, LEFT, _SCOPE_TOP - 13, _SCOPE_WIDE)
    left_out.draw(sheet, LEFT, _SCOPE_TOP - 17 - room, _SCOPE_WIDE)


def _areas(setter: Typesetter, paper: CertificatePaper, size: float) -> Table:
    """The areas in two columns, or three where they are many, read down."""
    columns = 2 if len(paper.scope) <= 16 else 3
    rows = -(-len(paper.scope) // columns)
    code_style = replace(CELL_STRONG, size=size, leading=size * 1.35, colour=LIGHT.accent)
    style = replace(CELL, size=size, leading=size * 1.35)
    code_wide = 8 + size * 2.6
    name_wide = (_SCOPE_WIDE - columns * (code_wide + 12)) / columns
    made = []
    for row in range(rows):
        cells: list[Block | None] = []
        for area in (paper.scope[row::rows] + (None,) * columns)[:columns]:
            cells.append(None if area is None else Words(setter, area.code, code_style))
            cells.append(None if area is None else Words(setter, str(area.title), style))
        made.append(Row(tuple(cells), padding=0.4, rule=None))
    return Table((code_wide, name_wide) * columns, made, gutter=6)


def _draw_facts(sheet: Sheet, fitting: Fitting, paper: CertificatePaper) -> None:
    x, top = LEFT + _SCOPE_WIDE + 32, _SCOPE_TOP
    wide = RIGHT - x
    rows = [
        Row(
            (Words(fitting.setter, name, FACT), Words(fitting.setter, value, CELL_STRONG)),
            padding=0.6,
            rule=None,
        )
        for name, value in facts(paper)
    ]
    Table((92, wide - 104), rows, gutter=12).draw(sheet, x, top + 1, wide)


def _draw_signatures(sheet: Sheet, fitting: Fitting, paper: CertificatePaper) -> None:
    """Who decided and whose key signs, beside who led the audit; the signature itself is in the file."""
    sheet.rule(LEFT, _FOOT_TOP + 10, RIGHT, _FOOT_TOP + 10, LIGHT.line)
    _draw_person(sheet, fitting, paper.decision_maker, _("Decided by"), LEFT, 320)
    _draw_person(sheet, fitting, paper.lead_auditor, _("Lead auditor"), LEFT + 350, 250)
    if paper.signing is None:
        said = _("Not signed: a draft that certifies nothing.")
    else:
        said = _("Signed digitally with the key of {name}; SHA-256 of its certificate: {fingerprint}").format(
            name=paper.signing.name, fingerprint=grouped(paper.signing.fingerprint)
        )
    line = fitting.words(said, _SMALL, 320, 34)
    sheet.box(LEFT, 70, 2.2, 38, fill=LIGHT.accent)
    line.draw(sheet, LEFT + 9, 106, 320)


def _draw_person(
    sheet: Sheet, fitting: Fitting, who: Signatory, caption: str, x: float, width: float
) -> None:
    Words(fitting.setter, caption, LABEL).draw(sheet, x, _FOOT_TOP, width)
    styles = [replace(CELL_STRONG, size=size, leading=size * 1.3) for size in (11.0, 9.0, 7.0, 5.6)]
    fitting.words(who.name or "–", styles, width, 22).draw(sheet, x, _FOOT_TOP - 11, width)
    fitting.words(certified_as(who.certificate), (FACT, *_SMALL), width, 12).draw(
        sheet, x, _FOOT_TOP - 33, width
    )


def _draw_code(sheet: Sheet, fitting: Fitting, paper: CertificatePaper, content_digest: str) -> None:
    side = 96.0
    draw_code(sheet, code_words(paper, content_digest), RIGHT - side + 6, _FOOT_TOP - side + 4, side)
    style = replace(FOOT, size=5.6, leading=7.6)
    words = _("SHA-256 of the attached data: {digest}").format(digest=grouped(content_digest))
    Words(fitting.setter, words, style).draw(sheet, LEFT + 350, 106, 262)
    log = _("Change log: {count} entries, head {hash}").format(
        count=number_text(paper.log_head.seq), hash=grouped(paper.log_head.hash)
    )
    Words(fitting.setter, log, style).draw(sheet, LEFT + 350, 86, 262)


def _draw_foot(sheet: Sheet, fitting: Fitting) -> None:
    said = [limits_line(), checking_line()]
    if fitting.was_cut or fitting.setter.notes:
        said.append(_("Not every word could be printed as it was written; the attached data hold them all."))
    width = RIGHT - LEFT
    fitting.words(" ".join(said), _SMALL, width, 26).draw(sheet, LEFT, 60, width)
