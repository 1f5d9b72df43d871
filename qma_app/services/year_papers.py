"""What a paper of the coaching year is about: the programme, one of its visits, or one of its management reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.review import ManagementReview
from qma_app.domain.standing import current_engagement
from qma_app.domain.visit import Visit, VisitState
from qma_app.domain.wording import review_title, visit_state_title, visit_title
from qma_app.i18n import _, day_text
from qma_app.reports import About, ProgrammeReport
from qma_app.reports.charter import signed_pages
from qma_app.reports.progress import Progress
from qma_app.reports.year.meant import last_visit, next_visit, review_meant, reviews_of, visits_of
from qma_app.services.charters import charter_of
from qma_app.services.living_papers import Draw, LivingSubject
from qma_app.services.reviews import review_looked_at
from qma_app.services.signed_papers import charter_moment, decided_moment, minutes_moment
from qma_app.services.subjects import PaperChoice, dealership_meant
from qma_app.services.visit_view import visit_view
from qma_app.storage.as_of import AsOfScope
from qma_app.storage.scopes import ReadingScope


def year_choices(reader: Reader, report: ProgrammeReport, engagement: Engagement) -> list[PaperChoice]:
    """Every paper of a kind that makes sense: each visit ahead, each one held, each review; or the programme."""
    if report.about is About.PROGRAMME:
        return [_choice(report, "", _("Whole programme"))]
    if report.about is About.REVIEW:
        reviews = reversed(reviews_of(reader, engagement.id))
        return [_choice(report, str(one.number), _review_label(one)) for one in reviews]
    visits = visits_of(reader, engagement.id)
    if report.about is About.NEXT_VISIT:
        ahead = [one for one in visits if one.is_ahead]
        offered = [*ahead, *(one for one in reversed(visits) if one.state is VisitState.CLOSED)]
    else:
        held = (VisitState.RUNNING, VisitState.PAUSED, VisitState.CLOSED)
        offered = [one for one in reversed(visits) if one.state in held]
    return [_choice(report, str(one.number), _visit_label(one), is_open=one.is_ahead) for one in offered]


def year_subject(
    reader: Reader,
    report: ProgrammeReport,
    dealership_id: DealershipId | None,
    of: int | str | None,
    *,
    on: date,
) -> LivingSubject:
    """What is meant by `of`, or NotFound that lists the choices; left out, it is what is wanted next on the day `on`."""
    dealership = dealership_meant(reader, dealership_id)
    engagement = current_engagement(reader, dealership.id)
    number, name = _meant(reader, report, engagement, of, on)

    def read(reader: ReadingScope, on: date, is_sample: bool, progress: Progress) -> Draw:
        told = _told(reader, report, engagement, number, on)
        paper = report.collect(
            told.reader,
            engagement.id,
            number,
            on=told.on,
            is_sample=is_sample,
            step=progress.part(0.0, 0.1),
            **told.given,
        )
        return lambda out, pictures: report.draw(paper, out, pictures=pictures, progress=progress)

    return LivingSubject(dealership=dealership, name=name, read=read)


def _meant(
    reader: Reader, report: ProgrammeReport, engagement: Engagement, of: int | str | None, on: date
) -> tuple[str | None, str]:
    """The number it is made of, and its name for a file."""
    if report.about is About.PROGRAMME:
        return None, ""
    if report.about is About.REVIEW:
        review = review_meant(reader, engagement.id, of, on=on)
        day = review.held_on or review.planned_on
        return str(review.number), " ".join([str(review.number), *([day.isoformat()] if day else [])])
    if report.about is About.NEXT_VISIT:
        visit = next_visit(reader, engagement.id, of, on=on)
    else:
        visit = last_visit(reader, engagement.id, of)
    return str(visit.number), f"{visit_title(visit)} {visit.day.isoformat()}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """What a paper is read from: what was signed or held from its own moment, with what only services can tell, by the name of the argument."""

    reader: Reader
    on: date
    given: Mapping[str, Any] = field(default_factory=dict)


def _told(
    reader: ReadingScope, report: ProgrammeReport, engagement: Engagement, number: str | None, on: date
) -> _Told:
    match report.key:
        case "minutes":
            visit = last_visit(reader, engagement.id, number)
            then = _at(reader, minutes_moment(reader, visit))
            agreed = visit_view(then, visit.id, on=on).actions_agreed
            return _Told(reader=then, on=on, given={"agreed": frozenset(one.id for one in agreed)})
        case "review":
            review = review_meant(reader, engagement.id, number, on=on)
            then = _at(reader, decided_moment(reader, review))
            return _Told(reader=then, on=on, given={"looked_at": review_looked_at(reader, review, on=on)})
        case "charter":
            charter = charter_of(reader, engagement.id)
            if charter is not None and charter.signed_on is not None:
                # The signed page is taken in after the signing.
                pages = signed_pages(reader, charter)
                then = _at(reader, charter_moment(reader, charter))
                return _Told(reader=then, on=charter.signed_on, given={"pages": pages})
    return _Told(reader=reader, on=on)


def _at(reader: ReadingScope, moment: int | None) -> ReadingScope | AsOfScope:
    return reader if moment is None else reader.as_of(moment)


def _visit_label(visit: Visit) -> str:
    known = VisitState.RUNNING if visit.state is VisitState.PAUSED else visit.state
    state = "" if known is VisitState.CLOSED else visit_state_title(known)
    return ", ".join(filter(None, (visit_title(visit), day_text(visit.day), state)))


def _review_label(review: ManagementReview) -> str:
    day = review.held_on or review.planned_on
    state = "" if review.held_on else _("planned")
    return ", ".join(filter(None, (review_title(review), day_text(day) if day else "", state)))


def _choice(report: ProgrammeReport, of: str, label: str, *, is_open: bool = False) -> PaperChoice:
    return PaperChoice(kind=report.key, title=report.title(), of=of, label=label, is_open=is_open)
