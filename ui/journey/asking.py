"""What the dialogs of the plan share: each stores by itself, so that a refusal leaves what was chosen and is named above the buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.dialogs.dialog import Dialog
from ui.workbench import Workbench


class AskingDialog(Dialog):
    """`ask_until_done` shows it and says whether something was stored."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        title: str,
        detail: str = "",
        *,
        accept: str,
        width: int = 440,
    ) -> None:
        super().__init__(parent, title, detail, accept=accept, width=width)
        self.workbench = workbench
        workbench.failed.connect(self.show_problem)

    def ask_until_done(self) -> bool:
        """Whether it was accepted; the dialog is gone then."""
        is_done = bool(self.exec())
        self.workbench.failed.disconnect(self.show_problem)
        self.deleteLater()
        return is_done
