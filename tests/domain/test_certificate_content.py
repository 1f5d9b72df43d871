"""What travels inside a certificate comes back as it was, and what does not follow from it is found."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from qma_app.domain.certificate_content import (
    LARGEST,
    CertificateContent,
    certificate_bytes,
    certificate_differences,
    certificate_from,
    certificate_words,
)
from qma_app.errors import ReportTrouble
from qma_app.i18n import in_language
from qma_app.reports.certificate import content_of
from tests.reports.certificate_house import a_certificate, a_certified_house, the_certificate


def content(**changes: Any) -> CertificateContent:
    return content_of(the_certificate(a_certified_house(**changes)))


def changed(**values: Any) -> bytes:
    return json.dumps({**json.loads(certificate_bytes(content())), **values}).encode()


def test_it_comes_back_as_it_was_in_one_form() -> None:
    data = certificate_bytes(content())
    assert certificate_from(data) == content()
    assert certificate_bytes(certificate_from(data)) == data
    assert data.decode() == json.dumps(
        json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_nothing_differs_in_what_was_made_here(language: str) -> None:
    next_one = a_certificate(id="n", number="C-2", valid_from=date(2027, 7, 15), replaces=a_certificate().id)
    with in_language(language):
        made = [
            content(),
            content(is_conditional=True),
            content_of(the_certificate(a_certified_house(next_one))),
        ]
    assert [certificate_differences(one) for one in made] == [(), (), ()]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"level_shown": "90.0%"}, "level"),
        ({"level": "90"}, "level"),
        ({"state": "expired"}, "state"),
        ({"majors_due": date(2027, 9, 29)}, "majors"),
        ({"surveillances": ()}, "surveillances"),
        ({"as_of": date(2031, 1, 1)}, "state"),
    ],
)
def test_what_does_not_follow_is_found(change: dict[str, Any], what: str) -> None:
    assert what in [one.what for one in certificate_differences(replace(content(), **change))]


def test_a_condition_that_was_dropped_is_found() -> None:
    made = replace(content(is_conditional=True), is_conditional=False, state="valid", majors_due=None)
    assert [one.what for one in certificate_differences(made)] == ["condition"]


@pytest.mark.parametrize(
    "values",
    [
        {"schema": "qma-certificate-2"},
        {"more": 1},
        {"number": 7},
        {"number": None},
        {"is_trial": 1},
        {"log_seq": True},
        {"valid_until": "2027-7-1"},
        {"valid_until": "9999-12-31"},
        {"audited_to": "2029-01-01"},
        {"level": "1/0"},
        {"level": "101"},
        {"level": "９０"},
        {"state": "great"},
        {"language": "xx"},
        {"scope": []},
        {"edition_hash": "A" * 64},
        {"conditional_days": 10**9},
        {"replaced_by": "C-9"},
        {"events": [{"step": "burnt", "on": "2027-07-20", "reason": ""}]},
        {"holder": "\ud800"},
    ],
)
def test_what_is_not_in_its_form_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ReportTrouble) as refused:
        certificate_from(changed(**values))
    assert refused.value.code == "certificate.content-unreadable"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"schema":NaN}',
        b"1" * 5000,
        b" " * (LARGEST + 1),
        b'{"schema":"qma-certificate-1","schema":"qma-certificate-1"}',
    ],
)
def test_no_bytes_bring_it_down(data: bytes) -> None:
    with pytest.raises(ReportTrouble):
        certificate_from(data)


@pytest.mark.parametrize("name", [field.name for field in fields(CertificateContent)])
def test_no_value_may_be_missing(name: str) -> None:
    said = json.loads(certificate_bytes(content()))
    del said[name]
    with pytest.raises(ReportTrouble):
        certificate_from(json.dumps(said).encode())


def test_the_words_of_the_page_are_in_its_language() -> None:
    with in_language("de"):
        made = content()
    assert "86,4\N{NO-BREAK SPACE}%" in certificate_words(made)
    assert "30.06.2030" in certificate_words(made)
