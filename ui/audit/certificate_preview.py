"""The page of the certificate: as it was signed, or as a draft until it is."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from qma_app.domain.certificate_life import life_title
from qma_app.domain.ids import CertificateId, IssuedFileId
from qma_app.errors import QmaError
from qma_app.i18n import _
from ui import theme
from ui.audit.certificate_reading import CertificateDesk
from ui.audit.decision_words import LIFE_TONES
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.widgets.pdf_preview import Fit, PdfPreview
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace
    from ui.jobs import Progress

_LANDSCAPE: Final = math.sqrt(2)
_EDGE: Final = 14
_MARGIN: Final = 17
"""What a card leaves free at its left and right."""
Shown = tuple[CertificateId, IssuedFileId | None, str, int]
"""What a page is made of: the certificate, its signed file, the language, and how often the certificate was changed."""


class CertificatePreview(Card):
    """Made beside the window; one that is shown already is not made again."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.state = Chip("")
        super().__init__(_("Certificate"), self.state, parent)
        self._bench = workbench
        self._wanted: Shown | None = None
        self._shown: Shown | None = None
        self.words = PlainLabel("", tone="muted", wrap=True)
        self.preview = PdfPreview()
        self.preview.fit(Fit.WIDTH)
        self.preview.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.setSpacing(8)
        self.body.addWidget(self.words)
        self.body.addWidget(self.preview)

    def show_desk(self, desk: CertificateDesk) -> None:
        """Show this certificate; without one it says what it waits for."""
        certificate, life = desk.certificate, desk.life
        self.state.setVisible(life is not None)
        self.preview.setVisible(certificate is not None)
        if certificate is None or life is None:
            self._wanted = self._shown = None
            self.title_label.setText(_("Certificate"))
            self.words.setText(_waiting_words(desk))
            return
        self.title_label.setText(_("Certificate {number}").format(number=certificate.number))
        self.state.say(life_title(life.state), LIFE_TONES[life.state])
        file = desk.newest_file
        draft = _("A draft: this is how it will look. Nobody can rely on it until it is signed.")
        self.words.setText(life.words if file is not None else f"{life.words} {draft}")
        language = file.language if file is not None else self._bench.settings.report_language
        self._want((certificate.id, file.id if file is not None else None, language, certificate.version))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the one landscape page is at this width."""
        super().resizeEvent(event)
        inside = self.contentsRect().width() - 2 * _MARGIN - theme.px(2 * _EDGE)
        self.preview.setFixedHeight(max(theme.px(220), round(inside / _LANDSCAPE) + theme.px(2 * _EDGE)))

    def _want(self, wanted: Shown) -> None:
        if wanted in (self._wanted, self._shown):
            self._wanted = wanted
            return
        self._wanted = wanted
        self._bench.jobs.run(
            _("Building preview"),
            partial(_page, self._bench.workspace, wanted),
            self._made,
            self._broke,
        )

    def _made(self, made: tuple[Shown, bytes]) -> None:
        shown, content = made
        if shown == self._wanted:
            self._shown = shown
            self.preview.show_pdf(content)

    def _broke(self, error: QmaError) -> None:
        self.preview.show_nothing()
        self.words.setText(str(error))


def _page(workspace: Workspace, wanted: Shown, progress: Progress) -> tuple[Shown, bytes]:
    from qma_app.services.certificate_issuing import draft_certificate
    from qma_app.services.signing import issued_bytes

    certificate_id, file_id, language, _version = wanted
    if file_id is not None:
        return wanted, issued_bytes(workspace, file_id)
    return wanted, draft_certificate(workspace, certificate_id, language=language, progress=progress)


def _waiting_words(desk: CertificateDesk) -> str:
    if desk.is_looked_after:
        return _("There is no certificate that this audit could look after.")
    if desk.decision is None:
        return _("Nothing is decided yet: the certificate follows the decision.")
    if desk.can_be_granted:
        return _("The decision gives a certificate; it is not granted yet.")
    return _("The certificate was refused; none is issued on this audit.")
