"""The last lines of a paper that is signed: where the change log stood, so that what was signed can be proven."""

from __future__ import annotations

from qma_app.i18n import _, number_text
from qma_app.reports.actions.values import Frame
from qma_app.reports.blocks import Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.styles import DIGEST
from qma_app.reports.wording import grouped_hash


def add_log_end(kit: Kit, frame: Frame) -> None:
    """Number of entries and whole hash of the head."""
    head = frame.log_head
    said = _("Change log: {count} entries, head").format(count=number_text(head.seq))
    lines = [kit.words(said, DIGEST), kit.words(grouped_hash(head.hash), DIGEST)]
    kit.flow.add(Together(Stack(lines)), before=8)
