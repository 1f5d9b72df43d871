"""The end of a programme from the command line: keys, signing, deciding, certificate, register, and what verify says of the papers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from qma_app import cli
from qma_app.domain.audit import Audit
from qma_app.domain.certification import Certificate, DecisionOutcome
from qma_app.domain.people import Person, Role, Worker
from qma_app.services import workspace as workspaces
from qma_app.services.deciding import decide
from tests.services.certified import add_decider
from tests.services.signed import PASSPHRASE, key_file
from tests.services.visiting import SetClock

if TYPE_CHECKING:
    from tests.services.signed_fixtures import Kept

pytest_plugins = ["tests.services.signed_fixtures"]

DONE, REFUSED, WRONG_USAGE = 0, 1, 2
AUDITOR, DECIDER = "Dora Auditor", "Dirk Decider"


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a command ended, and what it said where."""

    code: int
    out: str
    error: str


def qma(*words: object) -> Said:
    out, error = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(error):
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
    return Said(code=code, out=out.getvalue(), error=error.getvalue())


@contextmanager
def _days_of(kept: Kept) -> Iterator[None]:
    """Whatever a command opens goes by the clock of the kept workspace."""
    clock, names = SetClock(kept.at), count(kept.next_name + 1000)
    known = partial(workspaces.open_workspace, clock=clock, new_id=lambda: f"id-{next(names)}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspaces, "open_workspace", known)
        yield


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A folder with a workspace `w`, the keys of auditor and decision maker, and what each command said."""

    folder: Path
    said: dict[str, Said]

    def __getitem__(self, name: str) -> Path:
        return self.folder / name

    def with_key(self, name: str) -> tuple[object, ...]:
        return ("--key", self[name], "--passphrase-file", self["phrase.txt"])


def _desk(kept: Kept, folder: Path) -> Desk:
    from tests.services.signed_fixtures import opened  # a plugin: it is loaded by its name first

    folder.mkdir(exist_ok=True)
    with opened(kept, folder / "w") as audited:
        audited.house.workspace.set_worker(None)
        add_decider(audited.house, DECIDER, "D-1")
    (folder / "phrase.txt").write_text(f"{PASSPHRASE}\nand something else\n")
    (folder / "auditor.p12").write_bytes(key_file(AUDITOR))
    (folder / "decider.p12").write_bytes(key_file(DECIDER))
    return Desk(folder=folder, said={})


@pytest.fixture(scope="module")
def desk(_kept_ready: Kept, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The whole end, one command after the other; `signed` is a copy of the workspace between signing and deciding."""
    desk = _desk(_kept_ready, tmp_path_factory.mktemp("desk"))
    workspace = ("-w", desk["w"])
    with _days_of(_kept_ready):
        commands: dict[str, tuple[object, ...]] = {
            "before": ("audit", "show", *workspace),
            "sign": (
                *("audit", "sign", *workspace, "--as", AUDITOR.lower(), *desk.with_key("auditor.p12")),
                *("--lang", "en", "-o", desk["report.pdf"]),
            ),
            "decide": ("audit", "decide", *workspace, "--as", DECIDER, "granted"),
            "certificate": (
                *("audit", "certificate", *workspace, "--as", DECIDER, *desk.with_key("decider.p12")),
                *("-o", desk["certificate.pdf"]),
            ),
            "json": ("register", *workspace, "-o", desk["register.json"], "--on", "2027-07-01"),
            "xlsx": ("register", *workspace, "-o", desk["register.xlsx"], "--on", "2027-07-01"),
            "after": ("audit", "show", *workspace),
        }
        for name, words in commands.items():
            desk.said[name] = qma(*words)
            if name == "sign":
                shutil.copytree(desk["w"], desk["signed"])
        yield desk


@pytest.fixture
def ready(_kept_ready: Kept, tmp_path: Path) -> Iterator[Desk]:
    """An audit that waits for its signature."""
    desk = _desk(_kept_ready, tmp_path / "ready")
    with _days_of(_kept_ready):
        yield desk


def sign(desk: Desk, *words: object, key: str = "auditor.p12", as_: str = AUDITOR) -> Said:
    return qma("audit", "sign", "-w", desk["w"], "--as", as_, *desk.with_key(key), *words)


# The way through


def test_each_command_of_the_end_works_and_says_what_it_made(desk: Desk) -> None:
    assert {name: said.error for name, said in desk.said.items()} == dict.fromkeys(desk.said, "")
    assert {said.code for said in desk.said.values()} == {DONE}
    assert "> Sign and lock" in desk.said["before"].out
    assert desk.said["sign"].out.startswith("Signed: ")
    assert str(desk["report.pdf"]) in desk.said["sign"].out
    digest = desk.said["sign"].out.split("SHA-256 ")[1].split()[0]
    assert f"SHA-256 {digest}\nCertificate C-2027-0001" in desk.said["decide"].out
    assert desk.said["certificate"].out.startswith("Issued: ")
    assert "+ Sign and lock: Signed and locked." in desk.said["after"].out
    assert ">" not in desk.said["after"].out


def test_the_register_holds_both_papers_as_json_and_as_a_workbook(desk: Desk) -> None:
    told = json.loads(desk["register.json"].read_text())
    assert told["schema"] == "qma-register-1"
    assert sorted(one["kind"] for one in told["files"]) == ["certificate", "report"]
    cells = [cell.value for sheet in load_workbook(desk["register.xlsx"]) for row in sheet for cell in row]
    assert "C-2027-0001" in cells


@pytest.mark.parametrize("paper", ["report.pdf", "certificate.pdf"])
def test_a_paper_is_genuine_with_the_register(desk: Desk, paper: str) -> None:
    said = qma("verify", desk[paper], "--register", desk["register.json"])
    assert said.code == DONE
    assert said.out.startswith("Genuine: ")
    assert "- Trial: TRIAL" in said.out


def test_a_changed_byte_is_seen(desk: Desk, tmp_path: Path) -> None:
    content = bytearray(desk["report.pdf"].read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "report.pdf").write_bytes(content)
    said = qma("verify", tmp_path / "report.pdf", "--register", desk["register.json"])
    assert said.code == REFUSED
    assert said.out.startswith("Changed: ")


def test_without_the_register_nobody_knows_the_signer(desk: Desk) -> None:
    said = qma("verify", desk["report.pdf"])
    assert said.code == REFUSED
    assert said.out.startswith("Unknown signer: ")


def test_something_that_is_no_paper_of_ours_ends_in_words(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4\nDear reader")
    said = qma("verify", tmp_path / "letter.pdf", "--register", desk["register.json"])
    assert said.code == REFUSED
    assert "Traceback" not in said.out + said.error


def test_a_register_goes_with_a_paper_alone(desk: Desk) -> None:
    said = qma("verify", desk["w"], "--register", desk["register.json"])
    assert said.code == WRONG_USAGE


@pytest.mark.parametrize("paper", ["report", "certificate"])
def test_a_paper_is_written_out_once_more_byte_for_byte(desk: Desk, tmp_path: Path, paper: str) -> None:
    said = qma("audit", "copy", paper, "-w", desk["w"], "-o", tmp_path / "again.pdf")
    assert said.code == DONE
    assert (tmp_path / "again.pdf").read_bytes() == desk[f"{paper}.pdf"].read_bytes()


# Done twice, or too early


def test_signing_and_deciding_a_second_time_is_refused(desk: Desk) -> None:
    assert sign(desk).code == REFUSED
    again = qma("audit", "decide", "-w", desk["w"], "--as", DECIDER, "granted")
    assert again.code == REFUSED
    assert "This was decided on" in again.error


def test_a_certificate_that_was_decided_on_and_not_written_is_granted_when_it_is_issued(desk: Desk) -> None:
    with workspaces.open_workspace(desk["signed"]) as workspace:
        with workspace.reading() as reader:
            decider = reader.all(Person, name=DECIDER)[0]
            (audit,) = reader.all(Audit)
        workspace.set_worker(Worker(person_id=decider.id, role=Role.DECISION_MAKER))
        decide(workspace, audit.id, DecisionOutcome.GRANTED)
    said = qma(
        *("audit", "certificate", "-w", desk["signed"], "--as", DECIDER, *desk.with_key("decider.p12"))
    )
    assert (said.code, said.error) == (DONE, "")
    with workspaces.open_to_read(desk["signed"]) as workspace, workspace.reading() as reader:
        assert [one.number for one in reader.all(Certificate)] == ["C-2027-0001"]


def test_nothing_can_be_decided_issued_or_copied_before_the_signature(ready: Desk) -> None:
    decided = qma("audit", "decide", "-w", ready["w"], "--as", DECIDER, "granted")
    issued = qma(*("audit", "certificate", "-w", ready["w"], "--as", DECIDER, *ready.with_key("decider.p12")))
    copied = qma("audit", "copy", "report", "-w", ready["w"], "-o", ready["copy.pdf"])
    assert {decided.code, issued.code, copied.code} == {REFUSED}
    assert "is not signed yet" in decided.error
    assert "Decide on the audit first" in issued.error
    assert "was not signed yet" in copied.error
    assert not ready["copy.pdf"].exists()


# Who, and with which key


def test_a_name_nobody_has_is_refused_with_those_who_could(ready: Desk) -> None:
    said = sign(ready, as_="Nobody Known")
    assert said.code == REFUSED
    assert "Nobody of that name holds a certificate for it: Nobody Known." in said.error
    assert AUDITOR in said.error


def test_who_may_decide_does_not_sign(ready: Desk) -> None:
    said = sign(ready, as_=DECIDER)
    assert said.code == REFUSED
    assert "Nobody of that name holds a certificate for it" in said.error


def test_a_wrong_passphrase_signs_nothing(ready: Desk) -> None:
    ready["phrase.txt"].write_text("not this one\n")
    said = sign(ready, "-o", ready["report.pdf"])
    assert said.code == REFUSED
    assert "passphrase" in said.error
    assert not ready["report.pdf"].exists()
    assert "> Sign and lock" in qma("audit", "show", "-w", ready["w"]).out


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00broken"], ids=["missing", "no text"])
def test_a_passphrase_file_that_cannot_be_read_is_named(ready: Desk, content: bytes | None) -> None:
    ready["phrase.txt"].unlink()
    if content is not None:
        ready["phrase.txt"].write_bytes(content)
    said = sign(ready)
    assert said.code == REFUSED
    assert "The passphrase could not be read from phrase.txt." in said.error


def test_a_key_for_trial_is_made_once_and_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "phrase.txt").write_text("for trial only\n")
    words = ("key", "trial", tmp_path / "k.p12", "--name", "Anna Muster")
    first = qma(*words, "--passphrase-file", tmp_path / "phrase.txt")
    assert (first.code, first.out) == (DONE, f"{tmp_path / 'k.p12'}\n")
    content = (tmp_path / "k.p12").read_bytes()
    second = qma(*words, "--passphrase-file", tmp_path / "phrase.txt")
    assert second.code == REFUSED
    assert "a key is never written over" in second.error
    assert (tmp_path / "k.p12").read_bytes() == content


def test_a_short_passphrase_makes_no_key(tmp_path: Path) -> None:
    (tmp_path / "phrase.txt").write_text("short\n")
    said = qma(
        *("key", "trial", tmp_path / "k.p12", "--name", "Anna Muster"),
        *("--passphrase-file", tmp_path / "phrase.txt"),
    )
    assert said.code == REFUSED
    assert "it needs 8 or more" in said.error
    assert not (tmp_path / "k.p12").exists()
