"""Lists the pages of the window: adding one is one file and one entry of `PAGES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qma_app.i18n import _, ngettext
from ui.widgets.sidebar import Badge

if TYPE_CHECKING:
    from qma_app.domain.engagement import Engagement
    from qma_app.domain.ports import Reader
    from ui.pages.page import Page


@dataclass(frozen=True, kw_only=True, slots=True)
class PageEntry:
    """What the sidebar must know before a page is imported.

    `position` is the place in the full list of screens, so that Ctrl+1 … Ctrl+9 never move as screens are added;
    `group` 1 is the dealership's, 2 what stands below the line; `badge` counts what waits there.
    """

    key: str
    title: str
    icon: str
    position: int
    load: Callable[[], type[Page]]
    group: int = 1
    badge: Callable[[Reader, Engagement], Badge] | None = None

    @property
    def keys(self) -> str:
        return f"Ctrl+{self.position}" if self.position <= 9 else ""


def _today() -> type[Page]:
    from ui.pages.today import TodayPage

    return TodayPage


def _journey() -> type[Page]:
    from ui.pages.journey import JourneyPage

    return JourneyPage


def _checklists() -> type[Page]:
    from ui.pages.checklists import ChecklistsPage

    return ChecklistsPage


def _findings() -> type[Page]:
    from ui.pages.findings import FindingsPage

    return FindingsPage


def _audit() -> type[Page]:
    from ui.pages.audit import AuditPage

    return AuditPage


def _reports() -> type[Page]:
    from ui.pages.reports_page import ReportsPage

    return ReportsPage


def _people() -> type[Page]:
    from ui.pages.people import PeoplePage

    return PeoplePage


def _all_dealerships() -> type[Page]:
    from ui.pages.all_dealerships import AllDealershipsPage

    return AllDealershipsPage


def _standards() -> type[Page]:
    from ui.pages.standards import StandardsPage

    return StandardsPage


def _settings() -> type[Page]:
    from ui.pages.settings_page import SettingsPage

    return SettingsPage


def _open_findings(reader: Reader, engagement: Engagement) -> Badge:
    from qma_app.domain.finding import Finding, FindingGrade

    count = sum(
        finding.is_open and finding.grade is not FindingGrade.GOOD_PRACTICE
        for finding in reader.all(Finding, engagement_id=engagement.id)
    )
    return Badge(count=count, what=ngettext("open finding", "open findings", count))


PAGES: tuple[PageEntry, ...] = (
    PageEntry(key="today", title=_("Today"), icon="house", position=1, load=_today),
    PageEntry(key="journey", title=_("Journey"), icon="route", position=2, load=_journey),
    PageEntry(key="checklists", title=_("Checklists"), icon="list-checks", position=3, load=_checklists),
    PageEntry(
        key="findings",
        title=_("Findings & actions"),
        icon="flag",
        position=4,
        load=_findings,
        badge=_open_findings,
    ),
    PageEntry(key="audit", title=_("Audit"), icon="shield-check", position=7, load=_audit),
    PageEntry(key="reports", title=_("Reports"), icon="file-text", position=8, load=_reports),
    PageEntry(key="people", title=_("People"), icon="users", position=9, load=_people),
    PageEntry(
        key="dealerships",
        title=_("All dealerships"),
        icon="building-2",
        position=10,
        load=_all_dealerships,
        group=2,
    ),
    PageEntry(key="standards", title=_("Standards"), icon="book-open", position=11, load=_standards, group=2),
    PageEntry(key="settings", title=_("Settings"), icon="settings", position=12, load=_settings, group=2),
)
