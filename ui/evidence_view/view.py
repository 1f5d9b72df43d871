"""The evidence to look at and work on: what its buttons, keys, drops and menu do to what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.ids import EvidenceId
from qma_app.i18n import _
from qma_app.services.evidence_intake import Intake
from qma_app.services.evidence_ledger import Use
from ui.evidence_view.acts import EvidenceActs, place_of_use
from ui.evidence_view.adding import EvidenceAdding, result_lines, result_words
from ui.evidence_view.shown_ledger import ShownLedger
from ui.models.evidence_rows import EvidenceFilter, Shown
from ui.shortcuts import Command, Shortcut, is_typing
from ui.widgets.icons import icon
from ui.workbench import Workbench


class EvidenceView(ShownLedger):
    """Filters at the left, small pictures in the middle, the chosen one at the right; `going` names a place elsewhere."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.setAcceptDrops(True)
        self.acts = EvidenceActs(workbench, self)
        self.adding = EvidenceAdding(workbench, self)
        self._connect()

    def _connect(self) -> None:
        self.grid.opened.connect(self.open)
        self.grid.delete_wanted.connect(self.delete)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.dropped.connect(self.adding.take_mime)
        self.add_files.clicked.connect(self.adding.choose_files)
        self.add_folder.clicked.connect(self.adding.choose_folder)
        self.empty.wanted.connect(self.adding.choose_files)
        self.adding.came.connect(self._came)
        self.adding.result_known.connect(self._show_result)
        panel, several, acts = self.panel, self.several, self.acts
        panel.described.connect(self._describe)
        panel.consent_noted.connect(self._note_consent)
        panel.field_left.connect(self.workbench.close_step)
        panel.told.connect(self.workbench.told)
        for signal, act in (
            (panel.opened, self.open),
            (panel.mark_wanted, self.mark),
            (panel.copy_wanted, self.save_copy),
            (panel.link_wanted, self.link),
            (panel.revision_wanted, self.revise),
            (panel.delete_wanted, self.delete),
            (several.link_wanted, self.link),
            (several.pair_wanted, self.pair),
            (several.delete_wanted, self.delete),
        ):
            signal.connect(act)
        panel.unlink_wanted.connect(self._unlink)
        panel.jump_wanted.connect(self._jump)
        panel.pair_opened.connect(acts.open_pair)
        panel.revision_opened.connect(self._open_revision)
        acts.revised.connect(self.choose)

    def flush(self) -> None:
        """Store what is typed, also in the windows."""
        super().flush()
        self.acts.flush()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """The keys of this view and of the marks."""
        from ui.evidence_view.mark_editor import mark_shortcuts

        return (
            Shortcut(keys="E", title=_("Add files")),
            Shortcut(keys="Ctrl+V", title=_("Paste a photo or files")),
            Shortcut(keys="Return", title=_("Open large")),
            Shortcut(keys="M", title=_("Mark the photo")),
            Shortcut(keys="L", title=_("Link to a finding, action or checkpoint")),
            Shortcut(keys="P", title=_("Pair two photos as before and after")),
            Shortcut(keys="Del", title=_("Delete what is chosen")),
            Shortcut(keys="Ctrl+F", title=_("Filter")),
            Shortcut(keys="Esc", title=_("Take the filter back")),
            *mark_shortcuts(),
        )

    def commands(self) -> tuple[Command, ...]:
        """What the palette offers from here."""
        return (
            Command(title=_("Add evidence: files"), run=self.adding.choose_files, keys="E", icon="plus"),
            Command(title=_("Add evidence: folder"), run=self.adding.choose_folder, icon="folder-open"),
            Command(title=_("Show evidence that is not linked"), run=self.show_unlinked, icon="unlink"),
            Command(title=_("Show expired evidence"), run=self.show_expired, icon="clock"),
            Command(title=_("Show all evidence"), run=self.show_all, icon="list-filter"),
            Command(title=_("Check the files of the evidence"), run=self.look_at_files, icon="shield-check"),
        )

    def show_unlinked(self) -> None:
        """What waits for a place."""
        self.filters.show_filter(EvidenceFilter(shown=Shown.UNLINKED))

    def show_expired(self) -> None:
        """What no longer counts, or soon will not."""
        self.filters.show_filter(EvidenceFilter(shown=Shown.EXPIRY))

    def show_chosen(self) -> None:
        """Show what is chosen in the panel and, where they are open, in the windows."""
        super().show_chosen()
        if self.acts.has_window:
            self.acts.show_again(self._shown_items())

    def open(self) -> None:
        """Show the chosen one large."""
        lines = self.chosen
        if lines:
            self.flush()
            self.acts.open(self._shown_items(), lines[0].evidence)

    def mark(self) -> None:
        """Draw on the chosen photo."""
        lines = self.chosen
        if len(lines) == 1 and lines[0].evidence.kind is EvidenceKind.PHOTO:
            self.flush()
            self.acts.mark(self._shown_items(), lines[0].evidence)

    def save_copy(self) -> None:
        """Write what may leave the app of the chosen one."""
        if len(self.chosen) == 1:
            self.acts.save_copy(self.chosen[0].evidence)

    def link(self) -> None:
        """Link what is chosen to a place."""
        lines = [line for line in self.chosen if not line.is_replaced]
        if lines:
            self.flush()
            self.acts.link([line.evidence for line in lines])

    def pair(self) -> None:
        """Put two chosen photos side by side; with one chosen, ask for the other."""
        photos = [line.evidence for line in self.chosen if line.evidence.kind is EvidenceKind.PHOTO]
        if len(photos) == 2:
            self.acts.pair(photos[0], photos[1], self._uses_of(photos))
        elif photos:
            self.workbench.told.emit(
                _("Choose two photos: hold Ctrl and click the second one, then press P.")
            )

    def revise(self) -> None:
        """Take in a newer version of the chosen one."""
        if len(self.chosen) == 1:
            self.flush()
            self.acts.revise(self.chosen[0].evidence)

    def delete(self) -> None:
        """Move what is chosen to the bin; the window offers Undo."""
        lines = self.chosen
        if lines:
            self.panel.flush()
            self.acts.delete([line.evidence for line in lines])
            self._into_grid()

    def _describe(self, name: str, value: object) -> None:
        item = self.panel.evidence
        if item is None or getattr(item, name) == value:
            return
        if not self.acts.describe(item.id, name, value):
            self.panel.show_again()

    def _note_consent(self, consent: object, words: str) -> None:
        item = self.panel.evidence
        if item is not None and (item.consent, item.consent_words) != (consent, words):
            self.acts.note_consent(item.id, consent, words)

    def _unlink(self, use: Use) -> None:
        item = self.panel.evidence
        if item is not None:
            self.acts.unlink(item.id, use)

    def _jump(self, use: Use) -> None:
        place = self.workbench.read(place_of_use, use)
        if place is not None:
            self.flush()
            self.going.emit(replace(place, dealership_id=self.workbench.dealership_id))

    def _open_revision(self, item: Evidence) -> None:
        self.choose(item.id)
        self.show_chosen()

    def _came(self, ids: Sequence[EvidenceId]) -> None:
        if self.filters.evidence_filter.is_narrowed and self.grid.evidence.place_of(ids[-1]) is None:
            self.filters.show_filter(EvidenceFilter())
        self.grid.choose(ids[-1])

    def _show_result(self, result: Intake) -> None:
        lines = result_lines(result)
        if lines:
            self.result.show_result(result_words(result), lines)
        else:
            self.workbench.told.emit(result_words(result))

    def _shown_items(self) -> list[Evidence]:
        return [line.evidence for line in self.grid.evidence.lines]

    def _uses_of(self, photos: Sequence[Evidence]) -> tuple[Use, ...]:
        return tuple(use for photo in photos for use in self._lines[photo.id].uses)

    def _leave(self) -> None:
        super()._leave()
        self.acts.close()

    def _show_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for picture, title, act in (
            ("expand", _("Open large"), self.open),
            ("pencil", _("Mark"), self.mark),
            ("link", _("Link to…"), self.link),
            ("images", _("Pair as before and after"), self.pair),
            ("save", _("Save copy…"), self.save_copy),
            ("upload", _("Take in a newer version…"), self.revise),
            ("trash-2", _("Delete"), self.delete),
        ):
            menu.addAction(icon(picture), title).triggered.connect(act)
        menu.popup(at)

    def event(self, event: QEvent) -> bool:
        # The page around has keys of its own that mean something else here.
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and self._act_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            is_wanted = self.filters.evidence_filter.is_narrowed or self.filters.text.hasFocus()
            return self.show_all if is_wanted else None
        if is_typing():
            return None
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_V and control:
            return self.adding.paste
        if event.modifiers() or not self.workbench.settings.single_letters:
            return None
        letters: dict[int, Callable[[], object]] = {
            Qt.Key.Key_E: self.adding.choose_files,
            Qt.Key.Key_L: self.link,
            Qt.Key.Key_M: self.mark,
            Qt.Key.Key_P: self.pair,
        }
        return letters.get(event.key())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.grid.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.grid.dropEvent(event)
