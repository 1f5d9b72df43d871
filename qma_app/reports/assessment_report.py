"""The report a coach leaves behind: where the house stands after one assessment, and what to mend first."""

from __future__ import annotations

from typing import BinaryIO

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.wording import kind_title
from qma_app.i18n import _, ngettext
from qma_app.reports.collecting import collect_assessment
from qma_app.reports.document import PictureBytes
from qma_app.reports.drawing import draw_paper
from qma_app.reports.kit import Kit
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.progress import Progress
from qma_app.reports.sections.areas import add_areas
from qma_app.reports.sections.beside_coach import add_beside_coach
from qma_app.reports.sections.checkpoints import add_checkpoints
from qma_app.reports.sections.cover import add_cover
from qma_app.reports.sections.development import add_development
from qma_app.reports.sections.findings import add_findings
from qma_app.reports.sections.record import add_record
from qma_app.reports.sections.reported import add_reported
from qma_app.reports.sections.scoring_rules import add_scoring_rules
from qma_app.reports.sections.summary import add_summary
from qma_app.reports.wording import areas_line, days_text, result_sentence

collect = collect_assessment


def title() -> str:
    """What the report is called in lists."""
    return _("Assessment report")


def suits(kind: AssessmentKind) -> bool:
    """Every assessment can be reported this way."""
    return isinstance(kind, AssessmentKind)


def draw(paper: AssessmentPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the report as a PDF; `pictures` gives the photos the paper names."""
    kind = kind_title(paper.assessment.kind)
    heading = (_("{kind}, extract") if paper.is_extract else _("{kind} report")).format(kind=kind)
    verdict = result_sentence(paper)

    def cover(kit: Kit) -> None:
        add_cover(kit, paper, title=heading, verdict=verdict, remarks=_remarks(paper))

    def body(kit: Kit) -> None:
        add_summary(kit, paper, verdict=verdict)
        add_development(kit, paper)
        add_reported(kit, paper)
        add_beside_coach(kit, paper)
        add_areas(kit, paper, shows_before=True)
        shown = add_findings(kit, paper)
        add_checkpoints(kit, paper, shown=shown)
        add_scoring_rules(kit, paper)
        add_record(kit, paper)

    draw_paper(paper, out, title=heading, cover=cover, body=body, pictures=pictures, progress=progress)


def _remarks(paper: AssessmentPaper) -> tuple[str, ...]:
    result = paper.result
    remarks = [
        _("assessed {days}").format(
            days=days_text(paper.assessment.started_on, paper.assessment.completed_on)
        )
    ]
    if paper.is_extract:
        remarks.append(_("only {areas}").format(areas=areas_line(paper)))
    if result.is_partial:
        remarks.append(
            _("{rated} of {count} areas rated").format(rated=result.rated_areas, count=result.counted_areas)
        )
    met = len(result.unmet_criticals)
    if met:
        remarks.append(
            ngettext(
                "{count} critical checkpoint is not met", "{count} critical checkpoints are not met", met
            ).format(count=met)
        )
    return tuple(remarks)
