"""How the coach likes to work, what lies on disk, who is working, and what this program is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from qma_app.domain.engagement import Engagement
from qma_app.i18n import _
from qma_app.services.working import current_worker
from ui import theme
from ui.pages.page import GAP, MARGIN, Page, PageHead, scrolling
from ui.session import SAMPLE
from ui.settings_view import rows
from ui.settings_view.about import AboutCard
from ui.settings_view.controls import LanguageChoice
from ui.settings_view.data_cards import BackupsCard, BinCard, FolderCard, SampleCard
from ui.settings_view.row_widget import SettingRow
from ui.shortcuts import Command
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.domain.ports import Reader
    from qma_app.domain.record import Changes


class SettingsPage(Page):
    """All sections one below the other; the list at the left leads to each."""

    key: ClassVar[str] = "settings"
    title: ClassVar[str] = _("Settings")
    icon: ClassVar[str] = "settings"
    position: ClassVar[int] = 12

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._folder = FolderCard(workbench)
        self._backups = BackupsCard(workbench)
        self._sample = SampleCard(workbench)
        self._bin = BinCard(workbench)
        self._worker, self._worker_row = self._build_worker()
        self._sections: list[tuple[str, QWidget]] = [
            (_("General"), self._rows_card(_("General"), rows.GENERAL)),
            (_("Language"), self._rows_card(_("Language"), rows.LANGUAGE)),
            (_("Appearance"), self._rows_card(_("Appearance"), rows.APPEARANCE)),
            (_("Reports"), self._rows_card(_("Reports"), rows.PAPERS)),
            (_("Data & backup"), self._folder),
            (_("Backups"), self._backups),
            (_("Sample dealership"), self._sample),
            (_("Bin"), self._bin),
            (_("Who is working"), self._worker),
            (_("About"), AboutCard()),
        ]
        self._build()

    def refresh(self) -> None:
        if not self.workbench.has_workspace:
            return
        workspace = self.workbench.workspace
        codes = self.workbench.read(_languages_to_read)
        for choice in self.findChildren(LanguageChoice):
            choice.offer(codes)
        self._folder.refresh()
        self._backups.refresh()
        self._bin.refresh()
        has_sample = workspace.is_sample or (workspace.folder.parent / SAMPLE).is_dir()
        self._sample.setVisible(has_sample)
        shown = [card for _title, card in self._sections].index(self._sample)
        self._list.setRowHidden(shown, not has_sample)
        worker = current_worker(workspace)
        self._worker_row.detail.setText(worker.text if worker else _("Nobody is named."))

    def apply_changes(self, changes: Changes) -> None:
        self.refresh()

    def focus_search(self) -> None:
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(title=_("Back up now"), icon="hard-drive", run=self._backups.back_up),
            Command(title=_("Check the workspace"), icon="shield-check", run=self._folder.check),
        )

    def _build(self) -> None:
        self._list = QListWidget()
        self._list.setAccessibleName(_("Sections"))
        self._list.setFixedWidth(theme.px(170))
        self._list.addItems([title for title, _card in self._sections])
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, MARGIN)
        column.setSpacing(GAP)
        for _title, card in self._sections:
            column.addWidget(card)
        column.addStretch(1)
        content.setMaximumWidth(theme.px(860))
        self._area: QScrollArea = scrolling(content)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self._list)
        row.addWidget(self._area, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        whole.setSpacing(GAP)
        head = PageHead()
        head.say(_("Settings"), _("Every change counts at once."))
        whole.addWidget(head)
        whole.addLayout(row, 1)
        self._list.setCurrentRow(0)
        self._list.currentRowChanged.connect(self._show_section)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # At large type the rows need the width; all sections stand below one another anyway.
        self._list.setVisible(event.size().width() >= theme.px(760))

    def _rows_card(self, title: str, section: str) -> Card:
        card = Card(title)
        for row in rows.ROWS:
            if row.section == section:
                control = row.control(self.workbench.settings, row.title)
                card.body.addWidget(SettingRow(row.title, row.detail, control))
        return card

    def _build_worker(self) -> tuple[Card, SettingRow]:
        card = Card(_("Who is working"))
        change = Button(_("Change who is working"))
        change.clicked.connect(self.workbench.wanted_worker_change)
        row = SettingRow(_("At this computer now"), _("Nobody is named."), change)
        card.body.addWidget(row)
        return card, row

    def _show_section(self, place: int) -> None:
        if 0 <= place < len(self._sections):
            card = self._sections[place][1]
            self._area.verticalScrollBar().setValue(card.y())


def _languages_to_read(reader: Reader) -> tuple[str, ...]:
    """Every language of the editions the programmes here rest on, in the order they list them."""
    editions = dict.fromkeys(engagement.edition for engagement in reader.all(Engagement))
    return tuple(dict.fromkeys(code for each in editions for code in reader.edition(each).languages))
