"""Documents taken in as evidence: kept as they are, so only kinds are let in that are what their name says."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from qma_app.errors import ImportTrouble
from qma_app.exchange.file_kinds import PHOTO_KINDS, FileKind, is_text, kind_of, refuse_by_size
from qma_app.exchange.file_names import clean_name
from qma_app.i18n import _

_MOST_ENTRIES: Final = 5000
_MAIL_HEADER: Final = re.compile(
    rb"(?im)^(from|to|date|subject|received|message-id|mime-version|return-path):"
)
_MAIL_HEADERS_WITHIN: Final = 64 * 1024
_OFFICE: Final = "application/vnd.openxmlformats-officedocument"


def media_type_of(name: str, data: bytes) -> str:
    """The media type of a document that may be kept, or an ImportTrouble that says why not and what to do."""
    shown = clean_name(name)
    refuse_by_size(data, shown)
    ending = PurePosixPath(shown).suffix.lower().removeprefix(".")
    if ending not in _KINDS:
        raise _refused(shown)
    media_type, is_genuine = _KINDS[ending]
    if not is_genuine(data):
        raise _not_what_it_says(shown, ending, data)
    return media_type


def _is_pdf(data: bytes) -> bool:
    return kind_of(data) is FileKind.PDF


def _is_workbook(data: bytes) -> bool:
    return _is_office(data, "xl/workbook.xml")


def _is_letter(data: bytes) -> bool:
    return _is_office(data, "word/document.xml")


def _is_office(data: bytes, heart: str) -> bool:
    """Looks only at the table of contents: nothing is unpacked. Macros are programs and stay outside."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError):
        return False
    return (
        len(names) <= _MOST_ENTRIES
        and {heart, "[Content_Types].xml"} <= set(names)
        and not any(name.lower().endswith("vbaproject.bin") for name in names)
    )


def _is_outlook_mail(data: bytes) -> bool:
    return kind_of(data) is FileKind.OLE and "__properties_version1.0".encode("utf-16-le") in data


def _is_mail(data: bytes) -> bool:
    return is_text(data) and _MAIL_HEADER.search(data[:_MAIL_HEADERS_WITHIN]) is not None


def _is_plain_text(data: bytes) -> bool:
    return kind_of(data) is FileKind.TEXT


_KINDS: Final[Mapping[str, tuple[str, Callable[[bytes], bool]]]] = {
    "pdf": ("application/pdf", _is_pdf),
    "xlsx": (f"{_OFFICE}.spreadsheetml.sheet", _is_workbook),
    "docx": (f"{_OFFICE}.wordprocessingml.document", _is_letter),
    "csv": ("text/csv", _is_plain_text),
    "txt": ("text/plain", _is_plain_text),
    "msg": ("application/vnd.ms-outlook", _is_outlook_mail),
    "eml": ("message/rfc822", _is_mail),
}


def _refused(shown: str) -> ImportTrouble:
    return ImportTrouble(
        _("{name} is of a kind that is not kept as evidence.").format(name=shown),
        code="document.kind",
        way_out=_("Kept are photos (JPEG, PNG, WEBP) and {kinds}; print anything else to PDF.").format(
            kinds=", ".join(_KINDS).upper()
        ),
        name=shown,
    )


def _not_what_it_says(shown: str, ending: str, data: bytes) -> ImportTrouble:
    found = kind_of(data)
    if found in PHOTO_KINDS:
        way_out = _("Take it in as a photo.")
    elif found is FileKind.ZIP and ending in ("xlsx", "docx"):
        way_out = _("Save it without macros as {ending}, or print it to PDF.").format(ending=ending.upper())
    elif found is FileKind.OLE:
        way_out = _("Save it without a password in today's form, or print it to PDF.")
    else:
        way_out = _("Save it again at its source, or print it to PDF.")
    return ImportTrouble(
        _("{name} is not what its name says: its content is no {ending}.").format(
            name=shown, ending=ending.upper()
        ),
        code="document.mismatch",
        way_out=way_out,
        name=shown,
        found=found.value,
    )
