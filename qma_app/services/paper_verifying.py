"""Whether a PDF is a paper of this program as it left the house: its signature, its data, what is printed, and what the register says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from qma_app.errors import QmaError
from qma_app.exchange.pdf_verifying import LARGEST_PAPER, PdfFinding, PdfState, verify_pdf
from qma_app.exchange.register.register import Register
from qma_app.i18n import _, instant_text
from qma_app.services.issuing import CERTIFICATE_ATTACHMENT, REPORT_ATTACHMENT
from qma_app.services.paper_contents import PaperContents, contents_differing, read_contents
from qma_app.services.registered_paper import PaperLine, Registered, look_up

__all__ = ["PaperLine", "PaperState", "PaperVerdict", "verify_bytes", "verify_paper"]


class PaperState(StrEnum):
    """What can be said of a file."""

    GENUINE = "genuine"
    CHANGED = "changed"
    UNKNOWN_SIGNER = "unknown-signer"
    REVOKED = "revoked"
    CONTENTS_DIFFER = "contents-differ"
    NOT_OURS = "not-ours"
    UNREADABLE = "unreadable"


_SAME: Final = {
    PdfState.CHANGED: PaperState.CHANGED,
    PdfState.NOT_SIGNED: PaperState.NOT_OURS,
    PdfState.UNREADABLE: PaperState.UNREADABLE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperVerdict:
    """The answer on a file: one state with its title and a sentence, and what was looked at line by line.

    `digest` is the SHA-256 of the file, empty where it was not read whole.
    """

    state: PaperState
    title: str
    words: str
    lines: tuple[PaperLine, ...]
    digest: str

    @property
    def is_genuine(self) -> bool:
        return self.state is PaperState.GENUINE


def verify_paper(path: Path, *, register: Register | None = None) -> PaperVerdict:
    """Look at a file with suspicion; whatever it holds, the answer is a verdict.

    Only with a register can a paper be called genuine: it says whose signatures count and which files were issued.
    """
    try:
        with path.open("rb") as file:
            pdf = file.read(LARGEST_PAPER + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        words = _("{name} cannot be read: {reason}.").format(name=path.name, reason=reason)
        return _verdict(PaperState.UNREADABLE, words, (), "")
    return verify_bytes(pdf, register=register)


def verify_bytes(pdf: bytes, *, register: Register | None = None) -> PaperVerdict:
    """The same for a file that was read already."""
    known = None if register is None else frozenset(one.fingerprint for one in register.signers)
    found = _found(pdf, known)
    if not found.is_whole:
        words = " ".join(reason.words for reason in found.reasons)
        line = PaperLine(title=_("Signature"), words=words, is_good=False)
        return _verdict(_SAME[found.state], words, (line,), found.digest)
    lines = [_signature_line(found)]
    contents, trouble = _contents(found)
    if contents is None:
        lines.append(PaperLine(title=_("Data"), words=trouble, is_good=False))
        is_known = found.is_genuine and found.attached is not None
        return _verdict(
            PaperState.CONTENTS_DIFFER if is_known else PaperState.NOT_OURS, trouble, lines, found.digest
        )
    # Pages of a stranger are not opened: what they print proves nothing, and reading them is a risk.
    differing = tuple(contents_differing(contents, pdf if found.is_genuine else None))
    lines += _data_lines(contents, differing, is_page_read=found.is_genuine)
    if register is None or not found.is_genuine:
        words = " ".join(reason.words for reason in found.reasons)
        lines.append(PaperLine(title=_("Register"), words=words, is_good=False))
        return _verdict(PaperState.UNKNOWN_SIGNER, words, [*lines, *_trial_line(found)], found.digest)
    registered = look_up(register, found, contents)
    lines += [*registered.lines, *_trial_line(found)]
    state, words = _state(registered, differing, contents)
    return _verdict(state, words, lines, found.digest)


def _found(pdf: bytes, known: frozenset[str] | None) -> PdfFinding:
    """What the signature says, with the data of a report or of a certificate, whichever the paper carries."""
    names = [REPORT_ATTACHMENT, CERTIFICATE_ATTACHMENT]
    if f"({CERTIFICATE_ATTACHMENT})".encode() in pdf:  # only which is tried first
        names.reverse()
    found = verify_pdf(pdf, known=known, attachment=names[0])
    if found.is_whole and found.attached is None:
        found = verify_pdf(pdf, known=known, attachment=names[1])
    return found


def _contents(found: PdfFinding) -> tuple[PaperContents | None, str]:
    if found.attached is None:
        return None, _("The file is signed, but carries no data of an audit or a certificate.")
    try:
        return read_contents(found.attached), ""
    except QmaError as error:
        return None, error.message


def _state(
    registered: Registered, differing: tuple[str, ...], contents: PaperContents
) -> tuple[PaperState, str]:
    if registered.is_changed:
        return PaperState.CHANGED, registered.words
    if registered.is_revoked:
        return PaperState.REVOKED, registered.words
    if differing or registered.is_differing:
        return PaperState.CONTENTS_DIFFER, _("What the paper prints is not what its data give.")
    if not registered.is_listed:
        return PaperState.NOT_OURS, registered.words
    return PaperState.GENUINE, _("{paper} is as it was signed, and its data give what it prints.").format(
        paper=contents.title
    )


def _data_lines(
    contents: PaperContents, differing: tuple[str, ...], *, is_page_read: bool
) -> Iterator[PaperLine]:
    yield PaperLine(title=_("Paper"), words=contents.title, is_good=True)
    if differing:
        yield PaperLine(title=_("Data"), words=" · ".join(differing), is_good=False)
    elif is_page_read:
        words = _("Worked out again from the attached data: everything printed comes out.")
        yield PaperLine(title=_("Data"), words=words, is_good=True)
    else:
        words = _("The attached data agree with themselves; the pages of an unknown signer are not read.")
        yield PaperLine(title=_("Data"), words=words, is_good=True)
    yield PaperLine(
        title=_("Change log"),
        words=_("{count} entries, head {hash}").format(count=contents.log_seq, hash=contents.log_hash),
        is_good=True,
    )


def _signature_line(found: PdfFinding) -> PaperLine:
    at = instant_text(found.signed_at) if found.signed_at is not None else "–"
    words = _("Whole since it was signed by {name} on {day}; fingerprint {fingerprint}").format(
        name=found.signer, day=at, fingerprint=found.fingerprint
    )
    return PaperLine(title=_("Signature"), words=words, is_good=True)


def _trial_line(found: PdfFinding) -> Iterator[PaperLine]:
    if found.is_trial:
        words = _("TRIAL: signed with a key for trial; the paper is worth nothing outside a trial.")
        yield PaperLine(title=_("Trial"), words=words, is_good=False)


def _verdict(
    state: PaperState, words: str, lines: tuple[PaperLine, ...] | list[PaperLine], digest: str
) -> PaperVerdict:
    titles = {
        PaperState.GENUINE: _("Genuine"),
        PaperState.CHANGED: _("Changed"),
        PaperState.UNKNOWN_SIGNER: _("Unknown signer"),
        PaperState.REVOKED: _("Revoked"),
        PaperState.CONTENTS_DIFFER: _("Contents differ"),
        PaperState.NOT_OURS: _("Not one of our papers"),
        PaperState.UNREADABLE: _("Not readable"),
    }
    return PaperVerdict(state=state, title=titles[state], words=words, lines=tuple(lines), digest=digest)
