"""Shows the pages of a PDF one below the other, as large as wanted, with the words looked for marked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.reports_view.pdf_pages import PageHit, PdfPages, Wanted

_GAP, _KEPT = 14, 12
_READABLE = 0.5
_STEPS = (0.25, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_POINTS_PER_INCH, _PIXELS_PER_INCH = 72, 96


class Fit(StrEnum):
    """How large pages are shown while no zoom is chosen."""

    PAGE = "page"
    WIDTH = "width"


class PdfPreview(QAbstractScrollArea):
    """`page_changed` carries the page shown (from 1) and the count, `found` the hit shown (from 1) and the count."""

    page_changed = Signal(int, int)
    zoomed = Signal(int)  # percent
    found = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[QSizeF, ...] = ()
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._hits: tuple[PageHit, ...] = ()
        self._words = ""
        self._hit = -1
        self._fit: Fit | None = Fit.PAGE
        self._zoom = 1.0
        self._page = 0
        self.pages = PdfPages(self)
        self.pages.opened.connect(self._opened)
        self.pages.rendered.connect(self._rendered)
        self.pages.found.connect(self._found)
        self.destroyed.connect(self.pages.close)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.pages.close)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)
        self._say_page()

    @property
    def page_count(self) -> int:
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 1; 0 where there is none."""
        return self._page + 1 if self._sizes else 0

    @property
    def hits(self) -> tuple[PageHit, ...]:
        return self._hits

    @property
    def is_rendered(self) -> bool:
        """Whether the page shown stands there sharp."""
        known = self._pictures.get(self._page)
        return known is not None and known[0] == self._scale

    def show_pdf(self, content: bytes) -> None:
        """Show another document; the place in it is kept where it has one like it."""
        self._pictures.clear()
        self.pages.open(content)

    def show_nothing(self) -> None:
        """There is no document."""
        self._sizes, self._hits, self._hit = (), (), -1
        self._pictures.clear()
        self._lay_out()

    def go_to_page(self, page: int) -> None:
        """Bring a page (from 1) to the top of the view."""
        if self._sizes:
            page = max(0, min(page - 1, len(self._sizes) - 1))
            self.verticalScrollBar().setValue(self._page_area(page).top() - theme.px(_GAP) // 2)

    def next_page(self) -> None:
        """One page on."""
        self.go_to_page(self.page + 1)

    def previous_page(self) -> None:
        """One page back."""
        self.go_to_page(self.page - 1)

    def zoom_in(self) -> None:
        """The next larger step."""
        self.set_zoom(next((step for step in _STEPS if step > self._zoom + 0.01), _STEPS[-1]))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self.set_zoom(next((step for step in reversed(_STEPS) if step < self._zoom - 0.01), _STEPS[0]))

    def set_zoom(self, zoom: float) -> None:
        """Show pages `zoom` times as large as they are printed."""
        self._fit, self._zoom = None, zoom
        self._lay_out()

    def fit(self, fit: Fit) -> None:
        """Keep a whole page, or the width of a page, in view."""
        self._fit = fit
        self._lay_out()

    def find_words(self, words: str) -> None:
        """Mark words on all pages and go to the first; no words take the marks away."""
        self._words = words
        if words.strip():
            self.pages.find(words)
        else:
            self._found(words, ())

    def next_hit(self) -> None:
        """On to the next place of the words, from the last to the first."""
        self._go_to_hit(self._hit + 1)

    def previous_hit(self) -> None:
        """Back to the place before."""
        self._go_to_hit(self._hit - 1)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(520), theme.px(600))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(220))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_in() if event.angleDelta().y() > 0 else self.zoom_out()
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        step = {Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep()}
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.next_page()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self.previous_page()
        elif event.key() == Qt.Key.Key_Home:
            self.go_to_page(1)
        elif event.key() == Qt.Key.Key_End:
            self.go_to_page(self.page_count)
        elif event.key() in step:
            bar.setValue(bar.value() + step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(self.viewport().rect(), 8, 8)
        for page in self._visible():
            self._paint_page(painter, page)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("focus"))
            painter.drawRoundedRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1), 7, 7)

    def _paint_page(self, painter: QPainter, page: int) -> None:
        area = self._page_area(page).translated(self._shift())
        for spread in range(4, 0, -1):
            painter.setBrush(QColor(0, 0, 0, 9))
            painter.drawRect(area.adjusted(-spread, 1 - spread // 2, spread, spread + 1))
        painter.fillRect(area, QColor("#FFFFFF"))
        known = self._pictures.get(page)
        if known is not None:
            painter.drawImage(QRectF(area), known[1])
        for number, hit in enumerate(self._hits):
            if hit.page == page:
                colour = QColor(design.LIGHT.warn if number == self._hit else design.LIGHT.accent)
                colour.setAlphaF(0.42 if number == self._hit else 0.22)
                for place in hit.areas:
                    painter.fillRect(self._on_page(place, area), colour)

    def _on_page(self, place: QRectF, area: QRect) -> QRectF:
        scale = self._zoom * _PIXELS_PER_INCH / _POINTS_PER_INCH
        return QRectF(
            area.x() + place.x() * scale,
            area.y() + place.y() * scale,
            place.width() * scale,
            place.height() * scale,
        )

    @property
    def _scale(self) -> float:
        """Device pixels a point."""
        return round(self._zoom * _PIXELS_PER_INCH / _POINTS_PER_INCH * self.devicePixelRatioF(), 4)

    def _shift(self) -> QPoint:
        return QPoint(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _page_size(self, page: int) -> QSize:
        scale = self._zoom * _PIXELS_PER_INCH / _POINTS_PER_INCH
        return QSize(round(self._sizes[page].width() * scale), round(self._sizes[page].height() * scale))

    def _page_area(self, page: int) -> QRect:
        """Where a page lies in the whole height of all pages."""
        return self._areas[page]

    _areas: Sequence[QRect] = ()

    def _lay_out(self) -> None:
        view = self.viewport().size()
        gap = theme.px(_GAP)
        page = self._page
        if self._sizes and self._fit is not None:
            self._zoom = self._fitting_zoom(view, gap)
        sizes = [self._page_size(number) for number in range(len(self._sizes))]
        widest = max((size.width() for size in sizes), default=0) + 2 * gap
        top, areas = gap, []
        for size in sizes:
            areas.append(QRect(QPoint((max(view.width(), widest) - size.width()) // 2, top), size))
            top += size.height() + gap
        self._areas = areas
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, top - view.height()))
        vertical.setPageStep(max(1, view.height()))
        vertical.setSingleStep(theme.px(48))
        horizontal.setRange(0, max(0, widest - view.width()))
        horizontal.setPageStep(max(1, view.width()))
        if areas:
            vertical.setValue(areas[min(page, len(areas) - 1)].top() - gap // 2)
        self.zoomed.emit(round(self._zoom * 100))
        self._scrolled()

    def _fitting_zoom(self, view: QSize, gap: int) -> float:
        size = self._sizes[min(self._page, len(self._sizes) - 1)]
        unit = _PIXELS_PER_INCH / _POINTS_PER_INCH
        # The bar for scrolling keeps its place, so that it does not come and go with the fit it causes.
        wide = (view.width() - 2 * gap) / (size.width() * unit)
        high = (view.height() - gap) / (size.height() * unit)
        # A whole page in a low window would be too small to read.
        return max(
            _STEPS[0], min(wide, 2.0) if self._fit is Fit.WIDTH else min(wide, max(high, _READABLE), 2.0)
        )

    def _visible(self) -> list[int]:
        view = QRect(QPoint(0, 0), self.viewport().size()).translated(-self._shift())
        return [page for page, area in enumerate(self._areas) if area.intersects(view)]

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = next(
            (place for place, area in enumerate(self._areas) if area.bottom() >= middle), len(self._areas) - 1
        )
        if max(0, page) != self._page:
            self._page = max(0, page)
        self._say_page()
        self.viewport().update()
        self._asking.start()

    def _say_page(self) -> None:
        if self._sizes:
            self.setAccessibleName(
                _("Preview, page {page} of {count}").format(page=self.page, count=self.page_count)
            )
        else:
            self.setAccessibleName(_("Preview, no pages"))
        self.page_changed.emit(self.page, self.page_count)

    def _ask(self) -> None:
        """Want the pages in view first, then their neighbours."""
        visible = self._visible()
        if not visible:
            return
        near = [page for page in (visible[-1] + 1, visible[0] - 1) if 0 <= page < len(self._sizes)]
        scale = self._scale
        missing = [page for page in (*visible, *near) if self._pictures.get(page, (0.0, None))[0] != scale]
        self.pages.want([Wanted(page, scale) for page in missing])

    def _opened(self, sizes: tuple[QSizeF, ...]) -> None:
        self._sizes = sizes
        self._hits, self._hit = (), -1
        self._lay_out()
        if self._words.strip():
            self.pages.find(self._words)

    def _rendered(self, wanted: Wanted, picture: QImage) -> None:
        self._pictures[wanted.page] = (wanted.scale, picture)
        self._pictures.move_to_end(wanted.page)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        self.viewport().update()

    def _found(self, words: str, hits: tuple[PageHit, ...]) -> None:
        if words != self._words:
            return
        self._hits = hits
        near = next((place for place, hit in enumerate(hits) if hit.page >= self._page), 0)
        self._hit = -1
        if hits:
            self._go_to_hit(near)
        else:
            self.found.emit(0, 0)
        self.viewport().update()

    def _go_to_hit(self, number: int) -> None:
        if not self._hits:
            return
        self._hit = number % len(self._hits)
        hit = self._hits[self._hit]
        area = self._page_area(hit.page)
        if hit.areas:
            place = self._on_page(hit.areas[0], area)
            bar = self.verticalScrollBar()
            if not bar.value() <= place.top() <= bar.value() + self.viewport().height() - place.height():
                bar.setValue(round(place.center().y() - self.viewport().height() / 2))
        self.found.emit(self._hit + 1, len(self._hits))
        self.viewport().update()
