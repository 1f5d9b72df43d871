"""Is this paper genuine? Signature, data, pages and register must all agree; whatever the file holds, there is an answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qma_app.services.paper_verifying import PaperState, PaperVerdict, verify_bytes, verify_paper
from tests.services.issued_papers import (
    Papers,
    certificate_content,
    listed,
    sealed_certificate,
    sealed_report,
)
from tests.services.signed import a_key

pytest_plugins = ["tests.services.signed_fixtures"]
DAY = date(2027, 9, 1)


def bad(verdict: PaperVerdict) -> str:
    return " ".join(line.words for line in verdict.lines if not line.is_good)


def test_what_left_the_house_is_genuine_and_says_that_it_is_for_trial(papers: Papers, tmp_path: Path) -> None:
    for pdf, title in (
        (papers.report, "Audit report R-2027-0001, revision 1"),
        (papers.certificate, "Certificate C-2027-0012"),
    ):
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        verdict = verify_paper(path, register=papers.register)
        assert (verdict.state, verdict.title) == (PaperState.GENUINE, "Genuine")
        assert title in verdict.words
        assert len(verdict.digest) == 64
        assert bad(verdict).startswith("TRIAL")


def test_without_a_register_nobody_is_known(papers: Papers) -> None:
    for pdf in (papers.report, papers.certificate):
        verdict = verify_bytes(pdf)
        assert verdict.state is PaperState.UNKNOWN_SIGNER
        assert "without a list of known signers" in verdict.words


def test_a_signer_the_register_does_not_know_is_unknown(papers: Papers) -> None:
    forged = sealed_certificate(papers.certificate_content, a_key("Somebody Else"))
    assert verify_bytes(forged, register=papers.register).state is PaperState.UNKNOWN_SIGNER
    nobody = papers.register_with(signers=())
    assert verify_bytes(papers.report, register=nobody).state is PaperState.UNKNOWN_SIGNER


def test_a_file_the_register_does_not_list_is_none_of_ours(papers: Papers) -> None:
    verdict = verify_bytes(papers.report, register=papers.register_with(files=()))
    assert verdict.state is PaperState.NOT_OURS
    assert "does not list this file" in verdict.words


def test_the_same_paper_in_other_bytes_was_changed(papers: Papers) -> None:
    files = tuple(replace(one, digest="0" * 64) for one in papers.register.files)
    verdict = verify_bytes(papers.report, register=papers.register_with(files=files))
    assert verdict.state is PaperState.CHANGED
    assert "another SHA-256" in verdict.words


def test_what_was_revoked_is_said_with_day_and_reason(papers: Papers) -> None:
    register = papers.register
    for one, pdf in (
        (replace(register, files=_revoked(register.files)), papers.report),
        (replace(register, signers=_revoked(register.signers)), papers.certificate),
        (
            replace(
                register,
                certificates=(
                    replace(
                        register.certificates[0],
                        state="withdrawn",
                        since=DAY,
                        reason="Lost.",
                    ),
                ),
            ),
            papers.certificate,
        ),
    ):
        verdict = verify_bytes(pdf, register=one)
        assert verdict.state is PaperState.REVOKED
        assert "1 Sept 2027: Lost." in verdict.words.replace("Sep ", "Sept ")


def _revoked(records: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(replace(one, revoked_on=DAY, revoked_reason="Lost.") for one in records)


@pytest.mark.parametrize("state", ["suspended", "expired", "conditional", "not-yet"])
def test_the_state_of_a_certificate_is_shown_as_the_register_has_it(papers: Papers, state: str) -> None:
    held = replace(papers.register.certificates[0], state=state, since=DAY)
    verdict = verify_bytes(papers.certificate, register=papers.register_with(certificates=(held,)))
    assert verdict.state is PaperState.GENUINE
    (line,) = (one for one in verdict.lines if one.title == "Certificate")
    assert line.is_good is (state == "conditional")
    assert state.partition("-")[0] in line.words.lower()


def test_a_newer_revision_is_named(papers: Papers) -> None:
    old = papers.register.files[0]
    newer = replace(old, digest="1" * 64, revision=2, replaces=old.digest, name="newer.pdf")
    register = papers.register_with(files=(*papers.register.files, newer))
    verdict = verify_bytes(papers.report, register=register)
    assert verdict.state is PaperState.GENUINE
    assert "newer.pdf, revision 2" in bad(verdict)


def test_data_that_do_not_give_what_they_state_differ(papers: Papers) -> None:
    told = json.loads(papers.report_content)
    told["ratings"][0]["points"] = 0
    forged = sealed_report(papers, json.dumps(told).encode())
    register = listed(papers.register, forged, papers.register.files[0])
    verdict = verify_bytes(forged, register=register)
    assert verdict.state is PaperState.CONTENTS_DIFFER
    assert "stated 100, computed" in bad(verdict)


def test_pages_that_print_something_else_than_their_data_differ(papers: Papers) -> None:
    told = json.loads(papers.report_content)
    told["head"]["dealership"] = "Autohaus Anders"
    forged = sealed_report(papers, json.dumps(told).encode())
    verdict = verify_bytes(forged, register=listed(papers.register, forged, papers.register.files[0]))
    assert verdict.state is PaperState.CONTENTS_DIFFER
    assert "Autohaus Anders" in bad(verdict)


def test_a_certificate_with_another_holder_or_level_differs(papers: Papers) -> None:
    for told in (
        replace(certificate_content(), holder="Autohaus Anders GmbH"),
        replace(certificate_content(), level="100"),
    ):
        forged = sealed_certificate(told)
        register = listed(papers.register, forged, papers.register.files[-1])
        assert verify_bytes(forged, register=register).state is PaperState.CONTENTS_DIFFER


def test_an_attachment_of_another_kind_is_no_paper(papers: Papers) -> None:
    for content in (b"{}", b"", b"\xff", b'{"schema": "qma-audit-1"}', b"[" * 100_000, b'{"schema": 1e999}'):
        forged = sealed_report(papers, content)
        assert verify_bytes(forged, register=papers.register).state is PaperState.CONTENTS_DIFFER
    stranger = sealed_report(papers, b"{}", a_key("Somebody Else"))
    assert verify_bytes(stranger, register=papers.register).state is PaperState.NOT_OURS


def test_any_file_gets_an_answer(papers: Papers, tmp_path: Path) -> None:
    for content, state in (
        (b"", PaperState.UNREADABLE),
        (b"words", PaperState.UNREADABLE),
        (b"%PDF-1.7\n%%EOF", PaperState.NOT_OURS),
        (papers.report[:-1], PaperState.CHANGED),
        (papers.report[: len(papers.report) // 2], PaperState.NOT_OURS),
        (papers.report + b"\n", PaperState.CHANGED),
    ):
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        assert verify_paper(path, register=papers.register).state is state
    for missing in (tmp_path, tmp_path / "nothing.pdf"):
        verdict = verify_paper(missing, register=papers.register)
        assert verdict.state is PaperState.UNREADABLE
        assert verdict.digest == ""
        assert missing.name in verdict.words
