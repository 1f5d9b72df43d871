"""The certificate each dealership stands with on a day, whichever of its programmes it came from: for lists and for Today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from qma_app.domain.certification import Certificate
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, EditionHash
from qma_app.domain.ports import Reader

if TYPE_CHECKING:
    from qma_app.domain.certificate_standing import CertificateStanding


def certificates_by_house(
    reader: Reader, engagements: Iterable[Engagement]
) -> dict[DealershipId, list[Certificate]]:
    """The certificates granted in these programmes, by dealership; there are few, so no sum of them is kept."""
    houses = {one.id: one.dealership_id for one in engagements}
    found: dict[DealershipId, list[Certificate]] = {}
    for one in reader.all(Certificate):
        if one.engagement_id in houses:
            found.setdefault(houses[one.engagement_id], []).append(one)
    return found


def certificate_of_house(
    reader: Reader, dealership_id: DealershipId, *, on: date
) -> CertificateStanding | None:
    """The certificate that counts for one dealership on a day; None where it never had one."""
    ids = frozenset(id for (id,) in reader.fields(Engagement, ("id",), dealership_id=dealership_id))
    return standing_in(reader, reader.all(Certificate, engagement_id=ids), on=on) if ids else None


def standing_in(reader: Reader, granted: Sequence[Certificate], *, on: date) -> CertificateStanding | None:
    """The one of these that counts on a day."""
    if not granted:
        return None
    from qma_app.domain.certificate_standing import standing_of

    def majors_days(edition: EditionHash) -> int:
        return reader.edition(edition).rules.conditional_days

    return standing_of(granted, on, majors_days=majors_days)
