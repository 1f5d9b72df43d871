"""The certificate: one page a dealership may show, with everything its reader needs to check it."""

from __future__ import annotations

from typing import BinaryIO

from qma_app.i18n import _, language
from qma_app.reports.certificates.collecting import collect
from qma_app.reports.certificates.drawing import draw_page
from qma_app.reports.certificates.paper import CertificatePaper, Signatory, SigningLine, content_of
from qma_app.reports.document import PictureBytes
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.progress import Progress
from qma_app.reports.sheet import Sheet
from qma_app.reports.text import Typesetter

__all__ = ["CertificatePaper", "Signatory", "SigningLine", "collect", "content_of", "draw", "title"]


def title() -> str:
    """What it is called in lists."""
    return _("Certificate")


def draw(
    paper: CertificatePaper,
    out: BinaryIO,
    *,
    content_digest: str,
    progress: Progress,
    pictures: PictureBytes | None = None,
) -> None:
    """Write the certificate as a PDF of one page, ready to be given its data and its signature.

    `content_digest` is the SHA-256 of the data to be attached. The same paper always gives the same bytes: the moment in the file is
    that of the decision.
    """
    setter = Typesetter(PaperFonts())
    names = f"{title()} · {paper.certificate.number} · {paper.certificate.holder}"
    sheet = Sheet(
        setter.fonts,
        language=language(),
        title=setter.cleaned(names).replace("\n", " "),
        author=setter.cleaned(paper.decision_maker.name),
        subject=setter.cleaned(paper.edition.label),
        made_at=paper.decision.decided_at,
    )
    progress.part(0.0, 0.5)(0.0)
    draw_page(sheet, setter, paper, content_digest=content_digest)
    sheet.write_to(out, progress.part(0.5, 1.0), pictures or _no_picture)


def _no_picture(digest: str) -> bytes:
    raise KeyError(digest)
