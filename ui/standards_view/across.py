"""How the dealerships of the workspace stand at one checkpoint, and what was found there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app import design
from qma_app.domain.edition import Edition
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, day_text, ngettext, number_text
from qma_app.services.checkpoint_card import CheckpointCard, DealershipResult, RaisedFinding, ResultState
from ui import theme
from ui.places import Place
from ui.widgets.cards import CardRow, clear
from ui.widgets.chips import Chip
from ui.widgets.finding_delegate import GRADE_TONES
from ui.widgets.labels import PlainLabel

MOST = 8
"""So many dealerships are named, the weakest first; the strip above counts all."""


class AcrossPanel(QWidget):
    """A strip with how many dealerships have which points, the mean, and the weakest by name."""

    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mean = PlainLabel("", role="small", tone="muted")
        self.spread = Spread()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._more = PlainLabel("", role="small", tone="muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(_("Across dealerships"), role="caption"))
        head.addStretch(1)
        head.addWidget(self.mean)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.spread)
        column.addLayout(self._rows)
        column.addWidget(self._more)

    def show_results(self, card: CheckpointCard, edition: Edition) -> None:
        """Show what is known of one checkpoint."""
        clear(self._rows)
        self.mean.setText(_mean_words(card))
        counts = Counter(one.points for one in card.results if one.points is not None)
        self.spread.show_counts(edition.points, counts)
        self.spread.setVisible(card.rated > 1)
        for result in card.results[:MOST]:
            row = _ResultRow(result, edition, str(card.checkpoint.id))
            row.wanted.connect(self.place_wanted)
            self._rows.addWidget(row)
        rest = len(card.results) - MOST
        self._more.setVisible(rest > 0 or not card.results)
        self._more.setText(
            ngettext("and {n} more dealership", "and {n} more dealerships", rest).format(n=rest)
            if rest > 0
            else _("No dealership of this workspace follows an edition with it.")
        )


class _ResultRow(CardRow):
    """One dealership; opens its checklist at the checkpoint."""

    wanted = Signal(object)

    def __init__(self, result: DealershipResult, edition: Edition, checkpoint_id: str) -> None:
        parts = [result.label, day_text(result.on) if result.on is not None else ""]
        super().__init__(
            result.name,
            _("asked as {number}").format(number=result.seen_as) if result.seen_as else "",
            " · ".join(part for part in parts if part) or state_words(result.state),
            lead=PointsPill(result.points, edition.points, state_words(result.state)),
            is_link=result.assessment is not None,
        )
        self._result, self._checkpoint_id = result, checkpoint_id
        figure = str(result.points) if result.points is not None else state_words(result.state)
        self.setAccessibleName(f"{result.name}: {figure}, {parts[0]} {parts[1]}".strip())
        self.opened.connect(self._open)

    def _open(self) -> None:
        if self._result.assessment is not None:
            self.wanted.emit(
                Place(
                    page="checklists",
                    dealership_id=self._result.dealership_id,
                    assessment_id=self._result.assessment.id,
                    checkpoint_id=self._checkpoint_id,
                )
            )


class PointsPill(QWidget):
    """Points on the colour of their step; a dash on grey where there are none."""

    def __init__(self, points: int | None, steps: tuple[int, ...], word: str) -> None:
        super().__init__()
        self._text = "–" if points is None else str(points)
        self._colour = design.points_colour(points if points in steps else None, steps)
        self.setAccessibleName(word if points is None else str(points))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(32), theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(QRectF(self.rect()), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.setPen(QColor(design.readable_on(self._colour)))
        painter.setFont(theme.current().font(design.SIZE_SMALL, "medium"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)


class Spread(QWidget):
    """How many dealerships have which points: one bar, parted by the steps of the scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[int, int, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_counts(self, steps: tuple[int, ...], counts: Counter[int]) -> None:
        """Show other counts."""
        self._parts = tuple(
            (step, counts[step], design.points_colour(step, steps)) for step in steps if counts[step]
        )
        spoken = ", ".join(
            _("{points} points: {count}").format(points=step, count=count) for step, count, _c in self._parts
        )
        self.setAccessibleName(_("Points of the dealerships"))
        self.setAccessibleDescription(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(count for _step, count, _colour in self._parts)
        left, height = 0.0, theme.px(8)
        for _step, count, colour in self._parts:
            width = self.width() * count / total
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(left, 2, max(3.0, width - 2), height), 3, 3)
            left += width


class FindingRows(QWidget):
    """The findings raised on a checkpoint, open ones first; each opens where it is written."""

    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = PlainLabel("", role="caption")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._caption)
        column.addLayout(self._rows)

    def show_findings(self, findings: Sequence[RaisedFinding]) -> None:
        """Show these; gone where there are none."""
        clear(self._rows)
        self.setVisible(bool(findings))
        opened = sum(one.finding.is_open for one in findings)
        self._caption.setText(
            _("Findings raised: {count}, open: {open}").format(count=len(findings), open=opened)
        )
        for raised in findings[:MOST]:
            row = _FindingRow(raised)
            row.wanted.connect(self.place_wanted)
            self._rows.addWidget(row)


class _FindingRow(CardRow):
    wanted = Signal(object)

    def __init__(self, raised: RaisedFinding) -> None:
        finding = raised.finding
        state = _("open") if finding.is_open else _("closed")
        super().__init__(
            finding.statement,
            f"{finding.label} · {raised.dealership} · {state}",
            lead=Chip(grade_title(finding.grade), tone=GRADE_TONES[finding.grade]),
            is_link=True,
        )
        self._raised = raised
        self.opened.connect(self._open)

    def _open(self) -> None:
        self.wanted.emit(
            Place(
                page="findings",
                dealership_id=self._raised.dealership_id,
                finding_id=self._raised.finding.id,
            )
        )


def state_words(state: ResultState) -> str:
    """What a result without points is called."""
    return {
        ResultState.RATED: _("rated"),
        ResultState.COVERED: _("covered until you have rated"),
        ResultState.NOT_APPLICABLE: _("not applicable"),
        ResultState.NOT_YET: _("not rated yet"),
        ResultState.DOES_NOT_APPLY: _("does not apply"),
    }[state]


def _mean_words(card: CheckpointCard) -> str:
    if card.mean is None:
        return ""
    return _("mean {mean} · {met} of {rated} met").format(
        mean=number_text(card.mean, 1), met=card.met, rated=card.rated
    )
