"""What any screen can be looked over for: names, targets, contrast of what is painted."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)

from ui.widgets.labels import PlainLabel

SMALLEST = 34


def unnamed_controls(root: QWidget) -> list[str]:
    """Buttons and fields shown that a screen reader could only call "button" or "edit": each page's list must be empty."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root) or _is_inside_another_control(widget):
            continue
        if isinstance(widget, QAbstractButton):
            if not (widget.accessibleName() or widget.text()).strip():
                found.append(_described(widget))
            elif isinstance(widget, QToolButton) and not widget.toolTip():
                found.append(f"{_described(widget)} has no tooltip")
        elif (
            isinstance(widget, QLineEdit | QPlainTextEdit | QComboBox) and not widget.accessibleName().strip()
        ):
            found.append(_described(widget))
    return found


def small_targets(root: QWidget) -> list[str]:
    """Visible buttons that are lower or narrower than a finger needs."""
    return [
        f"{_described(button)} {button.width()}x{button.height()}"
        for button in root.findChildren(QAbstractButton)
        if button.isVisible()
        and not _is_inside_another_control(button)
        and min(button.width(), button.height()) < SMALLEST - 4
    ]


def rich_labels(root: QWidget) -> list[str]:
    """Labels that might read markup in what somebody typed."""
    return [
        _described(label)
        for label in root.findChildren(QLabel)
        if not isinstance(label, PlainLabel) and not _is_inside_another_control(label)
    ]


def _is_inside_another_control(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    name = widget.objectName()
    return (
        name.startswith("qt_")
        or isinstance(parent, QComboBox | QLineEdit)
        or "QScrollBar" in type(widget).__name__
    )


def _described(widget: QWidget) -> str:
    path = [type(widget).__name__]
    parent = widget.parentWidget()
    while parent is not None:
        path.append(type(parent).__name__)
        parent = parent.parentWidget()
    return " < ".join(path[:4])
