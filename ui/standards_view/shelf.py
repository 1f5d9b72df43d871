"""The editions at hand and the one looked at, with what is read of it only when it is asked for."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, QTimer, Signal

from qma_app.domain.edition import Edition
from qma_app.domain.edition_search import Finder
from qma_app.domain.ids import CheckpointId, EditionHash
from qma_app.errors import NotFound
from qma_app.i18n import _
from qma_app.services.browsing_standards import (
    EditionRow,
    edition_by,
    list_editions,
    read_shipped_editions,
)
from qma_app.services.checkpoint_card import Across, look_across, mean_of
from ui.jobs import Job, Progress
from ui.standards_view.tongue import Tongue
from ui.workbench import Workbench

BOTH = "both"
_SLICE = 12
_CHOSEN, _LANGUAGE = "standards_edition", "standards_language"


class Shelf(QObject):
    """Kept editions are there at once; those of the program are read beside the window and join them."""

    rows_changed = Signal()
    edition_changed = Signal()
    language_changed = Signal()
    search_ready = Signal()

    def __init__(self, workbench: Workbench, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.rows: tuple[EditionRow, ...] = ()
        self.edition: Edition | None = None
        self._shipped: tuple[Edition, ...] = ()
        self._job: Job | None = None
        self._across: Across | None = None
        self._means: dict[CheckpointId, Fraction | None] = {}
        self._finder: tuple[EditionHash, Finder] | None = None
        self._reading = QTimer(self)
        self._reading.setInterval(0)
        self._reading.timeout.connect(self._read_on)

    @property
    def row(self) -> EditionRow | None:
        """The edition looked at, as a line of the list."""
        if self.edition is None:
            return None
        return self.row_of(self.edition.hash)

    def row_of(self, hash: EditionHash) -> EditionRow | None:
        """The line of an edition; None when it is not at hand."""
        return next((row for row in self.rows if row.hash == hash), None)

    def refresh(self) -> None:
        """Read again which editions there are and what is known of them; the one looked at stays if it is still there."""
        self._forget_known()
        self._list()

    def mean(self, id: CheckpointId) -> Fraction | None:
        """The mean of the dealerships at a checkpoint of the edition looked at, counted once."""
        if id not in self._means and self.edition is not None and self.across is not None:
            self._means[id] = mean_of(self.edition, id, self.across)
        return self._means.get(id)

    def _forget_known(self) -> None:
        self._across, self._means = None, {}

    def _list(self) -> None:
        before = self.edition.hash if self.edition is not None else None
        self.rows = list_editions(self._bench.workspace, self._shipped)
        self.rows_changed.emit()
        wanted = (before, self._bench.settings.text(_CHOSEN, ""), self._followed())
        hash = next((row.hash for one in wanted for row in self.rows if row.hash == one), None)
        if hash is None and self.rows:
            hash = self.rows[0].hash
        self._show(hash)

    def read_shipped(self) -> None:
        """Have the editions of the program join, once; they are read beside the window."""
        if self._shipped or self._job is not None:
            return
        self._job = self._bench.jobs.run(
            _("Reading the standards"), _read, self._joined, on_cancelled=self._stopped
        )

    def choose(self, hash: EditionHash) -> None:
        """Look at another edition, also after the next start."""
        self._bench.settings.put(_CHOSEN, hash)
        self._show(hash)

    def read(self, hash: EditionHash) -> Edition:
        """An edition at hand."""
        return edition_by(self._bench.workspace, hash)

    def read_if_there(self, hash: EditionHash) -> Edition | None:
        """The edition of that hash, None where it is neither kept nor shipped; may be asked from a job."""
        try:
            return self.read(hash)
        except NotFound:
            return None

    @property
    def across(self) -> Across | None:
        """What the dealerships say of the edition looked at."""
        if self._across is None and self.edition is not None:
            self._across = look_across(self._bench.workspace, self.edition)
        return self._across

    def prepare_search(self) -> bool:
        """Whether the edition looked at can be searched; if not yet it is read in slices, and `search_ready` tells of the end."""
        if self.edition is None:
            return True
        if self._finder is None or self._finder[0] != self.edition.hash:
            self._finder = self.edition.hash, Finder(self.edition)
        is_whole = self._finder[1].is_whole
        if not is_whole:
            self._reading.start()
        return is_whole

    def find(self, text: str) -> tuple[CheckpointId, ...]:
        """The checkpoints of the edition looked at in which the words begin words."""
        self.prepare_search()
        return self._finder[1].find(text) if self._finder is not None and self.edition is not None else ()

    @property
    def language(self) -> str:
        """The language read in, or BOTH; that of the settings unless another was chosen here."""
        chosen = self._bench.settings.text(_LANGUAGE, "")
        languages = self.edition.languages if self.edition is not None else ()
        if chosen == BOTH and len(languages) > 1:
            return BOTH
        if chosen in languages:
            return chosen
        own = self._bench.settings.content_language
        return own if own in languages or not languages else languages[0]

    def choose_language(self, language: str) -> None:
        """Read in another language, or in all of them side by side."""
        self._bench.settings.put(_LANGUAGE, language)
        self.language_changed.emit()

    def tongue(self) -> Tongue | None:
        """How the texts of the edition looked at are said."""
        if self.edition is None:
            return None
        language = self.language
        if language != BOTH:
            return Tongue(edition=self.edition, languages=(language,))
        own = self._bench.settings.content_language
        languages = sorted(self.edition.languages, key=lambda one: one != own)
        return Tongue(edition=self.edition, languages=tuple(languages))

    def _show(self, hash: EditionHash | None) -> None:
        if hash is not None and self.edition is not None and self.edition.hash == hash:
            return
        self._forget_known()
        self.edition = self.read(hash) if hash is not None else None
        self.edition_changed.emit()

    def _read_on(self) -> None:
        """One slice: short enough for what is typed meanwhile to be seen at once."""
        if self._finder is None or self._finder[1].read_some(_SLICE):
            self._reading.stop()
            self.search_ready.emit()

    def _followed(self) -> EditionHash | None:
        return self._bench.engagement.edition if self._bench.engagement is not None else None

    def _joined(self, editions: tuple[Edition, ...]) -> None:
        self._job = None
        self._shipped = editions
        if editions and self._bench.has_workspace:
            self._list()  # what the dealerships say is as it was

    def _stopped(self) -> None:
        self._job = None


def _read(progress: Progress) -> tuple[Edition, ...]:
    progress(0.1)
    return read_shipped_editions()
