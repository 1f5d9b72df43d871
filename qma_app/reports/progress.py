"""Tells how far a report is, and stops it when nobody wants it any more."""

from __future__ import annotations

from collections.abc import Callable

from qma_app.errors import ReportTrouble
from qma_app.i18n import _

Heard = Callable[[float], bool]
"""Hears the share done, from 0 to 1; answers False to stop."""


class Progress:
    """Between two steps of the work it asks whether to go on."""

    def __init__(self, heard: Heard | None = None) -> None:
        self._heard = heard

    def part(self, start: float, end: float) -> Callable[[float], None]:
        """A listener for a part of the whole work."""

        def step(share: float) -> None:
            if self._heard is not None and not self._heard(start + (end - start) * min(share, 1.0)):
                raise ReportTrouble(
                    _("The report was stopped; nothing was written."), code="report.cancelled"
                )

        return step

    def heard_within(self, start: float, end: float) -> Heard:
        """The same for work that asks for a listener of its own: its whole is this part of ours."""
        step = self.part(start, end)

        def heard(share: float) -> bool:
            step(share)
            return True

        return heard
