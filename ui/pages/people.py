"""Who works in the dealership, who answers for which process, and who is certified to coach and audit."""

from __future__ import annotations

from typing import ClassVar

from qma_app.i18n import _
from ui.pages.view_part import ViewEntry, ViewPart
from ui.pages.views_page import ViewsPage


def _people() -> type[ViewPart]:
    from ui.people.people_view import PeopleView

    return PeopleView


def _owners() -> type[ViewPart]:
    from ui.people.owners_view import OwnersView

    return OwnersView


def _certificates() -> type[ViewPart]:
    from ui.people.certificates_view import CertificatesView

    return CertificatesView


class PeoplePage(ViewsPage):
    """`Place.person_id` chooses somebody, `Place.process_id` a process among the owners."""

    key: ClassVar[str] = "people"
    title: ClassVar[str] = _("People")
    icon: ClassVar[str] = "users"
    position: ClassVar[int] = 9
    views: ClassVar[tuple[ViewEntry, ...]] = (
        ViewEntry(
            key="people",
            title=_("People"),
            letter="L",
            meaning=_("Show the people of the dealership"),
            load=_people,
        ),
        ViewEntry(
            key="owners",
            title=_("Owners"),
            letter="O",
            meaning=_("Show who answers for which process"),
            load=_owners,
        ),
        ViewEntry(
            key="certificates",
            title=_("Certificates"),
            letter="C",
            meaning=_("Show the certificates of coaches and auditors"),
            load=_certificates,
        ),
    )
