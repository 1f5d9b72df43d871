"""The one lock around pdfium, for the window as for the check of a paper: it works in one thread at a time."""

from qma_app.exchange.pdf_words import PDFIUM

__all__ = ["PDFIUM"]
