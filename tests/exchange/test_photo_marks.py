"""What is blurred or cropped is gone from everything that leaves the app; what points can be seen on light and dark."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from qma_app.assets import font_path
from qma_app.domain.evidence import FULL_SIDE, Mark, MarkKind
from qma_app.errors import StorageTrouble
from qma_app.exchange.photo_marks import BLUR_CELLS, marked_renditions, with_marks
from qma_app.exchange.photos import take_in_photo
from tests.exchange.pictures import decoded, encoded

WIDTH, HEIGHT = 1600, 1200
PLATE = (400, 600, 800, 700)


def a_car(plate: str = "M AB 1234", *, paper: str = "white") -> Image.Image:
    """A grey picture with a plate one can read."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "#8090A0")
    draw = ImageDraw.Draw(picture)
    draw.rectangle(PLATE, fill=paper)
    draw.text((420, 610), plate, font=ImageFont.truetype(str(font_path("Inter-Bold")), 64), fill="black")
    return picture


def over(box: tuple[int, int, int, int], kind: MarkKind = MarkKind.BLUR) -> Mark:
    """A mark over these pixels."""
    left, top, right, bottom = box
    return Mark(
        kind=kind,
        x=left * FULL_SIDE // WIDTH,
        y=top * FULL_SIDE // HEIGHT,
        width=(right - left) * FULL_SIDE // WIDTH,
        height=(bottom - top) * FULL_SIDE // HEIGHT,
    )


def colours(picture: Image.Image) -> set[Any]:
    return {colour for _count, colour in picture.getcolors(1 << 24) or ()}


def noise(seed: int) -> Image.Image:
    return Image.frombytes("RGB", (WIDTH, HEIGHT), random.Random(seed).randbytes(WIDTH * HEIGHT * 3))


def test_of_a_blurred_field_a_few_plain_cells_are_left() -> None:
    source = noise(1)
    field = with_marks(source, [over(PLATE)]).crop(PLATE)
    assert len(colours(field)) <= BLUR_CELLS
    assert len(colours(source.crop(PLATE))) > 30_000
    wide = with_marks(source, [over((0, 0, 800, 800))]).crop((0, 0, 800, 800))
    assert len(colours(wide)) <= BLUR_CELLS**2


def test_two_plates_look_alike_once_they_are_blurred() -> None:
    """So nobody finds the letters again by blurring others until they match."""
    fields = [with_marks(a_car(plate), [over(PLATE)]).crop(PLATE) for plate in ("M AB 1234", "M AR 1284")]
    assert fields[0].tobytes() == fields[1].tobytes()
    plain = [a_car(plate).crop(PLATE) for plate in ("M AB 1234", "M AR 1284")]
    assert plain[0].tobytes() != plain[1].tobytes()


def test_every_rendition_that_leaves_is_blurred() -> None:
    stored = take_in_photo(encoded(a_car()), "car.jpg").stored
    marked = marked_renditions(stored, [over(PLATE)])
    assert marked.shared is not None
    for content in (marked.shared, marked.paper, marked.thumbnail):
        picture = decoded(content)
        scale = picture.width / WIDTH
        inner = tuple(round(side * scale) for side in (420, 615, 780, 685))
        field = picture.crop(inner).convert("L")  # type: ignore[arg-type]
        low, high = field.getextrema()
        assert high - low < 80  # type: ignore[operator]
        plain = decoded(stored).resize(picture.size).crop(inner).convert("L").getextrema()  # type: ignore[arg-type]
        assert plain[1] - plain[0] > 150  # type: ignore[operator]


def test_a_blur_hides_whatever_the_order_of_the_marks() -> None:
    box = over((500, 500, 900, 800), MarkKind.BOX)
    assert (
        with_marks(a_car(), [box, over(PLATE)]).tobytes() == with_marks(a_car(), [over(PLATE), box]).tobytes()
    )


def test_a_field_at_the_edge_or_of_one_pixel_is_blurred_too() -> None:
    for mark in (
        Mark(kind=MarkKind.BLUR, x=FULL_SIDE - 1, y=FULL_SIDE - 1, width=1, height=1),
        Mark(kind=MarkKind.BLUR, x=0, y=0, width=FULL_SIDE, height=FULL_SIDE),
        Mark(kind=MarkKind.BLUR, x=0, y=5000, width=FULL_SIDE, height=1),
    ):
        assert with_marks(noise(2), [mark]).tobytes() != noise(2).tobytes()


def test_a_crop_leaves_only_what_it_frames() -> None:
    marked = marked_renditions(encoded(a_car()), [over((400, 300, 1200, 900), MarkKind.CROP)])
    assert marked.shared is not None
    assert [decoded(one).size for one in (marked.shared, marked.paper, marked.thumbnail)] == [
        (800, 600),
        (800, 600),
        (320, 240),
    ]


def test_what_is_blurred_stays_blurred_in_a_crop() -> None:
    crop = over((400, 600, 1200, 1200), MarkKind.CROP)
    cropped = with_marks(noise(3), [crop, over(PLATE)])
    assert len(colours(cropped.crop((0, 0, 400, 100)))) <= BLUR_CELLS


@pytest.mark.parametrize("ground", ["#FFFFFF", "#000000", "#A8321F"])
@pytest.mark.parametrize(
    "mark",
    [
        Mark(kind=MarkKind.ARROW, x=8000, y=8000, width=-5000, height=-4000),
        Mark(kind=MarkKind.BOX, x=2000, y=2000, width=3000, height=3000),
        Mark(kind=MarkKind.TEXT, x=2000, y=2000, words="Price missing"),
        Mark(kind=MarkKind.NUMBER, x=5000, y=5000, words="3"),
    ],
    ids=lambda mark: mark.kind if isinstance(mark, Mark) else "",
)
def test_what_points_can_be_seen_on_any_ground(mark: Mark, ground: str) -> None:
    plain = Image.new("RGB", (WIDTH, HEIGHT), ground)
    drawn = with_marks(plain, [mark])
    counted: dict[Any, int] = {colour: count for count, colour in drawn.getcolors(1 << 24) or ()}
    shades = [
        count
        for colour, count in counted.items()
        if colour != Image.new("RGB", (1, 1), ground).getpixel((0, 0))
    ]
    assert sum(shades) > 1500
    light = sum(count for colour, count in counted.items() if min(colour) > 240)
    red = sum(count for colour, count in counted.items() if colour[0] > 140 and colour[1] < 80)
    assert light > 500
    assert red > 500


def test_an_arrow_ends_where_it_points() -> None:
    plain = Image.new("RGB", (WIDTH, HEIGHT), "#000000")
    drawn = with_marks(plain, [Mark(kind=MarkKind.ARROW, x=1000, y=5000, width=5000)])
    box = ImageChops.difference(plain, drawn).getbbox()
    assert box is not None
    assert abs(box[2] - 960) < 20
    assert abs(box[0] - 160) < 20
    left, right = drawn.crop((160, 0, 400, HEIGHT)), drawn.crop((860, 0, 980, HEIGHT))
    heights = [(part.getbbox() or (0, 0, 0, 0)) for part in (left, right)]
    assert heights[1][3] - heights[1][1] > heights[0][3] - heights[0][1]


@pytest.mark.parametrize(
    "words",
    [
        "word " * 40,
        "w" * 200,
        "one\ntwo",
        "Größe",
        "שלום",
        "مرحبا",
        "你好",
        "\u202e",
        "a\tb",
        "🚗",
        "\0",
        "\ud800",
        "a" + "\u0301" * 150,
    ],
)
@pytest.mark.parametrize(("x", "y"), [(0, 0), (FULL_SIDE, FULL_SIDE), (9900, 5000)])
def test_words_stay_within_the_picture(words: str, x: int, y: int) -> None:
    plain = Image.new("RGB", (400, 300), "#000000")
    drawn = with_marks(plain, [Mark(kind=MarkKind.TEXT, x=x, y=y, words=words)])
    assert drawn.size == plain.size
    if words.isalpha() and words.isascii():
        assert ImageChops.difference(plain, drawn).getbbox() is not None


@pytest.mark.parametrize("size", [(1, 1), (1, 1600), (1600, 1), (3, 2)])
def test_the_smallest_picture_can_be_marked(size: tuple[int, int]) -> None:
    marks = [
        Mark(kind=MarkKind.BLUR, x=0, y=0, width=FULL_SIDE, height=FULL_SIDE),
        Mark(kind=MarkKind.BOX, x=1, y=1, width=1, height=1),
        Mark(kind=MarkKind.ARROW, x=1, y=1, width=1),
        Mark(kind=MarkKind.TEXT, x=1, y=1, words="seen here"),
        Mark(kind=MarkKind.NUMBER, x=1, y=1, words="1"),
    ]
    assert with_marks(Image.new("RGB", size), marks).size == size
    crop = Mark(kind=MarkKind.CROP, x=9800, y=9800, width=200, height=200)
    assert max(with_marks(Image.new("RGB", size), [*marks, crop]).size) <= 33


def test_long_words_are_broken_in_their_field() -> None:
    plain = Image.new("RGB", (WIDTH, HEIGHT), "#000000")
    words = "Seen again in the third bay beside the lift"
    drawn = with_marks(plain, [Mark(kind=MarkKind.TEXT, x=0, y=0, width=3400, words=words)])
    box = ImageChops.difference(plain, drawn).getbbox()
    assert box is not None
    assert box[2] < 580
    assert box[3] > 120


def test_words_at_a_place_that_was_cropped_away_go_with_it() -> None:
    crop = Mark(kind=MarkKind.CROP, x=5000, y=5000, width=5000, height=5000)
    outside = [
        Mark(kind=MarkKind.NUMBER, x=100, y=100, words="1"),
        Mark(kind=MarkKind.TEXT, x=100, y=100, words="outside"),
    ]
    assert with_marks(a_car(), [crop, *outside]).tobytes() == with_marks(a_car(), [crop]).tobytes()


def test_marks_are_sized_to_what_is_shown() -> None:
    """A number covers the same share of a small picture as of a large one."""
    shares = []
    for width in (400, 1600):
        plain = Image.new("RGB", (width, width), "#000000")
        drawn = with_marks(plain, [Mark(kind=MarkKind.NUMBER, x=5000, y=5000, words="7")])
        box = ImageChops.difference(plain, drawn).getbbox()
        assert box is not None
        shares.append((box[2] - box[0]) / width)
    assert abs(shares[0] - shares[1]) < 0.01


def test_without_marks_the_renditions_are_those_of_the_plain_picture() -> None:
    stored = take_in_photo(encoded(noise(4).resize((800, 600))), "a.jpg").stored
    plain = marked_renditions(stored, [])
    assert plain.shared is None
    assert ImageChops.difference(decoded(plain.paper), decoded(stored)).convert("L").getextrema()[1] < 60  # type: ignore[operator]


def test_the_same_marks_give_the_same_bytes_and_nothing_hidden() -> None:
    stored = take_in_photo(encoded(a_car()), "car.jpg").stored
    marks = [over(PLATE), Mark(kind=MarkKind.TEXT, x=10, y=10, words="seen")]
    first, second = marked_renditions(stored, marks), marked_renditions(stored, marks)
    assert first == second
    assert first.shared is not None
    with Image.open(BytesIO(first.shared)) as picture:
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_what_is_no_picture_of_ours_is_named() -> None:
    with pytest.raises(StorageTrouble) as trouble:
        marked_renditions(b"no picture", [over(PLATE)])
    assert trouble.value.way_out
