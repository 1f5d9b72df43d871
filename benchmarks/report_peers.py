"""The same words and photos set by others in their usual way: what a report costs that is made without much thought."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path

from qma_app.assets import font_path

Peer = Callable[[Sequence[str], Sequence[Path], Path], None]


def installed() -> Iterator[tuple[str, Peer]]:
    """Peers that can run here, slowest last."""
    yield "LongTable + Paragraph", long_table
    yield "LongTable + Paragraph, reportlab's defaults", long_table_by_default
    for name, peer in (("typst", typst_), ("fpdf2", fpdf2), ("weasyprint", weasyprint_)):
        if find_spec({"fpdf2": "fpdf"}.get(name, name)):
            yield name, peer


def rows(texts: Sequence[str]) -> list[Sequence[str]]:
    """The texts in rows of three, a short one beside the long ones where it falls so."""
    filled = [*texts, *[""] * (-len(texts) % 3)]
    return [filled[place : place + 3] for place in range(0, len(filled), 3)]


def long_table(texts: Sequence[str], photos: Sequence[Path], target: Path) -> None:
    """Platypus without text encoding of streams."""
    _platypus(texts, photos, target, text_encoding=0)


def long_table_by_default(texts: Sequence[str], photos: Sequence[Path], target: Path) -> None:
    """Platypus as it comes."""
    _platypus(texts, photos, target, text_encoding=1)


def _platypus(texts: Sequence[str], photos: Sequence[Path], target: Path, *, text_encoding: int) -> None:
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Image, LongTable, Paragraph, SimpleDocTemplate  # noqa: TID251  a peer, not our way

    before = rl_config.useA85
    rl_config.useA85 = text_encoding
    pdfmetrics.registerFont(TTFont("Inter-Regular", str(font_path("Inter-Regular"))))
    style = ParagraphStyle("cell", fontName="Inter-Regular", fontSize=8.4, leading=12)
    table = LongTable(
        [[Paragraph(escape(text), style) for text in row] for row in rows(texts)], colWidths=(160, 160, 160)
    )
    pairs = [photos[place : place + 2] for place in range(0, len(photos), 2)]
    pictures = LongTable(
        [[[Image(str(path), 230, 172)] for path in pair] + [""] * (2 - len(pair)) for pair in pairs]
    )
    SimpleDocTemplate(str(target), pagesize=A4).build([table, pictures])
    rl_config.useA85 = before


def fpdf2(texts: Sequence[str], photos: Sequence[Path], target: Path) -> None:
    """Cells line by line."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.add_font("Inter", fname=str(font_path("Inter-Regular")))
    pdf.set_font("Inter", size=8.4)
    pdf.add_page()
    with pdf.table(col_widths=(160, 160, 160), first_row_as_headings=False) as table:
        for row in rows(texts):
            cells = table.row()
            for text in row:
                cells.cell(text)
    for path in photos:
        pdf.image(str(path), w=82)
    pdf.output(str(target))


def typst_(texts: Sequence[str], photos: Sequence[Path], target: Path) -> None:
    """A compiled markup language."""
    import typst

    cells = "".join(f"[{_typst_text(text)}], " for row in rows(texts) for text in row)
    pictures = "".join(f'image("{path.name}", width: 82mm), ' for path in photos)
    source = target.with_suffix(".typ")
    folder = photos[0].parent if photos else target.parent
    source = folder / source.name
    source.write_text(
        '#set page(paper: "a4")\n#set text(font: "Inter", size: 8.4pt)\n'
        f"#table(columns: (160pt, 160pt, 160pt), {cells})\n#grid(columns: 2, gutter: 6pt, {pictures})\n",
        encoding="utf-8",
    )
    typst.compile(str(source), output=str(target), font_paths=[str(font_path("Inter-Regular").parent)])


def weasyprint_(texts: Sequence[str], photos: Sequence[Path], target: Path) -> None:
    """HTML and CSS."""
    import weasyprint

    body = "".join(
        "<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows(texts)
    )
    pictures = "".join(f'<img src="{path.as_uri()}" style="width:82mm">' for path in photos)
    font = font_path("Inter-Regular").as_uri()
    style = f"@font-face{{font-family:I;src:url({font})}} body{{font:8.4pt I}} @page{{size:A4}}"
    weasyprint.HTML(string=f"<style>{style}</style><table>{body}</table>{pictures}").write_pdf(str(target))


def _typst_text(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\#$*_`<>@[]~=-+/'\"" else letter for letter in text)
