"""Samples drawn over a list: repeatable, fair to every part of it, and honest about what they can show."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace as changed
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qma_app.domain.audit import AuditSample, ListSource
from qma_app.domain.drawing_lots import draw_lots
from qma_app.domain.ids import AuditId, AuditSampleId
from qma_app.domain.intervals import Interval, needed_sample_without_end, upper_limit
from qma_app.domain.rating import Rating, Sample, SampleRecord
from qma_app.domain.sample_drawing import (
    CleanList,
    draw,
    draws_again,
    read_list,
    records_now,
    replace,
    sample_findings,
    week_name,
    what_it_shows,
)
from qma_app.errors import RuleBroken
from qma_app.i18n import in_language
from tests.builders import GREETING, TODAY, a_rating

SEED = 4711
FEW = settings(max_examples=60, deadline=None)
PARTS = st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=80)
SIZED_PARTS = PARTS.flatmap(lambda parts: st.tuples(st.just(parts), st.integers(1, len(parts))))
SEEDS = st.integers(0, 2**63)


def orders(count: int, parts: str | list[str] = "") -> CleanList:
    return read_list([f"RO {number}" for number in range(1, count + 1)], list(parts))


def a_drawn(listed: CleanList, size: int, seed: int = SEED) -> AuditSample:
    drawing = draw(listed, size, seed)
    return AuditSample(
        id=AuditSampleId("sample"),
        audit_id=AuditId("audit"),
        checkpoint_id=GREETING,
        source=ListSource.CSV,
        list_name="orders.csv",
        fingerprint=listed.fingerprint,
        population=listed.population,
        seed=seed,
        drawn=drawing.drawn,
        strata=drawing.strata,
    )


def test_empty_lines_and_repeats_are_left_out_and_counted() -> None:
    listed = read_list(["RO 1", "", "RO 2", "   ", " RO  1 ", "RO 3", "\t", "RO 2", "RO 1"])
    assert listed.records == ("RO 1", "RO 2", "RO 3")
    assert (listed.blanks, listed.repeats, listed.population) == (3, 3, 3)


def test_capitals_make_another_record() -> None:
    assert read_list(["ro 1", "RO 1"]).population == 2


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_fingerprint_is_that_of_the_text_whatever_the_line_endings(ending: str) -> None:
    text = ending.join(["RO 1", "RO 2", "RO 3", ""])
    listed = read_list(text.splitlines(keepends=True))
    assert listed.fingerprint == hashlib.sha256(b"RO 1\nRO 2\nRO 3\n").hexdigest()
    assert listed == read_list(text.splitlines())
    assert read_list([f"\ufeff{text}".splitlines()[0], *text.splitlines()[1:]]).records == listed.records


def test_another_order_or_another_record_is_another_list() -> None:
    prints = {read_list(lines).fingerprint for lines in (["a", "b"], ["b", "a"], ["a", "c"], ["a b"], ["ab"])}
    assert len(prints) == 5


def test_the_parts_belong_to_the_fingerprint() -> None:
    prints = {read_list(["a", "b"], parts).fingerprint for parts in ([], ["x", "x"], ["x", "y"], ["", ""])}
    assert len(prints) == 4


def test_the_same_word_in_other_code_points_is_the_same_record() -> None:
    assert read_list(["Mu\u0308ller", "Müller"]).records == ("Müller",)


def test_halves_of_characters_and_nul_do_not_stop_a_list() -> None:
    listed = read_list(["RO\0 1", "\ud800", "RO 2"])
    assert listed.records == ("RO\ufffd 1", "\ufffd", "RO 2")


def test_of_a_record_that_is_there_twice_the_first_part_counts() -> None:
    listed = read_list(["a", "", "a", "b"], ["week 1", "week 9", "week 2", " week  2 "])
    assert listed.strata == ("week 1", "week 2")


def test_as_many_parts_as_lines_are_needed() -> None:
    with pytest.raises(ValueError, match="parts"):
        read_list(["a", "b"], ["week 1"])
    with pytest.raises(ValueError, match="parts"):
        draw(orders(5), 2, SEED, ["A"])


def test_a_list_without_parts_is_drawn_as_lots_are() -> None:
    drawing = draw(orders(200), 10, SEED)
    assert tuple(one.place for one in drawing.drawn) == draw_lots(200, 10, SEED)
    assert [one.label for one in drawing.drawn][:2] == ["RO 28", "RO 65"]
    assert drawing.strata == ()


def test_the_records_of_a_list_with_parts_never_change() -> None:
    drawing = draw(orders(40, "AAAABBBBBB" * 4), 5, SEED)
    assert [(one.place, one.stratum) for one in drawing.drawn] == LITERAL_PARTS
    assert [(one.name, one.population, one.drawn) for one in drawing.strata] == [("A", 16, 2), ("B", 24, 3)]


LITERAL_PARTS = [(9, "B"), (21, "A"), (25, "B"), (26, "B"), (31, "A")]


@FEW
@given(SIZED_PARTS, SEEDS)
def test_the_same_list_and_seed_draw_the_same_and_no_record_twice(
    sized: tuple[list[str], int], seed: int
) -> None:
    parts, size = sized
    listed = orders(len(parts), parts)
    drawing = draw(listed, size, seed)
    assert drawing == draw(orders(len(parts), parts), size, seed)
    places = [one.place for one in drawing.drawn]
    assert len(places) == len(set(places)) == size
    assert places == sorted(places)
    for one in drawing.drawn:
        assert listed.records[one.place - 1] == one.label
        assert parts[one.place - 1] == one.stratum


@FEW
@given(SIZED_PARTS, SEEDS)
def test_each_part_gives_its_share_and_one_at_least_where_the_size_allows(
    sized: tuple[list[str], int], seed: int
) -> None:
    parts, size = sized
    drawing = draw(orders(len(parts), parts), size, seed)
    counts = Counter(one.stratum for one in drawing.drawn)
    assert {one.name: one.population for one in drawing.strata} == Counter(parts)
    assert {one.name: one.drawn for one in drawing.strata if one.drawn} == counts
    raised = 0
    for one in drawing.strata:
        due = Fraction(size * one.population, len(parts))
        raised += due < 1
        assert one.drawn <= one.population
        assert one.drawn < due + 1
        if size >= len(drawing.strata):
            assert one.drawn >= 1
    if not raised or size < len(drawing.strata):
        assert all(one.drawn > Fraction(size * one.population, len(parts)) - 1 for one in drawing.strata)


def test_the_largest_remainder_has_the_odd_record() -> None:
    shares = {
        one.name: one.drawn for one in draw(orders(100, "A" * 47 + "B" * 16 + "C" * 37), 10, SEED).strata
    }
    assert shares == {"A": 5, "B": 1, "C": 4}  # due 4.7, 1.6 and 3.7
    shares = {one.name: one.drawn for one in draw(orders(100, "A" * 91 + "BCDEFGHIJ"), 10, SEED).strata}
    assert shares == {"A": 1, **dict.fromkeys("BCDEFGHIJ", 1)}


def test_between_equal_parts_chance_decides_and_not_their_order() -> None:
    weeks = [f"week {at // 4}" for at in range(40)]
    met = Counter(one.stratum for seed in range(200) for one in draw(orders(40, weeks), 3, seed).drawn)
    assert len(met) == 10
    assert all(30 < count < 95 for count in met.values())


def test_parts_of_one_length_do_not_give_the_same_places() -> None:
    drawing = draw(orders(400, [f"week {at // 20}" for at in range(400)]), 20, SEED)
    assert len({(one.place - 1) % 20 for one in drawing.drawn}) > 5


def test_parts_can_be_set_aside_or_given_apart_from_the_list() -> None:
    listed = orders(20, "A" * 10 + "B" * 10)
    assert draw(listed, 4, SEED, ()).strata == ()
    other = draw(listed, 4, SEED, ["X"] * 5 + ["Y"] * 15)
    assert [one.name for one in other.strata] == ["X", "Y"]


def test_twenty_thousand_records_each_a_part_of_its_own_are_drawn() -> None:
    names = [str(number) for number in range(20_000)]
    drawing = draw(read_list(names, names), 300, SEED)
    assert len(drawing.drawn) == sum(one.drawn for one in drawing.strata) == 300


@pytest.mark.parametrize(("count", "size", "code"), [(0, 1, "sample.population"), (5, 6, "sample.too-large")])
@pytest.mark.parametrize("parts", ["", "AAAAA"])
def test_what_cannot_be_drawn_is_refused(count: int, size: int, code: str, parts: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        draw(orders(count, parts[:count]), size, SEED)
    assert caught.value.code == code


def test_a_week_has_a_name_that_sorts() -> None:
    assert week_name(TODAY) == "2026-W47"
    assert week_name(TODAY.replace(year=2027, month=1, day=1)) == "2026-W53"


@pytest.mark.parametrize("parts", ["", "AAAAABBBBBCCCCCDDDDD"])
def test_replacements_keep_to_the_part_and_never_come_back(parts: str) -> None:
    listed = orders(20, parts)
    sample = a_drawn(listed, 4)
    seen = {one.place for one in sample.drawn}
    for turn in range(4):
        old = records_now(sample)[turn % 4]
        sample = replace(sample, old.place, " not in the archive ", listed)
        by = sample.replaced[-1].by
        assert by.place not in seen
        assert by.stratum == old.stratum
        assert by.label == listed.records[by.place - 1]
        assert sample.replaced[-1].label == old.label
        assert sample.replaced[-1].reason == "not in the archive"
        seen.add(by.place)
        assert records_now(sample)[turn % 4] == by
    assert len(sample.drawn) == len(records_now(sample)) == 4
    assert draws_again(sample, listed)


def test_a_replacement_can_be_replaced_itself() -> None:
    listed = orders(20)
    first = a_drawn(listed, 2)
    second = replace(first, first.drawn[0].place, "missing", listed)
    third = replace(second, second.replaced[0].by.place, "missing too", listed)
    assert records_now(third) == (third.replaced[1].by, first.drawn[1])
    assert draws_again(third, listed)


def test_replacements_are_what_a_larger_sample_would_have_drawn() -> None:
    listed = orders(30)
    sample = a_drawn(listed, 5)
    for turn in range(5):
        sample = replace(sample, records_now(sample)[turn].place, "missing", listed)
    ten = {one.place for one in draw(listed, 10, SEED).drawn}
    assert {one.place for one in (*sample.drawn, *records_now(sample))} == ten


@pytest.mark.parametrize("parts", ["", "AAB"])
def test_where_nothing_is_left_a_way_out_is_told(parts: str) -> None:
    listed = orders(3, parts)
    sample = a_drawn(listed, 3)
    with pytest.raises(RuleBroken) as caught:
        replace(sample, sample.drawn[-1].place, "missing", listed)
    assert caught.value.code == "sample.none-left"
    assert caught.value.way_out
    one_each = a_drawn(orders(4, "AAAB"), 2)
    lonely = next(one for one in one_each.drawn if one.stratum == "B")
    with pytest.raises(RuleBroken) as caught:
        replace(one_each, lonely.place, "missing", orders(4, "AAAB"))
    assert "“B”" in caught.value.message


def test_a_replacement_needs_a_reason_a_drawn_record_and_the_list_it_was_drawn_of() -> None:
    listed = orders(20)
    sample = a_drawn(listed, 3)
    place = sample.drawn[0].place
    undrawn = next(at for at in range(1, 21) if at not in {one.place for one in sample.drawn})
    gone = replace(sample, place, "missing", listed)
    for code, act in [
        ("sample.reason-missing", lambda: replace(sample, place, "  ", listed)),
        ("sample.other-list", lambda: replace(sample, place, "missing", orders(21))),
        ("sample.not-drawn", lambda: replace(sample, undrawn, "missing", listed)),
        ("sample.not-drawn", lambda: replace(gone, place, "again", listed)),
    ]:
        with pytest.raises(RuleBroken) as caught:
            act()
        assert caught.value.code == code


@pytest.mark.parametrize("parts", ["", "AAAAABBBBBCCCCCDDDDD"])
def test_a_sample_that_was_not_drawn_so_is_found_out(parts: str) -> None:
    listed = orders(20, parts)
    sample = replace(a_drawn(listed, 4), a_drawn(listed, 4).drawn[0].place, "missing", listed)
    assert draws_again(sample, listed)
    undrawn = next(at for at in range(1, 21) if at not in {one.place for one in sample.drawn})
    picked = changed(sample.drawn[1], place=undrawn, label=f"RO {undrawn}")
    other_by = changed(sample.replaced[0], by=changed(sample.replaced[0].by, place=undrawn + 1))
    for forged in (
        changed(sample, drawn=(sample.drawn[0], picked, *sample.drawn[2:])),
        changed(sample, seed=SEED + 1),
        changed(sample, replaced=(other_by,)),
        changed(sample, fingerprint="0" * 64),
        changed(sample, fingerprint="0" * 64, replaced=()),
        changed(sample, population=21),
        changed(sample, drawn=()),
    ):
        assert not draws_again(forged, listed)
    assert not draws_again(sample, orders(21, parts + "A" if parts else ""))


def test_a_sample_drawn_without_the_parts_of_its_list_is_found_to_be_drawn_so() -> None:
    listed = orders(20, "A" * 10 + "B" * 10)
    whole = changed(a_drawn(listed, 4), drawn=draw(listed, 4, SEED, ()).drawn, strata=())
    assert draws_again(whole, listed)
    assert draws_again(replace(whole, whole.drawn[0].place, "missing", listed), listed)


# What a sample can show.


@pytest.mark.parametrize(
    ("population", "size", "share", "percent_found", "needed"),
    [
        (200, 10, Fraction(1, 10), 66.0, 27),
        (200, 22, Fraction(1, 10), 91.4, 27),
        (200, 10, Fraction(1, 20), 40.9, 51),
    ],
)
def test_the_worked_samples_find_with_their_worked_probability(
    population: int, size: int, share: Fraction, percent_found: float, needed: int
) -> None:
    says = what_it_shows(population, size, share=share)
    assert round(100 * says.found, 1) == percent_found
    assert says.needed == needed


def test_the_worked_sizes_for_95_percent() -> None:
    assert what_it_shows(50, 10).needed == 22
    assert what_it_shows(200, 10, allowed=1).needed == 42
    assert needed_sample_without_end(0.10) == 29
    assert needed_sample_without_end(0.05) == 59
    assert what_it_shows(1_000_000, 29).needed == 29
    assert what_it_shows(200, 27).found >= 0.95 > what_it_shows(200, 26).found


@pytest.mark.parametrize(("size", "limit"), [(10, 25.9), (20, 13.9), (30, 9.5)])
def test_finding_nothing_rules_out_gross_failure_only(size: int, limit: float) -> None:
    assert round(100 * what_it_shows(200, size).limit, 1) == limit
    assert what_it_shows(200, size).limit == upper_limit(0, size)


def test_what_a_sample_shows_is_said_in_sentences() -> None:
    assert what_it_shows(200, 10).sentences == (
        "10 of 200 finds a fault in 10% of the records (20 records) with 66%.",
        "Where none of them is wrong, up to 25.9% of all may still be (95 in 100 sure).",
        "27 records would find it with 95 in 100.",
    )
    assert len(what_it_shows(200, 27).sentences) == 2
    assert "more than 1 of 20 wrong records" in what_it_shows(200, 42, allowed=1).sentences[0]
    with in_language("de"):
        assert "25,9\N{NO-BREAK SPACE}%" in what_it_shows(200, 10).sentences[1]


def test_a_fault_in_a_part_of_a_record_is_one_record_and_says_so() -> None:
    says = what_it_shows(5, 1)
    assert says.faulty == 1
    assert "20% of the records (1 record)" in says.sentences[0]


def test_only_what_is_certain_is_called_so() -> None:
    assert "with more than 99%" in what_it_shows(20_000, 10_000).sentences[0]
    assert "up to 0.1%" in what_it_shows(20_000, 10_000).sentences[1]
    assert what_it_shows(10, 10).sentences == (
        "All 10 records of the list are looked at: nothing is left to chance.",
    )
    assert what_it_shows(10, 10).limit == 0
    assert "with 100%" in what_it_shows(20, 19).sentences[0]
    assert what_it_shows(10, 5, allowed=1).needed is None


@pytest.mark.parametrize(("population", "size"), [(0, 0), (5, 0), (5, 6), (0, 1)])
def test_a_sample_that_cannot_be_drawn_says_nothing(population: int, size: int) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        what_it_shows(population, size)


# What was seen in it.


def a_marked(marks: dict[str, bool | None]) -> Rating:
    records = tuple(SampleRecord(label=label, conforms=mark) for label, mark in marks.items())
    return a_rating(sample=Sample(records=records))


def test_two_of_ten_have_their_worked_interval() -> None:
    sample = a_drawn(orders(200), 10)
    labels = [one.label for one in sample.drawn]
    found = sample_findings(sample, a_marked({label: label not in labels[:2] for label in labels}))
    assert (found.size, found.looked_at, found.conforming, found.failing) == (10, 10, 8, tuple(labels[:2]))
    assert found.share == Fraction(1, 5)
    assert found.interval is not None
    assert (round(100 * found.interval.low, 1), round(100 * found.interval.high, 1)) == (2.5, 55.6)
    assert found.words == (
        "2 of 10 records looked at do not conform; of the whole list 2.5% to 55.6% (95 in 100 sure)."
    )


def test_records_without_a_mark_do_not_count_and_are_named() -> None:
    sample = a_drawn(orders(200), 4)
    labels = [one.label for one in sample.drawn]
    found = sample_findings(sample, a_marked({labels[0]: True, labels[1]: None, labels[2]: False}))
    assert found.unmarked == (labels[1], labels[3])
    assert (found.looked_at, found.share) == (2, Fraction(1, 2))


def test_nothing_is_said_before_the_first_record() -> None:
    sample = a_drawn(orders(200), 4)
    for rating in (None, a_rating(), a_marked({})):
        found = sample_findings(sample, rating)
        assert (found.looked_at, found.share, found.interval) == (0, None, None)
        assert found.words == "No record was looked at yet."
        assert len(found.unmarked) == 4


def test_a_failing_record_that_was_replaced_does_not_vanish_unseen() -> None:
    listed = orders(200)
    sample = a_drawn(listed, 4)
    bad = sample.drawn[0]
    after = replace(sample, bad.place, "missing", listed)
    found = sample_findings(after, a_marked({bad.label: False, after.replaced[0].by.label: True}))
    assert found.failing == ()
    assert found.outside == (bad.label,)
    assert found.looked_at == 1


def test_of_two_marks_on_one_label_the_worse_counts() -> None:
    sample = a_drawn(orders(200), 1)
    label = sample.drawn[0].label
    twice = tuple(SampleRecord(label=label, conforms=mark) for mark in (False, True))
    assert sample_findings(sample, a_rating(sample=Sample(records=twice))).failing == (label,)


def test_where_every_record_of_the_list_was_seen_the_share_is_known() -> None:
    sample = a_drawn(orders(4), 4)
    labels = [one.label for one in sample.drawn]
    found = sample_findings(sample, a_marked({label: label != labels[0] for label in labels}))
    assert found.interval == Interval(low=0.25, high=0.25)
