"""The assessment workbook: everything that is known of one assessment, to be worked on in Excel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Area, Checkpoint, Edition, EditionStatus, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.history import earlier_ratings
from qma_app.domain.ids import AssessmentId, CheckpointId, EvidenceId, PersonId
from qma_app.domain.people import Person, Qualification
from qma_app.domain.ports import LogHead, Reader
from qma_app.domain.rating import Rating
from qma_app.domain.result import Result
from qma_app.domain.scoring import score
from qma_app.domain.standing import (
    applicable_in,
    edition_of_assessment,
    findings_behind,
    place_of_finding,
)
from qma_app.domain.wording import kind_title
from qma_app.exchange.workbook import overview, records, scoring_explained
from qma_app.exchange.workbook.columns import Meter, Progress
from qma_app.exchange.workbook.file import WorkbookFile
from qma_app.i18n import _, ngettext


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingLine:
    """One checkpoint of the scope; `applies` is False where the dealership does not offer what it is about."""

    area: Area
    process: Process
    checkpoint: Checkpoint
    applies: bool
    rating: Rating | None
    last: Rating | None
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """One finding that the result rests on; `assessment_number` is that of the assessment it was raised in."""

    finding: Finding
    checkpoint_number: str
    assessment_number: int | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceLine:
    """One photo or document with the checkpoints and findings it supports here."""

    evidence: Evidence
    checkpoints: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonLine:
    """Somebody named in the workbook, with what the person is certified for."""

    person: Person
    qualifications: tuple[Qualification, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentBook:
    """All that the sheets show, read in one go."""

    dealership: Dealership
    sites: tuple[Site, ...]
    engagement: Engagement
    edition: Edition
    assessment: Assessment
    result: Result
    ratings: tuple[RatingLine, ...]
    findings: tuple[FindingLine, ...]
    evidence: tuple[EvidenceLine, ...]
    people: Mapping[PersonId, PersonLine]
    head: LogHead

    def name_of(self, person_id: PersonId | None) -> str:
        """A person's name; the id where the person is no longer known."""
        if person_id is None:
            return ""
        line = self.people.get(person_id)
        return line.person.name if line else person_id

    @property
    def title(self) -> str:
        """`Autohaus Beispiel · 2 Pre-audit`"""
        return f"{self.dealership.name} · {self.assessment.number} {kind_title(self.assessment.kind)}"

    @property
    def mark(self) -> str:
        """What keeps the figures from being final, in capitals; empty for a completed assessment of a real dealership."""
        marks = []
        if self.dealership.is_sample:
            marks.append(_("SAMPLE"))
        if self.assessment.is_open:
            tally = self.result.tally
            marks.append(
                ngettext(
                    "DRAFT, {rated} of {count} rated", "DRAFT, {rated} of {count} rated", tally.applicable
                ).format(rated=tally.rated, count=tally.applicable)
            )
        if self.edition.status is EditionStatus.DRAFT:
            marks.append(_("DRAFT EDITION"))
        return " · ".join(marks)

    @property
    def banner(self) -> str:
        """The line at the head of each sheet."""
        return f"{self.title} · {self.mark}" if self.mark else self.title

    @property
    def changed_at(self) -> datetime:
        """The instant of the last change it shows."""
        return self.head.changed_at(self.assessment.started_on)


def collect(reader: Reader, assessment_id: AssessmentId) -> AssessmentBook:
    """Everything on one assessment, in the language in force."""
    assessment = reader.get(Assessment, assessment_id)
    engagement = reader.get(Engagement, assessment.engagement_id)
    edition = edition_of_assessment(reader, assessment)
    applicable = frozenset(applicable_in(reader, assessment))
    ratings = reader.ratings(assessment.id)
    findings = tuple(sorted(findings_behind(reader, assessment), key=_number))
    uses = _Uses(reader, assessment, findings)
    lines = tuple(_rating_lines(reader, assessment, edition, applicable, ratings, findings, uses))
    numbers = {a.id: a.number for a in reader.all(Assessment, engagement_id=engagement.id)}
    return AssessmentBook(
        dealership=reader.get(Dealership, engagement.dealership_id),
        sites=reader.all(Site, dealership_id=engagement.dealership_id),
        engagement=engagement,
        edition=edition,
        assessment=assessment,
        result=score(edition, ratings, applicable, findings, scope=assessment.scope),
        ratings=lines,
        findings=tuple(
            FindingLine(
                finding=finding,
                checkpoint_number=_number_of_place(reader, finding),
                assessment_number=numbers.get(finding.assessment_id) if finding.assessment_id else None,
                evidence=uses.of_finding(finding),
            )
            for finding in findings
        ),
        evidence=tuple(uses.lines(edition)),
        people=_people(reader, engagement, assessment, lines, findings, uses),
        head=reader.log_head(),
    )


def write(book: AssessmentBook, file: BinaryIO, *, progress: Progress | None = None) -> None:
    """Write the workbook into an open file; the same book in the same language always gives the same bytes.

    `progress` hears the share done and stops the work by answering False (ReportTrouble `workbook.cancelled`).
    """
    meter = Meter(progress, len(book.ratings) + len(book.findings) + len(book.evidence))
    meter.tell()
    with WorkbookFile(file, title=book.title, changed_at=book.changed_at) as workbook:
        overview.write_overview(workbook, book)
        records.write_ratings(workbook, book, meter)
        records.write_findings(workbook, book, meter)
        records.write_evidence(workbook, book, meter)
        scoring_explained.write_scoring(workbook, book)
        meter.tell()


class _Uses:
    """Which evidence belongs to an assessment and the findings behind it, and where it is used."""

    def __init__(self, reader: Reader, assessment: Assessment, findings: tuple[Finding, ...]) -> None:
        self._known = {item.id: item for item in reader.all(Evidence, engagement_id=assessment.engagement_id)}
        self._at: defaultdict[CheckpointId, list[EvidenceId]] = defaultdict(list)
        self._of: dict[str, list[EvidenceId]] = {}
        for link in reader.all(EvidenceLink, assessment_id=assessment.id):
            if link.checkpoint_id is not None:
                self._at[link.checkpoint_id].append(link.evidence_id)
        for finding in findings:
            links = reader.all(EvidenceLink, finding_id=finding.id)
            self._of[finding.label] = [link.evidence_id for link in links]

    def at(self, checkpoint_id: CheckpointId) -> tuple[Evidence, ...]:
        return self._items(self._at.get(checkpoint_id, ()))

    def of_finding(self, finding: Finding) -> tuple[Evidence, ...]:
        return self._items(self._of[finding.label])

    def evidence(self) -> tuple[Evidence, ...]:
        """Each piece that is used here."""
        used = {id for ids in (*self._at.values(), *self._of.values()) for id in ids}
        return tuple(item for id, item in self._known.items() if id in used)

    def lines(self, edition: Edition) -> Iterator[EvidenceLine]:
        """Each piece once, in the order it was taken in."""
        for item in self._known.values():
            checkpoints = [_checkpoint_number(edition, at) for at, ids in self._at.items() if item.id in ids]
            findings = [label for label, ids in self._of.items() if item.id in ids]
            if checkpoints or findings:
                yield EvidenceLine(
                    evidence=item, checkpoints=tuple(sorted(checkpoints)), findings=tuple(sorted(findings))
                )

    def _items(self, ids: list[EvidenceId] | tuple[()]) -> tuple[Evidence, ...]:
        return tuple(self._known[id] for id in dict.fromkeys(ids) if id in self._known)


def _rating_lines(
    reader: Reader,
    assessment: Assessment,
    edition: Edition,
    applicable: frozenset[CheckpointId],
    ratings: Mapping[CheckpointId, Rating],
    findings: tuple[Finding, ...],
    uses: _Uses,
) -> Iterator[RatingLine]:
    last = earlier_ratings(reader, assessment)
    raised: defaultdict[CheckpointId | None, list[Finding]] = defaultdict(list)
    for finding in findings:
        raised[finding.checkpoint_id].append(finding)
    for area in edition.areas:
        if area.id not in assessment.scope:
            continue
        for process in area.processes:
            for checkpoint in process.checkpoints:
                yield RatingLine(
                    area=area,
                    process=process,
                    checkpoint=checkpoint,
                    applies=checkpoint.id in applicable,
                    rating=ratings.get(checkpoint.id),
                    last=last.get(checkpoint.id),
                    findings=tuple(raised.get(checkpoint.id, ())),
                    evidence=uses.at(checkpoint.id),
                )


def _people(
    reader: Reader,
    engagement: Engagement,
    assessment: Assessment,
    lines: tuple[RatingLine, ...],
    findings: tuple[Finding, ...],
    uses: _Uses,
) -> dict[PersonId, PersonLine]:
    named = [assessment.assessor_id, engagement.coach_id, engagement.principal_id, engagement.officer_id]
    named += [entry.who for entry in assessment.reopenings]
    named += [line.rating.rated_by for line in lines if line.rating is not None]
    named += [id for finding in findings for id in (finding.raised_by, finding.plan_accepted_by)]
    named += [one.taken_in_by for one in uses.evidence()]
    people = {}
    for id in dict.fromkeys(id for id in named if id is not None):
        person = reader.find(Person, id, in_bin=True)
        if person is not None:
            people[id] = PersonLine(
                person=person, qualifications=reader.all(Qualification, person_id=person.id)
            )
    return people


def _checkpoint_number(edition: Edition, id: CheckpointId) -> str:
    """The number people know a checkpoint by; its id where this edition has none of that id."""
    known = edition.checkpoints.get(id)
    return known.number if known else id


def _number_of_place(reader: Reader, finding: Finding) -> str:
    """The number of a finding's checkpoint in the edition it was raised in; its id where no edition knows it."""
    place = place_of_finding(reader, finding)
    return place[1].number if place is not None else finding.checkpoint_id or ""


def _number(finding: Finding) -> int:
    return finding.number
