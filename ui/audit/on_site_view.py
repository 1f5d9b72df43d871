"""The step "On site" on the page of the audit: how far each area is, what is missing, the wrap-ups, and how alike two people read."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.audit_path import StepCode
from qma_app.domain.spot import Spot
from qma_app.i18n import _, ngettext
from qma_app.services.audit_conduct import agreement_of
from ui.audit.agreement_card import AgreementCard
from ui.audit.areas_seen import AreaSeen, area_line, areas_seen, first_open, looks_counted
from ui.audit.looks_card import LooksCard
from ui.audit.missing_card import MissingCard
from ui.audit.part import AuditPart
from ui.audit.reading import AuditDesk
from ui.audit.samples_card import SamplesCard
from ui.audit.withdrawn_card import WithdrawFinding, WithdrawnCard
from ui.audit.wrap_up_card import WrapUpCard
from ui.pages.page import GAP, scrolling
from ui.places import Place
from ui.readiness.line_cards import LinesCard
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.today.columns import Columns
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class OnSiteView(AuditPart):
    """Every line leads to the place where the work goes on."""

    key: ClassVar[str] = "on-site"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._seen: tuple[AreaSeen, ...] = ()
        self.next_button = Button(_("Next open checkpoint"), keys="N", icon_name="arrow-right")
        self.looks = LooksCard()
        self.areas = LinesCard(_("Areas"), settings=workbench.settings, most=24)
        self.missing = MissingCard()
        self.samples = SamplesCard(workbench)
        self.wrap_up = WrapUpCard(workbench)
        self.agreement = AgreementCard()
        self.withdrawn = WithdrawnCard()
        self._build()
        self.next_button.clicked.connect(self.go_on)
        self.areas.opened.connect(self._open_area)
        self.missing.wanted.connect(self._jump_to)
        self.wrap_up.paper_wanted.connect(self._show_paper)
        self.agreement.opened.connect(self._open_checkpoint)
        self.withdrawn.withdrawing.connect(self.withdraw)
        for letter, act in (
            ("N", self.go_on),
            ("U", self.wrap_up.begin),
            ("M", self.wrap_up.show_paper),
        ):
            LetterKey(letter, self, act, is_on=self.has_letters)

    def _build(self) -> None:
        columns = Columns()
        for card in (self.areas, self.missing, self.samples):
            columns.left.addWidget(card)
        for other in (self.looks, self.wrap_up, self.agreement, self.withdrawn):
            columns.right.addWidget(other)
        columns.left.addStretch(1)
        columns.right.addStretch(1)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, GAP)
        around.addWidget(columns)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    def show_desk(self, desk: AuditDesk) -> None:
        """Show how far the work on site has come."""
        self._seen = areas_seen(desk)
        step = desk.step(StepCode.ON_SITE)
        done, count = (step.done, step.count) if step is not None else (0, 0)
        self.looks.show_looks(done, count, looks_counted(desk))
        self.areas.show_lines([area_line(one) for one in self._seen], _areas_words(self._seen))
        self.missing.show_missing(step.missing if step is not None else ())
        self.samples.show_desk(desk)
        self.wrap_up.show_desk(desk, may_write=self.may_write)
        is_closed = desk.state.audit.closing is not None
        found = self.workbench.read(agreement_of, desk.state.audit.id) if is_closed else None
        self.agreement.show_agreement(found, desk.state.edition)
        self.withdrawn.show_desk(desk, may_write=self.may_write)
        self.next_button.setEnabled(first_open(desk) is not None)

    def go_on(self) -> None:
        """N: the first open checkpoint, else the first thing owed."""
        spot = first_open(self.desk) if self.desk is not None else None
        if spot is None:
            self.workbench.told.emit(_("Nothing is missing on site."))
        else:
            self.jump(spot)

    def withdraw(self) -> None:
        """Ask which finding of the revision before does not stand any more."""
        if self.desk is not None:
            WithdrawFinding(self, self.workbench, self.desk).ask_until_done()

    def take_focus(self) -> None:
        if not self.areas.list.focus():
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def flush(self) -> None:
        self.wrap_up.flush()

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.next_button,)

    def status(self) -> str:
        step = self.desk.step(StepCode.ON_SITE) if self.desk is not None else None
        if step is None:
            return ""
        return _("{done} of {count} checkpoints looked at").format(done=step.done, count=step.count)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="N", title=_("Next open checkpoint")),
            Shortcut(keys="Return", title=_("Go on in the area chosen")),
            Shortcut(keys="U", title=_("Write the wrap-up of the day")),
            Shortcut(keys="M", title=_("The wrap-up on paper")),
            *self.samples.shortcuts(),
        )

    def commands(self) -> tuple[Command, ...]:
        found = [
            Command(title=_("Next open checkpoint"), run=self.go_on, keys="N", icon="arrow-right"),
            Command(title=_("Write the wrap-up of the day"), run=self.wrap_up.begin, keys="U", icon="pencil"),
            Command(title=_("The wrap-up on paper"), run=self.wrap_up.show_paper, keys="M", icon="file-text"),
        ]
        if not self.withdrawn.button.isHidden():
            found.append(Command(title=_("Withdraw a finding…"), run=self.withdraw, icon="flag"))
        return tuple(found)

    def _open_area(self, key: str) -> None:
        seen = next((one for one in self._seen if one.area.id == key), None)
        if seen is not None:
            self.jump(seen.first)

    def _jump_to(self, spot: object) -> None:
        if isinstance(spot, Spot):
            self.jump(spot)

    def _open_checkpoint(self, checkpoint_id: str) -> None:
        if self.desk is not None:
            self.going.emit(
                Place(
                    page="checklists",
                    dealership_id=self.workbench.dealership_id,
                    assessment_id=self.desk.state.assessment.id,
                    checkpoint_id=checkpoint_id,
                )
            )

    def _show_paper(self) -> None:
        if self.desk is not None:
            self.go_to("reports", view="wrap-up", paper_of=self.desk.state.audit.label)


def _areas_words(seen: tuple[AreaSeen, ...]) -> str:
    """`3 of 12 areas are done`."""
    done = sum(one.is_done for one in seen)
    return ngettext("{done} of {count} area done", "{done} of {count} areas done", len(seen)).format(
        done=done, count=len(seen)
    )
