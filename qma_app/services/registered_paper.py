"""What a register says about one signed paper: whether it was issued, is revoked or replaced, and how its certificate stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qma_app.exchange.pdf_verifying import PdfFinding
from qma_app.exchange.register.register import Register, RegisteredCertificate, RegisteredFile
from qma_app.i18n import _, day_text
from qma_app.services.paper_contents import PaperContents

_GOOD_STATES = frozenset(("valid", "conditional"))


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperLine:
    """One thing that was looked at."""

    title: str
    words: str
    is_good: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Registered:
    """The answer of a register; `words` name what stands against the paper, empty where nothing does.

    `is_changed`: the register knows this paper with another SHA-256. `is_differing`: it tells of it otherwise than its data.
    """

    lines: tuple[PaperLine, ...]
    words: str = ""
    is_listed: bool = False
    is_changed: bool = False
    is_revoked: bool = False
    is_differing: bool = False


def look_up(register: Register, found: PdfFinding, contents: PaperContents) -> Registered:
    """Ask the register about a paper whose signature is whole and whose signer it knows."""
    file = register.file(found.digest)
    revoked = tuple(_revocations(register, found, contents))
    lines = list(revoked)
    if file is None:
        is_known = any(_is_same_paper(one, found, contents) for one in register.files)
        words = (
            _("The register lists this paper with another SHA-256: the file is not the one that was issued.")
            if is_known
            else _("The register of {day} does not list this file: it was issued later, or never.").format(
                day=day_text(register.as_of)
            )
        )
        lines.insert(0, PaperLine(title=_("Register"), words=words, is_good=False))
        said = revoked[0].words if revoked and not is_known else words
        return Registered(lines=tuple(lines), words=said, is_changed=is_known, is_revoked=bool(revoked))
    is_same = _agrees(file, found, contents)
    words = (
        _("Issued as {name}; the register of {day} lists it.").format(
            name=file.name, day=day_text(register.as_of)
        )
        if is_same
        else _("The register tells of this file otherwise than its data.")
    )
    lines.insert(0, PaperLine(title=_("Register"), words=words, is_good=is_same))
    lines += _replaced(register, file)
    lines += _certificate_lines(register, contents)
    held = register.certificate(contents.number) if contents.certificate is not None else None
    is_differing = not is_same or (contents.certificate is not None and not _says_the_same(held, contents))
    return Registered(
        lines=tuple(lines),
        words=revoked[0].words if revoked else "",
        is_listed=True,
        is_revoked=bool(revoked),
        is_differing=is_differing,
    )


def _revocations(register: Register, found: PdfFinding, contents: PaperContents) -> Iterator[PaperLine]:
    file = register.file(found.digest)
    if file is not None and file.revoked_on is not None:
        words = _("The file was revoked on {day}: {reason}").format(
            day=day_text(file.revoked_on), reason=file.revoked_reason
        )
        yield PaperLine(title=_("Revoked"), words=words, is_good=False)
    signer = register.signer(found.fingerprint)
    if signer is not None and signer.revoked_on is not None:
        words = _("The key of {name} was revoked on {day}: {reason}").format(
            name=signer.name, day=day_text(signer.revoked_on), reason=signer.revoked_reason
        )
        yield PaperLine(title=_("Revoked"), words=words, is_good=False)
    held = register.certificate(contents.number) if contents.certificate is not None else None
    if held is not None and held.state == "withdrawn":
        words = _("The certificate was withdrawn on {day}: {reason}").format(
            day=day_text(held.since), reason=held.reason
        )
        yield PaperLine(title=_("Revoked"), words=words, is_good=False)


def _is_same_paper(file: RegisteredFile, found: PdfFinding, contents: PaperContents) -> bool:
    """Whether a file that was issued carries the very data of this one."""
    return file.content_digest == found.attached_digest and file.number == contents.number


def _agrees(file: RegisteredFile, found: PdfFinding, contents: PaperContents) -> bool:
    kind = "report" if contents.audit is not None else "certificate"
    return (
        (file.kind, file.number, file.content_digest, file.signer)
        == (kind, contents.number, found.attached_digest, found.fingerprint)
        and (contents.audit is None or file.revision == contents.revision)
        and file.is_trial == contents.is_trial == found.is_trial
        and (file.log_seq, file.log_hash) == (contents.log_seq, contents.log_hash)
    )


def _says_the_same(held: RegisteredCertificate | None, contents: PaperContents) -> bool:
    said = contents.certificate
    if held is None or said is None:
        return False
    return (held.holder, held.level, held.edition_hash, held.audited_from, held.audited_to) == (
        said.holder,
        said.level,
        said.edition_hash,
        said.audited_from,
        said.audited_to,
    ) and (held.decided_on, held.report_digest) == (said.decided_on, said.basis.report_digest)


def _replaced(register: Register, file: RegisteredFile) -> Iterator[PaperLine]:
    newer = next((one for one in register.files if one.replaces == file.digest), None)
    if newer is not None:
        words = _("A newer paper took its place: {name}, revision {revision}.").format(
            name=newer.name, revision=newer.revision
        )
        yield PaperLine(title=_("Replaced"), words=words, is_good=False)


def _certificate_lines(register: Register, contents: PaperContents) -> Iterator[PaperLine]:
    """How the certificate stands on the day of the register, which may be long after it was printed."""
    held = register.certificate(contents.number) if contents.certificate is not None else None
    if held is None:
        return
    words = _state_words(held).format(
        day=day_text(register.as_of), since=day_text(held.since), until=day_text(held.until)
    )
    if held.reason:
        words = f"{words} {held.reason}"
    yield PaperLine(title=_("Certificate"), words=words, is_good=held.state in _GOOD_STATES)
    report = register.file(held.report_digest)
    if report is not None and report.revoked_on is not None:
        words = _("The report it rests on was revoked on {day}: {reason}").format(
            day=day_text(report.revoked_on), reason=report.revoked_reason
        )
        yield PaperLine(title=_("Certificate"), words=words, is_good=False)


def _state_words(held: RegisteredCertificate) -> str:
    return {
        "valid": _("Valid on {day}, until {until}."),
        "conditional": _("Conditional on {day}: majors are open; until {until}."),
        "suspended": _("Suspended since {since}."),
        "withdrawn": _("Withdrawn since {since}."),
        "expired": _("Expired since {since}."),
        "not-yet": _("Not valid yet on {day}."),
    }.get(held.state, held.state)
