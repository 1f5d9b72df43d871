"""What the work on site still misses: each check in words, and below it what it misses by name, each leading to its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.audit_path import PathCheck
from qma_app.domain.spot import Spot
from qma_app.i18n import _, ngettext, number_text
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, clear
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel

_MOST: Final = 10


class MissingCard(Card):
    """`wanted` carries the Spot of what is missing."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.count = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Still missing on site"), self.count, parent)
        self.links: list[Button] = []
        self.nothing = PlainLabel(_("Nothing is missing on site."), tone="ok", wrap=True)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(10)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._checks)

    def show_missing(self, missing: Sequence[PathCheck]) -> None:
        """Show these checks; none says that the step is done."""
        clear(self._checks)
        self.links = []
        self.nothing.setVisible(not missing)
        count = sum(len(check.spots) for check in missing)
        self.count.setText(
            ngettext("{count} place", "{count} places", count).format(count=number_text(count))
            if count
            else ""
        )
        for check in missing:
            self._checks.addWidget(self._block(check))

    def _block(self, check: PathCheck) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(check_title(check), role="strong", wrap=True))
        places = QWidget()
        flow = FlowLayout(places, spacing=2)
        for name, spot in check.spots[:_MOST]:
            flow.addWidget(self._link(name, spot))
        rest = check.spots[_MOST:]
        if rest:
            words = ngettext("and {count} more", "and {count} more", len(rest)).format(count=len(rest))
            flow.addWidget(self._link(words, rest[0][1]))
        if not check.spots:
            column.addWidget(PlainLabel(check.words, tone="muted", wrap=True))
        column.addWidget(places)
        return box

    def _link(self, name: str, spot: Spot) -> Button:
        link = Button(name, kind="link")
        link.setProperty("small", True)
        link.clicked.connect(partial(self._go, spot))
        self.links.append(link)
        return link

    def _go(self, spot: Spot, _is_checked: bool = False) -> None:
        self.wanted.emit(spot)


def check_title(check: PathCheck) -> str:
    """What is missing, without the names that stand below."""
    count = len(check.spots)
    words = {
        "rated": ngettext(
            "{n} checkpoint is neither rated nor set aside with a reason",
            "{n} checkpoints are neither rated nor set aside with a reason",
            count,
        ),
        "low-points": ngettext("{n} low point without a finding", "{n} low points without a finding", count),
        "evidence": ngettext("{n} finding without evidence", "{n} findings without evidence", count),
        "samples": ngettext("{n} sample open", "{n} samples open", count),
    }.get(check.code)
    return words.format(n=number_text(count)) if words is not None and count else check.words
