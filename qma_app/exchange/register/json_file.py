"""The register as JSON (`qma-register-1`): written in one form only, and read so strictly that nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Final

from qma_app.domain.certificate_life import LifeState
from qma_app.domain.certification import IssuedKind
from qma_app.domain.typed_parts import Wrong, canonical_json, is_digest, read_part, strict_json
from qma_app.errors import ContentProblems, ImportTrouble
from qma_app.exchange.register.register import Register, RegisteredCertificate, RegisteredFile
from qma_app.i18n import _, ngettext

SCHEMA: Final = "qma-register-1"
LARGEST: Final = 20_000_000
_FRACTION: Final = re.compile(r"[0-9]{1,40}(?:/[1-9][0-9]{0,39})?")
_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
Found = Iterator[tuple[str, str]]
"""Places that hold a value that cannot be, and what belongs there."""


def register_bytes(register: Register) -> bytes:
    """The one text of a register, the same for the same register."""
    return canonical_json({"schema": SCHEMA, **asdict(register)})


def register_from_file(path: Path) -> Register:
    """The register in a file; ImportTrouble where it cannot be read or is too large, ContentProblems with all that is wrong in it."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise ImportTrouble(
            _("{name} cannot be read.").format(name=path.name),
            code="register.unreadable",
            way_out=_("Check that it is there and not open elsewhere."),
            path=str(path),
        ) from error
    return register_from(data, name=path.name)


def register_from(data: bytes, *, name: str = "") -> Register:
    """The register in these bytes; ImportTrouble for what is no register at all, ContentProblems for one with mistakes."""
    name = name or _("This file")
    if len(data) > LARGEST:
        raise ImportTrouble(
            _("{name} is larger than {limit} MB; no register is.").format(
                name=name, limit=LARGEST // 1_000_000
            ),
            code="register.too-large",
            way_out=_("Choose the register as it was issued."),
        )
    try:
        said = strict_json(data)
    except ValueError as error:
        raise _no_register(name) from error
    if not isinstance(said, dict) or said.pop("schema", None) != SCHEMA:
        raise _no_register(name)
    wrong = Wrong()
    register = read_part(Register, said, "", wrong)
    if register is not None:
        _look_at(register, wrong)
    if register is None or wrong.problems:
        count = len(wrong.problems)
        raise ContentProblems(
            ngettext(
                "{name}: {count} mistake; nothing of it is used.",
                "{name}: {count} mistakes; nothing of it is used.",
                count,
            ).format(name=name, count=count),
            wrong.problems,
            code="register.problems",
        )
    return register


def _look_at(register: Register, wrong: Wrong) -> None:
    """Values that cannot be, though their type can."""
    for place, wanted in _strange(register):
        wrong.add(
            "register.value", place, _("this value cannot be"),
            _("what belongs there is {wanted}").format(wanted=wanted),
        )  # fmt: skip
    for place, keys in (
        ("certificates", [one.number for one in register.certificates]),
        ("files", [one.digest for one in register.files]),
        ("signers", [one.fingerprint for one in register.signers]),
    ):
        for key in _twice(keys):
            wrong.add("register.twice", place, _("{key} stands twice").format(key=key), _("keep one of them"))


def _strange(register: Register) -> Found:
    yield from _digests("", ("log_hash", register.log_hash))
    known = {one.fingerprint for one in register.signers}
    numbers = {one.number for one in register.certificates}
    for row, held in enumerate(register.certificates):
        yield from _of_certificate(f"certificates[{row}]", held)
    for row, file in enumerate(register.files):
        place = f"files[{row}]"
        yield from _of_file(place, file)
        if file.signer and file.signer not in known:
            yield f"{place}.signer", _("the fingerprint of a signer of this register")
        if file.certificate and file.certificate not in numbers:
            yield f"{place}.certificate", _("the number of a certificate of this register")
    for row, signer in enumerate(register.signers):
        yield from _digests(f"signers[{row}].", ("fingerprint", signer.fingerprint))


def _of_certificate(place: str, held: RegisteredCertificate) -> Found:
    yield from _digests(
        f"{place}.", ("edition_hash", held.edition_hash), ("report_digest", held.report_digest)
    )
    if not held.number.strip():
        yield f"{place}.number", _("a number")
    if held.state not in list(LifeState):
        yield f"{place}.state", ", ".join(LifeState)
    if _FRACTION.fullmatch(held.level) is None or Fraction(held.level) > 100:
        yield f"{place}.level", _("an exact level in percent, such as 1037/12")
    if not held.audited_from <= held.audited_to <= held.decided_on <= held.valid_until:
        yield f"{place}.valid_until", _("a day after those of the audit and the decision")
    if not held.valid_from <= held.valid_until:
        yield f"{place}.valid_from", _("a day before the last one")


def _of_file(place: str, file: RegisteredFile) -> Found:
    yield from _digests(
        f"{place}.",
        ("digest", file.digest),
        ("content_digest", file.content_digest),
        ("log_hash", file.log_hash),
        *((("signer", file.signer),) if file.signer else ()),  # not known where it was issued
        *((("replaces", file.replaces),) if file.replaces else ()),
    )
    if file.kind not in list(IssuedKind):
        yield f"{place}.kind", ", ".join(IssuedKind)
    if file.size < 1:
        yield f"{place}.size", _("a size in bytes")
    if _INSTANT.fullmatch(file.issued_at) is None or not _is_instant(file.issued_at):
        yield f"{place}.issued_at", _("an instant in UTC, such as 2027-07-01T09:30:00.000Z")


def _digests(place: str, *named: tuple[str, str]) -> Found:
    for name, digest in named:
        if not is_digest(digest):
            yield f"{place}{name}", _("a SHA-256 as 64 small hexadecimal digits")


def _is_instant(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _twice(keys: Iterable[str]) -> list[str]:
    return sorted(key for key, count in Counter(keys).items() if count > 1)


def _no_register(name: str) -> ImportTrouble:
    return ImportTrouble(
        _("{name} is no register of certificates.").format(name=name),
        code="register.not-one",
        way_out=_("Choose the JSON file as it was issued; the workbook is only for reading."),
    )
