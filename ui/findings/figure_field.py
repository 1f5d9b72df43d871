"""A figure that may be left empty, typed as people write it: 12.5, 12,5, 1.234,50 or 95 %."""

from __future__ import annotations

import re
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from qma_app.i18n import _, exact_number_text, language

_FIGURE = re.compile(r"[+-]?\d[\d.,]*")
_SPACES = " \u00a0\u202f'’"
_MOST_PLACES = 6


def read_figure(text: str) -> Decimal | None:
    """The figure somebody typed; a percent sign and spaces between digits are left out. ValueError when it is none.

    With one sign only, three digits behind it are thousands where the language writes them so: 1,234 in English, 1.234 in German.
    """
    for space in _SPACES:
        text = text.replace(space, "")
    text = text.removesuffix("%").replace("−", "-")
    if not text:
        return None
    if not _FIGURE.fullmatch(text):
        raise ValueError(text)
    point, comma = text.rfind("."), text.rfind(",")
    if point >= 0 and comma >= 0:
        thousands, decimal = (",", ".") if point > comma else (".", ",")
        return _decimal(text, thousands, decimal)
    thousands = "." if language() == "de" else ","
    sign = "." if point >= 0 else ","
    if text.count(sign) > 1 or (sign == thousands and re.fullmatch(r"[+-]?\d{1,3}[.,]\d{3}", text)):
        return _decimal(text, sign, "")
    return _decimal(text, "", sign)


def figure_text(value: Decimal | None) -> str:
    """The figure as the language in force writes it, with the places it has."""
    if value is None:
        return ""
    return exact_number_text(value, _MOST_PLACES)


def _decimal(text: str, thousands: str, decimal: str) -> Decimal:
    whole, _sign, parts = text.partition(decimal) if decimal else (text, "", "")
    groups = whole.lstrip("+-").split(thousands) if thousands else [whole.lstrip("+-")]
    is_grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    )
    figure = "".join(groups)
    if not is_grouped or not figure.isdecimal() or not (parts == "" or parts.isdecimal()):
        raise ValueError(text)
    return Decimal(f"{'-' if text.startswith('-') else ''}{figure}.{parts or 0}")


class FigureField(QLineEdit):
    """`settled` carries the figure (or None) when the field is left or Enter is pressed; what is no figure stays and is marked."""

    settled = Signal(object)
    left = Signal()

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        least: Decimal | None = None,
        most: Decimal | None = None,
        is_whole: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._value: Decimal | None = None
        self._is_unsaved = False
        self._least, self._most, self._is_whole = least, most, is_whole

    @property
    def figure(self) -> Decimal | None:
        """The figure given on last."""
        return self._value

    @property
    def is_pending(self) -> bool:
        """Whether what is typed is not the figure given on last."""
        return self._is_unsaved or self.text() != figure_text(self._value)

    def set_figure(self, value: Decimal | int | None) -> None:
        """Show what is stored."""
        self._value = Decimal(value) if value is not None else None
        self._is_unsaved = False
        self.setText(figure_text(self._value))
        self._mark("")

    def flush(self) -> None:
        """Give on what is typed, if it is a figure."""
        if not self.is_pending:
            return
        try:
            value = read_figure(self.text())
        except ValueError:
            self._mark(_("Type a figure such as 12.5, or leave it empty."))
            return
        if problem := self._problem(value):
            self._mark(problem)
            return
        self._mark("")
        is_new = self._is_unsaved or value != self._value
        self._value, self._is_unsaved = value, False
        self.setText(figure_text(value))
        if is_new:
            self.settled.emit(int(value) if self._is_whole and value is not None else value)

    def keep_unsaved(self) -> None:
        """Storing failed: the figure counts as new again."""
        self._is_unsaved = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in ("\r", "\n"):
            self.flush()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()
        self.left.emit()

    def _problem(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        if self._is_whole and value % 1:
            return _("Type a whole number.")
        is_outside = (self._least is not None and value < self._least) or (
            self._most is not None and value > self._most
        )
        if is_outside and self._most is not None:
            return _("Type a figure from {least} to {most}.").format(
                least=figure_text(self._least), most=figure_text(self._most)
            )
        return _("Type a figure that is not below zero.") if is_outside else ""

    def _mark(self, problem: str) -> None:
        self.setToolTip(problem)
        self.setAccessibleDescription(problem)
        if bool(self.property("problem")) != bool(problem):
            self.setProperty("problem", bool(problem))
            self.style().unpolish(self)
            self.style().polish(self)
