"""Pages hold what belongs on them: nothing runs out of the page, no heading stands alone, tables keep their heads."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qma_app.reports.blocks import Block, Framed, Gap, Stack, Together, Words
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_HEIGHT, CONTENT_WIDTH, HALF, SHORT, Entry, Page, Piece, paginate
from qma_app.reports.styles import BODY, CELL
from qma_app.reports.tables import Row, Table
from qma_app.reports.text import Line, Typesetter

LINE = BODY.leading


@pytest.fixture
def setter() -> Typesetter:
    return Typesetter(PaperFonts())


def laid_out(pieces: Sequence[Piece]) -> list[Page]:
    return paginate(pieces, lambda _share: None)


def lines_of(setter: Typesetter, count: int) -> Words:
    return Words(setter, "\n".join(f"line {place}" for place in range(count)), BODY)


def heights(page: Page) -> list[float]:
    return [placed.block.height(CONTENT_WIDTH) for placed in page.placed]


def words_of(block: Block) -> Sequence[Line]:
    assert isinstance(block, Words)
    return block.lines(CONTENT_WIDTH)


def rows_of(block: Block) -> Sequence[Row]:
    assert isinstance(block, Table)
    rows: Sequence[Row] = vars(block)["_rows"]
    return rows


def assert_within(pages: list[Page]) -> None:
    for page in pages:
        assert page.placed
        assert page.used <= CONTENT_HEIGHT + 0.1


def a_row(setter: Typesetter, text: str = "cell", *, keeps: bool = False) -> Row:
    return Row((Words(setter, text, CELL), Words(setter, text, CELL)), keeps=keeps)


def test_a_long_text_goes_on_over_pages_and_loses_no_line(setter: Typesetter) -> None:
    pages = laid_out([Piece(lines_of(setter, 200))])
    assert_within(pages)
    lines = [line for page in pages for placed in page.placed for line in words_of(placed.block)]
    assert [line.runs[0].text for line in lines] == [f"line {place}" for place in range(200)]


def test_no_single_line_is_left_behind_or_carried_over(setter: Typesetter) -> None:
    whole = int(CONTENT_HEIGHT / LINE)
    for count in (whole + 1, whole + 2):
        first, last = laid_out([Piece(lines_of(setter, count))])
        assert [len(words_of(page.placed[0].block)) >= 2 for page in (first, last)] == [True, True]


@pytest.mark.parametrize("used", [CONTENT_HEIGHT - 20, CONTENT_HEIGHT - 45, CONTENT_HEIGHT - 80])
def test_a_heading_stands_on_the_page_of_what_it_heads(setter: Typesetter, used: float) -> None:
    heading = Piece(Words(setter, "Heading", BODY), before=10, keeps=True, entry=Entry("Heading", 0, "h"))
    pages = laid_out([Piece(Gap(used)), heading, Piece(lines_of(setter, 12), before=5)])
    assert_within(pages)
    (page,) = (page for page in pages if any(placed.entry for placed in page.placed))
    assert page.placed[-1].entry is None


def test_space_before_a_block_is_left_out_at_the_top_of_a_page(setter: Typesetter) -> None:
    pages = laid_out([Piece(Gap(CONTENT_HEIGHT - 5)), Piece(Gap(50), before=30)])
    assert pages[1].used == 50


def test_a_section_opens_a_page_unless_the_one_before_is_nearly_empty() -> None:
    section = Piece(Gap(50), opens_page=True, may_follow=True)
    little, much = CONTENT_HEIGHT * SHORT - 1, CONTENT_HEIGHT * SHORT + 1
    assert len(laid_out([Piece(Gap(little)), section])) == 1
    assert len(laid_out([Piece(Gap(much)), section])) == 2
    assert len(laid_out([Piece(Gap(little)), Piece(Gap(50), opens_page=True)])) == 2


def test_a_short_section_follows_on_a_half_filled_page() -> None:
    section = Piece(Gap(50), opens_page=True, may_follow=True, below=HALF)
    assert len(laid_out([Piece(Gap(CONTENT_HEIGHT * HALF - 1)), section])) == 1
    assert len(laid_out([Piece(Gap(CONTENT_HEIGHT * HALF + 1)), section])) == 2


def test_entries_know_their_pages_after_the_first_pass() -> None:
    one, two = Entry("One", 0, "1"), Entry("Two", 0, "2")
    laid_out([Piece(Gap(500), entry=one), Piece(Gap(500), entry=two)])
    assert (one.page, two.page) == (1, 2)


def test_a_table_goes_on_with_its_head_and_loses_no_row(setter: Typesetter) -> None:
    head = a_row(setter, "head", keeps=True)
    table = Table((200, 200), [a_row(setter, f"row {place}") for place in range(120)], head=head)
    pages = laid_out([Piece(table)])
    assert_within(pages)
    assert all(vars(page.placed[0].block)["_head"] is head for page in pages)
    assert sum(len(rows_of(page.placed[0].block)) for page in pages) == 120


def test_a_group_row_is_never_the_last_on_a_page(setter: Typesetter) -> None:
    rows = []
    for place in range(100):
        rows += [a_row(setter, f"group {place}", keeps=True), a_row(setter, f"row {place}")]
    for page in laid_out([Piece(Table((200, 200), rows))]):
        assert not rows_of(page.placed[-1].block)[-1].keeps


def test_a_row_higher_than_a_page_is_broken_cell_by_cell(setter: Typesetter) -> None:
    tall = "\n".join(f"line {place}" for place in range(200))
    row = Row((Words(setter, "short", CELL), Words(setter, tall, CELL), None))
    pages = laid_out([Piece(Gap(300)), Piece(Table((100, 200, 50), [row]))])
    assert len(pages) > 2
    assert_within(pages)


def test_a_low_row_is_not_broken(setter: Typesetter) -> None:
    rows = [a_row(setter, "\n".join("x" * 6)) for _row in range(20)]
    pages = laid_out([Piece(Table((200, 200), rows))])
    assert {round(row.height((200, 200)), 1) for page in pages for row in rows_of(page.placed[0].block)} == {
        81.0
    }


def test_a_stack_breaks_between_its_blocks_but_never_after_a_head(setter: Typesetter) -> None:
    head, text = Gap(20), lines_of(setter, 30)
    stack = Stack([head, text], heads=True)
    assert stack.split(CONTENT_WIDTH, 30)[0] is None
    before, after = stack.split(CONTENT_WIDTH, 20 + 10 * LINE)
    assert before is not None
    assert after is not None
    assert before.height(CONTENT_WIDTH) + after.height(CONTENT_WIDTH) == pytest.approx(
        stack.height(CONTENT_WIDTH)
    )


def test_a_framed_block_keeps_its_frame_on_both_pages(setter: Typesetter) -> None:
    framed = Framed(lines_of(setter, 30), padding=(5, 10), bar="#000000")
    before, after = framed.split(CONTENT_WIDTH, 10 + 10 * LINE)
    assert isinstance(before, Framed)
    assert isinstance(after, Framed)
    assert before.height(CONTENT_WIDTH) == pytest.approx(10 + 10 * LINE)


def test_what_belongs_together_moves_to_the_next_page_as_a_whole(setter: Typesetter) -> None:
    block = Together(lines_of(setter, 10))
    pages = laid_out([Piece(Gap(CONTENT_HEIGHT - 50)), Piece(block)])
    assert heights(pages[1]) == [10 * LINE]


def test_a_block_too_high_for_any_page_does_not_stop_the_report() -> None:
    pages = laid_out([Piece(Gap(40)), Piece(Gap(CONTENT_HEIGHT + 100)), Piece(Gap(40))])
    assert [len(page.placed) for page in pages] == [1, 1, 1]


def test_empty_blocks_take_no_room(setter: Typesetter) -> None:
    assert Words(setter, "", BODY).height(CONTENT_WIDTH) == 0
    assert Stack([]).height(CONTENT_WIDTH) == 0
    assert Block().height(CONTENT_WIDTH) == 0


def test_a_kit_gives_every_heading_a_key_of_its_own(setter: Typesetter) -> None:
    kit = Kit(setter)
    for _heading in range(3):
        kit.section("Same title")
    assert len({entry.key for entry in kit.flow.entries()}) == 3
