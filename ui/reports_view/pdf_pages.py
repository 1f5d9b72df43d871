"""Renders pages of a PDF as pictures and finds words in it, in a thread of its own so that the window stays usable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage

from qma_app.services.pdfium_lock import PDFIUM

MOST_HITS: Final = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class PageHit:
    """One place where the words stand: page from 0, rectangles in points from the page's top left corner."""

    page: int
    areas: tuple[QRectF, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page at a number of pixels a point."""

    page: int
    scale: float


class PdfPages(QObject):
    """One document at a time. Asking anew replaces what was asked before and is not done yet."""

    opened = Signal(object)  # tuple[QSizeF, ...] in points; empty where the bytes are no PDF
    rendered = Signal(object, QImage)  # Wanted
    found = Signal(str, object)  # the words, tuple[PageHit, ...]

    _opened_there = Signal(int, object)
    _rendered_there = Signal(int, object, QImage)
    _found_there = Signal(int, str, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wake = Condition()
        self._content: bytes | None = None
        self._wanted: list[Wanted] = []
        self._words: str | None = None
        self._edition = 0
        self._is_over = False
        for there, here in (
            (self._opened_there, self._say_opened),
            (self._rendered_there, self._say_rendered),
            (self._found_there, self._say_found),
        ):
            there.connect(here, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._work, name="pages", daemon=True)
        self._thread.start()
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    def open(self, content: bytes) -> None:
        """Turn to another document; what is under way for the one before is forgotten."""
        with self._wake:
            self._edition += 1
            self._content, self._wanted, self._words = content, [], None
            self._wake.notify()

    def want(self, pages: Sequence[Wanted]) -> None:
        """Render these, the first first."""
        with self._wake:
            self._wanted = list(pages)
            self._wake.notify()

    def find(self, words: str) -> None:
        """Look for words on all pages."""
        with self._wake:
            self._words = words
            self._wake.notify()

    def close(self) -> None:
        """End the thread; called before the object goes."""
        with self._wake:
            self._is_over = True
            self._wake.notify()
        self._thread.join(5)

    def _say_opened(self, edition: int, sizes: object) -> None:
        if edition == self._edition:
            self.opened.emit(sizes)

    def _say_rendered(self, edition: int, wanted: object, picture: QImage) -> None:
        if edition == self._edition:
            self.rendered.emit(wanted, picture)

    def _say_found(self, edition: int, words: str, hits: object) -> None:
        if edition == self._edition:
            self.found.emit(words, hits)

    def _work(self) -> None:
        document: Any = None
        while True:
            with self._wake:
                self._wake.wait_for(self._has_work)
                if self._is_over:
                    break
                edition, content, words = self._edition, self._content, self._words
                self._content = None
                if content is None and words is not None:
                    self._words = None
                wanted = self._wanted.pop(0) if content is None and words is None else None
            if content is not None:
                _close(document)
                document = _opened(content)
                self._opened_there.emit(edition, _sizes(document))
            elif words is not None:
                self._found_there.emit(edition, words, self._hits(document, words, edition))
            elif wanted is not None and document is not None and wanted.page < len(document):
                self._rendered_there.emit(edition, wanted, render(document, wanted.page, wanted.scale))
        _close(document)

    def _has_work(self) -> bool:
        return self._is_over or self._content is not None or self._words is not None or bool(self._wanted)

    def _hits(self, document: Any, words: str, edition: int) -> tuple[PageHit, ...]:
        hits: list[PageHit] = []
        for page in range(len(document) if document is not None and words.strip() else 0):
            # A newer wish is not kept waiting by a long paper.
            if edition != self._edition or self._is_over or self._words is not None or len(hits) >= MOST_HITS:
                break
            hits += hits_on(document, page, words)
        return tuple(hits[:MOST_HITS])


def _opened(content: bytes) -> Any:
    import pypdfium2

    with PDFIUM:
        try:
            return pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return None


def _close(document: Any) -> None:
    if document is not None:
        with PDFIUM:
            document.close()


def _sizes(document: Any) -> tuple[QSizeF, ...]:
    if document is None:
        return ()
    with PDFIUM:
        return tuple(QSizeF(*document.get_page_size(page)) for page in range(len(document)))


def render(document: Any, page: int, scale: float) -> QImage:
    """A page as a picture with `scale` pixels a point."""
    with PDFIUM:
        sheet = document[page]
        bitmap = sheet.render(scale=scale, prefer_bgrx=True)
        picture = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
        ).copy()
        bitmap.close()
        sheet.close()
    return picture


def hits_on(document: Any, page: int, words: str) -> list[PageHit]:
    """Where the words stand on a page, capital or small letters alike."""
    with PDFIUM:
        sheet = document[page]
        height = sheet.get_height()
        text = sheet.get_textpage()
        search = text.search(words)
        hits = []
        while (match := search.get_next()) is not None:
            areas = []
            for place in range(text.count_rects(*match)):
                left, bottom, right, top = text.get_rect(place)
                areas.append(QRectF(left, height - top, right - left, top - bottom))
            hits.append(PageHit(page=page, areas=tuple(areas)))
        search.close()
        text.close()
        sheet.close()
    return hits


def page_count(content: bytes) -> int:
    """How many pages a PDF has; 0 where it is none."""
    document = _opened(content)
    count = len(document) if document is not None else 0
    _close(document)
    return count
