"""Prints the paper shown: the same pages as in the preview, there is no other layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from qma_app.errors import ReportTrouble
from qma_app.i18n import _
from ui.jobs import Progress

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_MOST_DOTS = 300
"""Dots an inch pages are rendered with at most; more only costs memory and time."""


def ask_printer(parent: QWidget, title: str, pages: int) -> QPrinter | None:
    """Let the user choose printer and pages; None when it was cancelled."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(1, pages))
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
    is_accepted = bool(dialog.exec())
    dialog.deleteLater()
    return printer if is_accepted else None


def print_pages(content: bytes, printer: QPrinter, progress: Progress) -> int:
    """Send the pages chosen to the printer; gives how many."""
    import pypdfium2

    from qma_app.services.pdfium_lock import PDFIUM
    from ui.reports_view.pdf_pages import render

    with PDFIUM:
        document = pypdfium2.PdfDocument(content)
    count = len(document)
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = range(max(1, first) - 1, min(last, count))
    painter = QPainter()
    try:
        printer.setFullPage(True)
        if not painter.begin(printer):
            raise ReportTrouble(
                _("The printer {name} does not answer.").format(name=printer.printerName()),
                code="report.printer",
                way_out=_("Choose another printer, or save the PDF and print it later."),
            )
        scale = min(_MOST_DOTS, printer.resolution()) / 72
        for place, page in enumerate(pages):
            progress(place, len(pages), _("page {page}").format(page=page + 1))
            if place:
                printer.newPage()
            picture = render(document, page, scale)
            sheet = QRectF(printer.pageLayout().fullRectPixels(printer.resolution()))
            size = picture.size().scaled(sheet.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (sheet.width() - size.width()) / 2, (sheet.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), picture)
    finally:
        if painter.isActive():
            painter.end()
        with PDFIUM:
            document.close()
    return len(pages)
