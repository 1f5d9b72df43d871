"""The files behind a finding: pictures, pairs before and after, and a register in which nothing is left out."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.design import LIGHT
from qma_app.domain.evidence import Evidence, Mark, MarkKind
from qma_app.domain.evidence_use import Expiry, expiry_of, why_not_shown
from qma_app.domain.wording import evidence_kind_title
from qma_app.i18n import _, day_text, number_text
from qma_app.reports.actions.values import FindingPaper, PairPart
from qma_app.reports.blocks import Block, Stack, Together
from qma_app.reports.kit import Kit
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.paper import EvidenceEntry, EvidenceState
from qma_app.reports.photos import Photo, caption_of, evidence_line, photo_grid, state_sentence
from qma_app.reports.sections.record import consent_line
from qma_app.reports.styles import CELL, CELL_NUMBER, CELL_QUIET, CELL_STRONG, DIGEST, LABEL
from qma_app.reports.tables import Row, Table, side_by_side

_HALF = (CONTENT_WIDTH - 16) / 2


def add_pictures(kit: Kit, paper: FindingPaper) -> None:
    """Pairs side by side, then the other pictures; what cannot be shown is named with the reason."""
    if not paper.evidence:
        return
    kit.heading(_("Evidence"), level=1, before=22)
    shown: set[str] = set()
    for pair in paper.pairs:
        kit.flow.add(pair_block(kit, pair), before=6)
        shown.update((pair.before.evidence.id, pair.after.evidence.id))
    photos = [each for each in paper.evidence if each.jpeg and each.evidence.id not in shown]
    if photos:
        columns = 3 if len(photos) > 4 or len(photos) == 3 else 2
        kit.flow.add(photo_grid(kit.setter, photos, width=CONTENT_WIDTH, columns=columns), before=6)
    others = [each for each in paper.evidence if not each.jpeg and each.evidence.id not in shown]
    if others:
        kit.flow.add(Stack([evidence_line(kit.setter, each) for each in others], gap=4), before=6)


def pair_block(kit: Kit, pair: PairPart) -> Block:
    """Two photos side by side, before and after, with the words to them."""
    cells = [
        Stack([kit.words(title, LABEL), _picture(kit, entry)], gap=2)
        for title, entry in ((_("Before"), pair.before), (_("After"), pair.after))
    ]
    row: list[Block] = [side_by_side(cells, (_HALF, _HALF), gutter=16)]
    if pair.pair.words:
        row.append(kit.words(pair.pair.words, CELL, where=_("pair of photos")))
    return Together(Stack(row, gap=3))


def _picture(kit: Kit, entry: EvidenceEntry) -> Block:
    if entry.jpeg is None:
        return evidence_line(kit.setter, entry)
    return Stack((Photo(entry.jpeg), *caption_of(kit.setter, entry)), gap=3)


def add_register(kit: Kit, paper: FindingPaper) -> None:
    """Each file with its dates, consent, revision and hashes."""
    if not paper.evidence:
        return
    kit.heading(_("Files in full"), level=1, before=22)
    rows = [_row(kit, paper, entry) for entry in paper.evidence]
    head = kit.head_row((_("No."), _("File, dates, SHA-256"), _("Used at")))
    kit.flow.add(Table((34, CONTENT_WIDTH - 34 - 78 - 20, 78), rows, head=head), before=2)


def _row(kit: Kit, paper: FindingPaper, entry: EvidenceEntry) -> Row:
    evidence = entry.evidence
    said: list[Block] = [
        kit.words(evidence.name, CELL_STRONG, where=_("{label}, name").format(label=entry.label))
    ]
    if evidence.caption:
        said.append(kit.words(evidence.caption, CELL, where=_("{label}, caption").format(label=entry.label)))
    said.append(kit.words(" · ".join(_facts(paper, evidence)), CELL_QUIET))
    said.append(kit.words(" · ".join(_dates(evidence)), CELL_QUIET))
    warnings = [
        state_sentence(entry.state) if entry.state is not EvidenceState.WHOLE else "",
        why_not_shown(evidence),
    ]
    if expiry_of(evidence, paper.frame.on) is Expiry.EXPIRED:
        warnings.append(_("It does not count any more: its validity has ended."))
    said += [kit.words(words, CELL_QUIET.in_colour(LIGHT.bad)) for words in warnings if words]
    consent = consent_line(evidence)
    if consent:
        said.append(kit.words(consent, CELL_QUIET, where=_("{label}, consent").format(label=entry.label)))
    if evidence.marks:
        said.append(
            kit.words(_("Marked: {list}").format(list=", ".join(map(_mark, evidence.marks))), CELL_QUIET)
        )
    said += [kit.words(line, DIGEST) for line in _digests(evidence)]
    return Row(
        (
            kit.words(entry.label, CELL_NUMBER),
            Stack(said, gap=1),
            kit.words(", ".join(entry.used_at), CELL_QUIET),
        )
    )


def _facts(paper: FindingPaper, evidence: Evidence) -> Iterator[str]:
    kind = evidence_kind_title(evidence.kind)
    yield _("{kind}, {size} kB").format(kind=kind, size=number_text(max(1, evidence.size // 1000)))
    yield evidence.media_type
    if evidence.width and evidence.height:
        yield _("{width} × {height} pixels").format(width=evidence.width, height=evidence.height)
    if evidence.revision > 1 or evidence.revision_of:
        older = paper.names.get(evidence.revision_of or "", "")
        revision = _("revision {number}").format(number=evidence.revision)
        yield _("{revision}, replaces {name}").format(revision=revision, name=older) if older else revision
    taker = paper.names.get(evidence.taken_in_by or "", "")
    if taker:
        yield _("taken in by {name}").format(name=taker)


def _dates(evidence: Evidence) -> Iterator[str]:
    for text, day in (
        (_("made {day}"), evidence.made_on),
        (_("valid from {day}"), evidence.valid_from),
        (_("valid until {day}"), evidence.valid_until),
        (_("taken in {day}"), evidence.taken_in_at.astimezone().date()),
    ):
        if day is not None:
            yield text.format(day=day_text(day))


def _mark(mark: Mark) -> str:
    name = {
        MarkKind.CROP: _("cropped"),
        MarkKind.BLUR: _("blurred"),
        MarkKind.ARROW: _("arrow"),
        MarkKind.BOX: _("box"),
        MarkKind.TEXT: _("text"),
        MarkKind.NUMBER: _("number"),
    }[mark.kind]
    return f"{name} {_('“{text}”').format(text=mark.words)}" if mark.words else name


def _digests(evidence: Evidence) -> Iterator[str]:
    yield _("stored {digest}").format(digest=evidence.digest)
    if evidence.original_digest != evidence.digest:
        yield _("original {digest}").format(digest=evidence.original_digest)
    for text, digest in (
        (_("for paper {digest}"), evidence.paper_digest),
        (_("small {digest}"), evidence.thumbnail_digest),
        (_("handed out {digest}"), evidence.shared_digest),
    ):
        if digest and digest != evidence.digest:
            yield text.format(digest=digest)
