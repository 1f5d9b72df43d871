"""Everything the view of readiness shows, read at one moment; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.services.green_on_paper import GreenLine, green_on_paper
from qma_app.services.readiness import ReadinessView, readiness


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """How an audit would end on the day `on`, and what is green on paper only."""

    on: date
    engagement: Engagement
    edition: Edition
    view: ReadinessView
    green: tuple[GreenLine, ...]

    @property
    def is_anything_rated(self) -> bool:
        return self.view.expected is not None


def read_ready(reader: Reader, engagement_id: EngagementId, *, on: date) -> Ready:
    """The readiness of a programme on a day."""
    engagement = reader.get(Engagement, engagement_id)
    return Ready(
        on=on,
        engagement=engagement,
        edition=reader.edition(engagement.edition),
        view=readiness(reader, engagement_id, on=on),
        green=green_on_paper(reader, engagement_id, on=on),
    )
