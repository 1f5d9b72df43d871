"""The small pictures in rows, as many as fit; only those on screen are fetched and painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qma_app import design
from qma_app.domain.evidence import Consent, EvidenceKind
from qma_app.domain.evidence_use import Expiry
from qma_app.i18n import _
from qma_app.services.evidence_ledger import FileState, LedgerLine
from ui import theme
from ui.checklists.incoming import can_come_in
from ui.evidence_view.thumbnails import Thumbnails
from ui.models.evidence_model import EvidenceModel, Index, where_text
from ui.models.evidence_rows import title_of
from ui.widgets.chips import chip_size, paint_chip
from ui.widgets.icons import paint_icon

PICTURE = QSize(172, 126)
_GAP = 12
_WORDS = 42
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def is_letter(event: QKeyEvent) -> bool:
    """Whether a key types something other than a space."""
    return bool(event.text().strip()) and event.text().isprintable()


def picture_size() -> QSize:
    """The size of a small picture at the chosen font size."""
    return QSize(theme.px(PICTURE.width()), theme.px(PICTURE.height()))


class EvidenceGrid(QListView):
    """Arrows walk, Shift and Ctrl choose several, Enter opens, Delete removes; files and pictures can be dropped anywhere."""

    picked = Signal()  # another one is current, or others are chosen
    opened = Signal()
    delete_wanted = Signal()
    menu_wanted = Signal(QPoint)
    dropped = Signal(QMimeData)

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__()
        self.evidence = EvidenceModel(self)
        self.setModel(self.evidence)
        self.setItemDelegate(EvidenceDelegate(self.evidence, thumbnails, self))
        self.setAccessibleName(_("Evidence"))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(False)
        self.setAcceptDrops(True)
        self.setTabKeyNavigation(False)
        self.rescale()
        self.doubleClicked.connect(self._open)
        thumbnails.ready.connect(self._show_picture)
        self.selectionModel().selectionChanged.connect(self._picked)
        self.selectionModel().currentChanged.connect(self._picked)

    def rescale(self) -> None:
        """Take sizes from the font size in force."""
        self._fit()
        self.verticalScrollBar().setSingleStep(theme.px(48))

    @property
    def current(self) -> LedgerLine | None:
        """The line the keyboard is on, as long as it is among the chosen."""
        index = self.currentIndex()
        return self.evidence.line(index) if self.selectionModel().isSelected(index) else None

    @property
    def chosen(self) -> tuple[LedgerLine, ...]:
        """The lines chosen, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self.evidence.lines[row] for row in rows)

    def show_lines(self, lines: Sequence[LedgerLine]) -> None:
        """Show these; what was chosen stays chosen as far as it is still shown, else what took its place."""
        ids, row = [line.evidence.id for line in self.chosen], self.currentIndex().row()
        current = self.current
        at = self.verticalScrollBar().value()
        self.evidence.show_lines(lines)
        if self.selectionModel().hasSelection():
            return  # no row moved
        places = [place for id in ids if (place := self.evidence.place_of(id)) is not None]
        self.verticalScrollBar().setValue(at)
        for place in places:
            self.selectionModel().select(self.evidence.index(place), QItemSelectionModel.SelectionFlag.Select)
        here = self.evidence.place_of(current.evidence.id) if current is not None else None
        if here is not None:
            self.selectionModel().setCurrentIndex(
                self.evidence.index(here), QItemSelectionModel.SelectionFlag.Select
            )
        elif not places and lines:
            self.choose_place(max(0, min(row, len(lines) - 1)))

    def choose(self, evidence_id: str) -> bool:
        """Choose this one alone; False when the filter hides it."""
        place = self.evidence.place_of(evidence_id)
        if place is None:
            return False
        self.choose_place(place)
        return True

    def choose_place(self, place: int) -> None:
        """Choose the one in this row alone."""
        self.selectionModel().setCurrentIndex(
            self.evidence.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif is_letter(event):
            event.ignore()  # a key of the view, not the beginning of a name
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.current is not None:
            self.menu_wanted.emit(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_come_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if can_come_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def _fit(self) -> None:
        """As many columns as fit, spread over the width."""
        least = picture_size().width() + theme.px(_GAP)
        room = max(least, self.viewport().width() - 1)
        width = room // max(1, room // least)
        cell = QSize(width, picture_size().height() + theme.px(_WORDS + _GAP + 6))
        if cell != self.gridSize():
            self.setGridSize(cell)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit()

    def _picked(self) -> None:
        self.picked.emit()

    def _show_picture(self, _digest: str) -> None:
        """Qt gathers these into one paint of what is on screen."""
        self.viewport().update()


class EvidenceDelegate(QStyledItemDelegate):
    """A picture, its badges, what it is called and where it is used."""

    def __init__(self, model: EvidenceModel, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return picture_size() + QSize(theme.px(_GAP), theme.px(_WORDS + _GAP))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = self._model.line(index)
        if line is None:
            return
        look = theme.current()
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        cell: QRect = option.rect
        size = picture_size()
        picture = QRect(
            cell.x() + look.px(_GAP) // 2, cell.y() + look.px(_GAP) // 2, size.width(), size.height()
        )
        frame = QRectF(picture).adjusted(-5, -5, 5, look.px(_WORDS) + 1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(
                QPen(look.colour("focus" if option.state & QStyle.StateFlag.State_HasFocus else "accent"), 2)
            )
            painter.setBrush(look.colour("accent-tint"))
            painter.drawRoundedRect(frame, design.RADIUS_CARD, design.RADIUS_CARD)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(frame, design.RADIUS_CARD, design.RADIUS_CARD)
        self._paint_picture(painter, picture, line)
        _paint_badges(painter, picture, line)
        _paint_words(
            painter, QRect(picture.x(), picture.bottom() + 4, size.width(), look.px(_WORDS) - 4), line
        )
        painter.restore()

    def _paint_picture(self, painter: QPainter, area: QRect, line: LedgerLine) -> None:
        look = theme.current()
        digest = line.evidence.thumbnail_digest
        pixels = self._thumbnails.picture(digest) if digest is not None else None
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(area), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.setClipPath(shape)
        painter.fillRect(area, look.colour("raised"))
        if pixels is not None:
            painter.drawPixmap(area, pixels)
        elif digest is None or self._thumbnails.is_broken(digest):
            _paint_sign(painter, area, line, is_broken=digest is not None)
        painter.setClipping(False)


def _paint_sign(painter: QPainter, area: QRect, line: LedgerLine, *, is_broken: bool) -> None:
    """What stands where there is no picture: a document with its ending, or the word for a file that is gone."""
    look = theme.current()
    side = look.px(30)
    sign = QRect(area.center().x() - side // 2, area.center().y() - side + look.px(10), side, side)
    name, words = ("triangle-alert", _("no picture")) if is_broken else _document(line)
    paint_icon(painter, name, "bad" if is_broken else "muted", sign)
    painter.setFont(look.font(design.SIZE_SMALL, "strong"))
    painter.setPen(look.colour("bad" if is_broken else "muted"))
    below = QRect(area.x() + 6, sign.bottom() + look.px(6), area.width() - 12, look.px(20))
    painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, words)


def _document(line: LedgerLine) -> tuple[str, str]:
    ending = line.evidence.name.rpartition(".")[2] if "." in line.evidence.name else ""
    icon = {"xlsx": "file-spreadsheet", "csv": "file-spreadsheet", "msg": "mail", "eml": "mail"}
    return icon.get(ending.casefold(), "file-text"), ending.upper()[:6]


def badges(line: LedgerLine) -> tuple[tuple[str, str], ...]:
    """The words on a picture and their tones, what weighs most first."""
    item, found = line.evidence, []
    if line.file is FileState.MISSING:
        found.append((_("missing"), "bad"))
    elif line.file is FileState.CHANGED:
        found.append((_("changed"), "bad"))
    if line.expiry is Expiry.EXPIRED:
        found.append((_("expired"), "bad"))
    elif line.expiry is Expiry.SOON:
        found.append((_("expires soon"), "warn"))
    if item.consent is Consent.REFUSED:
        found.append((_("refused"), "bad"))
    if item.revision > 1 or line.is_replaced:
        found.append((_("v{number}").format(number=item.revision), "neutral"))
    return tuple(found)


def _signs(line: LedgerLine) -> tuple[str, ...]:
    """The icons at the lower edge."""
    item, found = line.evidence, []
    if item.marks:
        found.append("pencil")
    if line.pairs:
        found.append("images")
    if item.kind is EvidenceKind.PHOTO and item.consent in (Consent.GIVEN, Consent.NOBODY):
        found.append("user-check")
    return tuple(found)


def _paint_badges(painter: QPainter, area: QRect, line: LedgerLine) -> None:
    look = theme.current()
    x, y = area.x() + look.px(6), area.y() + look.px(6)
    for words, tone in badges(line):
        size = chip_size(words)
        if x + size.width() > area.right() - 4:
            x, y = area.x() + look.px(6), y + size.height() + 3
        paint_chip(painter, QRectF(x, y, size.width(), size.height()), words, tone)
        x += size.width() + 4
    side = look.px(22)
    x = area.right() - look.px(6) - side
    for name in _signs(line):
        disc = QRect(x, area.bottom() - look.px(6) - side, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(disc)
        paint_icon(painter, name, "text", disc.adjusted(4, 4, -4, -4))
        x -= side + 4


def _paint_words(painter: QPainter, area: QRect, line: LedgerLine) -> None:
    look = theme.current()
    half = area.height() // 2
    for row, words, font, token in (
        (0, title_of(line.evidence), look.font(design.SIZE_SMALL, "medium"), "text"),
        (1, where_text(line), look.font(design.SIZE_SMALL - 1), "warn" if line.is_unlinked else "muted"),
    ):
        painter.setFont(font)
        painter.setPen(look.colour(token))
        field = QRect(area.x() + 1, area.y() + row * half, area.width() - 2, half)
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, field.width())
        painter.drawText(field, _LEFT, text)
