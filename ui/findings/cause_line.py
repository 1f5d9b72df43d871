"""One line of the tree of whys: its level, its words, and what kind of cause it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseProblem, blame_words
from qma_app.domain.edition import Edition, Named
from qma_app.i18n import _, content_language
from ui import theme
from ui.findings.cause_words import CauseWords
from ui.widgets.buttons import MenuButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel


class KindMenu(MenuButton):
    """A short chip with a menu: category or origin; `picked` carries the id, "" for none."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._name = name
        self.setProperty("small", True)
        self.choices.triggered.connect(self._chosen)

    def show_choices(self, choices: Sequence[Named], chosen: str) -> None:
        """Offer the choices of the edition; the one chosen names the chip."""
        titles = {"": _("none"), **{one.id: str(one.title) for one in choices}}
        title = titles.get(chosen, chosen)
        self.say(title if chosen else self._name)
        self.setAccessibleName(f"{self._name}: {title}")
        self.choices.clear()
        for id, words in titles.items():
            action = self.choices.addAction(words.replace("&", "&&"))
            action.setData(id)
            action.setCheckable(True)
            action.setChecked(id == chosen)

    def open(self) -> None:
        """Show the choices, as a key asks for."""
        self.choices.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _chosen(self, action: QAction) -> None:
        self.picked.emit(str(action.data()))


class CauseLine(QWidget):
    """`changed` carries a field of `Cause` and its value; `step` what a key asks of the tree.

    `cause` is None while nothing is stored: then `parent_id` says below which cause it will hang.
    """

    changed = Signal(str, object)
    step = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cause: Cause | None = None
        self.parent_id: str | None = None
        self._is_leaf = True
        self._is_active = False
        self.level = PlainLabel("", tone="muted")
        self.level.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        self.words = CauseWords(_("Why"))
        self.category = KindMenu(_("Category"))
        self.category.setToolTip(_("Category (F2)"))
        self.origin = KindMenu(_("Origin"))
        self.origin.setToolTip(_("Origin (F3)"))
        self.tick = QCheckBox(_("The owner can change this"))
        self.tick.setToolTip(_("The owner can change this (F4)"))
        self.kinds = QWidget()
        flow = FlowLayout(self.kinds, spacing=4)
        flow.addWidget(self.category)
        flow.addWidget(self.origin)
        flow.addWidget(self.tick)
        self.caption = PlainLabel("", role="small", tone="muted", wrap=True)
        self.warning = PlainLabel("", role="small", tone="warn", wrap=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.addWidget(self.level, 0, 0)
        self._grid.addWidget(self.words, 0, 1)
        below: tuple[QWidget, ...] = (self.kinds, self.caption, self.warning)
        for row, part in enumerate(below, 1):
            self._grid.addWidget(part, row, 1)
            part.setContentsMargins(theme.px(8), 0, 0, theme.px(2))
        self._grid.setColumnMinimumWidth(0, theme.px(24))
        self._grid.setColumnStretch(1, 1)
        self.level.setContentsMargins(0, theme.px(7), 0, 0)
        self._connect()

    def _connect(self) -> None:
        self.words.settled.connect(self._words_settled)
        self.words.step.connect(self._stepped)
        self.words.textChanged.connect(self._show_blame)
        self.category.picked.connect(self._category_picked)
        self.origin.picked.connect(self._origin_picked)
        self.tick.clicked.connect(self._ticked)

    @property
    def id(self) -> str:
        return self.cause.id if self.cause is not None else ""

    def show_cause(self, cause: Cause | None, edition: Edition, *, is_leaf: bool) -> None:
        """Show what is stored; words that are being typed are left alone."""
        is_same = cause is not None and self.id == cause.id
        self.cause, self._is_leaf = cause, is_leaf
        if cause is not None:
            self.parent_id = cause.parent_id
            if not (is_same and self.words.is_pending):
                self.words.set_text(cause.words)
        self.category.show_choices(edition.cause_categories, cause.category if cause else "")
        self.origin.show_choices(edition.origins, cause.origin if cause else "")
        self.tick.setChecked(bool(cause and cause.is_changeable))
        self.tick.setVisible(is_leaf)
        is_root = bool(cause and cause.is_changeable and is_leaf)
        if bool(self.words.property("root")) != is_root:
            self.words.setProperty("root", is_root)
            self.words.style().unpolish(self.words)
            self.words.style().polish(self.words)
            self.words.updateGeometry()
        self._show_caption()

    def show_level(self, level: int, indent: int) -> None:
        """Its level of why; branches stand in."""
        self.level.setText(str(level))
        self.words.setAccessibleName(_("Why, level {level}").format(level=level))
        self._grid.setContentsMargins(theme.px(14) * indent, 0, 0, 0)

    def show_problems(self, problems: Sequence[CauseProblem]) -> None:
        """What is missing in this cause; what blocks is marked as such."""
        self._problems = tuple(problems)
        self._show_blame()

    def show_active(self, *, is_active: bool) -> None:
        """Its kinds can be chosen while the keyboard is here; else they are read."""
        self._is_active = is_active
        self._show_caption()

    _problems: tuple[CauseProblem, ...] = ()

    def _show_caption(self) -> None:
        cause = self.cause
        self.kinds.setVisible(self._is_active and cause is not None)
        parts = []
        if cause is not None:
            parts = [self.category.text()] if cause.category else []
            parts += [self.origin.text()] if cause.origin else []
            parts += [_("the owner can change this")] if cause.is_changeable and self._is_leaf else []
        self.caption.setText(" · ".join(parts))
        self.caption.setVisible(bool(parts) and not self._is_active)

    def _show_blame(self) -> None:
        blame = blame_words(self.words.toPlainText(), content_language())
        lines = [problem.words for problem in self._problems]
        if blame:
            quoted = ", ".join(_("“{text}”").format(text=word) for word in blame)
            lines.append(_("{words}: that says who. Ask what let it happen.").format(words=quoted))
        self.warning.setText("\n".join(lines))
        self.warning.set_tone("bad" if any(one.is_blocking for one in self._problems) else "warn")
        self.warning.setVisible(bool(lines))

    def _words_settled(self, words: str) -> None:
        self.changed.emit("words", words)

    def _category_picked(self, id: str) -> None:
        self.changed.emit("category", id)

    def _origin_picked(self, id: str) -> None:
        self.changed.emit("origin", id)

    def _ticked(self, is_on: bool) -> None:
        self.changed.emit("is_changeable", is_on)

    def _stepped(self, step: str) -> None:
        if step in ("category", "origin", "tick"):
            self.words.flush()  # words just typed are a cause before their kind is chosen
        match step:
            case "category" if self.cause is not None:
                self.category.open()
            case "origin" if self.cause is not None:
                self.origin.open()
            case "tick" if self.cause is not None and self._is_leaf:
                self.tick.click()
            case "leave" if self.cause is not None:
                self.category.setFocus(Qt.FocusReason.TabFocusReason)
            case "category" | "origin" | "tick":
                pass
            case _:
                self.step.emit(step)
