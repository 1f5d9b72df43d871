"""Every field of every record of a plan stands in its workbook, in both languages, and nothing in it is ever computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from io import BytesIO
from itertools import count
from pathlib import Path
from types import UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import pytest
from openpyxl import load_workbook

from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.cause import Cause
from qma_app.domain.evidence import Consent, Evidence, EvidenceKind, EvidenceLink, Mark, MarkKind, PhotoPair
from qma_app.domain.finding import Elsewhere, Finding, FindingGrade, Reply, Sighting
from qma_app.domain.ids import ActionId, CheckpointId, FindingId
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading
from qma_app.domain.verification import Effect, UsedReading, Verification, VerificationKind
from qma_app.domain.wording import (
    consent_title,
    effect_title,
    elsewhere_title,
    grade_title,
    reply_title,
    verification_title,
)
from qma_app.exchange.action_workbook.collecting import collect
from qma_app.exchange.action_workbook.columns import columns_of, open_keys
from qma_app.exchange.action_workbook.keys import Part
from qma_app.exchange.action_workbook.plan import ActionBook
from qma_app.exchange.action_workbook.writing import write
from qma_app.i18n import in_language
from tests.builders import (
    NOW,
    PRICE_AGREED,
    STOCK_COUNT,
    a_dealership,
    a_finding,
    a_person,
    an_assessment,
    an_engagement,
)
from tests.exchange.shelf import Shelf
from tests.exchange.standard_workbook.desk import an_edition_with_kpis

UNSHOWN = {
    "deleted_at": "what is in the bin is not shown",
    "engagement_id": "stands on the hidden sheet once",
}
_NO_VERSION = {"version": "only rows that may come back carry their version"}
LEFT_OUT: dict[type, dict[str, str]] = {
    Finding: {},
    Action: {},
    Cause: _NO_VERSION,
    Verification: _NO_VERSION,
    Reading: _NO_VERSION,
    Sighting: _NO_VERSION,
    Evidence: _NO_VERSION,
    PhotoPair: _NO_VERSION,
    ActionLink: _NO_VERSION | {"id": "shown as the findings and causes in the row of the action"},
    EvidenceLink: _NO_VERSION
    | {
        "id": "shown as the place of use",
        "assessment_id": "no part of a plan",
        "checkpoint_id": "no part of a plan",
    },
    Mark: {},
    UsedReading: {},
}
TITLES: dict[Any, Any] = {
    FindingGrade: grade_title,
    Reply: reply_title,
    Elsewhere: elsewhere_title,
    Effect: effect_title,
    VerificationKind: verification_title,
    Consent: consent_title,
    EvidenceKind: str,
    MarkKind: str,
}


class Filler:
    """Gives every field a value that stands nowhere else."""

    def __init__(self) -> None:
        self._numbers = count(70_001)
        self._days = count(1)
        self._months = count(1)

    def filled(self, kind: type[Any], /, **fixed: Any) -> Any:
        hints = get_type_hints(kind)
        fresh = {
            field.name: self._value(kind.__name__, field.name, hints[field.name])
            for field in fields(kind)
            if field.name not in fixed and field.name != "deleted_at"
        }
        return kind(**{name: value for name, value in fresh.items() if value is not None} | fixed)

    def _value(self, kind: str, name: str, hint: Any) -> Any:
        hint = bare(hint)
        if hint is str:
            return f"{kind}'s {name} {next(self._numbers)}"
        if hint is int:
            return next(self._numbers)
        if hint is Decimal:
            return Decimal(next(self._numbers)) / 4
        if hint is Month:
            return Month(2019, 1).plus(next(self._months))
        if hint is bool:
            return True
        if hint is datetime:
            return NOW + timedelta(days=next(self._days), seconds=next(self._days))
        if hint is date:
            return date(2027, 1, 1) + timedelta(days=next(self._days))
        if isinstance(hint, type) and issubclass(hint, Enum):
            return list(hint)[-1]
        return None


def bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    return hint


def everything() -> tuple[Shelf, list[Any]]:
    """One record of each kind, every field filled, and all those records."""
    fill = Filler()
    edition = an_edition_with_kpis()
    people = [
        fill.filled(type(a_person()), id=f"p{place}", dealership_id=a_dealership().id) for place in range(6)
    ]
    owner, raiser, accepter, checker, seer, taker = (one.id for one in people)
    engagement = replace(an_engagement(), edition=edition.hash)
    assessment = replace(an_assessment(), number=71_999)
    point, other_point = CheckpointId(PRICE_AGREED), CheckpointId(STOCK_COUNT)
    finding = fill.filled(
        Finding, engagement_id=engagement.id, checkpoint_id=point, assessment_id=assessment.id,
        raised_by=raiser, plan_accepted_by=accepter,
    )  # fmt: skip
    root = fill.filled(Cause, engagement_id=engagement.id, finding_id=finding.id, parent_id=None, category="people", origin="audit", place=0)  # fmt: skip
    cause = fill.filled(Cause, engagement_id=engagement.id, finding_id=finding.id, parent_id=root.id, category="method", origin="customer", place=77_001)  # fmt: skip
    holder = fill.filled(Action, engagement_id=engagement.id, counted_in=None, from_checkpoint=None, owner_id=None, kpi="", effective_on=None, is_proposal=False)  # fmt: skip
    action = fill.filled(
        Action, engagement_id=engagement.id, owner_id=owner, counted_in=holder.id, from_checkpoint=other_point,
        kpi="C15", effective_on=None, done_on=date(2027, 9, 9),
    )  # fmt: skip
    link = fill.filled(ActionLink, action_id=action.id, finding_id=finding.id, cause_id=cause.id)
    used = (fill.filled(UsedReading, month=Month(2025, 7)), fill.filled(UsedReading, month=Month(2025, 8)))
    check = fill.filled(
        Verification, engagement_id=engagement.id, action_id=action.id, finding_id=None, verified_by=checker,
        kpi="C16", readings=used, drawn=(80_001, 80_002), checkpoint_id=other_point, assessment_id=assessment.id,
    )  # fmt: skip
    direct = fill.filled(
        Verification, engagement_id=engagement.id, action_id=None, finding_id=finding.id, kind=VerificationKind.SAMPLE,
        effect=Effect.NOT_SHOWN, verified_by=None, checkpoint_id=None, assessment_id=None, kpi="C15",
    )  # fmt: skip
    reading = fill.filled(Reading, engagement_id=engagement.id, kpi="C15", month=Month(2025, 9))
    sighting = fill.filled(Sighting, engagement_id=engagement.id, finding_id=finding.id, assessment_id=assessment.id, checkpoint_id=other_point, seen_by=seer)  # fmt: skip
    earlier = fill.filled(Evidence, engagement_id=engagement.id, marks=(), revision_of=None, taken_in_by=None)
    marks = tuple(fill.filled(Mark, kind=kind) for kind in MarkKind)
    evidence = fill.filled(Evidence, engagement_id=engagement.id, marks=marks, revision_of=earlier.id, taken_in_by=taker)  # fmt: skip
    pair = fill.filled(PhotoPair, engagement_id=engagement.id, before_id=earlier.id, after_id=evidence.id, finding_id=finding.id)  # fmt: skip
    uses = [
        EvidenceLink(id="l1", evidence_id=evidence.id, finding_id=finding.id),  # type: ignore[arg-type]
        EvidenceLink(id="l2", evidence_id=evidence.id, action_id=action.id),  # type: ignore[arg-type]
        EvidenceLink(id="l3", evidence_id=evidence.id, verification_id=check.id),  # type: ignore[arg-type]
        EvidenceLink(id="l4", evidence_id=earlier.id, finding_id=finding.id),  # type: ignore[arg-type]
    ]
    shown = [finding, root, cause, holder, action, link, check, direct, reading, sighting, earlier, evidence, pair, *uses, *marks, *used]  # fmt: skip
    records = [one for one in shown if not isinstance(one, Mark | UsedReading)]
    return Shelf(edition, [a_dealership(), engagement, assessment, *people, *records]), shown


def book_of(shelf: Shelf) -> ActionBook:
    return collect(shelf, an_engagement().id)


def written(book: ActionBook) -> bytes:
    file = BytesIO()
    write(book, file)
    return file.getvalue()


def cells_of(content: bytes) -> Iterator[Any]:
    for sheet in load_workbook(BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield cell


def names(shelf: Shelf, id: str) -> str:
    """What an id is called in the workbook, where it is not shown itself."""
    edition = an_edition_with_kpis()
    for named in (*edition.cause_categories, *edition.origins):
        if named.id == id:
            return str(named.title)
    for kind in (type(a_person()), Action, Finding, Evidence):
        record: Any = shelf.find(kind, id)
        if record is not None:
            return str(getattr(record, "label", getattr(record, "name", "")))
    record = shelf.find(type(an_assessment()), id)
    if record is not None:
        return str(record.number)
    cause = shelf.find(Cause, id)
    return cause.words if cause else "a check" if shelf.find(Verification, id) else id


def stands(shelf: Shelf, value: Any, texts: str, numbers: set[float], days: set[date]) -> bool:
    match value:
        case Enum():
            return TITLES[type(value)](value) in texts
        case bool():
            return "yes" in texts
        case datetime():
            return value.astimezone().date() in days
        case date():
            return value in days
        case int() | Decimal():
            return float(value) in numbers or str(value) in texts
        case Month():
            return str(value) in texts
        case tuple():
            return all(
                stands(shelf, one, texts, numbers, days)
                for one in value
                if not isinstance(one, Mark | UsedReading)
            )
    name = names(shelf, value)
    return value in texts or name in texts or (name.isdecimal() and float(name) in numbers)


def test_every_field_of_every_record_stands_in_some_cell() -> None:
    shelf, shown = everything()
    found = [cell.value for cell in cells_of(written(book_of(shelf)))]
    texts = "\n".join(one for one in found if isinstance(one, str))
    numbers = {float(one) for one in found if isinstance(one, int | float)}
    days = {one.date() for one in found if isinstance(one, datetime)}
    missing = [
        f"{type(record).__name__}.{field.name} = {getattr(record, field.name)!r}"
        for record in shown
        for field in fields(record)
        if field.name not in UNSHOWN | LEFT_OUT[type(record)]
        and getattr(record, field.name) is not None
        and getattr(record, field.name) != ""
        and not stands(shelf, getattr(record, field.name), texts, numbers, days)
    ]
    assert missing == [], "\n".join(missing)


def test_no_kind_of_record_is_forgotten() -> None:
    """Every field that is left out is one of its record, so that a new one is looked for."""
    for kind, names in LEFT_OUT.items():
        assert names.keys() <= {field.name for field in fields(kind)}


def test_no_cell_is_a_formula_and_days_are_days(tmp_path: Path) -> None:
    shelf, _shown = everything()
    finding = a_finding(1, statement="=1+1", evidence="@SUM(A1)", owner="+49", correction="-1", seen_on=date(2026, 11, 3))  # fmt: skip
    action = Action(id=ActionId("a"), engagement_id=an_engagement().id, number=1, what="=HYPERLINK(\"x\")", due_on=date(2026, 12, 1))  # fmt: skip
    edition = shelf.edition(an_edition_with_kpis().hash)
    engagement = replace(an_engagement(), edition=edition.hash)
    hostile = Shelf(edition, [a_dealership(), engagement, replace(finding, checkpoint_id=None), action])
    cells = list(cells_of(written(book_of(hostile))))
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert [
        cell.value for cell in cells if cell.value in ("=1+1", "@SUM(A1)", "+49", "-1", '=HYPERLINK("x")')
    ]
    due = next(
        cell for cell in cells if cell.parent.title == "Actions" and str(cell.value).startswith("2026-12-01")
    )
    assert due.is_date


def test_the_same_plan_gives_the_same_bytes_and_german_its_own_words() -> None:
    shelf, _shown = everything()
    first = written(book_of(shelf))
    assert first == written(book_of(shelf))
    with in_language("de"):
        german = written(book_of(shelf))
    assert load_workbook(BytesIO(german)).sheetnames[-1] == "qma"
    assert load_workbook(BytesIO(german)).worksheets[0].cell(1, 1).value == "qma:action.number"


def test_what_may_be_written_in_is_tinted_and_says_what_it_is_for() -> None:
    shelf, _shown = everything()
    opened = load_workbook(BytesIO(written(book_of(shelf))))
    for part, title in ((Part.ACTIONS, "Actions"), (Part.FINDINGS, "Findings")):
        sheet = opened[title]
        assert not sheet.protection.sheet
        assert sheet.row_dimensions[1].hidden
        guides = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
        for place, column in enumerate(columns_of(part), 1):
            cell = sheet.cell(5, place)
            assert (cell.fill.fill_type == "solid") is column.is_open, column.key
            if column.is_open:
                assert guides[cell.coordinate].prompt, column.key
    lists = {one.formula1 for one in opened["Actions"].data_validations.dataValidation if one.type == "list"}
    hidden = opened["qma"]
    words = [
        [
            hidden[cell][0].value if isinstance(hidden[cell], tuple) else hidden[cell].value
            for cell in _range(one)
        ]
        for one in sorted(lists)
    ]
    assert ["Plan", "Do", "Check"] in words
    assert hidden.sheet_state == "hidden"


def _range(formula: str) -> list[str]:
    first, last = (int(part) for part in formula.replace("'qma'!$B$", "").split(":$B$"))
    return [f"B{row}" for row in range(first, last + 1)]


def test_only_what_the_dealership_answers_for_can_be_edited() -> None:
    assert open_keys(Part.ACTIONS) == {
        "what", "owner", "due_on", "stage", "done_on", "problem", "problem_figure", "goal", "goal_figure", "unit",
        "proof", "effort", "cx", "ex", "profit", "confidence", "money_low", "money_likely", "money_high",
        "money_confirmed_by", "money_confirmed_on", "note", "progress",
    }  # fmt: skip
    assert open_keys(Part.FINDINGS) == {
        "reply", "reply_words", "reply_by", "replied_on", "correction", "corrected_on", "elsewhere",
        "elsewhere_words", "owner", "due_on",
    }  # fmt: skip


@pytest.mark.parametrize(("of", "actions", "findings"), [(None, [1, 2, 3], [1, 2]), ("PRT", [2], [2]), ("owner: ada  SAMPLE", [1], [1, 2])])  # fmt: skip
def test_a_workbook_of_an_area_or_an_owner_holds_no_more_than_that(
    of: str | None, actions: list[int], findings: list[int]
) -> None:
    edition = an_edition_with_kpis()
    engagement = replace(an_engagement(), edition=edition.hash)
    points = (PRICE_AGREED, STOCK_COUNT)
    found = [a_finding(n, id=FindingId(f"f{n}"), checkpoint_id=CheckpointId(points[n - 1]), assessment_id=None, owner="Ada Sample" if n == 2 else "") for n in (1, 2)]  # fmt: skip
    plans = [Action(id=ActionId(f"a{n}"), engagement_id=engagement.id, number=n, what=f"Secret {n}", owner=owner) for n, owner in ((1, "Ada Sample"), (2, "Ben"), (3, "Ben"))]  # fmt: skip
    links = [ActionLink(id=f"l{n}", action_id=ActionId(f"a{n}"), finding_id=FindingId(f"f{n}")) for n in (1, 2)]  # type: ignore[arg-type]  # fmt: skip
    shelf = Shelf(edition, [a_dealership(), engagement, *found, *plans, *links])
    book = collect(shelf, engagement.id, of)
    assert [line.action.number for line in book.actions] == actions
    assert [line.finding.number for line in book.findings] == findings
    content = " ".join(str(cell.value) for cell in cells_of(written(book)))
    assert [n for n in (1, 2, 3) if f"Secret {n}" in content] == actions


def test_an_action_shows_its_stage_in_words() -> None:
    action = Action(
        id=ActionId("a"), engagement_id=an_engagement().id, number=1, what="x", done_on=date(2026, 1, 1)
    )
    assert action.stage is Stage.CHECK
    edition = an_edition_with_kpis()
    shelf = Shelf(edition, [a_dealership(), replace(an_engagement(), edition=edition.hash), action])
    assert "Check" in [cell.value for cell in cells_of(written(book_of(shelf)))]
