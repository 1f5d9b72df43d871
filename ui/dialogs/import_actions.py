"""Takes an action plan workbook back in: choose or drop it, look at the difference, take over what shall hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from qma_app.domain.ids import EngagementId
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from qma_app.services.action_workbook import PlanDifference, compare_action_plans, take_over_action_plans
from qma_app.services.workspace import Workspace
from ui.dialogs.plan_difference import DifferenceTable
from ui.dialogs.reading_dialog import ReadingDialog
from ui.files import nearest_folder
from ui.jobs import Progress
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class ImportActions(ReadingDialog):
    """The files are read beside the window, and again when they were mended; nothing is stored before Take over."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        engagement_id: EngagementId,
        paths: Sequence[Path] = (),
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Take in an action plan"),
            accept=_("Take over"),
            width=820,
            problems=_("Places to look at"),
        )
        self._engagement_id, self._paths = engagement_id, tuple(paths)
        self.difference: PlanDifference | None = None
        self.is_taken = False
        self.setAcceptDrops(True)
        self._build()
        self._fit_screen(widest=1120, lowest=520, highest=760)
        if self._paths:
            self.read(self._paths)
        else:
            self._show()
            self._check()
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.files = PlainLabel("", tone="muted", wrap=True)
        self.counts = PlainLabel("", role="strong", wrap=True)
        self.empty = EmptyState(
            "file-check",
            _("Drop the workbooks that came back here. Two people's files can be looked at together."),
            _("Choose files…"),
        )
        self.empty.wanted.connect(self._choose)
        self.how = PlainLabel("", role="small", tone="muted", wrap=True)
        self.table = DifferenceTable()
        self.table.turned.connect(self._check)
        self.all_button = Button(_("Take all"), kind="quiet")
        self.all_button.clicked.connect(self.table.take_all)
        self.none_button = Button(_("Take none"), kind="quiet")
        self.none_button.clicked.connect(self.table.take_nothing)
        choosing = QHBoxLayout()
        choosing.setSpacing(8)
        choosing.addWidget(self.how, 1)
        choosing.addWidget(self.all_button)
        choosing.addWidget(self.none_button)
        self.body.setSpacing(8)
        for label in (self.files, self.counts):
            self.body.addWidget(label)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.table, 3)
        self.body.addLayout(choosing)
        self.body.addWidget(self.wrong_caption)
        self.body.addWidget(self.wrong, 2)
        self.body.addWidget(self.bar)
        self.body.addStretch(0)
        self.choose_button = Button(_("Choose others…"), icon_name="folder-open")
        self.choose_button.clicked.connect(self._choose)
        self.again_button.clicked.connect(self._read_again)
        self.buttons.insertWidget(0, self.choose_button)
        self.buttons.insertWidget(2, self.again_button)

    def read(self, paths: Sequence[Path]) -> None:
        """Read the files as they lie there now."""
        if self._job is not None:
            return
        self._paths, self.difference = tuple(paths), None
        self.show_problem("")
        self._show()
        self._read_beside(
            ", ".join(path.name for path in self._paths),
            partial(_read, self._bench.workspace, self._paths, self._engagement_id),
            self._was_read,
        )

    def _read_again(self) -> None:
        self.read(self._paths)

    def _choose(self) -> None:
        settings = self._bench.settings
        chosen, _kind = QFileDialog.getOpenFileNames(
            self,
            _("Take in an action plan"),
            str(nearest_folder(settings.incoming_folder)),
            f"{_('Excel workbooks')} (*.xlsx *.xlsm);;{_('All files')} (*)",
        )
        if chosen:
            settings.put("incoming_folder", str(Path(chosen[0]).parent))
            self.read([Path(name) for name in chosen])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event)
        if paths:
            event.acceptProposedAction()
            self.read(paths)

    def _was_read(self, difference: PlanDifference) -> None:
        self._job, self.difference = None, difference
        self._show()
        self._check()
        focused = self.table if not difference.is_empty else self.again_button
        focused.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, ". ".join(filter(None, (self.counts.text(), self.wrong_caption.text()))))

    def _was_refused(self, error: QmaError) -> None:
        super()._was_refused(error)
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Put the difference on the screen, or nothing while there is none."""
        difference = self.difference
        self.files.setText(", ".join(path.name for path in self._paths))
        self.counts.setText(difference.summary() if difference else "")
        self.table.show_difference(difference)
        has_rows = difference is not None and not difference.is_empty
        self.how.setText(_how(difference) if difference and has_rows else "")
        (self.accept_button if self._paths else self.empty.button).setDefault(True)
        for widget, is_there in (
            (self.files, bool(self._paths)),
            (self.empty, not self._paths),
            (self.choose_button, bool(self._paths)),
            (self.counts, difference is not None),
            (self.table, has_rows),
            (self.how, has_rows),
            (self.all_button, has_rows),
            (self.none_button, has_rows),
        ):
            widget.setVisible(is_there)
        self._show_problems(
            _wrong_caption(difference) if difference else "",
            difference.problems if difference else (),
            height_of_few=150,
        )

    def _check(self) -> None:
        super()._check()
        is_reading = self._job is not None
        count = self.table.taking.count if self.difference is not None else 0
        self.choose_button.setEnabled(not is_reading)
        self.again_button.setVisible(bool(self._paths) and not is_reading)
        words = _("Take over")
        if count:
            words = ngettext("Take over {count} change", "Take over {count} changes", count).format(
                count=count
            )
        self.accept_button.say(words)
        why_not = "" if count or self.difference is None else _("Nothing is chosen.")
        self._let_accept(is_possible=count > 0, why_not=why_not)

    def accept(self) -> None:
        """Take over what is chosen; it stays open where that was refused."""
        if self.difference is None or not self.accept_button.isEnabled():
            return
        self.show_problem("")
        taking = self.table.taking
        changes = self._bench.do(take_over_action_plans, self.difference, taking)
        if changes is not None:
            self.is_taken = True
            self._bench.told.emit(
                ngettext(
                    "{count} change of the action plan is taken over.",
                    "{count} changes of the action plan are taken over.",
                    taking.count,
                ).format(count=taking.count)
            )
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        engagement_id: EngagementId,
        path: Path | Sequence[Path] | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Whether something was taken over."""
        paths = (path,) if isinstance(path, Path) else tuple(path or ())
        dialog = cls(parent, workbench, engagement_id, paths)
        dialog._show_until_closed()
        return dialog.is_taken


def _how(difference: PlanDifference) -> str:
    words = _("Space takes a change over or leaves it.")
    if difference.conflicts:
        words += " " + _("Conflicts stand first: what stands here is kept until you choose the other side.")
    return words


def _wrong_caption(difference: PlanDifference) -> str:
    count = len(difference.errors)
    if not count:
        return _("To know") if difference.problems else ""
    return ngettext(
        "{count} place is left out: mend it in the workbook, save it and read it again",
        "{count} places are left out: mend them in the workbook, save it and read it again",
        count,
    ).format(count=count)


def _dropped(event: QDropEvent) -> list[Path]:
    """The local files of a drop."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def _read(
    workspace: Workspace, paths: tuple[Path, ...], engagement_id: EngagementId, progress: Progress
) -> PlanDifference:
    return compare_action_plans(workspace, paths, engagement_id=engagement_id, progress=progress)
