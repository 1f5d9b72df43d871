"""Was this found before? While a new finding is typed, older ones like it are offered instead of a second one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.similar import Match, SimilarFindings
from qma_app.i18n import _, day_text
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

SHOWN = 3
PAUSE_MS = 120


class Twins(QFrame):
    """`open_wanted` and `again_wanted` carry the older finding's id. Quiet while nothing is alike."""

    open_wanted = Signal(str)
    again_wanted = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.setObjectName("block")
        self._known: SimilarFindings | None = None
        self._words, self._checkpoint_id, self._own_id = "", None, ""
        self.matches: tuple[Match, ...] = ()
        self.buttons: list[tuple[Button, Button]] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(10, 8, 6, 6)
        self._rows.setSpacing(2)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.hide()

    _checkpoint_id: CheckpointId | None

    @property
    def is_looking(self) -> bool:
        return self._known is not None

    def begin(self, engagement_id: str) -> None:
        """A new finding is begun: what the programme knows already is read once."""
        self._known = SimilarFindings(self.workbench.read(_findings_of, engagement_id))
        self._words, self._own_id = "", ""
        self._show(())

    def end(self) -> None:
        """Nothing new is typed any more."""
        self._pause.stop()
        self._known = None
        self._show(())

    def typed(self, words: str, checkpoint_id: CheckpointId | None, own_id: str) -> None:
        """What stands in the statement now; it is looked for a moment later."""
        if self._known is None:
            return
        self._words, self._checkpoint_id, self._own_id = words, checkpoint_id, own_id
        self._pause.start()

    def look(self) -> None:
        """Show the older findings most like the words."""
        self._pause.stop()
        if self._known is None or len(self._words.split()) < 2:
            self._show(())
            return
        self._show(
            self._known.like(
                self._words,
                checkpoint_id=self._checkpoint_id,
                limit=SHOWN,
                apart_from=FindingId(self._own_id) if self._own_id else None,
            )
        )

    def _show(self, matches: tuple[Match, ...]) -> None:
        if [one.finding.id for one in matches] == [one.finding.id for one in self.matches]:
            return
        self.matches = matches
        clear(self._rows)
        self.buttons = []
        for match in matches:
            self._add(match.finding)
        if matches and self.isHidden():
            announce(self, _("Looks like {finding}").format(finding=matches[0].finding.label))
        self.setVisible(bool(matches))

    def _add(self, finding: Finding) -> None:
        state = _("closed {day}").format(day=day_text(finding.closed_on)) if finding.closed_on else _("open")
        head = _("Looks like {finding} ({state})").format(finding=finding.label, state=state)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(PlainLabel(head, role="small", tone="warn", wrap=True), 1)
        look = Button(_("Show"), kind="link")
        again = Button(_("Seen again"), kind="link")
        for button, signal in ((look, self.open_wanted), (again, self.again_wanted)):
            button.setProperty("small", True)
            button.setAccessibleName(f"{button.text()}: {finding.label}")
            button.clicked.connect(partial(signal.emit, finding.id))
            line.addWidget(button)
        self.buttons.append((look, again))
        self._rows.addLayout(line)
        self._rows.addWidget(PlainLabel(finding.statement, role="small", wrap=True))


def _findings_of(reader: Reader, engagement_id: str) -> tuple[Finding, ...]:
    return reader.all(Finding, engagement_id=reader.get(Engagement, engagement_id).id)
