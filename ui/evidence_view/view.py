"""Everything taken in as small pictures to narrow and choose from, and the one chosen beside them, described in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink, PhotoPair
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, EngagementId, EvidenceId
from qma_app.domain.record import Changes
from qma_app.domain.verification import Verification
from qma_app.i18n import _, ngettext
from qma_app.services.evidence_intake import Intake
from qma_app.services.evidence_ledger import LedgerLine, Use
from ui.evidence_view.acts import EvidenceActs, place_of_use
from ui.evidence_view.adding import EvidenceAdding, result_lines, result_words
from ui.evidence_view.file_check import FileCheck
from ui.evidence_view.parts import EvidenceParts
from ui.evidence_view.reading import (
    corrected,
    read_evidence_detail,
    read_ledger,
    revisions_among,
    with_files,
)
from ui.models.evidence_rows import EvidenceFilter, Shown, counts_of, wanted
from ui.shortcuts import Command, Shortcut, is_typing
from ui.widgets.empty_state import EmptyState
from ui.widgets.icons import icon
from ui.workbench import Workbench

_DETAIL_MS = 80
"""Somebody who walks through the pictures quickly is not held up by reading each."""


class EvidenceView(EvidenceParts):
    """Filters at the left, small pictures in the middle, the chosen one at the right; `going` names a place elsewhere."""

    going = Signal(object)  # Place
    status_changed = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._today = date(2000, 1, 1)
        self._lines: dict[EvidenceId, LedgerLine] = {}
        self._areas: tuple[tuple[AreaId, str], ...] = ()
        self._looked_at: tuple[object, EngagementId] | None = None
        self.setAcceptDrops(True)
        self._add_acts()
        self._connect()

    def _add_acts(self) -> None:
        self.acts = EvidenceActs(self.workbench, self)
        self.adding = EvidenceAdding(self.workbench, self)
        self.files = FileCheck(self.workbench, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DETAIL_MS)

    def _connect(self) -> None:
        self._later.timeout.connect(self.show_chosen)
        self.filters.changed.connect(self._filter_changed)
        self.filters.left.connect(self._into_grid)
        self.grid.picked.connect(self._picked)
        self.grid.opened.connect(self.open)
        self.grid.delete_wanted.connect(self.delete)
        self.grid.menu_wanted.connect(self._show_menu)
        self.grid.dropped.connect(self.adding.take_mime)
        self.add_files.clicked.connect(self.adding.choose_files)
        self.add_folder.clicked.connect(self.adding.choose_folder)
        self.empty.wanted.connect(self.adding.choose_files)
        self.nothing.wanted.connect(self.show_all)
        self.check.clicked.connect(self.look_at_files)
        self.files.busy.connect(self.check.setDisabled)
        self.files.known.connect(self._show_lines)
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
        self.workbench.workspace_changed.connect(self._leave)

    def refresh(self) -> None:
        """Read everything shown again."""
        engagement = self.workbench.engagement
        if engagement is None:
            return
        workspace = self.workbench.workspace
        here = (workspace, engagement.id)
        if self._looked_at != here:
            self._leave()
            self._looked_at = here
            self.thumbnails.use(_reader_of(self.workbench))
            QTimer.singleShot(0, self.look_at_files)
        self.thumbnails.look_anew()
        self._read()

    def apply_changes(self, changes: Changes) -> None:
        """Only lines that are there and were corrected are put in their places; anything else reads the ledger again."""
        if self.workbench.engagement is None or self._looked_at is None:
            return
        if not changes.touches(Evidence, EvidenceLink, PhotoPair, Finding, Action, Verification, Assessment):
            return
        items = changes.of(Evidence)
        is_small = len(items) == len(changes.records) and all(
            item.deleted_at is None
            and item.id in self._lines
            and self._lines[item.id].evidence.deleted_at is None
            for item in items
        )
        if not is_small:
            self._read()
            return
        for item in items:
            self._lines[item.id] = corrected(self._lines[item.id], item, self._today)
        self._show_lines()
        self.show_chosen()

    def flush(self) -> None:
        """Store what is typed."""
        self.panel.flush()
        self.acts.flush()

    def take_focus(self) -> None:
        """The keyboard goes to the pictures, or to the first step."""
        shown = self.pictures.currentWidget()
        if shown is self.grid:
            self._into_grid()
        elif isinstance(shown, EmptyState):
            shown.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Ctrl+F: the filter text."""
        self.filters.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.text.selectAll()

    def status(self) -> str:
        """How many are shown, and how many wait for a place."""
        shown = len(self.grid.evidence.lines)
        count = sum(not line.is_replaced for line in self._lines.values())
        words = _("{shown} of {count} shown").format(shown=shown, count=count)
        unlinked = sum(line.is_unlinked for line in self._lines.values())
        if unlinked:
            waiting = ngettext("{count} not linked", "{count} not linked", unlinked).format(count=unlinked)
            return f"{words} · {waiting}"
        return words

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

    def show_all(self) -> None:
        """Take every filter back."""
        self.filters.show_filter(EvidenceFilter())
        self._into_grid()

    def show_unlinked(self) -> None:
        """What waits for a place."""
        self.filters.show_filter(EvidenceFilter(shown=Shown.UNLINKED))

    def show_expired(self) -> None:
        """What no longer counts, or soon will not."""
        self.filters.show_filter(EvidenceFilter(shown=Shown.EXPIRY))

    def choose(self, evidence_id: str) -> None:
        """Choose one, taking the filter back where it hides it."""
        if not self.grid.choose(evidence_id):
            line = self._lines.get(EvidenceId(evidence_id))
            is_old = line is not None and line.is_replaced
            self.filters.show_filter(EvidenceFilter(shown=Shown.OLDER if is_old else Shown.ALL))
            self.grid.choose(evidence_id)

    @property
    def chosen(self) -> tuple[LedgerLine, ...]:
        """The lines chosen, as they are now."""
        return tuple(self._lines.get(line.evidence.id, line) for line in self.grid.chosen)

    def show_chosen(self) -> None:
        """Show what is chosen in the panel; what is typed there is stored before another one comes."""
        self._later.stop()
        chosen = self.chosen
        self.side.setVisible(bool(chosen))
        self.edge.setVisible(bool(chosen))
        if len(chosen) > 1:
            self.panel.flush()
            self.several.show_lines(chosen)
            self.side.setCurrentIndex(1)
        elif chosen:
            line = chosen[0]
            versions = revisions_among(self._lines, line.evidence)
            detail = self.workbench.read(read_evidence_detail, line, versions)
            self._note_file(detail.line)
            self.panel.show_detail(detail, self._today)
            self.side.setCurrentIndex(0)
        if self.acts.has_window:
            self.acts.show_again(self._shown_items())

    def look_at_files(self) -> None:
        """Open every file beside the window, so that one that is missing or changed is named."""
        engagement = self.workbench.engagement
        if engagement is not None and self._lines:
            self.files.look(engagement.id, self._today)

    def _read(self) -> None:
        engagement = self.workbench.engagement
        if engagement is None:
            return
        self._today = self.workbench.workspace.today()
        lines, self._areas = self.workbench.read(read_ledger, engagement, self._today)
        self._lines = {line.evidence.id: line for line in lines}
        self._show_lines()
        self.show_chosen()

    def _show_lines(self) -> None:
        self._lines = {id: with_files(line, self.files.states) for id, line in self._lines.items()}
        lines = tuple(self._lines.values())
        self.filters.show_counts(counts_of(lines), self._areas)
        self.grid.show_lines(wanted(lines, self.filters.evidence_filter))
        self._show_parts()

    def _show_parts(self) -> None:
        if not self._lines:
            self.pictures.setCurrentWidget(self.empty)
        else:
            has_some = bool(self.grid.evidence.lines)
            self.pictures.setCurrentWidget(self.grid if has_some else self.nothing)
        self.check.setVisible(bool(self._lines))
        self.status_changed.emit(self.status())

    def _filter_changed(self, evidence_filter: EvidenceFilter) -> None:
        self.grid.show_lines(wanted(self._lines.values(), evidence_filter))
        self._show_parts()
        self._later.start()

    def _picked(self) -> None:
        self._later.start()

    def _into_grid(self) -> None:
        if not self.grid.chosen and self.grid.evidence.lines:
            self.grid.choose_place(0)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _shown_items(self) -> list[Evidence]:
        return [line.evidence for line in self.grid.evidence.lines]

    def _note_file(self, line: LedgerLine) -> None:
        """The files of one line were looked at; only where that is news in a word, the rows are shown anew."""
        id = line.evidence.id
        is_news = self._lines[id].broken != line.broken
        self.files.note(line)
        self._lines[id] = replace(self._lines[id], file=line.file, broken=line.broken)
        self.grid.evidence.put(self._lines[id])
        if is_news:
            self._show_lines()

    def _leave(self) -> None:
        """The workspace is open no more."""
        self._later.stop()
        self.thumbnails.use(None)
        self._lines, self._looked_at = {}, None
        self.files.forget()
        self.result.dismiss()
        self.acts.close()

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

    def _uses_of(self, photos: Sequence[Evidence]) -> tuple[Use, ...]:
        return tuple(use for photo in photos for use in self._lines[photo.id].uses)

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

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._later.stop()  # whoever shows the view again has it read again


def _reader_of(workbench: Workbench) -> Callable[[str], bytes]:
    """Reads stored files, which never change, for the thread that makes small pictures; the database is not asked."""
    return workbench.workspace.store.evidence.get
