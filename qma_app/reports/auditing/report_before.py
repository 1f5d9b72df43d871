"""What came before: the audit this one follows with its majors, and the revisions this report stands for."""

from __future__ import annotations

from typing import Final

from qma_app.domain.surveillance import AuditComparison, Move, PointMove, move_title
from qma_app.domain.wording import verdict_title
from qma_app.i18n import _, instant_text, number_text
from qma_app.reports.actions.blocks import plain_table
from qma_app.reports.auditing.report_values import AuditPart, BeforePart, MajorLine, Revised
from qma_app.reports.auditing.words import area_text, audit_name, span_text
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import AssessmentPaper
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG
from qma_app.reports.wording import level_shown

_NUMBER: Final = 54.0
_POINTS: Final = 46.0
_STATE: Final = 96.0


def add_revision(kit: Kit, audit: AuditPart) -> None:
    """What this revision stands for and changes; nothing for the first one."""
    revised = audit.revised
    if revised is None:
        return
    kit.section(_("What this revision changes"))
    kit.paragraph(
        _(
            "This is revision {number} of report {report}. It stands in place of the revision before, which stays readable and signed as it was."
        ).format(number=audit.head.audit.revision, report=audit.head.audit.number),
        CELL,
        before=2,
    )
    _add_revisions(kit, revised)
    kit.flow.add(kit.facts(_outcome(audit, revised), padding=2.6), before=8)
    _add_points(kit, revised)
    _add_withdrawn(kit, revised)


def _outcome(audit: AuditPart, revised: Revised) -> tuple[tuple[str, str], ...]:
    now = level_shown(audit.head.frame.edition, audit.recommended.result.overall)
    before, given = revised.before[0].recommendation, audit.head.audit.recommendation
    words = _("{before} before, {now} now")
    return (
        (_("Overall level"), words.format(before=revised.level_before, now=now)),
        (
            _("Recommendation"),
            words.format(
                before=verdict_title(before) if before else "–", now=verdict_title(given) if given else "–"
            ),
        ),
        (_("Findings added"), ", ".join(one.label for one in revised.added) or _("none")),
    )


def _add_revisions(kit: Kit, revised: Revised) -> None:
    rows: list[list[Block | None]] = [
        [
            kit.words(number_text(one.number), CELL_NUMBER),
            kit.words(instant_text(one.signed_at) if one.signed_at else "–", CELL),
            kit.words(one.signed_by or "–", CELL),
            kit.words(one.reason or "–", CELL, where=_("revision")),
        ]
        for one in revised.before
    ]
    titles = (_("Revision"), _("Signed"), _("By"), _("Why it was reopened"))
    kit.flow.add(plain_table(kit, titles, (48, 110, 100, CONTENT_WIDTH - 48 - 210 - 30), rows), before=8)


def _add_points(kit: Kit, revised: Revised) -> None:
    kit.heading(_("Ratings changed"), level=1)
    if not revised.points:
        kit.paragraph(_("No rating was changed."), CELL, before=0)
        return
    rows: list[list[Block | None]] = [
        [
            kit.words(one.checkpoint.number, CELL_NUMBER),
            kit.words(one.checkpoint.statement.marked, CELL),
            kit.words(one.before, CELL),
            kit.words(one.now, CELL_STRONG),
        ]
        for one in revised.points
    ]
    widths = (_NUMBER, CONTENT_WIDTH - _NUMBER - 2 * 84 - 30, 84, 84)
    titles = (_("No."), _("Checkpoint"), _("Before"), _("Now"))
    kit.flow.add(plain_table(kit, titles, widths, rows), before=2)


def _add_withdrawn(kit: Kit, revised: Revised) -> None:
    kit.heading(_("Findings withdrawn"), level=1)
    if not revised.withdrawn:
        kit.paragraph(_("No finding was withdrawn."), CELL, before=0)
        return
    half = (CONTENT_WIDTH - 38 - _POINTS - 30) / 2
    rows: list[list[Block | None]] = [
        [
            kit.words(one.finding.label, CELL_NUMBER),
            kit.words(one.finding.statement, CELL, where=one.finding.label),
            kit.words(one.reason, CELL, where=one.finding.label),
            kit.words(number_text(one.revision), CELL_QUIET),
        ]
        for one in revised.withdrawn
    ]
    titles = (_("No."), _("Finding"), _("Why it does not stand"), _("Revision"))
    kit.flow.add(plain_table(kit, titles, (38, half, half, _POINTS), rows), before=2)


def add_audit_before(kit: Kit, paper: AssessmentPaper, audit: AuditPart) -> None:
    """The audit this one follows: its majors and how each was verified, and what moved since; nothing where it follows none."""
    before = audit.before
    if before is None:
        return
    kit.section(_("Since the audit before"))
    verdict = before.head.audit.recommendation
    rows = (
        (_("Audit before"), audit_name(before.head)),
        (_("Dates"), span_text(before.head)),
        (_("Overall level"), before.level),
        (_("Recommended then"), verdict_title(verdict) if verdict else "–"),
        (_("Since then"), before.compared.words),
    )
    kit.flow.add(kit.facts(rows, padding=2.6), before=2)
    _add_majors(kit, before)
    _add_moves(kit, paper, before.compared)


def _add_majors(kit: Kit, before: BeforePart) -> None:
    kit.heading(_("The majors of then"), level=1)
    if not before.majors:
        kit.paragraph(_("It raised no major."), CELL, before=0)
        return
    rows = [_major(kit, one) for one in before.majors]
    widths = (38.0, CONTENT_WIDTH - 38 - 2 * _POINTS - _STATE - 40, _POINTS, _POINTS, _STATE)
    titles = (_("No."), _("Major, and how it was verified"), _("Then"), _("Now"), _("State"))
    kit.flow.add(plain_table(kit, titles, widths, rows), before=2)


def _major(kit: Kit, line: MajorLine) -> list[Block | None]:
    where = line.finding.label
    number = line.checkpoint.number if line.checkpoint else _("whole house")
    said: list[Block] = [kit.words(f"{number} · {line.finding.statement}", CELL, where=where)]
    said += [kit.words(one, CELL_QUIET, where=where) for one in line.verified]
    if not line.verified:
        said.append(kit.words(_("Nothing is recorded of a verification."), CELL_QUIET))
    return [
        kit.words(line.finding.label, CELL_NUMBER),
        Stack(said, gap=1),
        kit.words("–" if line.then is None else number_text(line.then), CELL),
        kit.words("–" if line.now is None else number_text(line.now), CELL_STRONG),
        kit.words(line.state, CELL),
    ]


def _add_moves(kit: Kit, paper: AssessmentPaper, compared: AuditComparison) -> None:
    if not compared.areas:
        return
    kit.heading(_("Areas, over the checkpoints rated in both"), level=1)
    known = paper.edition.areas_by_id
    rows: list[list[Block | None]] = [
        [
            kit.words(area_text(known[one.area_id]), CELL),
            kit.words(level_shown(paper.edition, one.before), CELL),
            kit.words(level_shown(paper.edition, one.now), CELL_STRONG),
            kit.words(move_title(one.move), CELL),
            kit.words(number_text(one.count(Move.BETTER)), CELL),
            kit.words(number_text(one.count(Move.KEPT)), CELL),
            kit.words(number_text(one.count(Move.GONE_BACK)), CELL),
        ]
        for one in compared.areas
        if one.area_id in known
    ]
    name = CONTENT_WIDTH - 6 * (58 + 10)
    titles = (_("Area"), _("Then"), _("Now"), "", _("Better"), _("Kept"), _("Gone back"))
    kit.flow.add(plain_table(kit, titles, (name, *([58.0] * 6)), rows), before=2)
    back = compared.moved(Move.GONE_BACK)
    if back:
        kit.heading(_("Gone back"), level=1)
        kit.flow.add(_moved(kit, back), before=2)


def _moved(kit: Kit, moves: tuple[PointMove, ...]) -> Block:
    rows: list[list[Block | None]] = [
        [
            kit.words(one.checkpoint.number, CELL_NUMBER),
            kit.words(one.checkpoint.statement.marked, CELL),
            kit.words(number_text(one.before), CELL),
            kit.words(number_text(one.now), CELL_STRONG),
        ]
        for one in moves
    ]
    widths = (_NUMBER, CONTENT_WIDTH - _NUMBER - 2 * _POINTS - 30, _POINTS, _POINTS)
    return plain_table(kit, (_("No."), _("Checkpoint"), _("Then"), _("Now")), widths, rows)
