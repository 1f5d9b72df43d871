"""What is kept of a photo is the picture and nothing else."""

from __future__ import annotations

import hashlib
import random
import struct
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qma_app.errors import ImportTrouble
from qma_app.exchange import file_kinds, photos
from qma_app.exchange.photos import PhotoRenditions, is_photo, take_in_photo
from tests.exchange.pictures import BLUE, RED, WHITE, a_photo, a_picture, decoded, encoded, is_blue, is_red

ORIENTATION, CHANGED, TAKEN, DETAILS, PLACE = 0x0112, 0x0132, 0x9003, 0x8769, 0x8825


def exif(*, turn: int | None = None, taken: str | None = None, changed: str | None = None) -> Image.Exif:
    """What a camera notes, the place among it."""
    noted = Image.Exif()
    if turn is not None:
        noted[ORIENTATION] = turn
    if changed is not None:
        noted[CHANGED] = changed
    if taken is not None:
        noted.get_ifd(DETAILS)[TAKEN] = taken
    noted.get_ifd(PLACE)[1] = "N"
    noted[0x010E] = "canary: the name of a customer"
    return noted


def refused(data: bytes, name: str = "photo.jpg") -> ImportTrouble:
    with pytest.raises(ImportTrouble) as trouble:
        take_in_photo(data, name)
    assert trouble.value.way_out
    assert name in trouble.value.message
    return trouble.value


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG before its picture."""
    markers, place = [], 2
    while jpeg[place + 1] != 0xDA:
        markers.append(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return markers


def all_three(photo: PhotoRenditions) -> tuple[bytes, bytes, bytes]:
    return photo.stored, photo.paper, photo.thumbnail


@pytest.mark.parametrize(
    ("size", "stored", "paper", "thumbnail"),
    [
        ((2400, 1800), (1600, 1200), (1000, 750), (320, 240)),
        ((900, 1800), (800, 1600), (500, 1000), (160, 320)),
        ((1600, 900), (1600, 900), (1000, 562), (320, 180)),
        ((60, 40), (60, 40), (60, 40), (60, 40)),
        ((1, 5000), (1, 1600), (1, 1000), (1, 320)),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_three_sizes_are_kept_and_none_is_larger_than_the_photo(
    form: str,
    size: tuple[int, int],
    stored: tuple[int, int],
    paper: tuple[int, int],
    thumbnail: tuple[int, int],
) -> None:
    photo = take_in_photo(encoded(a_picture(*size), form), "photo")
    assert [decoded(content).size for content in all_three(photo)] == [stored, paper, thumbnail]
    assert (photo.width, photo.height) == stored


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_picture_is_the_same(form: str) -> None:
    for content in all_three(take_in_photo(encoded(a_picture(400, 300), form), "photo")):
        picture = decoded(content)
        assert is_red(picture.getpixel((picture.width // 4, picture.height // 2)))
        assert is_blue(picture.getpixel((3 * picture.width // 4, picture.height // 2)))


def test_every_rendition_is_a_baseline_jpeg_in_colour() -> None:
    for mode in ("RGB", "L", "CMYK"):
        photo = take_in_photo(encoded(a_picture(1200, 900, mode), progressive=True), "photo")
        for content in all_three(photo):
            assert decoded(content).mode == "RGB"
            assert 0xC0 in segments(content)
            assert 0xC2 not in segments(content)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_camera_profile_and_remarks_are_gone(form: str) -> None:
    options = {"comment": b"canary remark"} if form == "JPEG" else {}
    data = encoded(a_picture(), form, exif=exif(turn=1), icc_profile=b"canary profile", **options)
    assert b"canary" in data
    for content in all_three(take_in_photo(data, "photo")):
        assert b"canary" not in content
        assert set(segments(content)) <= {0xE0, 0xDB, 0xC0, 0xC4}


@pytest.mark.parametrize(
    "tail", [b"PK\x03\x04 an archive", b"<script>alert(1)</script>", b"%PDF-1.7", a_photo()]
)
def test_what_hangs_behind_or_inside_the_picture_is_gone(tail: bytes) -> None:
    for data in (a_photo() + tail, a_photo(comment=tail)):
        photo = take_in_photo(data, "photo.jpg")
        for content in all_three(photo):
            assert tail not in content
            assert content.endswith(b"\xff\xd9")
            assert content.count(b"\xff\xd9") == 1


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("turn", "red_at"),
    [
        (1, (0.1, 0.5)),
        (2, (0.9, 0.5)),
        (3, (0.9, 0.5)),
        (4, (0.1, 0.5)),
        (5, (0.5, 0.1)),
        (6, (0.5, 0.1)),
        (7, (0.5, 0.9)),
        (8, (0.5, 0.9)),
        (99, (0.1, 0.5)),
    ],
)
def test_a_photo_is_upright_however_the_camera_was_held(
    form: str, turn: int, red_at: tuple[float, float]
) -> None:
    photo = take_in_photo(encoded(a_picture(90, 60), form, exif=exif(turn=turn)), "photo")
    picture = decoded(photo.stored)
    assert picture.size == ((60, 90) if turn in (5, 6, 7, 8) else (90, 60))
    x, y = red_at
    assert is_red(picture.getpixel((int(x * picture.width), int(y * picture.height))))
    assert is_blue(picture.getpixel((int((1 - x) * picture.width), int((1 - y) * picture.height))))


def test_mirroring_and_turning_agree_with_the_usual_reading() -> None:
    from PIL import ImageOps

    for turn in range(1, 9):
        picture = a_picture(90, 60)
        picture.paste(WHITE, (0, 0, 20, 20))
        data = encoded(picture, "PNG", exif=exif(turn=turn))
        usual = ImageOps.exif_transpose(decoded(data))
        ours = decoded(take_in_photo(data, "photo").stored)
        for place in ((5, 5), (ours.width - 5, 5), (5, ours.height - 5), (ours.width - 5, ours.height - 5)):
            expected, found = usual.getpixel(place), ours.getpixel(place)
            assert isinstance(expected, tuple)
            assert isinstance(found, tuple)
            assert max(abs(a - b) for a, b in zip(expected, found, strict=True)) < 40, turn


@pytest.mark.parametrize(
    ("noted", "made_on"),
    [
        (exif(taken="2026:03:02 10:11:12", changed="2026:04:05 00:00:00"), date(2026, 3, 2)),
        (exif(changed="2026:04:05 00:00:00"), date(2026, 4, 5)),
        (exif(taken="0000:00:00 00:00:00"), None),
        (exif(taken="yesterday"), None),
        (exif(), None),
    ],
)
def test_the_day_it_was_made_comes_from_the_camera(noted: Image.Exif, made_on: date | None) -> None:
    assert take_in_photo(a_photo(exif=noted), "photo.jpg").made_on == made_on


@pytest.mark.parametrize(
    "noted", [b"Exif\0\0garbage", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*" + b"\xff" * 40]
)
def test_damaged_notes_are_no_reason_to_refuse_a_photo(noted: bytes) -> None:
    photo = take_in_photo(a_photo(exif=noted), "photo.jpg")
    assert (photo.made_on, photo.width) == (None, 60)


def test_a_note_of_the_wrong_kind_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_image: Image.Image) -> Image.Exif:
        raise struct.error("unpack requires more")

    monkeypatch.setattr(Image.Image, "getexif", broken)
    assert take_in_photo(encoded(a_picture(), "WEBP"), "photo").made_on is None


def test_the_original_is_known_by_its_hash() -> None:
    data = a_photo()
    assert take_in_photo(data, "photo.jpg").original_digest == hashlib.sha256(data).hexdigest()


def test_the_same_photo_gives_the_same_bytes() -> None:
    data = a_photo(1500, 1000)
    assert take_in_photo(data, "a") == take_in_photo(data, "b")


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
@pytest.mark.parametrize("size", [(60, 40), (4000, 300)])
def test_what_is_transparent_becomes_white(form: str, size: tuple[int, int]) -> None:
    picture = a_picture(*size, "RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, size[0] // 2, size[1]))
    stored = decoded(take_in_photo(encoded(picture, form), "photo").stored)
    assert stored.getpixel((2, 2)) == WHITE
    assert is_blue(stored.getpixel((stored.width - 3, 2)))


def test_transparency_of_palette_grey_and_a_single_colour_becomes_white() -> None:
    palette = Image.new("P", (20, 20), 1)
    palette.putpalette([*RED, *BLUE])
    grey = Image.new("LA", (20, 20), (0, 0))
    keyed = Image.new("RGB", (20, 20), (1, 2, 3))
    for data in (
        encoded(palette, "PNG", transparency=1),
        encoded(grey, "PNG"),
        encoded(keyed, "PNG", transparency=(1, 2, 3)),
    ):
        assert decoded(take_in_photo(data, "photo").stored).getpixel((5, 5)) == WHITE


def test_sixteen_bits_of_grey_are_not_cut_off_at_white() -> None:
    grey = Image.new("I;16", (20, 20), 0x8000)
    found = decoded(take_in_photo(encoded(grey, "PNG"), "photo").stored).getpixel((5, 5))
    assert isinstance(found, tuple)
    assert 124 <= found[0] <= 131


def test_black_and_white_and_palettes_are_read(tmp_path: Path) -> None:
    for mode in ("1", "P", "L"):
        photo = take_in_photo(encoded(a_picture(mode=mode), "PNG"), "photo")
        assert decoded(photo.stored).mode == "RGB"


def test_of_a_photo_with_a_second_picture_behind_it_the_first_is_taken() -> None:
    second = Image.new("RGB", (60, 40), WHITE)
    stream = BytesIO()
    a_picture().save(stream, "MPO", save_all=True, append_images=[second])
    photo = take_in_photo(stream.getvalue(), "photo.jpg")
    assert is_red(decoded(photo.stored).getpixel((5, 20)))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_an_animated_picture_is_refused(form: str) -> None:
    frames = [a_picture(), Image.new("RGB", (60, 40), WHITE)]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:])
    assert refused(data, "moving.png").code == "photo.animated"


def boxes(brand: bytes, *more: bytes) -> bytes:
    content = b"ftyp" + brand + bytes(4) + b"".join(more)
    return struct.pack(">I", len(content) + 4) + content + bytes(100)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file.empty"),
        (boxes(b"heic", b"mif1", b"heic"), "photo.heic"),
        (boxes(b"mif1", b"heic"), "photo.heic"),
        (boxes(b"avif", b"mif1"), "photo.kind"),
        (boxes(b"mif1", b"avif"), "photo.kind"),
        (boxes(b"isom", b"mp42"), "photo.not-one"),
        (encoded(a_picture(mode="P"), "GIF"), "photo.kind"),
        (encoded(a_picture(), "TIFF"), "photo.kind"),
        (encoded(a_picture(), "BMP"), "photo.kind"),
        (b"\xff\x0a" + bytes(50), "photo.kind"),
        (b"%PDF-1.7\n" + a_photo(), "photo.not-one"),
        (b"hello", "photo.not-one"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.not-one"),
        (b"PK\x03\x04" + bytes(50), "photo.not-one"),
        (bytes(50), "photo.not-one"),
        (encoded(a_picture(), "PPM"), "photo.not-one"),
        (encoded(a_picture(), "ICO"), "photo.not-one"),
    ],
)
def test_what_is_no_photo_of_ours_is_named_at_once_whatever_it_is_called(data: bytes, code: str) -> None:
    assert refused(data, "photo.jpg").code == code


def test_whether_it_is_a_photo_is_seen_from_its_bytes() -> None:
    assert all(is_photo(encoded(a_picture(), form)) for form in ("JPEG", "PNG", "WEBP"))
    assert not any(map(is_photo, (b"", b"hello", encoded(a_picture(), "BMP"), boxes(b"heic"))))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_cut_off_photo_is_refused(form: str) -> None:
    data = encoded(a_picture(200, 150), form)
    for share in (0.1, 0.5, 0.9):
        assert refused(data[: int(len(data) * share)]).code == "photo.damaged"


def test_a_file_of_more_than_thirty_megabytes_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = a_photo()
    monkeypatch.setattr(file_kinds, "LARGEST_FILE", len(data))
    take_in_photo(data, "photo.jpg")
    assert refused(data + b"x").code == "file.too-large"


def a_png_that_says(width: int, height: int) -> bytes:
    """A picture of millions of pixels in a few bytes."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(7072, 7072), (12_000, 12_000), (30_000, 30_000)])
def test_more_than_fifty_million_pixels_are_refused_before_they_are_unpacked(width: int, height: int) -> None:
    """In the range where Pillow is silent, where it warns, and where it refuses."""
    trouble = refused(a_png_that_says(width, height))
    assert trouble.code == "photo.too-many-pixels"
    assert "50 million" in trouble.message


def test_fewer_pixels_pass_the_first_look() -> None:
    assert refused(a_png_that_says(7071, 7071)).code == "photo.damaged"


def test_the_form_that_takes_most_memory_has_a_lower_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "MOST_WEBP_PIXELS", 60 * 40 - 1)
    assert refused(encoded(a_picture(), "WEBP")).code == "photo.too-many-pixels"
    take_in_photo(encoded(a_picture(), "PNG"), "photo")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_drawn_in_strips_is_the_same(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = encoded(a_picture(3300, 2000, "RGB"), form)
    whole = take_in_photo(data, "photo")
    monkeypatch.setattr(photos, "_STRIP_PIXELS", 3300 * 7)
    assert take_in_photo(data, "photo") == whole


def test_a_large_jpeg_is_decoded_small(monkeypatch: pytest.MonkeyPatch) -> None:
    widths: list[int] = []
    on_white = photos._on_white

    def watched(strip: Image.Image) -> Image.Image:
        widths.append(strip.width)
        return on_white(strip)

    monkeypatch.setattr(photos, "_on_white", watched)
    take_in_photo(a_photo(6400, 400), "photo.jpg")
    assert max(widths) == 1600


def test_changed_bytes_are_refused_or_drawn_never_a_crash() -> None:
    chance = random.Random(11)
    samples = [
        a_photo(80, 60, exif=exif(turn=6, taken="2026:03:02 10:11:12")),
        a_photo(80, 60, progressive=True),
        encoded(a_picture(40, 30), "PNG", exif=exif(turn=3)),
        encoded(a_picture(40, 30, "P"), "PNG", transparency=1),
        encoded(a_picture(40, 30), "WEBP", exif=exif(turn=3)),
        encoded(a_picture(40, 30), "WEBP", lossless=True),
    ]
    taken = 0
    for _ in range(600):
        data = bytearray(chance.choice(samples))
        for _ in range(chance.choice((1, 1, 3))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            photo = take_in_photo(bytes(data), "photo.jpg")
        except ImportTrouble:
            continue
        taken += 1
        assert max(decoded(photo.stored).size) <= 1600
    assert 50 < taken < 550


@pytest.mark.parametrize("quality", [90, 60, 40, 20])
def test_a_jpeg_does_not_become_a_larger_file(quality: int) -> None:
    """It holds no more detail than its own bytes, so it is not blown up by a finer setting."""
    chance = random.Random(quality)
    shapes = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3)).resize((800, 600))
    data = encoded(shapes, quality=quality)
    photo = take_in_photo(data, "photo.jpg")
    assert max(map(len, all_three(photo))) <= len(data)
    assert decoded(photo.stored).size == (800, 600)
