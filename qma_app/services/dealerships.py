"""Setting up a dealership, its sites and their features."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, EditionHash, EngagementId, SiteId
from qma_app.domain.people import Role
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import NotFound, RuleBroken
from qma_app.i18n import LANGUAGES, _
from qma_app.services.certificates import check_certificate
from qma_app.services.engagements import check_months, check_start
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

USUAL_FEATURES = ("new-cars", "used-cars", "service", "high-voltage", "loan-cars", "tyre-hotel")


@dataclass(frozen=True, kw_only=True, slots=True)
class DealershipRow:
    """A dealership as lists show it."""

    id: DealershipId
    name: str
    code: str
    city: str
    country: str
    is_sample: bool
    is_archived: bool

    @property
    def title(self) -> str:
        return f"{self.name}, {self.city}" if self.city else self.name


def add_dealership(
    workspace: Workspace,
    *,
    name: str,
    country: str,
    code: str = "",
    city: str = "",
    features: Collection[str] | None = None,
    staff: int | None = None,
    started_on: date | None = None,
    months: int = 18,
) -> Changes:
    """A new client with its main site, and its programme on the newest edition.

    Without `features` the usual ones are taken; `country` is an ISO 3166 code of two letters; the code is made from country and name if empty.
    """
    name = needed_name(name)
    country = needed_country(country)
    check_months(months)
    if started_on is not None:
        check_start(started_on)
    edition = keep_edition(workspace)
    with workspace.writing("dealership.added") as work:
        code = needed_code(work, code) if code.strip() else free_code(work, country, name)
        dealership = work.put(
            Dealership(
                id=DealershipId(work.new_id()),
                name=name,
                code=code,
                country=country,
                city=city.strip(),
                is_sample=workspace.is_sample,
            )
        )
        work.put(
            Site(
                id=SiteId(work.new_id()),
                dealership_id=dealership.id,
                name=city.strip() or name,
                features=tuple(sorted(USUAL_FEATURES if features is None else features)),
                staff=staff,
            )
        )
        worker = workspace.worker
        coach_id = worker.person_id if worker and worker.role is Role.COACH else None
        if coach_id is not None:
            check_certificate(work, coach_id, Role.COACH, started_on or workspace.today())
        work.put(
            Engagement(
                id=EngagementId(work.new_id()),
                dealership_id=dealership.id,
                edition=edition,
                started_on=started_on or workspace.today(),
                months=months,
                coach_id=coach_id,
            )
        )
    return work.changes


def keep_edition(workspace: Workspace) -> EditionHash:
    """Store the newest shipped edition if it is not here yet; its own log entry, so that undoing a dealership leaves it."""
    # Here, because it brings the YAML reader with it, which no start needs.
    from qma_app.services.standards import keep_newest_edition

    with workspace.writing("edition.kept") as work:
        return keep_newest_edition(work)


def change_dealership(workspace: Workspace, dealership_id: DealershipId, **fields: Any) -> Changes:
    """Correct name, code, country, region, city, language of its papers or note."""
    if "name" in fields:
        fields["name"] = needed_name(fields["name"])
    if "country" in fields:
        fields["country"] = needed_country(fields["country"])
    if "region" in fields:
        fields["region"] = known_region(fields["region"])
    if "language" in fields:
        fields["language"] = known_language(fields["language"])
    with workspace.writing("dealership.changed") as work:
        if "code" in fields:
            fields["code"] = needed_code(work, fields["code"], but=dealership_id)
        work.put(replace(work.get(Dealership, dealership_id), **fields))
    return work.changes


def archive_dealership(
    workspace: Workspace, dealership_id: DealershipId, *, is_archived: bool = True
) -> Changes:
    """Take a dealership out of the daily lists, or back; nothing is lost."""
    with workspace.writing("dealership.archived" if is_archived else "dealership.unarchived") as work:
        work.put(replace(work.get(Dealership, dealership_id), archived_at=work.at if is_archived else None))
    return work.changes


def delete_dealership(workspace: Workspace, dealership_id: DealershipId) -> Changes:
    """Move a dealership with all it holds to the bin: one mark, undone as a whole."""
    with workspace.writing("dealership.deleted") as work:
        work.delete(work.get(Dealership, dealership_id))
    return work.changes


def add_site(
    workspace: Workspace,
    dealership_id: DealershipId,
    *,
    name: str,
    address: str = "",
    features: Collection[str] = (),
    staff: int | None = None,
) -> Changes:
    """One more place of a dealership."""
    with workspace.writing("site.added") as work:
        work.get(Dealership, dealership_id)
        work.put(
            Site(
                id=SiteId(work.new_id()),
                dealership_id=dealership_id,
                name=needed_name(name),
                address=address,
                features=tuple(sorted(features)),
                staff=staff,
            )
        )
    return work.changes


def change_site(workspace: Workspace, site_id: SiteId, **fields: Any) -> Changes:
    """Correct name, address, features or staff of a site."""
    if "features" in fields:
        fields["features"] = tuple(sorted(fields["features"]))
    if "name" in fields:
        fields["name"] = needed_name(fields["name"])
    with workspace.writing("site.changed") as work:
        work.put(replace(work.get(Site, site_id), **fields))
    return work.changes


def remove_site(workspace: Workspace, site_id: SiteId) -> Changes:
    """Move a site to the bin; the last one stays."""
    with workspace.writing("site.removed") as work:
        site = work.get(Site, site_id)
        if len(work.all(Site, dealership_id=site.dealership_id)) == 1:
            raise RuleBroken(
                _("A dealership needs at least one site."),
                code="site.last",
                way_out=_("Change this one instead."),
            )
        work.delete(site)
    return work.changes


def list_dealerships(reader: Reader, *, with_archived: bool = True) -> tuple[DealershipRow, ...]:
    """All dealerships in the order they were added; a sample's first is the default one."""
    return tuple(
        DealershipRow(
            id=dealership.id,
            name=dealership.name,
            code=dealership.code,
            city=dealership.city,
            country=dealership.country,
            is_sample=dealership.is_sample,
            is_archived=dealership.archived_at is not None,
        )
        for dealership in reader.all(Dealership)
        if with_archived or dealership.archived_at is None
    )


def find_dealership(reader: Reader, code: str) -> Dealership:
    """The dealership of that code, upper or lower case; NotFound names the codes there are."""
    dealerships = reader.all(Dealership)
    for dealership in dealerships:
        if dealership.code.casefold() == code.casefold():
            return dealership
    raise NotFound(
        _("No dealership has the code {code}.").format(code=code),
        code="dealership.unknown",
        way_out=_("Known codes: {codes}.").format(codes=", ".join(d.code for d in dealerships) or "–"),
    )


def needed_name(name: str) -> str:
    """The name without spaces around it; RuleBroken for none."""
    name = name.strip()
    if not name:
        raise RuleBroken(_("A name is needed."), code="dealership.name-missing", way_out=_("Type the name."))
    return name


def needed_country(country: str) -> str:
    """The code of two capital letters; RuleBroken for anything else."""
    code = country.strip().upper()
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise RuleBroken(
            _("“{country}” is not a country code.").format(country=country),
            code="dealership.country",
            way_out=_("Use two letters such as DE or GB."),
        )
    return code


def needed_code(work: WritingScope, code: str, *, but: DealershipId | None = None) -> str:
    """The code as typed; commands and papers tell dealerships apart by it, so no two may bear it."""
    code = code.strip()
    if not code:
        raise RuleBroken(
            _("A code is needed."),
            code="dealership.code-missing",
            way_out=_("Type a short code such as DE-MUSTER."),
        )
    holder = next(
        (d for d in work.all(Dealership) if d.id != but and d.code.casefold() == code.casefold()), None
    )
    if holder is not None:
        raise RuleBroken(
            _("The code {code} is that of {name} already.").format(code=code, name=holder.name),
            code="dealership.code-taken",
            way_out=_("Give this dealership another code."),
        )
    return code


def free_code(work: WritingScope, country: str, name: str) -> str:
    """A code made of country and name that no dealership bears, those in the bin included."""
    taken = {dealership.code.casefold() for dealership in work.all(Dealership) + work.in_bin(Dealership)}
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    stem = f"{country}-{re.sub(r'[^A-Z0-9]', '', plain)[:6] or '1'}"
    number = 1
    while (code := stem if number == 1 else f"{stem}-{number}").casefold() in taken:
        number += 1
    return code


def known_region(region: str) -> str:
    """The part of a country as ISO 3166-2 writes it, without the country; empty = none. RuleBroken for anything else."""
    code = region.strip().upper()
    if code and not re.fullmatch(r"[A-Z0-9]{1,3}", code):
        raise RuleBroken(
            _("“{region}” is no code of a region.").format(region=region),
            code="dealership.region",
            way_out=_("Use the letters of ISO 3166-2 such as BY or ENG, or leave it empty."),
        )
    return code


def known_language(language: str) -> str:
    """A language the program speaks; empty = as set in the program. RuleBroken for anything else."""
    code = language.strip().lower()
    if code and all(code != known for known, _name in LANGUAGES):
        raise RuleBroken(
            _("No papers are made in “{language}”.").format(language=language),
            code="dealership.language",
            way_out=_("Choose one of: {languages}.").format(
                languages=", ".join(name for _code, name in LANGUAGES)
            ),
        )
    return code
