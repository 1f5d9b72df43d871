"""Ready-made values with sensible defaults, so that a test shows only what matters to it.

Everything is invented and the same in every run: ids are made from the name they are given, never drawn. Any field can be
overridden by its name: `a_finding(grade=FindingGrade.MAJOR, statement="No price on the order")`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from qma_app.domain.action import Action
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.cause import Cause
from qma_app.domain.dealership import Dealership, Premises, Site
from qma_app.domain.edition import (
    Area,
    Checkpoint,
    Edition,
    EditionStatus,
    GradeRules,
    Impact,
    Named,
    Phase,
    Process,
    ResultRules,
    SampleRule,
    SampleSpec,
    Step,
    Text,
)
from qma_app.domain.edition_json import edition_to_json
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import (
    ActionId,
    AreaId,
    AssessmentId,
    CauseId,
    CheckpointId,
    DealershipId,
    EditionHash,
    EngagementId,
    FindingId,
    PersonId,
    ProcessId,
    QualificationId,
    RatingId,
    SiteId,
    VerificationId,
)
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.rating import Outcome, Rating, Sample, SampleRecord
from qma_app.domain.verification import Effect, Verification, VerificationKind

TODAY: Final = date(2026, 11, 21)
NOW: Final = datetime(2026, 11, 21, 14, 2, 7, 120_000, tzinfo=UTC)
GREETING: Final = CheckpointId("service.reception.greeting")
PRICE_AGREED: Final = CheckpointId("service.repair-order.price-agreed")
STOCK_COUNT: Final = CheckpointId("parts.stock.count")


def an_id(name: str) -> str:
    """An id in the stored form; the same name always gives the same id."""
    return str(uuid5(NAMESPACE_URL, f"qma-test:{name}"))


def a_text(en: str = "", **others: str) -> Text:
    return Text(texts={"en": en, **others} if en or others else {})


def a_checkpoint(
    id: str = GREETING, *, weight: int = 1, critical: bool = False, sample: int | None = None, **changes: Any
) -> Checkpoint:
    """`critical` is short for `is_critical`, `sample` the number of records to draw."""
    name = id.rsplit(".", 1)[-1].replace("-", " ")
    checkpoint = Checkpoint(
        id=CheckpointId(id),
        number="SRV-01.1",
        weight=weight,
        is_critical=critical,
        statement=a_text(f"The {name} is as agreed.", de=f"Für {name} gilt das Vereinbarte."),
        guidance=a_text(f"Look at the {name} of three orders."),
        evidence=a_text("Orders of the last three months."),
        failure=a_text(f"The {name} is missing."),
        actions=(a_text(f"Show the team how the {name} is done."),),
        impact=Impact(cx=3, ex=1, profit=2),
        sample=None
        if sample is None
        else SampleSpec(size=sample, of=a_text("repair orders", de="Reparaturaufträge")),
    )
    return replace(checkpoint, **changes)


def a_process(id: str, checkpoints: Sequence[Checkpoint], **changes: Any) -> Process:
    """A process around checkpoints whose ids begin with its own."""
    process = Process(
        id=ProcessId(id),
        number="SRV-01",
        title=a_text(id.rsplit(".", 1)[-1].replace("-", " ").capitalize()),
        purpose=a_text("Customers know what happens next."),
        owner="service-manager",
        checkpoints=tuple(checkpoints),
    )
    return replace(process, **changes)


def an_area(id: str = "service", processes: Sequence[Process] = (), **changes: Any) -> Area:
    """An area with the given processes."""
    codes = {"service": "SRV", "parts": "PRT", "management": "MGT"}
    area = Area(
        id=AreaId(id),
        code=codes.get(id, id[:3].upper()),
        title=a_text(id.replace("-", " ").capitalize()),
        processes=tuple(processes),
    )
    return replace(area, **changes)


def areas_of(checkpoints: Iterable[Checkpoint]) -> tuple[Area, ...]:
    """Areas and processes as the ids of the checkpoints say, numbered in the order given."""
    tree: dict[str, dict[str, list[Checkpoint]]] = {}
    for checkpoint in checkpoints:
        tree.setdefault(checkpoint.area_id, {}).setdefault(checkpoint.process_id, []).append(checkpoint)
    return tuple(_numbered(an_area(id), processes) for id, processes in tree.items())


def _numbered(area: Area, processes: dict[str, list[Checkpoint]]) -> Area:
    return replace(
        area,
        processes=tuple(
            a_process(
                id,
                [
                    replace(point, number=f"{area.code}-{place:02d}.{row}")
                    for row, point in enumerate(points, 1)
                ],
                number=f"{area.code}-{place:02d}",
            )
            for place, (id, points) in enumerate(processes.items(), 1)
        ),
    )


def some_rules(**changes: Any) -> ResultRules:
    """The result rules of the shipped standard."""
    rules = ResultRules(
        pass_mark=80,
        area_floor=70,
        coverage=Fraction(2, 3),
        critical_points=8,
        critical_sample_cap=4,
        sample=(
            SampleRule(share=Fraction(1), points=10),
            SampleRule(share=Fraction(9, 10), points=8),
            SampleRule(share=Fraction(3, 4), points=6),
            SampleRule(share=Fraction(1, 2), points=4),
        ),
        grades=GradeRules(a_from=90, b_from=80, a_element_floor=80, c_element_floor=70, b_critical_points=4),
    )
    return replace(rules, **changes)


def an_edition(
    areas: Sequence[Area] | None = None,
    checkpoints: Iterable[Checkpoint] | None = None,
    *,
    rules: ResultRules | None = None,
    **changes: Any,
) -> Edition:
    """A small standard: Service with two processes, Parts with one, seven checkpoints; or the areas or checkpoints given."""
    if areas is None:
        areas = areas_of(_small_standard() if checkpoints is None else checkpoints)
    edition = Edition(
        hash=EditionHash(""),
        standard="dealer-quality",
        version="2026.1",
        status=EditionStatus.RELEASED,
        title=a_text("Dealer Quality Standard", de="Qualitätsstandard für Autohäuser"),
        languages=("en", "de"),
        scale=tuple(
            Step(points=points, title=a_text(title))
            for points, title in (
                (0, "not met"),
                (4, "poorly met"),
                (6, "partly met"),
                (8, "mostly met"),
                (10, "met"),
            )
        ),
        rules=some_rules() if rules is None else rules,
        phases=tuple(Phase(id=one.id, title=one.title) for one in _named("baseline", "implement", "audit")),
        features=_named("service", "used-cars", "body-shop"),
        roles=_named("service-manager", "parts-manager"),
        cause_categories=_named("people", "method", "material"),
        origins=_named("assessment", "audit", "customer"),
        areas=tuple(areas),
    )
    edition = replace(edition, **changes)
    return edition if edition.hash else replace(edition, hash=_hash_of(edition))


def _small_standard() -> list[Checkpoint]:
    return [
        a_checkpoint(GREETING, weight=2),
        a_checkpoint("service.reception.walk-round", weight=2, when=("service",)),
        a_checkpoint("service.reception.own-time"),
        a_checkpoint(PRICE_AGREED, weight=3, critical=True, sample=10),
        a_checkpoint("service.repair-order.parts-ready", when=("body-shop",)),
        a_checkpoint(STOCK_COUNT, weight=2, sample=20),
        a_checkpoint("parts.stock.old-stock"),
    ]


def _named(*ids: str) -> tuple[Named, ...]:
    return tuple(Named(id=id, title=a_text(id.replace("-", " ").capitalize())) for id in ids)


def _hash_of(edition: Edition) -> EditionHash:
    return EditionHash(hashlib.sha256(edition_to_json(edition).encode()).hexdigest())


def a_dealership(name: str = "Autohaus Beispiel", **changes: Any) -> Dealership:
    dealership = Dealership(
        id=DealershipId(an_id(f"dealership {name}")), name=name, code="AB1", country="DE", city="Musterstadt"
    )
    return replace(dealership, **changes)


def a_site(
    name: str = "Main site", features: Sequence[str] = ("service", "used-cars"), **changes: Any
) -> Site:
    site = Site(
        id=SiteId(an_id(f"site {name}")),
        dealership_id=a_dealership().id,
        name=name,
        features=tuple(features),
        staff=24,
    )
    return replace(site, **changes)


def some_premises(*features: str, staff: int | None = 24) -> Premises:
    """What a dealership offers; with service and used cars unless features are named."""
    return Premises(features=frozenset(features or ("service", "used-cars")), staff=staff)


def a_person(name: str = "Ada Sample", **changes: Any) -> Person:
    return replace(Person(id=PersonId(an_id(f"person {name}")), name=name), **changes)


def a_qualification(role: Role = Role.COACH, person: Person | None = None, **changes: Any) -> Qualification:
    person = a_person() if person is None else person
    qualification = Qualification(
        id=QualificationId(an_id(f"qualification {role} {person.id}")),
        person_id=person.id,
        role=role,
        number="C-001",
    )
    return replace(qualification, **changes)


def an_engagement(**changes: Any) -> Engagement:
    engagement = Engagement(
        id=EngagementId(an_id("engagement")),
        dealership_id=a_dealership().id,
        edition=an_edition().hash,
        started_on=date(2026, 1, 12),
        coach_id=a_person().id,
    )
    return replace(engagement, **changes)


def an_assessment(number: int = 1, **changes: Any) -> Assessment:
    """An open baseline over Service and Parts."""
    assessment = Assessment(
        id=AssessmentId(an_id(f"assessment {number}")),
        engagement_id=an_engagement().id,
        number=number,
        kind=AssessmentKind.BASELINE,
        started_on=TODAY,
        scope=(AreaId("service"), AreaId("parts")),
        assessor_id=a_person().id,
    )
    return replace(assessment, **changes)


def a_rating(points: int | None = 10, checkpoint: str = GREETING, **changes: Any) -> Rating:
    """A rating with points; with `points=None` an open one."""
    assessment_id: AssessmentId = changes.pop("assessment_id", an_assessment().id)
    rating = Rating(
        id=RatingId(an_id(f"rating {assessment_id} {checkpoint}")),
        assessment_id=assessment_id,
        checkpoint_id=CheckpointId(checkpoint),
    )
    if points is not None:
        rating = rating.rated(points, at=NOW, by=a_person().id)
    return replace(rating, **changes)


def a_rating_not_applicable(
    checkpoint: str = GREETING, reason: str = "Not offered at this site", **changes: Any
) -> Rating:
    return a_rating(
        None, checkpoint, **{"outcome": Outcome.NOT_APPLICABLE, "reason": reason, "rated_at": NOW, **changes}
    )


def a_rating_not_seen(checkpoint: str = GREETING, reason: str = "Archive locked", **changes: Any) -> Rating:
    return a_rating(
        None, checkpoint, **{"outcome": Outcome.NOT_SEEN, "reason": reason, "rated_at": NOW, **changes}
    )


def ratings_of(points: dict[str, int | None]) -> dict[CheckpointId, Rating]:
    """Ratings by checkpoint; None leaves one open."""
    return {CheckpointId(id): a_rating(value, id) for id, value in points.items()}


def a_sample(conforming: int = 10, failing: int = 0, unseen: int = 0) -> Sample:
    """Records drawn: so many conforming, so many failing, so many not yet looked at."""
    judged = [True] * conforming + [False] * failing + [None] * unseen
    return Sample(
        records=tuple(SampleRecord(label=f"RO-{place}", conforms=ok) for place, ok in enumerate(judged, 1))
    )


def a_finding(number: int = 1, grade: FindingGrade = FindingGrade.MINOR, **changes: Any) -> Finding:
    finding = Finding(
        id=FindingId(an_id(f"finding {number}")),
        engagement_id=an_engagement().id,
        number=number,
        grade=grade,
        statement="Two of ten orders carry no price.",
        requirement="The price stands on the signed order.",
        evidence="RO-4, RO-9",
        checkpoint_id=PRICE_AGREED,
        assessment_id=an_assessment().id,
        seen_on=TODAY,
        due_on=date(2026, 12, 21),
    )
    return replace(finding, **changes)


def a_cause(words: str = "The form is missing at the desk", **changes: Any) -> Cause:
    cause = Cause(
        id=CauseId(an_id(f"cause {words}")),
        engagement_id=an_engagement().id,
        finding_id=a_finding().id,
        words=words,
        category="method",
        origin="organisation",
    )
    return replace(cause, **changes)


def an_action(number: int = 1, **changes: Any) -> Action:
    action = Action(
        id=ActionId(an_id(f"action {number}")),
        engagement_id=an_engagement().id,
        number=number,
        what="Price on the order before the key is taken",
        owner="R. Huber",
        due_on=date(2026, 12, 1),
    )
    return replace(action, **changes)


def a_verification(effect: Effect | None = Effect.EFFECTIVE, **changes: Any) -> Verification:
    verification = Verification(
        id=VerificationId(an_id(f"verification {effect}")),
        engagement_id=an_engagement().id,
        kind=VerificationKind.LOOK,
        effect=effect,
        verified_on=TODAY if effect else None,
        words="Ten orders looked at",
    )
    return replace(verification, **changes)
