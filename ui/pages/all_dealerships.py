"""All dealerships of the workspace beside each other: the coach's portfolio."""

from __future__ import annotations

from typing import ClassVar

from qma_app.i18n import _
from ui.pages.view_part import ViewEntry, ViewPart
from ui.pages.views_page import ViewsPage


def _table() -> type[ViewPart]:
    from ui.portfolio.table_view import TableView

    return TableView


def _map() -> type[ViewPart]:
    from ui.portfolio.map_view import MapView

    return MapView


def _compare() -> type[ViewPart]:
    from ui.portfolio.compare_view import CompareView

    return CompareView


class AllDealershipsPage(ViewsPage):
    """Where a dealership stands, which one needs the coach next, and how they compare."""

    key: ClassVar[str] = "dealerships"
    title: ClassVar[str] = _("All dealerships")
    icon: ClassVar[str] = "building-2"
    position: ClassVar[int] = 10
    views: ClassVar[tuple[ViewEntry, ...]] = (
        ViewEntry(
            key="table",
            title=_("Table"),
            letter="T",
            meaning=_("Show all dealerships as a table"),
            load=_table,
        ),
        ViewEntry(
            key="map",
            title=_("Map"),
            letter="M",
            meaning=_("Show the scores of all dealerships by area"),
            load=_map,
        ),
        ViewEntry(
            key="compare",
            title=_("Compare"),
            letter="B",
            meaning=_("Compare dealerships, and the cover by coaches"),
            load=_compare,
        ),
    )
