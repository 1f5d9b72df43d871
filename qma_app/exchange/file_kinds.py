"""What a file from outside really is, seen from its first bytes and never from its name."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from qma_app.errors import ImportTrouble
from qma_app.i18n import _

LARGEST_FILE: Final = 30 << 20


class FileKind(StrEnum):
    """Kinds told apart; the values are how people call them."""

    EMPTY = "empty"
    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIC = "HEIC"
    AVIF = "AVIF"
    GIF = "GIF"
    TIFF = "TIFF"
    BMP = "BMP"
    JPEG_XL = "JPEG XL"
    VIDEO = "video"
    PDF = "PDF"
    ZIP = "ZIP"
    OLE = "OLE"
    TEXT = "text"
    UNKNOWN = "unknown"


PHOTO_KINDS: Final = (FileKind.JPEG, FileKind.PNG, FileKind.WEBP)

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"MM\x00+", FileKind.TIFF),
    (b"\xff\x0a", FileKind.JPEG_XL),
    (b"\x00\x00\x00\x0cJXL ", FileKind.JPEG_XL),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
    (b"\x1aE\xdf\xa3", FileKind.VIDEO),
)
_HEIC_BRANDS: Final = (
    b"heic",
    b"heix",
    b"heim",
    b"heis",
    b"hevc",
    b"hevx",
    b"hevm",
    b"hevs",
    b"mif1",
    b"msf1",
)
_AVIF_BRANDS: Final = (b"avif", b"avis")
_BMP_HEADER_SIZES: Final = (12, 40, 52, 56, 64, 108, 124)
_PDF_WITHIN: Final = 1024
_TEXT_SEEN: Final = 64 * 1024
_NO_TEXT: Final = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def kind_of(data: bytes) -> FileKind:
    """The kind a file's bytes say it is."""
    if not data:
        return FileKind.EMPTY
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"AVI "):
        return FileKind.WEBP if data[8:12] == b"WEBP" else FileKind.VIDEO
    if data[4:8] == b"ftyp":
        return _kind_of_boxes(data)
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_HEADER_SIZES:
        return FileKind.BMP
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return FileKind.PDF
    return FileKind.TEXT if is_text(data) else FileKind.UNKNOWN


def refuse_by_size(data: bytes, shown: str) -> None:
    """An ImportTrouble for a file with nothing in it, or too much for evidence; `shown` is its cleaned name."""
    refuse_by_length(len(data), shown)


def refuse_by_length(length: int, shown: str) -> None:
    """The same for a file that was not read yet."""
    if not length:
        raise ImportTrouble(
            _("{name} is empty (0 bytes).").format(name=shown),
            code="file.empty",
            way_out=_("Copy it from where it comes from again."),
            name=shown,
        )
    if length > LARGEST_FILE:
        raise ImportTrouble(
            _("{name} has {size} MB; a file may have {limit} MB.").format(
                name=shown, size=-(-length >> 20), limit=LARGEST_FILE >> 20
            ),
            code="file.too-large",
            way_out=_("Save it smaller: fewer pages, or pictures of a lower resolution."),
            name=shown,
        )


def is_text(data: bytes) -> bool:
    """Whether bytes are text in some encoding: no control characters but those of layout."""
    if data.startswith(_UTF16_MARKS):
        return _NO_TEXT.isdisjoint(map(ord, data[:_TEXT_SEEN].decode("utf-16", errors="ignore")))
    return _NO_TEXT.isdisjoint(data[:_TEXT_SEEN])


def _kind_of_boxes(data: bytes) -> FileKind:
    """HEIC, AVIF and films share one container; the brands in its first box tell which."""
    length = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[place : place + 4] for place in (8, *range(16, length, 4))]
    if any(brand in _AVIF_BRANDS for brand in brands):
        return FileKind.AVIF
    if any(brand in _HEIC_BRANDS for brand in brands):
        return FileKind.HEIC
    return FileKind.VIDEO
