"""What travels inside a signed report: it comes back as it was, and whoever works it out again gets what is printed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.audit import AuditSample, DrawnRecord, ListSource
from qma_app.domain.audit_content import (
    LARGEST,
    AuditContent,
    HeadContent,
    content_bytes,
    content_from,
    differences,
    printed_words,
)
from qma_app.domain.audit_content_making import content_of
from qma_app.domain.ids import AuditId, AuditSampleId, CheckpointId
from qma_app.errors import ReportTrouble
from tests.domain.test_scoring_properties import Case, cases, scored

FEW = settings(max_examples=40, deadline=None)
HEAD = HeadContent(
    number="R-2027-0093",
    revision=1,
    revises="",
    kind="certification-audit",
    language="en",
    standard="Dealer Quality Standard",
    edition="2026.1",
    edition_hash="0" * 64,
    dealership="Autohaus Beispiel",
    dealership_code="DE-00001",
    first_on="2027-06-14",
    last_on="2027-06-16",
    lead_auditor="D. Beispiel",
    log_seq=4711,
    log_hash="9" * 64,
)


def content(case: Case) -> AuditContent:
    edition, ratings, findings = case
    result = scored(case)
    sample = AuditSample(
        id=AuditSampleId("s"),
        audit_id=AuditId("a"),
        checkpoint_id=CheckpointId("a0.p0.n0"),
        source=ListSource.NUMBERS,
        list_name="orders",
        fingerprint="f" * 64,
        population=200,
        seed=7,
        drawn=(DrawnRecord(place=3, label="O-3"), DrawnRecord(place=9, label="O-9")),
    )
    return content_of(
        HEAD,
        edition,
        ratings,
        frozenset(edition.checkpoints),
        findings,
        result,
        recommendation=result.verdict.value,
        samples=(sample,),
        evidence=("e" * 64, "a" * 64),
    )


@FEW
@given(cases())
def test_it_comes_back_as_it_was(case: Case) -> None:
    told = content(case)
    assert content_from(content_bytes(told)) == told
    assert content_bytes(content_from(content_bytes(told))) == content_bytes(told)


@FEW
@given(cases())
def test_worked_out_again_it_gives_what_is_stated(case: Case) -> None:
    """By arithmetic of its own, against the scoring of the program."""
    assert differences(content(case)) == ()


@FEW
@given(cases(), st.data())
def test_a_changed_rating_is_told(case: Case, data: st.DataObject) -> None:
    told = content(case)
    rated = [place for place, one in enumerate(told.ratings) if one.points is not None]
    if not rated:
        return
    place = data.draw(st.sampled_from(rated))
    one = told.ratings[place]
    other = data.draw(st.sampled_from([points for points in (0, 4, 6, 8, 10) if points != one.points]))
    changed = (*told.ratings[:place], replace(one, points=other), *told.ratings[place + 1 :])
    title = next(area.title for area in told.areas if area.id == one.area)
    assert title in [difference.what for difference in differences(replace(told, ratings=changed))]


@FEW
@given(cases())
def test_every_stated_value_is_worked_out(case: Case) -> None:
    told = content(case)
    wrong: dict[str, Any] = {"overall": "1/7", "verdict": "certified"}
    for name, value in wrong.items():
        assert [one.what for one in differences(replace(told, **{name: value}))] == [name]
    better = replace(
        told, overall_shown="99.9", areas=(replace(told.areas[0], shown="99.9"), *told.areas[1:])
    )
    assert [one.what for one in differences(better)] == [
        "overall (printed)",
        f"{told.areas[0].title} (printed)",
    ]
    for place, answer in enumerate(told.answers):
        turned = replace(answer, holds=not answer.holds)
        answers = (*told.answers[:place], turned, *told.answers[place + 1 :])
        assert [one.what for one in differences(replace(told, answers=answers))] == [answer.code]
    assert [one.what for one in differences(replace(told, answers=told.answers[1:]))] == ["rules"]


@FEW
@given(cases())
def test_number_house_and_levels_are_looked_for_on_paper(case: Case) -> None:
    told = content(case)
    words = printed_words(told)
    assert {"R-2027-0093", "Autohaus Beispiel", told.overall_shown} <= set(words)
    assert {area.shown for area in told.areas if area.level} <= set(words)


def _said(**changes: Any) -> bytes:
    said = json.loads(content_bytes(_any_content()))
    for path, value in changes.items():
        *parents, last = path.split("__")
        part = said
        for step in parents:
            part = part[int(step) if step.isdecimal() else step]
        if value is KeyError:
            del part[last]
        else:
            part[last] = value
    return json.dumps(said).encode()


def _any_content() -> AuditContent:
    from tests.builders import a_checkpoint, a_rating, an_edition

    id = CheckpointId("a0.p0.n0")
    edition = an_edition(checkpoints=[a_checkpoint("a0.p0.n0")])
    return content((edition, {id: a_rating(8, "a0.p0.n0")}, []))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b'{"schema": "qma-audit-1"}',
        b"[" * 100_000,
        b" " * (LARGEST + 1),
        _said(schema="qma-audit-2"),
        _said(overall=8.5),
        _said(another="word"),
        _said(verdict=KeyError),
        _said(head__revision="1"),
        _said(head__is_trial=1),
        _said(head__another="x"),
        _said(ratings__0__points="8"),
        _said(ratings__0__points=None),
        _said(ratings__0__points=True),
        _said(ratings__0__weight=0),
        _said(ratings__0__outcome="good"),
        _said(ratings__0__area="nowhere"),
        _said(areas__0__weight=-1),
        _said(rules__coverage="0"),
        _said(rules__coverage="1/0"),
        _said(rules__coverage="two thirds"),
        _said(rules__most_points=0),
        _said(rules__bounds=[80] * 21),
        _said(head__language="xx"),
        _said(evidence=[1]),
        _said(samples=None),
    ],
)
def test_what_is_not_in_this_form_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ReportTrouble, match="not in the form of an audit"):
        content_from(data)


def test_numbers_beyond_reason_are_only_compared() -> None:
    """A level of a million digits must not hold a reader up."""
    told = content_from(_said(overall="9" * 100_000))
    assert [one.what for one in differences(told)] == ["overall"]
