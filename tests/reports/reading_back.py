"""Makes a report from a reader, and reads what stands in the finished PDF."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from qma_app.domain.assessment import Assessment
from qma_app.reports import REPORTS, Report
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.progress import Progress
from qma_app.services.pdfium_lock import PDFIUM
from tests.builders import TODAY
from tests.reports.fake_reader import FakeReader

FOOT, HEAD = 58.0, 790.0


def the_report(key: str) -> Report:
    return next(report for report in REPORTS if isinstance(report, Report) and report.key == key)


def the_paper(
    reader: FakeReader, *, on: date = TODAY, key: str = "assessment", **how: Any
) -> AssessmentPaper:
    """What is read of the newest assessment."""
    newest = max(reader.all(Assessment), key=lambda assessment: assessment.number)
    return the_report(key).collect(reader, newest.id, on=on, **how)


def made(
    reader: FakeReader,
    key: str = "assessment",
    *,
    on: date = TODAY,
    heard: Callable[[float], bool] | None = None,
    **how: Any,
) -> bytes:
    """The finished report of the newest assessment."""
    out = BytesIO()
    paper = the_paper(reader, on=on, key=key, **how)
    the_report(key).draw(paper, out, pictures=reader.evidence_bytes, progress=Progress(heard))
    return out.getvalue()


def opened(pdf: bytes) -> Any:
    """The file as pypdf reads it; its dictionaries hold objects of any kind."""
    return PdfReader(BytesIO(pdf), strict=True)


def quick_words(pdf: bytes) -> str:
    """All words of a paper with one space between them, read by the program's own viewer: many times as fast as `page_texts`."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        pages = [page.get_textpage().get_text_range() for page in document]
        document.close()
    return " ".join(" ".join(pages).split())


def page_texts(pdf: bytes) -> list[str]:
    """The words of each page, head and foot with them."""
    return [page.extract_text() for page in opened(pdf).pages]


def page_text(pdf: bytes, number: int) -> str:
    """The words of one page, counted from 1, with single spaces."""
    return " ".join(opened(pdf).pages[number - 1].extract_text().split())


def body_text(pdf: bytes) -> str:
    """The words of all pages without head and foot, so that what goes on over a page is whole."""
    parts: list[str] = []

    def keep(text: str, page: list[float], matrix: list[float], _font: Any, _size: float) -> None:
        height = page[1] * matrix[4] + page[3] * matrix[5] + page[5]
        if FOOT < height < HEAD:
            parts.append(text)

    for page in opened(pdf).pages:
        page.extract_text(visitor_text=keep)
    return "".join(parts)


def squeezed(text: str) -> str:
    """Without any white space: where lines are broken does not matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))
