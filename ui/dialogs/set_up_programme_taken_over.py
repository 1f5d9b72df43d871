"""The first step of a further programme: which one it follows, and what of the house goes on in it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from qma_app.domain.dealership import Dealership, Premises, Site
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, PersonId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.standing import current_engagement
from qma_app.i18n import _, day_text, ngettext, percent_text
from qma_app.services.standards import newest_shipped_edition
from ui.widgets.labels import PlainLabel


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What a further programme rests on; `editions` are the newest shipped one and that of the programme before."""

    dealership: Dealership
    engagement: Engagement
    premises: Premises
    sites: int
    people: int
    principal: Person | None
    officer: Person | None
    owned: int
    editions: tuple[Edition, ...]


def read_before(reader: Reader, dealership_id: DealershipId) -> Before:
    """The last programme of a dealership with its people and owners."""
    engagement = current_engagement(reader, dealership_id)
    sites = reader.all(Site, dealership_id=dealership_id)
    newest = newest_shipped_edition()
    followed = () if engagement.edition == newest.hash else (reader.edition(engagement.edition),)
    owners = reader.all(ProcessOwner, engagement_id=engagement.id)
    return Before(
        dealership=reader.get(Dealership, dealership_id),
        engagement=engagement,
        premises=Premises.of(sites),
        sites=len(sites),
        people=len(reader.all(Person, dealership_id=dealership_id)),
        principal=_person(reader, engagement.principal_id),
        officer=_person(reader, engagement.officer_id),
        owned=sum(_person(reader, one.owner_id) is not None for one in owners),
        editions=(newest, *followed),
    )


class TakenOverStep(QWidget):
    """The people stay with the house whatever is ticked; leaders and process owners go on unless the tick is taken away."""

    changed = Signal()

    def __init__(self, before: Before, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = before
        self.goes_on = QCheckBox(_("Leaders and process owners go on"))
        self.goes_on.setChecked(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (title, words) in enumerate(_lines(before)):
            grid.addWidget(PlainLabel(title, tone="muted"), row, 0)
            grid.addWidget(PlainLabel(words, wrap=True), row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(self.goes_on)
        column.addWidget(
            PlainLabel(
                _("Targets, charter and plan begin anew; all of the programme before stays readable."),
                role="small",
                tone="muted",
                wrap=True,
            )
        )
        column.addStretch(1)
        self.goes_on.toggled.connect(self.changed)

    @property
    def summary(self) -> str:
        """The step in a few words."""
        return _people_words(self._before.people)

    def take_focus(self) -> None:
        self.goes_on.setFocus()


def _lines(before: Before) -> tuple[tuple[str, str], ...]:
    engagement, officer = before.engagement, before.officer
    days = _("{first} to {last}").format(
        first=day_text(engagement.started_on), last=day_text(engagement.ended_on or engagement.audit_due_on)
    )
    share = f", {percent_text(str(engagement.officer_percent))}" if engagement.officer_percent else ""
    owned = ngettext("{count} process", "{count} processes", before.owned).format(count=before.owned)
    return (
        (_("Programme before"), ": ".join(filter(None, (days, engagement.ended_reason)))),
        (_("People"), _people_words(before.people)),
        (_("Principal"), before.principal.name if before.principal else _("nobody yet")),
        (_("Quality officer"), officer.name + share if officer else _("nobody yet")),
        (_("Process owners"), owned),
    )


def _people_words(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=count)


def _person(reader: Reader, person_id: PersonId | None) -> Person | None:
    return reader.find(Person, person_id) if person_id is not None else None
