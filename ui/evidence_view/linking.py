"""Chooses what evidence is linked to: a finding, an action, or a checkpoint of an assessment that is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from qma_app.domain.action import Action
from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.history import assessment_label
from qma_app.domain.ports import Reader
from qma_app.domain.standing import edition_of_assessment, list_assessments
from qma_app.i18n import _
from qma_app.services.evidence_places import Place
from ui import theme
from ui.dialogs.dialog import Dialog, field
from ui.widgets.icons import icon
from ui.widgets.labels import PlainLabel, plain_tip

_MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkChoice:
    """One place to link to, as it is shown and as it is found."""

    place: Place
    icon: str
    label: str
    text: str
    words: str

    @property
    def line(self) -> str:
        return f"{self.label}  {self.text}"


def findings_to_link(reader: Reader, engagement: Engagement) -> tuple[LinkChoice, ...]:
    """The findings of a programme, those still open first, the newest before older ones."""
    findings = sorted(
        reader.all(Finding, engagement_id=engagement.id),
        key=lambda finding: (finding.closed_on is not None, -finding.number),
    )
    return tuple(
        _choice(Place(finding_id=finding.id), "flag", finding.label, finding.statement)
        for finding in findings
    )


def places_to_link(reader: Reader, engagement: Engagement) -> tuple[LinkChoice, ...]:
    """Everything evidence can be linked to: findings, actions, checkpoints of open assessments."""
    actions = sorted(reader.all(Action, engagement_id=engagement.id), key=lambda action: -action.number)
    choices = [
        *findings_to_link(reader, engagement),
        *(
            _choice(Place(action_id=action.id), "list-checks", action.label, action.what)
            for action in actions
        ),
    ]
    applying = None
    for assessment in reversed(list_assessments(reader, engagement.id)):
        if not assessment.is_open:
            continue
        edition = edition_of_assessment(reader, assessment)
        applying = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
        label = assessment_label(engagement, assessment)
        choices += [
            _choice(
                Place(assessment_id=assessment.id, checkpoint_id=id),
                "circle-check",
                f"{edition.checkpoints[id].number} {label}",
                str(edition.checkpoints[id].statement),
            )
            for id in applying
            if edition.checkpoints[id].area_id in assessment.scope
        ]
    return tuple(choices)


class LinkDialog(Dialog):
    """Words narrow the list, arrows walk it, Enter takes the one chosen."""

    def __init__(
        self, parent: QWidget | None, choices: Sequence[LinkChoice], title: str, accept: str
    ) -> None:
        super().__init__(parent, title, accept=accept, width=560)
        self._choices = tuple(choices)
        self._found: list[LinkChoice] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find by number or words"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Places"))
        self.list.setMinimumHeight(theme.px(300))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self.accept)
        self._more = PlainLabel("", role="small", tone="muted")
        self.body.addWidget(field(_("Finding, action or checkpoint"), self.search))
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._more)
        self._narrow("")
        self.search.setFocus()

    @property
    def chosen(self) -> LinkChoice | None:
        """The choice the list stands on."""
        row = self.list.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
                Qt.Key(event.key())
            )
            if step is not None and self._found:
                self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, len(self._found) - 1)))
                return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        found = [choice for choice in self._choices if all(word in choice.words for word in words)]
        self._found = found[:_MOST]
        self.list.clear()
        for choice in self._found:
            item = QListWidgetItem(icon(choice.icon, "muted"), choice.line)
            item.setToolTip(plain_tip(choice.text))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._more.setText(
            _("{count} more: type words to find them.").format(count=len(found) - _MOST)
            if len(found) > _MOST
            else ("" if found else _("Nothing is called that."))
        )
        self.accept_button.setEnabled(bool(found))

    @classmethod
    def ask(
        cls, parent: QWidget | None, choices: Sequence[LinkChoice], *, title: str = "", accept: str = ""
    ) -> Place | None:
        """The place chosen; None when it was cancelled."""
        dialog = cls(parent, choices, title or _("Link to"), accept or _("Link"))
        chosen = dialog.chosen if dialog.exec() else None
        dialog.deleteLater()
        return chosen.place if chosen is not None else None


def _choice(place: Place, icon_name: str, label: str, text: str) -> LinkChoice:
    line = " ".join(text.split())
    return LinkChoice(place=place, icon=icon_name, label=label, text=line, words=f"{label} {line}".casefold())
