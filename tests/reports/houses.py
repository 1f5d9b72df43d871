"""Whole invented dealerships for reports: a large one like a real audit, and small ones for single promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image, ImageDraw

from qma_app.domain.assessment import AreaRemark, Assessment, AssessmentKind, Reopening
from qma_app.domain.edition import Area, Edition
from qma_app.domain.evidence import Evidence, EvidenceKind, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, EvidenceId, EvidenceLinkId, FindingId
from qma_app.domain.people import Role
from qma_app.domain.rating import Outcome, Rating, Sample, SampleRecord
from tests.builders import (
    NOW,
    TODAY,
    a_checkpoint,
    a_dealership,
    a_finding,
    a_person,
    a_process,
    a_qualification,
    a_rating,
    a_site,
    a_text,
    an_area,
    an_assessment,
    an_edition,
    an_engagement,
    an_id,
)
from tests.reports.fake_reader import FakeReader

AREAS = (
    ("management", "MGT", "Management"),
    ("new-cars", "NCS", "New cars"),
    ("used-cars", "UCS", "Used cars"),
    ("service", "SRV", "Service"),
    ("parts", "PRT", "Parts and accessories"),
    ("finance", "FIN", "Finance and insurance"),
    ("marketing", "MKT", "Marketing"),
    ("customer-relations", "CXM", "Customer relations"),
    ("staff", "HRM", "Staff"),
    ("accounting", "ACC", "Accounting"),
    ("it", "ITD", "IT and data protection"),
)
_STATEMENTS = (
    "The price or a binding price range, and the time of completion, stand on the signed order.",
    "The customer is greeted within two minutes of entering, by name where an appointment exists.",
    "Extra work is started only after the customer agreed to it and to its price.",
    "The car is handed back clean, with the invoice explained line by line.",
    "Every complaint has one owner and a written answer within one working day.",
    "The manager goes through open orders with the team each morning.",
)
_NOTES = (
    (
        "Two of the ten orders carry no time of completion. The advisor says the planner prints it only when the slot was "
        "booked by phone; walk-in customers get an oral promise."
    ),
    "Seen at the desk and in the yard. Works without exception since the new board hangs beside the key safe.",
    "The list is kept, but nobody could say who looks at it on days when the foreman is away.",
    "Talked with three advisors independently; all three describe the same steps and show the same form.",
)


def a_photo(width: int = 1000, height: int = 750, seed: int = 1, quality: int = 80) -> bytes:
    """A JPEG that looks a little like a workshop: shapes and noise, invented."""
    chance = Random(seed)
    image = Image.new("RGB", (width, height), (210 - seed % 40, 216, 222))
    pen = ImageDraw.Draw(image)
    for _place in range(60):
        x, y = chance.randrange(width), chance.randrange(height)
        colour = tuple(chance.randrange(60, 230) for _part in range(3))
        pen.rectangle((x, y, x + chance.randrange(20, 260), y + chance.randrange(20, 180)), fill=colour)
    noise = Image.frombytes("L", (width // 4, height // 4), chance.randbytes((width // 4) * (height // 4)))
    image = Image.blend(image, noise.resize((width, height)).convert("RGB"), 0.12)
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def a_house(
    assessment: Assessment | None = None, *, edition: Edition | None = None, is_sample: bool = False
) -> FakeReader:
    """A small dealership with one completed baseline over two areas in which one checkpoint is rated."""
    edition = edition or an_edition()
    scope = tuple(area.id for area in edition.areas)
    assessment = assessment or an_assessment(1, scope=scope, completed_at=NOW, completed_on=TODAY)
    return FakeReader(
        [
            a_dealership(is_sample=is_sample),
            a_site(features=("service", "used-cars", "parts")),
            a_person(),
            an_engagement(edition=edition.hash),
            assessment,
            a_rating(8),
        ],
        [edition],
    )


def with_photo(
    reader: FakeReader, content: bytes, *, name: str = "board.jpg", **changes: object
) -> FakeReader:
    """The same house with a photo at its first finding, which is raised if there is none."""
    if not reader.all(Finding):
        reader.add(a_finding())
    evidence = a_photo_evidence(reader, name, content, **changes)
    link = link_to(evidence, finding_id=reader.all(Finding)[0].id)
    reader.add(evidence, link)
    return reader


@cache
def a_large_edition(processes: int = 6, checkpoints: int = 6) -> Edition:
    """Eleven areas; every ninth checkpoint is critical, every fourth draws ten records."""
    return an_edition(areas=[_a_large_area(*names, processes, checkpoints) for names in AREAS])


def _a_large_area(id: str, code: str, title: str, processes: int, checkpoints: int) -> Area:
    chance = Random(code)
    made = []
    for place in range(1, processes + 1):
        points = [
            a_checkpoint(
                f"{id}.process-{place}.point-{row}",
                number=f"{code}-{place:02d}.{row}",
                weight=chance.choice((1, 1, 2, 2, 3)),
                critical=(place * checkpoints + row) % 9 == 0,
                sample=10 if row % 4 == 0 else None,
                statement=a_text(chance.choice(_STATEMENTS)),
            )
            for row in range(1, checkpoints + 1)
        ]
        made.append(
            a_process(
                f"{id}.process-{place}", points, number=f"{code}-{place:02d}",
                title=a_text(chance.choice(("Reception of the customer", "Repair order and price agreement", "Handing the car back", "Morning round", "Stock and warehouse"))),
            )
        )  # fmt: skip
    return an_area(id, made, code=code, title=a_text(title))


def a_large_house(
    *, photos: int = 24, kind: AssessmentKind = AssessmentKind.CERTIFICATION_AUDIT, is_open: bool = False,
    rated: float = 1.0, findings: int = 14, edition: Edition | None = None, seed: int = 7, skill: float = 0.8,
) -> FakeReader:  # fmt: skip
    """A programme of three earlier assessments and the one to report, with findings, samples, notes and photos."""
    edition = edition or a_large_edition()
    chance = Random(seed)
    auditor, coach = a_person("Dana Muster"), a_person("Ada Sample")
    scope = tuple(area.id for area in edition.areas)
    engagement = an_engagement(edition=edition.hash, coach_id=coach.id)
    reader = FakeReader(
        [
            a_dealership(),
            a_site("Hauptbetrieb", address="Beispielweg 1, Musterstadt"),
            auditor,
            coach,
            engagement,
        ],
        [edition],
    )
    reader.add(
        a_qualification(Role.AUDITOR, auditor, number="A-0117", valid_until=date(2027, 6, 30)),
        a_qualification(Role.COACH, coach, number="C-0042"),
    )
    earlier = (AssessmentKind.BASELINE, AssessmentKind.PROGRESS, AssessmentKind.PRE_AUDIT)
    for number, (other, level) in enumerate(zip(earlier, (0.3, 0.5, 0.66), strict=True), 1):
        day = TODAY - timedelta(days=100 * (5 - number))
        assessment = an_assessment(
            number, kind=other, scope=scope, started_on=day, assessor_id=coach.id,
            completed_at=NOW - timedelta(days=100 * (5 - number)), completed_on=day + timedelta(days=2),
        )  # fmt: skip
        reader.add(assessment, *_ratings(edition, assessment, chance, level, 0.95, is_short=True))
    last = an_assessment(
        4, kind=kind, scope=scope, started_on=TODAY - timedelta(days=2), assessor_id=auditor.id,
        completed_at=None if is_open else NOW, completed_on=None if is_open else TODAY,
        summary="The house has found its rhythm: every department knows its figures and speaks about them each week. "
        "What remains is the last stretch to the customer, above all the promise of time at reception.",
        remarks=(AreaRemark(area_id=AreaId("service"), text="Reception works; the workshop planner is still filled by one person only.\n\nWhen she is away, nobody moves the slots."),),
        reopenings=(Reopening(at=NOW - timedelta(days=1), who=auditor.id, reason="One record was drawn twice."),),
    )  # fmt: skip
    reader.add(last, *_ratings(edition, last, chance, skill, rated))
    _add_findings(reader, edition, last, chance, findings)
    _add_photos(reader, last, chance, photos)
    return reader


def _ratings(
    edition: Edition,
    assessment: Assessment,
    chance: Random,
    skill: float,
    rated: float,
    *,
    is_short: bool = False,
) -> list[Rating]:
    made = []
    for checkpoint in edition.checkpoints.values():
        if chance.random() > rated:
            continue
        rating = a_rating(None, checkpoint.id, assessment_id=assessment.id)
        draw = chance.random()
        if draw < 0.02:
            rating = rating.not_applicable(
                "Not offered at this site: the neighbour company does it.", at=NOW, by=assessment.assessor_id
            )
        elif draw < 0.05:
            rating = rating.not_seen(
                "The archive was locked on both days.", at=NOW, by=assessment.assessor_id
            )
        else:
            good = chance.random() < skill
            points = (
                chance.choice((8, 8, 10, 10, 10))
                if good or (checkpoint.is_critical and skill > 0.7)
                else chance.choice((0, 4, 6, 6, 8))
            )
            rating = rating.rated(
                points, at=NOW, by=assessment.assessor_id, is_as_last_time=chance.random() < 0.1
            )
        if not is_short and chance.random() < 0.5:
            rating = replace(rating, note=chance.choice(_NOTES))
        if checkpoint.sample and not is_short:
            fails = {10: 0, 8: 1, 6: 2, 4: 5}.get(rating.points or 0, 7)
            rating = replace(
                rating,
                sample=Sample(
                    records=tuple(
                        SampleRecord(label=f"RO-{chance.randrange(10000, 99999)}", conforms=place >= fails)
                        for place in range(10)
                    )
                ),
            )
        made.append(rating)
    return made


def _add_findings(reader: FakeReader, edition: Edition, last: Assessment, chance: Random, count: int) -> None:
    low = [
        r
        for r in reader.all(Rating, assessment_id=last.id)
        if r.outcome is Outcome.RATED and (r.points or 0) <= 8
    ]
    low.sort(key=lambda rating: (rating.points or 0, rating.checkpoint_id))
    for number, rating in enumerate(low[:count], 1):
        grade = (
            FindingGrade.GOOD_PRACTICE
            if number % 7 == 0
            else FindingGrade.IMPROVEMENT
            if number % 3 == 0
            else FindingGrade.MINOR
        )
        is_old = number % 6 == 1
        reader.add(
            a_finding(
                number, grade, checkpoint_id=rating.checkpoint_id,
                assessment_id=an_assessment(2).id if is_old else last.id,
                statement=f"{chance.randrange(2, 5)} of ten orders carry neither a price nor the time when the car is ready.",
                requirement=str(edition.checkpoints[rating.checkpoint_id].statement),
                evidence=f"RO-{chance.randrange(10000, 99999)}, RO-{chance.randrange(10000, 99999)}; talk with two advisors.",
                place="Reception, desk 2", owner="Service manager", seen_on=TODAY, grade_reason="A single lapse, no risk for the customer.",
                raised_by=a_person("Dana Muster").id, due_on=TODAY + timedelta(days=30),
                closed_on=TODAY - timedelta(days=40) if number == 7 else None, closing_note="Checked again: ten of ten." if number == 7 else "",
            )
        )  # fmt: skip


def _add_photos(reader: FakeReader, last: Assessment, chance: Random, count: int) -> None:
    findings = [
        f for f in reader.all(Finding) if f.closed_on is None and f.grade is not FindingGrade.GOOD_PRACTICE
    ]
    rated = list(reader.all(Rating, assessment_id=last.id))
    pictures = [
        a_photo(*((1000, 750) if place % 4 else (750, 1000)), seed=place) for place in range(min(count, 12))
    ]
    for place in range(count):
        content = pictures[place % len(pictures)] + place.to_bytes(
            4, "big"
        )  # bytes after the end keep each file its own
        evidence = a_photo_evidence(
            reader,
            f"IMG_{2000 + place}.jpg",
            content,
            caption="Order board beside the key safe" if place % 3 else "",
        )
        at_finding = findings and place % 3 != 2
        if at_finding:
            link = link_to(evidence, finding_id=findings[place % len(findings)].id)
        else:
            checkpoint_id = rated[place * 5 % len(rated)].checkpoint_id
            link = link_to(evidence, assessment_id=last.id, checkpoint_id=checkpoint_id)
        reader.add(evidence, link)


def link_to(
    evidence: Evidence,
    *,
    finding_id: FindingId | None = None,
    assessment_id: AssessmentId | None = None,
    checkpoint_id: CheckpointId | None = None,
) -> EvidenceLink:
    """Evidence used at a finding, or at a checkpoint in an assessment."""
    return EvidenceLink(
        id=EvidenceLinkId(an_id(f"link {evidence.id} {finding_id} {checkpoint_id}")),
        evidence_id=evidence.id,
        finding_id=finding_id,
        assessment_id=assessment_id,
        checkpoint_id=checkpoint_id,
    )


def a_photo_evidence(reader: FakeReader, name: str, content: bytes, **changes: Any) -> Evidence:
    """A photo taken in, its files put into the reader."""
    evidence = Evidence(
        id=EvidenceId(an_id(f"evidence {name}")),
        engagement_id=an_engagement().id,
        kind=EvidenceKind.PHOTO,
        name=name,
        media_type="image/jpeg",
        digest=reader.put_file(b"stored" + content),
        paper_digest=reader.put_file(content),
        original_digest="ab" * 32,
        size=240_000,
        taken_in_at=NOW,
        made_on=TODAY,
    )
    return replace(evidence, **changes)
