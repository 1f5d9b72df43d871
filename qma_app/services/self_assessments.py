"""Taking in what a department head filled in: a completed self-assessment of one area."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import DealershipId, PersonId, RatingId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.record import Changes
from qma_app.domain.standing import premises_in
from qma_app.errors import ContentProblems, ImportTrouble, StaleEdit
from qma_app.exchange.self_assessment.reading import SelfReading, SelfRow, read_self_assessment
from qma_app.i18n import _, ngettext
from qma_app.services.assessments import begun_assessment
from qma_app.services.happened import check_happened
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

__all__ = [
    "SelfReading",
    "SelfRow",
    "earlier_import",
    "import_self_assessment",
    "read_self_assessment",
    "take_in_self_assessment",
]


def import_self_assessment(
    workspace: Workspace,
    path: Path,
    *,
    dealership_id: DealershipId | None = None,
    on: date | None = None,
) -> Changes:
    """Make a completed self-assessment of the workbook's area with its ratings and comments; one edit, one undo.

    It is dated `on`, else the day written into the workbook, else today. Whoever filled it in is its assessor, and becomes a
    person of the dealership if not known yet. ContentProblems names every wrong row, and nothing is taken in then. In the changes
    stands the assessment alone: its ratings come and go with it.
    """
    with workspace.reading() as reader:
        reading = read_self_assessment(path, reader, dealership_id=dealership_id)
    return take_in_self_assessment(workspace, reading, on=on)


def take_in_self_assessment(workspace: Workspace, reading: SelfReading, *, on: date | None = None) -> Changes:
    """The same for a workbook that was read before: what was looked at is taken in, whatever became of the file."""
    _check(reading)
    with workspace.writing("assessment.self-imported") as work:
        engagement = work.get(Engagement, reading.engagement.id)
        if engagement.edition != reading.edition.hash:
            raise StaleEdit(
                _("The programme was moved to another edition meanwhile."),
                code="self.edition-moved",
                way_out=_("Make a new workbook."),
            )
        day = on or reading.on or workspace.today()
        check_happened(Assessment, "completed_on", day, workspace.today())
        assessment = begun_assessment(
            workspace,
            work,
            engagement,
            kind=AssessmentKind.SELF_ASSESSMENT,
            scope=(reading.area.id,),
            started_on=day,
        )
        by = _person(work, reading)
        assessment = replace(assessment, assessor_id=by)
        premises = premises_in(work, assessment)
        work.put(assessment.completed(at=work.at, on=day, premises=premises))
        for row in reading.rows:
            work.put(_rating(work, assessment, row, by))
    return replace(
        work.changes, records=tuple(each for each in work.changes if not isinstance(each.after, Rating))
    )


def earlier_import(reader: Reader, reading: SelfReading, on: date) -> Assessment | None:
    """A self-assessment of the same area and day that is there already: the same file, taken in twice."""
    return next(
        (
            each
            for each in reader.all(Assessment, engagement_id=reading.engagement.id)
            if each.kind is AssessmentKind.SELF_ASSESSMENT
            and each.scope == (reading.area.id,)
            and each.started_on == on
        ),
        None,
    )


def _check(reading: SelfReading) -> None:
    errors = reading.errors
    if errors:
        message = ngettext(
            "Nothing was taken in: {count} row cannot be understood.",
            "Nothing was taken in: {count} rows cannot be understood.",
            len(errors),
        )
        raise ContentProblems(message.format(count=len(errors)), reading.problems, code="self.problems")
    if reading.is_empty:
        raise ImportTrouble(
            _("Not one checkpoint is rated in this workbook."),
            code="self.empty",
            way_out=_("Ask for the file that was filled in."),
        )


def _person(work: WritingScope, reading: SelfReading) -> PersonId | None:
    """Whoever filled it in, known by name among the people of the dealership or entered now; None for nobody named."""
    if not reading.by:
        return None
    dealership = work.get(Dealership, reading.dealership.id)
    wanted = reading.by.casefold()
    known = next(
        (
            person
            for person in work.all(Person, dealership_id=dealership.id)
            if person.name.casefold() == wanted
        ),
        None,
    )
    if known is None:
        known = work.put(Person(id=PersonId(work.new_id()), name=reading.by, dealership_id=dealership.id))
    return known.id


def _rating(work: WritingScope, assessment: Assessment, row: SelfRow, by: PersonId | None) -> Rating:
    rating = Rating(id=RatingId(work.new_id()), assessment_id=assessment.id, checkpoint_id=row.checkpoint.id)
    if row.outcome is Outcome.NOT_APPLICABLE:
        return rating.not_applicable(row.words, at=work.at, by=by)
    if row.outcome is Outcome.NOT_SEEN:
        return rating.not_seen(row.words, at=work.at, by=by)
    rating = replace(rating, note=row.words)
    return rating if row.points is None else rating.rated(row.points, at=work.at, by=by)
