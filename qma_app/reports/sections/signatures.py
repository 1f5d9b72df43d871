"""Room to sign: the auditor for the recommendation, the dealership for having read it."""

from __future__ import annotations

from qma_app.design import LIGHT
from qma_app.i18n import _
from qma_app.reports.blocks import Block, Gap, Rule, Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.styles import CELL, CELL_QUIET, LEAD
from qma_app.reports.tables import side_by_side


def add_signatures(kit: Kit, paper: AssessmentPaper, *, verdict: str) -> None:
    """The recommendation once more, and two places to sign."""
    kit.heading(_("Recommendation and signatures"), level=0, in_contents=True, before=30)
    half = (CONTENT_WIDTH - 40) / 2
    auditor = paper.assessor.name if paper.assessor else ""
    fields = side_by_side(
        (
            _field(kit, auditor, _("Auditor: place, date, signature")),
            _field(kit, "", _("For the dealership, which has read this report: name, date, signature")),
        ),
        (half, half),
        gutter=40,
    )
    kit.flow.add(
        Together(
            Stack([
                kit.words(verdict, LEAD),
                Gap(4),
                kit.words(_("Signing for the dealership does not mean agreeing with every finding; an objection may be written beside the signature."), CELL),
                Gap(48),
                fields,
            ])
        ),
        before=2,
    )  # fmt: skip


def _field(kit: Kit, name: str, caption: str) -> Block:
    return Stack(
        [kit.words(name or " ", CELL), Rule(LIGHT.control_edge), kit.words(caption, CELL_QUIET)], gap=3
    )
