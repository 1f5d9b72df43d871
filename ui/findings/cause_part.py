"""Why it is so: the tree of whys, what is still missing in it, and how it reads backwards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.cause_rules import CauseTree, therefore_lines
from qma_app.i18n import _, ngettext
from ui import theme
from ui.findings.cause_tree import CauseTreeEdit
from ui.findings.cause_words import key_lines
from ui.findings.detail import FindingDetail
from ui.findings.fishbone_view import FishboneDialog, FishboneView
from ui.findings.section import INSET, Section
from ui.key_names import keys_text
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class CausePart(QWidget):
    """Everything is stored as it is typed."""

    rearranged = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._detail: FindingDetail | None = None
        self.section = Section(
            "why",
            _("Why (root cause)"),
            workbench.settings,
            nothing=_("no cause named yet"),
            step=_("Ask why"),
        )
        self.tree = CauseTreeEdit(workbench)
        self.problems = PlainLabel("", role="small", tone="warn", wrap=True)
        self.keys = PlainLabel(
            " · ".join(f"{keys_text(keys)}: {title}" for keys, title in key_lines()),
            role="small",
            tone="muted",
            wrap=True,
        )
        self.back_button = Button(_("Read back"), kind="link")
        self.back_button.setCheckable(True)
        self.back_button.setProperty("small", True)
        self.bone_button = Button(_("Fishbone"), kind="link")
        self.bone_button.setCheckable(True)
        self.bone_button.setProperty("small", True)
        self.keys_button = Button(_("Keys"), kind="link")
        self.keys_button.setCheckable(True)
        self.keys_button.setProperty("small", True)
        self.back = PlainLabel("", role="small", wrap=True, selectable=True)
        self.bone = FishboneView()
        self.enlarge = Button(_("Enlarge"), kind="link", icon_name="maximize")
        self.enlarge.setProperty("small", True)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.section.begun.connect(self.tree.ask)
        self.tree.emptied.connect(self.section.rest)
        self.tree.rearranged.connect(self.rearranged)
        for button in (self.back_button, self.bone_button, self.keys_button):
            button.toggled.connect(self._show_folded)
        self.enlarge.clicked.connect(self._enlarge)

    def _lay_out(self) -> None:
        body = self.section.body
        body.addWidget(self.tree)
        self.section.add(self.problems)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for button in (self.back_button, self.bone_button, self.keys_button):
            line.addWidget(button)
        line.addStretch(1)
        body.addLayout(line)
        for widget in (self.keys, self.back, self.bone):
            self.section.add(widget)
        body.addWidget(self.enlarge)
        self.tree.setContentsMargins(0, 0, theme.px(INSET), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        self._show_folded()

    def show_detail(self, detail: FindingDetail) -> None:
        """Show the causes of a finding."""
        if self._detail is None or self._detail.finding.id != detail.finding.id:
            self.section.rest()
        self._detail = detail
        self.tree.show_causes(detail.finding.id, detail.causes, detail.edition, detail.problems)
        count = len(detail.causes)
        self.section.show_filled(
            is_filled=bool(count),
            summary=ngettext("{count} cause", "{count} causes", count).format(count=count),
        )
        whole = [one for one in detail.problems if one.cause_id is None]
        self.problems.setText("\n".join(one.words for one in whole))
        self.problems.set_tone("bad" if any(one.is_blocking for one in whole) else "warn")
        self.problems.setVisible(bool(whole) and bool(count))
        self.back.setText(self._read_back())
        categories = {one.id: str(one.title) for one in detail.edition.cause_categories}
        self.bone.show_causes(detail.causes, detail.finding.statement, categories, self._read_back())

    def flush(self) -> None:
        """Store what is typed."""
        self.tree.flush()

    def _read_back(self) -> str:
        """Each branch from its root to the finding."""
        if self._detail is None:
            return ""
        tree = CauseTree(self._detail.causes)
        statement = self._detail.finding.statement
        return "\n\n".join("\n".join(therefore_lines(statement, path)) for path in tree.branches)

    def _show_folded(self) -> None:
        self.back.setVisible(self.back_button.isChecked())
        self.keys.setVisible(self.keys_button.isChecked())
        for widget in (self.bone, self.enlarge):
            widget.setVisible(self.bone_button.isChecked())
        self.rearranged.emit()

    def _enlarge(self) -> None:
        detail = self._detail
        if detail is not None:
            FishboneDialog.show_large(
                self,
                _("Causes of {finding}").format(finding=detail.finding.label),
                detail.causes,
                detail.finding.statement,
                {one.id: str(one.title) for one in detail.edition.cause_categories},
                self._read_back(),
            )
