"""Photos taken in: looked at with suspicion, then drawn anew in three sizes that carry nothing but the picture."""

from __future__ import annotations

import hashlib
import struct
import warnings
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final

from qma_app.errors import ImportTrouble, StorageTrouble
from qma_app.exchange.file_kinds import PHOTO_KINDS, FileKind, kind_of, refuse_by_size
from qma_app.exchange.file_names import clean_name
from qma_app.i18n import _

if TYPE_CHECKING:  # Pillow is imported where it is used: 65 ms that the first paint need not pay
    from PIL.Image import Image

MOST_PIXELS: Final = 50_000_000
MOST_WEBP_PIXELS: Final = 16_000_000
"""Its decoder holds the picture four times in memory."""

STORED_PIXELS: Final = 1600
PAPER_PIXELS: Final = 1000
THUMBNAIL_PIXELS: Final = 320

_OTHER_PICTURES: Final = (FileKind.AVIF, FileKind.GIF, FileKind.TIFF, FileKind.BMP, FileKind.JPEG_XL)
_STORED_QUALITY: Final = 85
_COARSER_QUALITIES: Final = (75, 60, 45, 30, 18)
_PAPER_QUALITY: Final = 80
_THUMBNAIL_QUALITY: Final = 75
_STRIP_PIXELS: Final = 2_000_000

_ORIENTATION, _TAKEN, _DIGITIZED, _CHANGED, _EXIF_IFD = 0x0112, 0x9003, 0x9004, 0x0132, 0x8769
_DAMAGE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on bytes that are not a whole picture."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoRenditions:
    """A photo in the three sizes that are kept, each a baseline JPEG without EXIF, profile or comment.

    `width` and `height` are of `stored`; `made_on` is the day its camera noted, None if it did not; `original_digest` is the
    SHA-256 of the file it came from, which is not kept.
    """

    stored: bytes
    paper: bytes
    thumbnail: bytes
    width: int
    height: int
    made_on: date | None
    original_digest: str


def is_photo(data: bytes) -> bool:
    """Whether the bytes begin as a photo that can be taken in, whatever its name says."""
    return kind_of(data) in PHOTO_KINDS


def is_picture(data: bytes) -> bool:
    """Whether the bytes begin as a picture of any kind, also of one that `take_in_photo` refuses with its way out."""
    return kind_of(data) in (*PHOTO_KINDS, FileKind.HEIC, *_OTHER_PICTURES)


def take_in_photo(data: bytes, name: str) -> PhotoRenditions:
    """Draw a photo anew, upright and never larger than it was; ImportTrouble says why not and what to do.

    Transparent parts become white. A picture with a second image behind it (depth, light) gives its first.
    """
    shown = clean_name(name)
    _refuse_by_first_look(data, shown)
    picture, made_on = _picture_in(data, shown)
    stored = _at_most(picture, STORED_PIXELS)
    # A JPEG holds no more detail than its own bytes: drawn anew it does not become a larger file.
    most = len(data) if kind_of(data) is FileKind.JPEG else None
    paper, thumbnail = paper_and_thumbnail(stored, most)
    return PhotoRenditions(
        stored=_jpeg(stored, _STORED_QUALITY, most),
        paper=paper,
        thumbnail=thumbnail,
        width=stored.width,
        height=stored.height,
        made_on=made_on,
        original_digest=hashlib.sha256(data).hexdigest(),
    )


def stored_picture(stored: bytes) -> Image:
    """The picture in a stored rendition, ready to be drawn on; StorageTrouble where it is none of ours."""
    from PIL import Image

    try:
        with Image.open(BytesIO(stored), formats=(FileKind.JPEG,)) as image:
            return image.convert("RGB")
    except _DAMAGE as error:
        raise StorageTrouble(
            _("The stored picture cannot be read."),
            code="evidence.changed",
            way_out=_("Take the original in again, or restore the file from a backup."),
        ) from error


def shared_jpeg(picture: Image) -> bytes:
    """A picture in the largest size that is kept."""
    return _jpeg(_at_most(picture, STORED_PIXELS), _STORED_QUALITY)


def paper_and_thumbnail(picture: Image, most: int | None = None) -> tuple[bytes, bytes]:
    """The two smaller renditions of a picture, as JPEG of at most so many bytes each."""
    paper = _at_most(picture, PAPER_PIXELS)
    thumbnail = _at_most(paper, THUMBNAIL_PIXELS)
    return _jpeg(paper, _PAPER_QUALITY, most), _jpeg(thumbnail, _THUMBNAIL_QUALITY, most)


def _picture_in(data: bytes, shown: str) -> tuple[Image, date | None]:
    from PIL import Image

    # From here on and in every thread: small as a file and huge in memory is an error, a blemish in EXIF is nobody's concern.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")
    try:
        with Image.open(BytesIO(data), formats=PHOTO_KINDS) as image:
            _refuse_by_header(image, shown)
            made_on, turn = _from_exif(image)
            return _turned(_drawn_anew(image), turn), made_on
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels(shown, MOST_PIXELS) from error
    except _DAMAGE as error:
        raise _damaged(shown, kind_of(data)) from error


def _refuse_by_first_look(data: bytes, shown: str) -> None:
    refuse_by_size(data, shown)
    kind = kind_of(data)
    if kind is FileKind.HEIC:
        raise _refused(
            _("{name} is a HEIC photo, which cannot be taken in."),
            "photo.heic",
            _("Set the camera of the phone to JPEG (most compatible), or save this photo as JPEG."),
            shown,
        )
    if kind in _OTHER_PICTURES:
        raise ImportTrouble(
            _("{name} is a {kind} picture; photos are taken in as JPEG, PNG or WEBP.").format(
                name=shown, kind=kind.value
            ),
            code="photo.kind",
            way_out=_("Save it as JPEG and take it in again."),
            name=shown,
            found=kind.value,
        )
    if kind not in PHOTO_KINDS:
        raise _no_photo(shown, kind)


def _refuse_by_header(image: Image, shown: str) -> None:
    limit = MOST_WEBP_PIXELS if image.format == "WEBP" else MOST_PIXELS
    if image.width * image.height > limit:
        raise _too_many_pixels(shown, limit)
    # A JPEG with more than one frame carries a depth map or a brighter twin behind the photo, not a film.
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise _refused(
            _("{name} is an animated picture, and evidence must not move."),
            "photo.animated",
            _("Save the one frame that matters as JPEG."),
            shown,
        )


def _drawn_anew(image: Image) -> Image:
    """The picture in RGB on white and without anything else, decoded no larger than twice what is kept.

    It goes strip by strip, so that the largest picture we allow stands in memory once and not three times.
    """
    from PIL import Image as pillow  # noqa: N813  the module, beside the class of that name

    image.draft("RGB", _size_within(image, STORED_PIXELS))
    image.load()
    factor = max(1, max(image.size) // (2 * STORED_PIXELS))
    drawn = pillow.new("RGB", (-(-image.width // factor), -(-image.height // factor)))
    rows = max(1, _STRIP_PIXELS // (image.width * factor)) * factor
    for top in range(0, image.height, rows):
        strip = image.crop((0, top, image.width, min(top + rows, image.height)))
        drawn.paste(_on_white(strip).reduce(factor), (0, top // factor))
    return drawn


def _on_white(strip: Image) -> Image:
    from PIL import Image as pillow  # noqa: N813  see above

    if strip.mode in (
        "I",
        "I;16",
        "I;16B",
        "I;16L",
    ):  # 16 bits of grey; a plain conversion would cut them off at white
        strip = strip.point(_sixteen_to_eight).convert("L")
    if strip.mode not in ("RGBA", "LA", "PA") and "transparency" not in strip.info:
        return strip.convert("RGB")
    strip = strip.convert("RGBA")
    white = pillow.new("RGB", strip.size, "white")
    white.paste(strip, mask=strip.getchannel("A"))
    return white


def _sixteen_to_eight(value: float) -> float:
    return value * (1 / 257) + 0


def _from_exif(image: Image) -> tuple[date | None, int]:
    """The day the camera noted and how it was held; damaged EXIF is no reason to refuse the photo."""
    try:
        exif = image.getexif()
        details = exif.get_ifd(_EXIF_IFD)
        noted = details.get(_TAKEN) or details.get(_DIGITIZED) or exif.get(_CHANGED)
        turn = exif.get(_ORIENTATION)
    except _DAMAGE:
        return None, 1
    return _day(noted), turn if isinstance(turn, int) else 1


def _day(noted: object) -> date | None:
    try:
        return datetime.strptime(str(noted)[:10], "%Y:%m:%d").date()  # noqa: DTZ007  a day on the camera's own calendar
    except ValueError:
        return None


def _turned(picture: Image, turn: int) -> Image:
    from PIL.Image import Transpose

    how = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(turn)
    return picture if how is None else picture.transpose(how)


def _at_most(picture: Image, pixels: int) -> Image:
    from PIL.Image import Resampling

    size = _size_within(picture, pixels)
    return picture if size == picture.size else picture.resize(size, Resampling.LANCZOS)


def _size_within(picture: Image, pixels: int) -> tuple[int, int]:
    scale = min(1.0, pixels / max(picture.size))
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))


def _jpeg(picture: Image, quality: int, most: int | None = None) -> bytes:
    """A baseline JPEG, as coarse as it takes to have at most so many bytes."""
    coarser = () if most is None else _COARSER_QUALITIES
    content = _saved(picture, quality)
    for lower in coarser:
        if most is None or len(content) <= most:
            break
        if lower < quality:
            content = min(content, _saved(picture, lower), key=len)
    return content


def _saved(picture: Image, quality: int) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=quality, progressive=False)
    return stream.getvalue()


def _refused(sentence: str, code: str, way_out: str, shown: str) -> ImportTrouble:
    return ImportTrouble(sentence.format(name=shown), code=code, way_out=way_out, name=shown)


def _too_many_pixels(shown: str, limit: int) -> ImportTrouble:
    return ImportTrouble(
        _("{name} has more than {limit} million pixels.").format(name=shown, limit=limit // 1_000_000),
        code="photo.too-many-pixels",
        way_out=_("Save it smaller and take it in again."),
        name=shown,
    )


def _damaged(shown: str, kind: FileKind) -> ImportTrouble:
    return ImportTrouble(
        _("{name} begins as {kind} but is cut off or damaged.").format(name=shown, kind=kind.value),
        code="photo.damaged",
        way_out=_("Copy it from the camera again."),
        name=shown,
    )


def _no_photo(shown: str, kind: FileKind) -> ImportTrouble:
    if kind in (FileKind.PDF, FileKind.TEXT, FileKind.ZIP, FileKind.OLE):
        way_out = _("Take it in as a document, or choose a photo.")
    elif kind is FileKind.VIDEO:
        way_out = _("Films are not kept; take a photo of what matters.")
    else:
        way_out = _("Choose a photo in JPEG, PNG or WEBP.")
    return ImportTrouble(
        _("{name} is not a photo.").format(name=shown),
        code="photo.not-one",
        way_out=way_out,
        name=shown,
        found=kind.value,
    )
