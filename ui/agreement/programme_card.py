"""How long the programme is, when the audit is due, and how it is made longer, ended and taken up again."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from qma_app.i18n import _, day_text, ngettext
from ui.agreement.reading import Agreed
from ui.agreement.words import length_words
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class ProgrammeCard(Card):
    """Start and edition are corrected with the dealership."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        super().__init__(_("Programme"), self.state, parent)
        self._bench = workbench
        self._agreed: Agreed | None = None
        self.values: dict[str, PlainLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(1, 1)
        for row, (name, title) in enumerate(
            (
                ("started", _("Begun on")),
                ("length", _("Length")),
                ("due", _("Audit due by")),
                ("edition", _("Standard")),
                ("coach", _("Coach")),
            )
        ):
            grid.addWidget(PlainLabel(title, tone="muted"), row, 0)
            self.values[name] = PlainLabel("", elide=True)
            grid.addWidget(self.values[name], row, 1)
        self.reason = PlainLabel("", tone="muted", wrap=True)
        self.extend_button = Button(_("Make it longer…"))
        self.end_button = Button(_("End programme…"))
        self.take_up_button = Button(_("Take it up again"))
        self.next_button = Button(_("Next programme…"))
        below = QHBoxLayout()
        below.setSpacing(4)
        for button, act in (
            (self.extend_button, self.extend),
            (self.end_button, self.end),
            (self.next_button, self.begin_next),
            (self.take_up_button, self.take_up),
        ):
            button.setProperty("small", True)
            button.clicked.connect(act)
            below.addWidget(button)
        below.addStretch(1)
        self.body.setSpacing(8)
        self.body.addLayout(grid)
        self.body.addWidget(self.reason)
        self.body.addLayout(below)

    def show_agreed(self, agreed: Agreed) -> None:
        """Show how the programme stands."""
        self._agreed = agreed
        engagement = agreed.engagement
        months = engagement.months
        self.values["started"].setText(day_text(engagement.started_on))
        self.values["length"].setText(
            ngettext("{count} month", "{count} months", months).format(count=months)
        )
        self.values["due"].setText(day_text(engagement.audit_due_on))
        self.values["edition"].setText(agreed.edition.label)
        self.values["coach"].setText(agreed.coach.name if agreed.coach is not None else _("nobody yet"))
        self.state.say(length_words(agreed), "accent" if engagement.is_running else "neutral")
        self.reason.setText(engagement.ended_reason)
        self.reason.setVisible(bool(engagement.ended_reason))
        for button in (self.extend_button, self.end_button):
            button.setVisible(engagement.is_running)
        for button in (self.next_button, self.take_up_button):
            button.setVisible(not engagement.is_running)

    def begin_next(self) -> None:
        """Begin a further programme after this one."""
        if self._agreed is not None:
            self._bench.wanted_next_programme.emit(self._agreed.engagement.dealership_id)

    def extend(self) -> None:
        """Agree a longer programme."""
        from ui.dialogs.programme_end import ExtendProgramme

        if self._agreed is not None:
            ExtendProgramme.ask(self._bench, self._agreed, self)

    def end(self) -> None:
        """End it with a reason."""
        from ui.dialogs.programme_end import EndProgramme

        if self._agreed is not None:
            EndProgramme.ask(self._bench, self._agreed, self)

    def take_up(self) -> None:
        """Go on with it."""
        from qma_app.services.engagements import take_up_engagement

        if self._agreed is not None:
            self._bench.do(take_up_engagement, self._agreed.engagement.id)
