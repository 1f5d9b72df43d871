"""Keys: what is wrong with a file is told apart, and a key for trial says so itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from qma_app.errors import ImportTrouble, RuleBroken
from qma_app.exchange.signing_key import fingerprint_of, is_known, load_key, make_trial_key
from tests.exchange import signed_papers as papers


def refusal(source: Path | bytes, passphrase: str = "pw", *, on: date = papers.TODAY) -> ImportTrouble:
    with pytest.raises(ImportTrouble) as caught:
        load_key(source, passphrase, on=on)
    assert caught.value.message
    assert caught.value.way_out
    return caught.value


def kept(private: Any, certificate: Any, others: Any = None) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        b"x", private, certificate, others, BestAvailableEncryption(b"pw")
    )


def test_a_trial_key_is_opened_with_its_passphrase_and_known_by_its_certificate(tmp_path: Path) -> None:
    file = tmp_path / "key.p12"
    file.write_bytes(papers.key_file())
    key = load_key(file, papers.PASSPHRASE, on=papers.TODAY)
    assert key == papers.a_key()
    assert key.name == "TRIAL Ada Muster"
    assert key.is_trial
    assert key.fingerprint == fingerprint_of(key.certificate)
    assert (key.valid_from, key.valid_until) == (date(2026, 11, 21), date(2028, 11, 21))
    assert key.private.key_size == 3072
    assert "private" not in repr(key)


def test_a_trial_certificate_says_so_in_its_subject_and_may_only_sign() -> None:
    certificate = x509.load_der_x509_certificate(papers.a_key().certificate)
    assert certificate.subject.rfc4514_string() == "OU=TRIAL,CN=TRIAL Ada Muster"
    assert certificate.serial_number == 4711
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert not certificate.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign


def test_only_the_exact_mark_makes_a_certificate_one_for_trial() -> None:
    key = load_key(kept(papers.a_key().private, ours("TRIAL run of a trial firm")), "pw", on=papers.TODAY)
    assert not key.is_trial


def ours(name: str, **how: Any) -> x509.Certificate:
    return papers.certificate_for(papers.a_key().private, name, **how)


@pytest.mark.parametrize(
    "content", [b"", b"no key", b"%PDF-1.7", b"-----BEGIN CERTIFICATE-----\nAAAA", bytes(500), b"\x30" * 500]
)
def test_what_is_no_pkcs12_is_said_to_be_none(content: bytes) -> None:
    assert refusal(content).code == "key.not-pkcs12"


def test_a_cut_file_and_one_far_too_large_are_no_keys(tmp_path: Path) -> None:
    assert refusal(papers.key_file()[:-20]).code == "key.not-pkcs12"
    large = tmp_path / "film.p12"
    large.write_bytes(papers.key_file() + bytes(2 << 20))
    assert refusal(large).code == "key.not-pkcs12"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    trouble = refusal(tmp_path / "gone.p12")
    assert trouble.code == "key.unreadable"
    assert "gone.p12" in trouble.message


@pytest.mark.parametrize("passphrase", ["", "pw ", papers.PASSPHRASE.upper(), "x" * 10_000, "\x00", "\ud800"])
def test_a_wrong_passphrase_is_told_from_a_wrong_file(passphrase: str) -> None:
    assert refusal(papers.key_file(), passphrase).code == "key.passphrase"


def test_a_key_without_a_passphrase_is_opened_with_none() -> None:
    open_file = pkcs12.serialize_key_and_certificates(
        b"x", papers.a_key().private, ours("Ada"), None, NoEncryption()
    )
    assert load_key(open_file, "", on=papers.TODAY).name == "Ada"


def test_a_file_of_certificates_only_has_no_private_key() -> None:
    certificate = ours("Ada")
    assert refusal(kept(None, None, [certificate])).code == "key.no-key"


def test_a_key_without_certificate_is_refused() -> None:
    assert refusal(kept(papers.a_key().private, None)).code == "key.no-certificate"


@pytest.mark.parametrize(
    ("make", "found"),
    [(papers.small_private, "RSA 2048"), (papers.curve_private, "EC"), (papers.edwards_private, "Ed25519")],
)
def test_a_key_of_another_kind_is_named(make: Any, found: str) -> None:
    private = make()
    trouble = refusal(kept(private, papers.certificate_for(private)))
    assert trouble.code == "key.kind"
    assert found in trouble.message
    assert "3072" in trouble.message


def test_a_certificate_of_somebody_else_does_not_belong_to_the_key() -> None:
    strange = papers.certificate_for(papers.another_key().private)
    assert refusal(kept(papers.a_key().private, None, [strange])).code == "key.mismatch"


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 11, 20), "key.not-yet"), (date(2028, 11, 22), "key.expired")]
)
def test_outside_its_days_a_key_is_refused(on: date, code: str) -> None:
    trouble = refusal(papers.key_file(), papers.PASSPHRASE, on=on)
    assert trouble.code == code
    assert "TRIAL Ada Muster" in trouble.message


@pytest.mark.parametrize("on", [date(2026, 11, 21), date(2028, 11, 21)])
def test_the_first_and_the_last_day_count(on: date) -> None:
    assert load_key(papers.key_file(), papers.PASSPHRASE, on=on).valid_until == date(2028, 11, 21)


@pytest.mark.parametrize("passphrase", ["", "\x00", "a\nb", "\ud800"])
def test_a_trial_key_needs_a_passphrase_that_can_be_typed(passphrase: str) -> None:
    with pytest.raises(RuleBroken) as caught:
        make_trial_key(passphrase, name="Ada", at=papers.AT, serial=1)
    assert caught.value.code == "key.no-passphrase"


def test_strange_names_and_a_leap_day_make_a_key_all_the_same() -> None:
    west = datetime(2028, 2, 29, 23, 0, tzinfo=timezone(timedelta(hours=-9)))
    name = "A\x00da \u202e\ud800\n" + "ü" * 200
    key = load_key(make_trial_key("pw", name=name, at=west, serial=1), "pw", on=date(2028, 2, 29))
    assert key.name.startswith("TRIAL A da ü")
    assert 60 <= len(key.name.encode()) <= 64
    assert (key.valid_from, key.valid_until) == (date(2028, 2, 29), date(2030, 2, 28))
    assert x509.load_der_x509_certificate(key.certificate).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert west.astimezone(UTC).date() == date(2028, 3, 1)


def test_a_fingerprint_is_known_however_it_is_written() -> None:
    plain = papers.a_key().fingerprint
    spaced = ":".join(plain[place : place + 2] for place in range(0, 64, 2)).upper()
    assert is_known(plain, frozenset({"00", spaced}))
    assert not is_known(plain, frozenset({papers.another_key().fingerprint, plain[:-1], ""}))
    assert not is_known(plain, frozenset())
