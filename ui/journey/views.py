"""Lists the views of the Journey: adding one is one module and one entry of `VIEWS`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qma_app.i18n import _
from ui.pages.view_part import ViewEntry

if TYPE_CHECKING:
    from ui.journey.frame import JourneyPart


def _plan() -> type[JourneyPart]:
    from ui.journey.plan_view import PlanView

    return PlanView


def _visits() -> type[JourneyPart]:
    from ui.journey.visits_view import VisitsView

    return VisitsView


def _promises() -> type[JourneyPart]:
    from ui.journey.promises_view import PromisesView

    return PromisesView


def _reviews() -> type[JourneyPart]:
    from ui.journey.reviews_view import ReviewsView

    return ReviewsView


def _readiness() -> type[JourneyPart]:
    from ui.journey.readiness_view import ReadinessView

    return ReadinessView


def _agreement() -> type[JourneyPart]:
    from ui.journey.agreement_view import AgreementView

    return AgreementView


def _trends() -> type[JourneyPart]:
    from ui.journey.trends_view import TrendsView

    return TrendsView


VIEWS: tuple[ViewEntry, ...] = (
    ViewEntry(
        key="plan", title=_("Plan"), letter="P", meaning=_("Show the plan of the programme"), load=_plan
    ),
    ViewEntry(key="visits", title=_("Visits"), letter="V", meaning=_("Show the visits"), load=_visits),
    ViewEntry(
        key="promises",
        title=_("Promises"),
        letter="O",
        meaning=_("Show the promise book and the sponsor check"),
        load=_promises,
    ),
    ViewEntry(
        key="reviews",
        title=_("Reviews"),
        letter="R",
        meaning=_("Show the management reviews"),
        load=_reviews,
    ),
    ViewEntry(
        key="readiness",
        title=_("Readiness"),
        letter="Y",
        meaning=_("Show how an audit would end today"),
        load=_readiness,
    ),
    ViewEntry(
        key="agreement",
        title=_("Agreement"),
        letter="A",
        meaning=_("Show charter, targets and what was agreed"),
        load=_agreement,
    ),
    ViewEntry(
        key="trends", title=_("Trends"), letter="D", meaning=_("Show how levels developed"), load=_trends
    ),
)


def view_of(key: str | None) -> ViewEntry | None:
    """The view of that key; None for any other text."""
    return next((entry for entry in VIEWS if entry.key == key), None)
