"""What is done to evidence, each as one edit that can be taken back, and the windows that show it large."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.evidence import Consent, Evidence, PhotoPair
from qma_app.domain.ids import EvidenceId, PhotoPairId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.verification import Verification
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from qma_app.services.evidence_ledger import Use, UseKind
from ui.checklists.incoming import Incoming
from ui.checklists.reading import picture_bytes
from ui.evidence_view.reading import PairShown, read_pair
from ui.evidence_view.saving import save_copy
from ui.jobs import Job, Progress
from ui.places import Place
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace
    from ui.evidence_view.pair_window import PairWindow


class EvidenceActs(QObject):
    """The use cases are imported where they are used: the window is painted before the database is known."""

    revised = Signal(str)  # the id of the newer version

    def __init__(self, workbench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._parent = parent
        self._step = 0
        self._job: Job | None = None
        self.viewer: EvidenceViewer | None = None
        self.pair_window: PairWindow | None = None

    def describe(self, id: EvidenceId, name: str, value: object) -> bool:
        """Store one field; False when it was refused."""
        from qma_app.services.evidence import describe_evidence

        key = f"{name} {id}"
        return self._workbench.do(describe_evidence, id, merge_key=key, **{name: value}) is not None

    def note_consent(self, id: EvidenceId, consent: object, words: str) -> None:
        """Note whether the people in a photo may be shown."""
        from qma_app.services.evidence import note_consent

        noted = consent if isinstance(consent, Consent) else None
        self._workbench.do(note_consent, id, noted, words, merge_key=f"consent {id}")

    def link(self, items: Sequence[Evidence]) -> None:
        """Ask for a place and link these to it."""
        from qma_app.services.evidence import link_evidence
        from ui.evidence_view.linking import LinkDialog, places_to_link

        engagement = self._workbench.engagement
        if engagement is None:
            return
        choices = self._workbench.read(places_to_link, engagement)
        if not choices:
            self._workbench.told.emit(_("There is no finding and no open assessment to link to."))
            return
        place = LinkDialog.ask(self._parent, choices)
        if place is None:
            return
        key = self._next_key()
        for item in items:
            if self._workbench.do(link_evidence, item.id, merge_key=key, **place.link_fields()) is None:
                return
        self._workbench.told.emit(_("Linked."))

    def unlink(self, id: EvidenceId, use: Use) -> None:
        """Use it no longer at a place; Undo stands beside the message."""
        from qma_app.services.evidence import unlink_evidence

        if self._workbench.do(unlink_evidence, id, **_fields_of(use)) is not None:
            self._workbench.deleted.emit(_("Unlinked from {place}.").format(place=use.label))

    def delete(self, items: Sequence[Evidence]) -> None:
        """Move these to the bin as one step; Undo stands beside the message."""
        from qma_app.services.evidence import remove_evidence

        key, gone = self._next_key(), []
        for item in items:
            if self._workbench.do(remove_evidence, item.id, merge_key=key) is None:
                break
            gone.append(item)
        if len(gone) == 1:
            self._workbench.deleted.emit(_("{name} removed.").format(name=gone[0].caption or gone[0].name))
        elif gone:
            self._workbench.deleted.emit(
                ngettext("{count} file removed.", "{count} files removed.", len(gone)).format(count=len(gone))
            )

    def revise(self, item: Evidence) -> None:
        """Ask for a newer version and take it in beside the window."""
        name, _kind = QFileDialog.getOpenFileName(self._parent, _("Take in a newer version"))
        if name and self._job is None:
            path = Path(name)
            self._job = self._workbench.jobs.run(
                _("Taking in {name}").format(name=path.name),
                partial(_revised, self._workbench.workspace, item.id, path),
                self._revision_came,
                self._revision_failed,
                self._revision_over,
            )

    def pair(self, one: Evidence, other: Evidence, uses: Sequence[Use]) -> None:
        """Put two photos side by side: the older one is before; a finding they support has the pair."""
        from qma_app.services.photo_pairs import pair_photos

        before, after = sorted((one, other), key=_age)
        finding_id = next((use.id for use in uses if use.kind is UseKind.FINDING), None)
        changes = self._workbench.do(pair_photos, before.id, after.id, finding_id)
        if changes is None:
            return
        made = changes.of(PhotoPair)
        if not made:
            self._workbench.told.emit(_("These two are a pair already."))
            return
        self.open_pair(PairShown(pair=made[0], before=before, after=after))

    def save_copy(self, item: Evidence) -> None:
        """Write what may leave the app."""
        path = save_copy(self._parent, self._workbench, item, self._workbench.failed.emit)
        if path is not None:
            self._workbench.file_saved.emit(path)

    def open(self, items: Sequence[Evidence], item: Evidence) -> None:
        """Show one large, the others beside it by the arrows."""
        viewer = self._made_viewer()
        viewer.show_evidence(items, item, is_read_only=False)
        viewer.show()
        viewer.raise_()
        viewer.activateWindow()
        viewer.setFocus()

    def mark(self, items: Sequence[Evidence], item: Evidence) -> None:
        """Show one large, ready to be drawn on."""
        self.open(items, item)
        self._made_viewer().begin_marks()

    def open_pair(self, shown: PairShown) -> None:
        """Show a pair side by side."""
        from ui.evidence_view.pair_window import PairWindow

        if self.pair_window is None:
            self.pair_window = PairWindow(self._leaving_bytes, self._parent)
            self.pair_window.words_settled.connect(self._word_pair)
            self.pair_window.words_left.connect(self._workbench.close_step)
            self.pair_window.swap_wanted.connect(self._swap_pair)
            self.pair_window.apart_wanted.connect(self._take_apart)
        self.pair_window.show_pair(shown)
        self.pair_window.show()
        self.pair_window.raise_()
        self.pair_window.activateWindow()
        self.pair_window.setFocus()

    @property
    def has_window(self) -> bool:
        """Whether something is shown large."""
        windows = (self.viewer, self.pair_window)
        return any(window is not None and window.isVisible() for window in windows)

    def show_again(self, items: Sequence[Evidence]) -> None:
        """Something changed while windows are open."""
        if self.viewer is not None and self.viewer.isVisible():
            self.viewer.show_evidence(items, None, is_read_only=False)
        window = self.pair_window
        if window is not None and window.isVisible() and window.shown is not None:
            shown = self._workbench.read(_pair_now, window.shown.pair.id)
            if shown is None:
                window.close()
            else:
                window.show_pair(shown)

    def flush(self) -> None:
        """Store what is typed in the windows."""
        if self.viewer is not None:
            self.viewer.caption.flush()
        if self.pair_window is not None:
            self.pair_window.words.flush()

    def close(self) -> None:
        """What is shown belongs to a workspace that is open no more."""
        for window in (self.viewer, self.pair_window):
            if window is not None:
                window.close()
        self._job = None

    def _made_viewer(self) -> EvidenceViewer:
        if self.viewer is None:
            self.viewer = EvidenceViewer(self._stored_bytes, self._parent, workbench=self._workbench)
            self.viewer.caption_settled.connect(self._captioned)
            self.viewer.caption.left.connect(self._workbench.close_step)
            self.viewer.removal_wanted.connect(self._remove)
            self.viewer.failed.connect(self._workbench.failed)
        return self.viewer

    def _captioned(self, id: EvidenceId, caption: str) -> None:
        if not self.describe(id, "caption", caption) and self.viewer is not None:
            self.viewer.caption.keep_unsaved()

    def _remove(self, item: Evidence) -> None:
        self.delete([item])

    def _word_pair(self, shown: PairShown, words: str) -> None:
        from qma_app.services.photo_pairs import change_pair

        key = f"pair {shown.pair.id}"
        if self._workbench.do(change_pair, shown.pair.id, words=words, merge_key=key) is None:
            assert self.pair_window is not None
            self.pair_window.words.keep_unsaved()

    def _swap_pair(self, shown: PairShown) -> None:
        from qma_app.services.photo_pairs import change_pair

        pair = shown.pair
        self._workbench.do(change_pair, pair.id, before_id=pair.after_id, after_id=pair.before_id)

    def _take_apart(self, shown: PairShown) -> None:
        from qma_app.services.photo_pairs import unpair

        if self._workbench.do(unpair, shown.pair.id) is not None:
            self._workbench.deleted.emit(_("The pair was taken apart."))

    def _revision_came(self, changes: Changes) -> None:
        self._revision_over()
        self._workbench.do(_announced, changes)
        self.revised.emit(changes.made(Evidence).id)

    def _revision_failed(self, error: QmaError) -> None:
        self._revision_over()
        self._workbench.failed.emit(error)

    def _revision_over(self) -> None:
        self._job = None

    def _stored_bytes(self, item: Evidence) -> bytes | None:
        return self._bytes(item.digest)

    def _leaving_bytes(self, item: Evidence) -> bytes | None:
        """The photo with its marks burnt in."""
        return self._bytes(item.shared_digest or item.digest)

    def _bytes(self, digest: str) -> bytes | None:
        try:
            return self._workbench.read(picture_bytes, digest)
        except QmaError as error:
            self._workbench.failed.emit(error)
            return None

    def _next_key(self) -> str:
        """Edits of one act are one step of undo."""
        self._step += 1
        return f"evidence act {self._step}"


def place_of_use(reader: Reader, use: Use) -> Place | None:
    """Where a use is shown."""
    if use.kind is UseKind.CHECKPOINT:
        return Place(
            page="checklists",
            assessment_id=use.assessment_id,
            area_id=use.id.split(".", 1)[0],
            process_id=use.id.rsplit(".", 1)[0],
            checkpoint_id=use.id,
        )
    if use.kind is UseKind.FINDING:
        return Place(page="findings", finding_id=use.id)
    if use.kind is UseKind.ACTION:
        return Place(page="findings", action_id=use.id)
    check = reader.find(Verification, use.id)
    if check is None:
        return None
    return Place(page="findings", finding_id=check.finding_id, action_id=check.action_id)


def _fields_of(use: Use) -> dict[str, str | None]:
    if use.kind is UseKind.CHECKPOINT:
        return {"assessment_id": use.assessment_id, "checkpoint_id": use.id}
    return {f"{use.kind.value}_id": use.id}


def _pair_now(reader: Reader, id: PhotoPairId) -> PairShown | None:
    pair = reader.find(PhotoPair, id)
    return read_pair(reader, pair) if pair is not None else None


def _age(item: Evidence) -> tuple[object, object]:
    return item.made_on or item.taken_in_at.date(), item.taken_in_at


def _revised(workspace: Workspace, id: EvidenceId, path: Path, progress: Progress) -> Changes:
    from qma_app.services.evidence import revise_evidence

    progress(0)
    return revise_evidence(workspace, id, data=Incoming(path.name, path).read(), name=path.name)


def _announced(_workspace: Workspace, changes: Changes) -> Changes:
    """The edit was made by the job already; run as a use case, it reaches the undo stack and the pages."""
    return changes
