"""What will be done about a finding: a card an action, and three ways to one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.action import Action, Stage
from qma_app.domain.ids import ActionId, CheckpointId, EngagementId
from qma_app.domain.ports import Reader
from qma_app.i18n import _, ngettext
from ui import theme
from ui.findings.action_card import ActionCard
from ui.findings.choice_list import ChoiceList, ask_below, choice_of
from ui.findings.detail import FindingDetail
from ui.findings.section import INSET, Section
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.flow import FlowLayout
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class ActionsPart(QWidget):
    """`opened` carries the id of the action somebody wants to see whole."""

    opened = Signal(str)
    rearranged = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._detail: FindingDetail | None = None
        self.popup: ChoiceList | None = None
        self.cards: list[ActionCard] = []
        self.section = Section(
            "actions",
            _("Actions"),
            workbench.settings,
            nothing=_("none yet"),
            step=_("Plan an action"),
        )
        self.what = LineEdit(_("New action"), placeholder=_("What will be done, in one sentence"))
        self.what.returnPressed.connect(self._planned)
        self.add_button = Button(_("Add"), kind="link")
        self.add_button.clicked.connect(self._planned)
        self.offer_button = MenuButton(_("Proven actions"), kind="link")
        self.offer_button.choices.aboutToShow.connect(self._fill_offers)
        self.offer_button.choices.triggered.connect(self._offer_taken)
        self.link_button = Button(_("Link an action…"), kind="link", icon_name="link")
        self.link_button.clicked.connect(self._ask_for_link)
        self._lay_out()
        self.section.begun.connect(self.what.setFocus)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        self._column.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        self._column.setSpacing(8)
        self.section.body.addLayout(self._column)
        line = QHBoxLayout()
        line.setContentsMargins(theme.px(INSET), theme.px(4), 0, 0)
        line.addWidget(self.what, 1)
        line.addWidget(self.add_button)
        self.section.body.addLayout(line)
        ways = QWidget()
        flow = FlowLayout(ways, spacing=0)
        for button in (self.offer_button, self.link_button):
            button.setProperty("small", True)
            flow.addWidget(button)
        self.section.body.addWidget(ways)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.section)

    def show_detail(self, detail: FindingDetail) -> None:
        """Show the actions of a finding; cards that stay keep the keyboard."""
        is_same = self._detail is not None and self._detail.finding.id == detail.finding.id
        self._detail = detail
        if not is_same:
            self.section.rest()
            self.what.set_text("")
        count = len(detail.actions)
        self.section.show_filled(
            is_filled=bool(count),
            summary=ngettext("{count} action", "{count} actions", count).format(count=count),
        )
        self.offer_button.setVisible(bool(detail.checkpoint and detail.checkpoint.actions))
        known = {card.id: card for card in self.cards}
        causes = {cause.id: cause for cause in detail.causes}
        today = self.workbench.workspace.today()
        self.cards = []
        for place, serving in enumerate(detail.actions):
            card = known.pop(serving.action.id, None) or self._made()
            cause_id = serving.link.cause_id
            card.show_action(serving, causes.get(cause_id) if cause_id else None, today)
            self._column.removeWidget(card)
            self._column.insertWidget(place, card)
            card.setVisible(True)
            self.cards.append(card)
        for card in known.values():
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.rearranged.emit()

    def flush(self) -> None:
        """Words typed for a new action are not lost: they become one."""
        self._planned()

    def card_of(self, action_id: str) -> ActionCard | None:
        """The card of an action."""
        return next((card for card in self.cards if card.id == action_id), None)

    def _made(self) -> ActionCard:
        card = ActionCard()
        card.opened.connect(self.opened)
        card.moved.connect(self._move)
        return card

    def _move(self, action_id: str, stage: Stage) -> None:
        move_to(self.workbench, action_id, stage)

    def _planned(self) -> None:
        words = self.what.text().strip()
        if not words:
            if self.sender() is self.add_button:
                self.what.setFocus()
            return
        self.what.set_text("")
        if not self._plan(words):
            self.what.setText(words)

    def _plan(self, words: str, from_checkpoint: CheckpointId | None = None) -> bool:
        from qma_app.services.actions import plan_action

        detail = self._detail
        if detail is None:
            return False
        due = detail.finding.due_on
        is_past = due is not None and due < self.workbench.workspace.today()
        changes = self.workbench.do(
            plan_action,
            engagement_id=detail.finding.engagement_id,
            what=words,
            findings=(detail.finding.id,),
            owner=detail.finding.owner,
            due_on=None if is_past else due,  # a second action is not late at once
            from_checkpoint=from_checkpoint,
        )
        return changes is not None

    def _fill_offers(self) -> None:
        from qma_app.services.actions import offered_actions

        menu = self.offer_button.choices
        menu.clear()
        if self._detail is None:
            return
        for offer in self.workbench.read(offered_actions, self._detail.finding.id):
            often = ngettext("taken {count}x", "taken {count}x", offer.taken).format(count=offer.taken)
            shown = _("effective {count}x").format(count=offer.effective)
            tail = f" ({often}, {shown})" if offer.taken else ""
            action = menu.addAction(_wrapped(offer.words.replace("&", "&&") + tail))
            action.setData((offer.words, offer.checkpoint_id))

    def _offer_taken(self, chosen: QAction) -> None:
        self.take_offer(*chosen.data())

    def take_offer(self, words: str, checkpoint_id: str) -> None:
        """Plan what the standard proposes."""
        self._plan(words, CheckpointId(checkpoint_id))

    def _ask_for_link(self) -> None:
        detail = self._detail
        if detail is None:
            return
        mine = {serving.action.id for serving in detail.actions}
        others = self.workbench.read(_actions_of, detail.finding.engagement_id)
        choices = [choice_of(one.id, one.label, one.what) for one in others if one.id not in mine]
        if not choices:
            self.workbench.told.emit(_("There is no other action in this programme yet."))
            return
        self.popup = ask_below(
            self.link_button, choices, find=_("Find an action"), name=_("Actions of the programme")
        )
        self.popup.picked.connect(self.link)

    def link(self, action_id: str) -> None:
        """An action that is there already serves this finding too."""
        from qma_app.services.actions import link_action

        if self._detail is not None:
            self.workbench.do(link_action, ActionId(action_id), self._detail.finding.id)


def move_to(workbench: Workbench, action_id: str, stage: Stage) -> None:
    """Put an action into a stage; the service says where that is not allowed."""
    from qma_app.services.actions import move_action

    workbench.do(move_action, ActionId(action_id), stage)


def _actions_of(reader: Reader, engagement_id: EngagementId) -> Sequence[Action]:
    found = reader.all(Action, engagement_id=engagement_id)
    return sorted(found, key=lambda one: -one.number)


def _wrapped(words: str, most: int = 90) -> str:
    """A menu cannot wrap; what is too long ends in dots."""
    return words if len(words) <= most else f"{words[: most - 1]}…"
