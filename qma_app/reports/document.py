"""The PDF itself: reportlab's document with all fonts embedded, a fixed date, and objects written as they come.

reportlab collects a whole file in memory before the first byte is written, three times over for pictures. Here each object goes
to the file as soon as it is put together, pictures are fetched only then, and the work can be stopped between two objects.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from qma_app.design import APP_NAME

# Text encoding of every stream would take nine tenths of the time; nothing typed may fetch anything from anywhere.
rl_config.useA85 = 0
rl_config.trustedSchemes = []
rl_config.trustedHosts = []

PAGE_SIZE: Final = (595.28, 841.89)
"""A4 in points."""

PictureBytes = Callable[[str], bytes]
"""Gives the JPEG stored under a SHA-256."""

_PDF_VERSION: Final = (1, 4)


class PaperCanvas(Canvas):
    """A canvas that names no font of its own, so that every font in the file is embedded."""

    def __init__(self, *, language: str, title: str, author: str, subject: str, made_at: datetime) -> None:
        super().__init__(
            "report",
            pagesize=PAGE_SIZE,
            pageCompression=1,
            invariant=1,
            lang=language,
            pdfVersion=_PDF_VERSION,
        )
        self._doc._timeStamp = _Moment(made_at)
        self.setTitle(title)
        self.setAuthor(author)
        self.setSubject(subject)
        self.setCreator(APP_NAME)
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"

    def resource_of(self, font: Any, subset: int) -> str:
        """The name under which a part of a font is known on the pages."""
        return str(font.getSubsetInternalName(subset, self._doc))

    def encoded(self, font: Any, text: str) -> list[tuple[int, bytes]]:
        """The text in the codes of a font's subsets."""
        parts: list[tuple[int, bytes]] = font.splitString(text, self._doc)
        return parts

    def place_picture(self, picture: Picture) -> str:
        """Make a picture known to the file and the page; gives its name in the page's code."""
        name = picture.digest
        resource = str(self._doc.getXObjectName(name))
        if not self.hasForm(name):
            self._doc.addForm(name, picture)
        self._formsinuse.append(name)
        return resource

    def write_to(self, out: BinaryIO, progress: Callable[[float], None], pictures: PictureBytes) -> None:
        """Write the finished file; `progress` hears the share done after each object."""
        document = self._doc
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.invariant = 1
        document.info.digest(document.signature)
        document.Reference(document.Catalog)
        document.Reference(document.info)
        document.Outlines.prepare(document, self)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        _write_objects(document, _Out(out), progress, pictures)


class Picture(pdfdoc.PDFObject):
    """A JPEG that enters the file byte for byte as it is stored."""

    def __init__(self, digest: str, width: int, height: int, components: int) -> None:
        self.digest = digest
        self.width = width
        self.height = height
        self.components = components

    def write(self, out: _Out, document: Any, pictures: PictureBytes) -> None:
        """The dictionary, and the bytes unchanged."""
        content = pictures(self.digest)
        space = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}[self.components]
        turned = "/Decode [1 0 1 0 1 0 1 0] " if self.components == 4 else ""
        out.write(
            f"<< /Type /XObject /Subtype /Image /Width {self.width} /Height {self.height} /BitsPerComponent 8 "
            f"/ColorSpace /{space} {turned}/Filter /DCTDecode /Length {len(content)} >>\nstream\n".encode(
                "ascii"
            )
        )
        out.write(content)
        out.write(b"\nendstream\n")


class _Moment:
    """The instant a report shows, in the form reportlab asks for."""

    def __init__(self, at: datetime) -> None:
        at = at.astimezone(UTC)
        self.t = int(at.timestamp())
        self.YMDhms = (at.year, at.month, at.day, at.hour, at.minute, at.second)
        self.dhh = self.dmm = 0


class _Out:
    """A file that knows how far it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.offset = 0

    def write(self, content: bytes) -> None:
        self._file.write(content)
        self.offset += len(content)


def _write_objects(
    document: Any, out: _Out, progress: Callable[[float], None], pictures: PictureBytes
) -> None:
    """What `PDFDocument.format` does, object by object; putting one together may add further ones."""
    out.write(b"%%PDF-%d.%d\n%%\223\214\213\236\n" % _PDF_VERSION)
    ids: list[str] = []
    while (number := len(ids) + 1) in document.numberToId:
        name = document.numberToId[number]
        content = document.idToObject[name]
        document.idToOffset[name] = out.offset
        ids.append(name)
        if isinstance(content, Picture):
            out.write(b"%d 0 obj\n" % number)
            content.write(out, document, pictures)
            out.write(b"endobj\n")
        else:
            written = pdfdoc.PDFIndirectObject(name, content).format(document)
            document.signature.update(written)
            out.write(written)
        progress(number / max(number, len(document.numberToId)))
    table = pdfdoc.PDFCrossReferenceTable()
    table.addsection(0, ids)
    start = out.offset
    out.write(table.format(document))
    trailer = pdfdoc.PDFTrailer(
        startxref=start,
        Size=len(ids) + 1,
        Root=document.Reference(document.Catalog),
        Info=document.Reference(document.info),
        ID=document.ID(),
    )
    out.write(trailer.format(document))
