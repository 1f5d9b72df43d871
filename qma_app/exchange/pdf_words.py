"""The words on the pages of a PDF, page by page, for a file whose signer is known: what a stranger made is not opened here."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import Final

from qma_app.errors import ReportTrouble
from qma_app.i18n import _

PDFIUM: Final = Lock()
"""pdfium works in one thread at a time, however many documents are open: whoever uses it holds this."""


def page_words(pdf: bytes) -> Iterator[str]:
    """The text of each page in the order it was drawn; ReportTrouble where the pages cannot be read."""
    import pypdfium2

    document = None
    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(pdf)
            count = len(document)
        for place in range(count):
            yield _words_of(document, place)
    except pypdfium2.PdfiumError as error:
        raise ReportTrouble(
            _("The pages of this paper cannot be read."),
            code="paper.pages",
            way_out=_("Ask whoever issued the paper for the file as it was signed."),
        ) from error
    finally:
        if document is not None:
            with PDFIUM:
                document.close()


def _words_of(document: object, place: int) -> str:
    with PDFIUM:
        page = document[place]  # type: ignore[index]  # the library has no types
        try:
            text = page.get_textpage()
            try:
                return str(text.get_text_range())
            finally:
                text.close()
        finally:
            page.close()
