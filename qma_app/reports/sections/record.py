"""Annex C: what this report rests on, so that it can be proven later: log, edition, scope, limits, and each file by its hash."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.design import LIGHT
from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.rating import Outcome
from qma_app.domain.wording import consent_title
from qma_app.i18n import _, day_text, instant_text, ngettext, number_text
from qma_app.reports.blocks import Block, Stack
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH, SHORT
from qma_app.reports.paper import AssessmentPaper, CheckpointLine, EvidenceEntry, EvidenceState
from qma_app.reports.photos import state_sentence
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG, DIGEST
from qma_app.reports.tables import Row, Table
from qma_app.reports.wording import (
    areas_line,
    assessor_line,
    assessor_title,
    days_text,
    edition_line,
    grouped_hash,
)
from qma_app.reports.year.words import zone_text


def add_record(kit: Kit, paper: AssessmentPaper, *, below: float = SHORT) -> None:
    """The annex, which follows on a page filled less than `below`; the evidence register ends it."""
    kit.section(_("Annex C: record"), below=below)
    kit.flow.add(kit.facts(_facts(paper)), before=2)
    _add_reopenings(kit, paper)
    kit.heading(_("Limits, and what was not seen"), level=1)
    for sentence in _limits(paper):
        kit.paragraph(sentence, CELL, before=4)
    unseen = [line for line in paper.lines if line.outcome is Outcome.NOT_SEEN]
    if unseen:
        kit.flow.add(_unseen_table(kit, unseen), before=8)
    kit.heading(_("Evidence register"), level=1)
    if not paper.evidence:
        kit.quiet(_("No photo or document belongs to this report."))
        return
    kit.quiet(
        _(
            "SHA-256 of the file as it is stored (photos at most 1600 pixels), then of the file as it was taken in."
        ),
        before=0,
        keeps=True,
    )
    kit.flow.add(_register(kit, paper), before=4)


def _facts(paper: AssessmentPaper) -> tuple[tuple[str, str], ...]:
    assessment, tally, head = paper.assessment, paper.result.tally, paper.log_head
    audit = paper.audit.head.audit if paper.audit is not None else None
    unseen = tally.not_seen + (0 if paper.is_draft else tally.open)
    counts = [
        _("{count} applicable").format(count=number_text(tally.applicable)),
        _("{count} rated").format(count=number_text(tally.rated)),
        _("{count} not applicable").format(count=number_text(tally.not_applicable)),
        _("{count} not seen").format(count=number_text(unseen)),
    ]
    if paper.is_draft:
        counts.append(_("{count} not rated yet").format(count=number_text(tally.open)))
    return (
        (
            _("Dealership"),
            ", ".join(filter(None, (paper.dealership.name, paper.dealership.city, paper.dealership.country))),
        ),
        (_("Sites"), "\n".join(", ".join(filter(None, (site.name, site.address))) for site in paper.sites)),
        (
            _("Report"),
            _("{number}, revision {revision}").format(number=audit.number, revision=audit.revision)
            if audit
            else "",
        ),
        (_("Certificate of the signing key, SHA-256"), grouped_hash(paper.key_fingerprint)),
        (_("Assessment"), f"{assessment.number} · {paper.label}"),
        (_("Dates"), days_text(*paper.span)),
        (assessor_title(paper), assessor_line(paper)),
        (_("Scope"), areas_line(paper)),
        (_("No part of it applies"), ", ".join(str(area.title) for area in paper.left_out)),
        (_("Standard"), edition_line(paper.edition)),
        (_("Hash of the edition"), grouped_hash(paper.edition.hash)),
        (_("Checkpoints"), ", ".join(counts)),
        (_("Findings"), number_text(len(paper.findings))),
        (
            _("Evidence"),
            ngettext("{count} file", "{count} files", len(paper.evidence)).format(
                count=number_text(len(paper.evidence))
            ),
        ),
        (
            _("Change log"),
            ngettext("{count} entry", "{count} entries", head.seq).format(count=number_text(head.seq)),
        ),
        (_("Head of the log"), grouped_hash(head.hash)),
        (_("Last change"), instant_text(paper.shown_at)),
        (_("Times"), _times(paper) if audit else ""),
    )


def _times(paper: AssessmentPaper) -> str:
    """By which clock the times in the paper are meant."""
    return _(
        "by the clock of the computer that made this paper, {zone} on the day of the last change"
    ).format(zone=zone_text(paper.shown_at))


def _add_reopenings(kit: Kit, paper: AssessmentPaper) -> None:
    if not paper.reopenings:
        return
    kit.heading(_("Reopened"), level=1)
    rows = [
        Row(
            (
                kit.words(instant_text(entry.at), CELL_QUIET),
                kit.words(entry.who or "–", CELL),
                kit.words(entry.reason, CELL, where=_("Reopening")),
            )
        )
        for entry in paper.reopenings
    ]
    kit.flow.add(Table((110, 110, CONTENT_WIDTH - 240), rows), before=2)


def _limits(paper: AssessmentPaper) -> tuple[str, ...]:
    """What a reader must know before relying on the figures."""
    said = [
        _("Assessments rest on samples: what was not drawn was not seen, and a share of few records is uncertain (annex A shows how much)."),
        _("The report shows the state recorded on the days named above. It is not a certificate and says nothing about a single repair, sale or contract."),
    ]  # fmt: skip
    if paper.is_draft:
        said.insert(0, _("The assessment is open: figures and words may still change."))
    if not paper.is_whole_house:
        count = len(paper.edition.areas) - len(paper.assessment.scope)
        said.append(
            _("This is an extract: other areas of the assessment are in its whole report.")
            if paper.is_extract
            else ngettext(
                "{count} area of the standard was not in the scope.",
                "{count} areas of the standard were not in the scope.",
                count,
            ).format(count=count)
        )
    if any(line.checkpoint.statement.is_fallback for line in paper.lines):
        said.append(
            _(
                "A language in square brackets, such as [EN], marks a text of the standard that is not translated yet."
            )
        )
    broken = sum(entry.state is not EvidenceState.WHOLE for entry in paper.evidence)
    if broken:
        said.append(
            ngettext(
                "{count} file of the evidence is missing or not what was taken in; the register names it.",
                "{count} files of the evidence are missing or not what was taken in; the register names them.",
                broken,
            ).format(count=broken)
        )
    unseen = sum(line.outcome is Outcome.NOT_SEEN for line in paper.lines)
    if unseen:
        said.append(
            ngettext(
                "{count} applicable checkpoint was not seen:",
                "{count} applicable checkpoints were not seen:",
                unseen,
            ).format(count=unseen)
        )
    elif not paper.is_draft:
        said.append(_("Every applicable checkpoint was seen."))
    return tuple(said)


def _unseen_table(kit: Kit, lines: list[CheckpointLine]) -> Table:
    rows = []
    for line in lines:
        reason = (
            line.rating.reason
            if line.rating and line.rating.reason
            else _("untouched when the assessment was completed")
        )
        rows.append(
            Row(
                (
                    kit.words(line.checkpoint.number, CELL_NUMBER),
                    kit.words(line.checkpoint.statement.marked, CELL),
                    kit.words(reason, CELL_QUIET),
                ),
                padding=3,
            )
        )
    return Table(
        (48, CONTENT_WIDTH - 48 - 170 - 20, 170),
        rows,
        head=kit.head_row((_("No."), _("Checkpoint"), _("Reason"))),
    )


def _register(kit: Kit, paper: AssessmentPaper) -> Table:
    rows = [_register_row(kit, entry) for entry in paper.evidence]
    head = kit.head_row((_("No."), _("File, dates, SHA-256"), _("Used at")))
    return Table((34, CONTENT_WIDTH - 34 - 78 - 20, 78), rows, head=head)


def _register_row(kit: Kit, entry: EvidenceEntry) -> Row:
    evidence = entry.evidence
    where = _("{label}, name").format(label=entry.label)
    kind = _("photo") if evidence.kind is EvidenceKind.PHOTO else evidence.media_type
    size = number_text(max(1, evidence.size // 1000))
    said: list[Block] = [kit.words(evidence.name, CELL_STRONG, where=where)]
    if evidence.caption:
        said.append(kit.words(evidence.caption, CELL, where=_("{label}, caption").format(label=entry.label)))
    said.append(
        kit.words(
            " · ".join((_("{kind}, {size} kB").format(kind=kind, size=size), *_dates(entry))), CELL_QUIET
        )
    )
    consent = consent_line(evidence)
    if consent:
        said.append(kit.words(consent, CELL_QUIET, where=_("{label}, consent").format(label=entry.label)))
    if entry.state is not EvidenceState.WHOLE:
        said.append(kit.words(state_sentence(entry.state), CELL_QUIET.in_colour(LIGHT.bad)))
    said.append(kit.words(_("stored {digest}").format(digest=evidence.digest), DIGEST))
    if evidence.original_digest != evidence.digest:
        said.append(kit.words(_("original {digest}").format(digest=evidence.original_digest), DIGEST))
    return Row(
        (
            kit.words(entry.label, CELL_NUMBER),
            Stack(said, gap=1),
            kit.words(", ".join(entry.used_at), CELL_QUIET),
        )
    )


def consent_line(evidence: Evidence) -> str:
    """Whether the people in a photo may be shown, and what was said to it; "" where nothing is known."""
    title = consent_title(evidence.consent) if evidence.consent else ""
    return ": ".join(filter(None, (title, evidence.consent_words)))


def _dates(entry: EvidenceEntry) -> Iterator[str]:
    """The four dates of evidence, those that are known."""
    evidence = entry.evidence
    for text, day in (
        (_("made {day}"), evidence.made_on),
        (_("valid from {day}"), evidence.valid_from),
        (_("valid until {day}"), evidence.valid_until),
        (_("taken in {day}"), evidence.taken_in_at.astimezone().date()),
    ):
        if day is not None:
            yield text.format(day=day_text(day))
