"""Samples of an audit: drawn once, by a seed that draws them again, with the records in the rating."""

from __future__ import annotations

from pathlib import Path

import pytest

from qma_app.domain.audit import AuditSample
from qma_app.domain.seeds import LARGEST_SEED
from qma_app.services.audit_samples import (
    discard_sample,
    draw_sample,
    read_numbers,
    read_sample_list,
    redraw_check,
    replace_record,
    sample_says,
    seen_in,
)
from qma_app.services.ratings import tick_sample
from tests.services.auditing import Audited, begin
from tests.services.visiting import House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

ORDERS = "1001-1200"


@pytest.fixture
def audited(house: House) -> Audited:
    return begin(house)


def draw(audited: Audited, size: int = 10, seed: int | None = 7) -> AuditSample:
    return draw_sample(
        audited.house.workspace,
        audited.audit_id,
        audited.applicable[0],
        read_numbers(ORDERS),
        size=size,
        seed=seed,
    ).made(AuditSample)


def labels(audited: Audited) -> list[str]:
    rating = audited.view().ratings[audited.applicable[0]]
    return [one.label for one in rating.sample.records] if rating.sample is not None else []


def again(audited: Audited, text: str = "") -> bool:
    (sample,) = audited.house.all(AuditSample)
    with audited.house.workspace.reading() as reader:
        return redraw_check(reader, sample.id, read_numbers(text) if text else None)


def test_the_records_drawn_stand_in_the_rating(audited: Audited) -> None:
    sample = draw(audited)
    assert (sample.population, sample.seed, len(sample.drawn)) == (200, 7, 10)
    assert labels(audited) == [one.label for one in sample.drawn]
    assert again(audited)
    assert again(audited, ORDERS)
    assert not again(audited, "1001-1201")


def test_without_a_seed_a_fresh_one_is_taken_and_kept(audited: Audited) -> None:
    assert 0 <= draw(audited, seed=None).seed <= LARGEST_SEED
    assert again(audited)


def test_a_seed_that_cannot_be_printed_is_refused(audited: Audited) -> None:
    with refused("sample.seed"):
        draw(audited, seed=LARGEST_SEED + 1)
    assert not audited.house.all(AuditSample)


def test_nobody_draws_until_the_sample_suits(audited: Audited) -> None:
    sample = draw(audited)
    with refused("audit.sample-there"):
        draw(audited, seed=8)
    tick_sample(
        audited.house.workspace, audited.assessment.id, audited.applicable[0], place=0, conforms=False
    )
    with refused("audit.record-seen"):
        discard_sample(audited.house.workspace, sample.id)
    assert labels(audited) == [one.label for one in sample.drawn]


def test_a_sample_of_the_wrong_list_is_discarded_before_anything_was_seen(audited: Audited) -> None:
    discard_sample(audited.house.workspace, draw(audited).id)
    assert not audited.house.all(AuditSample)
    assert labels(audited) == []
    draw(audited, seed=8)


def test_a_record_is_replaced_with_a_reason_and_drawn_again(audited: Audited) -> None:
    workspace, sample = audited.house.workspace, draw(audited)
    first = sample.drawn[0]
    with refused("sample.reason-missing"):
        replace_record(workspace, sample.id, first.place, " ")
    with refused("sample.other-list"):
        replace_record(workspace, sample.id, first.place, "Not found.", read_numbers("1-9"))
    replace_record(workspace, sample.id, first.place, "Not found.")
    (after,) = audited.house.all(AuditSample)
    assert after.replaced[0].reason == "Not found."
    assert labels(audited)[0] == after.replaced[0].by.label
    assert first.label not in labels(audited)
    assert again(audited)
    tick_sample(workspace, audited.assessment.id, audited.applicable[0], place=1, conforms=True)
    with refused("audit.record-seen"):
        replace_record(workspace, sample.id, sample.drawn[1].place, "It did not suit.")


def test_parts_of_a_file_give_their_share(audited: Audited, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "Order;Adviser\n" + "".join(f"{n};{'Rita' if n < 31 else 'Otto'}\n" for n in range(1, 41))
    )
    listed = read_sample_list(path, part="Adviser")
    sample = draw_sample(
        audited.house.workspace, audited.audit_id, audited.applicable[0], listed, size=8, seed=1
    ).made(AuditSample)
    assert [(one.name, one.population, one.drawn) for one in sample.strata] == [
        ("Rita", 30, 6),
        ("Otto", 10, 2),
    ]
    assert sample.stratified_by == "Adviser"
    with refused("audit.sample-list"):
        replace_record(audited.house.workspace, sample.id, sample.drawn[0].place, "Not found.")
    replace_record(audited.house.workspace, sample.id, sample.drawn[0].place, "Not found.", listed)


def test_a_list_with_mistakes_is_not_drawn_from(audited: Audited, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("Order;Closed\n1;never\n2;2027-06-01\n")
    listed = read_sample_list(path, part="Closed", by_week=True)
    with refused("audit.sample-list"):
        draw_sample(audited.house.workspace, audited.audit_id, audited.applicable[0], listed, size=1)


@pytest.mark.parametrize(("size", "code"), [(101, "sample.size"), (-1, "sample.empty")])
def test_sizes_that_cannot_be_are_refused(audited: Audited, size: int, code: str) -> None:
    with refused(code):
        draw(audited, size=size)
    assert not audited.house.all(AuditSample)


def test_what_was_seen_is_counted_under_the_labels_drawn(audited: Audited) -> None:
    sample = draw(audited)
    for place in range(10):
        tick_sample(
            audited.house.workspace,
            audited.assessment.id,
            audited.applicable[0],
            place=place,
            conforms=place > 1,
        )
    with audited.house.workspace.reading() as reader:
        found = seen_in(reader, sample.id)
    assert (found.size, found.conforming, len(found.failing)) == (10, 8, 2)
    assert found.outside == ()
    assert sample_says(200, 10) is not None
