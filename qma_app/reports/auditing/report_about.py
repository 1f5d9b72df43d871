"""The first section of an audit's report: aims, criteria, scope, team with its declarations, methods, days, and for whose eyes it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qma_app.domain.audit_days import table_statement
from qma_app.domain.wording import kind_title
from qma_app.i18n import _, exact_number_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.auditing.reading import AuditHead, TeamLine
from qma_app.reports.auditing.report_values import AuditPart
from qma_app.reports.auditing.words import (
    aims_text,
    area_text,
    certificate_text,
    confidentiality_text,
    independence_text,
    language_text,
    methods_text,
    part_title,
    span_text,
)
from qma_app.reports.blocks import Block, Together
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.styles import CELL, CELL_QUIET, CELL_STRONG
from qma_app.reports.wording import dealer_line, edition_line, grouped_hash

_NAME: Final = 104.0
_PART: Final = 84.0
_AREA: Final = 150.0


def add_about(kit: Kit, paper: AssessmentPaper, audit: AuditPart) -> None:
    """What was audited, by whom, against what, and how."""
    kit.section(_("About this audit"))
    kit.flow.add(kit.facts(_facts(paper, audit.head), padding=3.4, where=_("audit")), before=2)
    _add_scope(kit, audit.head)
    _add_team(kit, audit.head)
    _add_days(kit, audit)


def _facts(paper: AssessmentPaper, head: AuditHead) -> Iterator[tuple[str, str]]:
    audit = head.audit
    yield _("Report"), _("{number}, revision {revision}").format(number=audit.number, revision=audit.revision)
    yield _("Kind"), kind_title(head.assessment.kind)
    yield _("Follows"), head.follows
    yield _("Dealership"), dealer_line(paper)
    yield (
        _("Audit client"),
        _("Those who decide on the certificate of this programme, on request of the dealership."),
    )
    yield _("Aims"), aims_text(head)
    yield (
        _("Criteria"),
        "\n".join(
            (
                edition_line(paper.edition),
                _("SHA-256 of the edition {hash}").format(hash=grouped_hash(paper.edition.hash)),
            )
        ),
    )
    yield _("Dates"), span_text(head)
    yield _("Places"), "\n".join(", ".join(filter(None, (site.name, site.address))) for site in head.sites)
    yield _("Methods"), methods_text(head)
    yield (
        _("Findings"),
        _(
            "Major: a requirement is missing or failed so far that the result is in doubt, or a critical checkpoint is not met. Minor: a single lapse. Improvement: no requirement is broken. Good practice: worth copying."
        ),
    )
    yield _("Language"), language_text(head)
    yield _("Confidentiality"), confidentiality_text(head)
    yield _("Report goes to"), audit.distribution
    yield _("Limits"), audit.limits
    yield _("What it is"), _("This report states what was found and what the auditor recommends. It is not a certificate and has no validity as one: somebody who did not audit decides, and later.")  # fmt: skip


def _add_scope(kit: Kit, head: AuditHead) -> None:
    kit.heading(_("Scope"), level=1)
    scope = ", ".join(map(area_text, head.scope)) or _("No area is in the scope.")
    kit.paragraph(scope, CELL, before=0, keeps=True)
    if not head.left_out:
        kit.quiet(_("Every area of the standard was looked at."))
        return
    rows: list[list[Block | None]] = [
        [
            kit.words(area_text(area), CELL_STRONG),
            kit.words(
                reason or _("no reason given"), CELL, where=_("{area}, left out").format(area=area.code)
            ),
        ]
        for area, reason in head.left_out
    ]
    titles = (_("Left out"), _("Reason"))
    left_out = plain_table(kit, titles, (_AREA, CONTENT_WIDTH - _AREA - 10), rows)
    kit.flow.add(Together(left_out), before=6)


def _add_team(kit: Kit, head: AuditHead) -> None:
    kit.heading(_("Audit team and independence"), level=1)
    if not head.team:
        kit.paragraph(_("Nobody is named yet."), CELL, before=0)
        return
    rest = (CONTENT_WIDTH - _NAME - _PART - 30) / 2
    titles = (_("Name"), _("Part"), _("Certificate"), _("Declaration of independence"))
    rows = [_member(kit, line) for line in head.team]
    kit.flow.add(Together(plain_table(kit, titles, (_NAME, _PART, rest, rest), rows)), before=2, keeps=True)
    kit.quiet(
        _(
            "Nobody audits here who coached, owned actions, worked or was paid here within 24 months before the first audit day; each member declared so, and the records of the programme were held against it."
        )
    )


def _member(kit: Kit, line: TeamLine) -> list[Block | None]:
    where = _("team")
    return [
        kit.words(line.person.name, CELL_STRONG, where=where),
        kit.words(part_title(line.part), CELL),
        kit.words(certificate_text(line) or "–", CELL, where=where),
        kit.words(independence_text(line, ()) or "–", CELL, where=where),
    ]


def _add_days(kit: Kit, audit: AuditPart) -> None:
    kit.heading(_("Auditor days"), level=1)
    days = audit.head.audit.days
    if days is None:
        kit.paragraph(_("The days are not agreed yet."), CELL, before=0)
        return
    rows = (
        (_("Staff"), _("{count} in full-time equivalents").format(count=days.staff)),
        (_("Planning table"), _("{days} auditor days").format(days=exact_number_text(days.table_days))),
        (_("Circumstances"), ", ".join(audit.risks)),
        (_("Agreed"), _("{days} auditor days, {on_site} of them on site").format(days=exact_number_text(days.days), on_site=exact_number_text(days.on_site))),
        (_("Why"), days.reason),
    )  # fmt: skip
    kit.flow.add(Together(kit.facts(rows, padding=2.6, where=_("days"))), before=0, keeps=True)
    kit.paragraph(table_statement(), CELL_QUIET)
