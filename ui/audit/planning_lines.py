"""Lines of the planning table to type into: each is read as a whole, and says which field cannot be read."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.planning_table import KindShare, RiskShare, TableRow, risk_title
from qma_app.domain.wording import kind_title
from qma_app.i18n import _
from ui import theme
from ui.audit.plan_words import as_percent
from ui.findings.figure_field import FigureField
from ui.widgets.buttons import IconButton
from ui.widgets.labels import PlainLabel, plain_tip


class Unread(ValueError):
    """A field that cannot be read; its words say which, `widget` is where it is."""

    def __init__(self, words: str, widget: QWidget) -> None:
        super().__init__(words)
        self.widget = widget


class StaffLine(QWidget):
    """Up to so many full-time equivalents take so many days."""

    removed = Signal(QWidget)

    def __init__(self, row: TableRow | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.up_to = FigureField(_("Staff up to"), least=Decimal(1), is_whole=True)
        self.days = FigureField(_("Days"), least=Decimal("0.25"), most=Decimal(365))
        if row is not None:
            self.up_to.set_figure(row.up_to)
            self.days.set_figure(row.days)
        self.setFocusProxy(self.up_to)
        line = _line(self)
        for figure in (self.up_to, self.days):
            figure.setFixedWidth(theme.px(92))
            line.addWidget(figure)
        self.remove_button = _remove_button(_("Take this row out"))
        self.remove_button.clicked.connect(self._remove)
        line.addWidget(self.remove_button)

    def row(self) -> TableRow:
        """What is typed; Unread where it is no figure."""
        return TableRow(up_to=int(figure_of(self.up_to)), days=figure_of(self.days))

    def _remove(self) -> None:
        self.removed.emit(self)


class RiskLine(QWidget):
    """A circumstance and the percent it adds or takes away."""

    removed = Signal(QWidget)

    def __init__(self, code: str, risk: RiskShare | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = code
        self._known = risk
        self.title = QLineEdit(risk_title(risk) if risk is not None else "")
        self.title.setAccessibleName(_("Circumstance"))
        self.title.setPlaceholderText(_("Circumstance"))
        self.title.setCursorPosition(0)
        self.title.setToolTip(plain_tip(self.title.text()))
        self.percent = FigureField(_("Percent"), least=Decimal(-99), most=Decimal(100))
        if risk is not None:
            self.percent.set_figure(as_percent(risk.share))
        self.percent.setFixedWidth(theme.px(72))
        line = _line(self)
        line.addWidget(self.title, 1)
        line.addWidget(self.percent)
        self.remove_button = _remove_button(_("Take this circumstance out"))
        self.remove_button.clicked.connect(self._remove)
        line.addWidget(self.remove_button)

    def risk(self) -> RiskShare:
        """What is typed; one of ours whose words were left alone keeps being told in every language."""
        words = self.title.text().strip()
        if not words:
            raise Unread(_("A circumstance has no words."), self.title)
        percent, known = figure_of(self.percent), self._known
        is_kept = known is not None and percent == as_percent(known.share)
        share = known.share if known is not None and is_kept else Fraction(percent) / 100
        title = known.title if known is not None and words == risk_title(known) else words
        return RiskShare(code=self.code, share=share, title=title)

    def _remove(self) -> None:
        self.removed.emit(self)


class KindLine(QWidget):
    """Which share of a first audit an audit of this kind takes."""

    def __init__(self, kind: AssessmentKind, share: Fraction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.share = QLineEdit(str(share))
        self.share.setAccessibleName(kind_title(kind))
        self.share.setFixedWidth(theme.px(72))
        line = _line(self)
        line.addWidget(PlainLabel(kind_title(kind)), 1)
        line.addWidget(self.share)

    def kind_share(self) -> KindShare:
        """What is typed: a fraction, a decimal or a percentage."""
        return KindShare(kind=self.kind, share=_fraction(self.share))


class Lines(QWidget):
    """Lines below one another that can be taken out and added to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def add(self, line: StaffLine | RiskLine) -> None:
        """One more line at the end."""
        line.removed.connect(self._take_out)
        self._column.addWidget(line)

    def clear(self) -> None:
        """Take every line out."""
        for line in self.lines():
            self._take_out(line)

    def lines(self) -> list[QWidget]:
        """The lines in their order."""
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [one for one in widgets if one is not None]

    def _take_out(self, line: QWidget) -> None:
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


def _line(of: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(of)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    return row


def _remove_button(name: str) -> IconButton:
    return IconButton("x", name)


def figure_of(field: FigureField) -> Decimal:
    """The figure typed; Unread where there is none."""
    field.flush()
    if field.is_pending or field.figure is None:
        raise Unread(
            _("{field}: type a figure; “{text}” is none.").format(
                field=field.accessibleName(), text=field.text()
            ),
            field,
        )
    return field.figure


def _fraction(field: QLineEdit) -> Fraction:
    text = field.text().replace(" ", "").replace(",", ".")
    try:
        if text.endswith("%"):
            return Fraction(text.removesuffix("%")) / 100
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Unread(
            _("{field}: type a share such as 1/3, 0.5 or 50%; “{text}” is none.").format(
                field=field.accessibleName(), text=field.text()
            ),
            field,
        ) from None
