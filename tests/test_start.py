"""One command makes a fresh machine ready, says what is missing, and is quick the second time."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import start

SOURCE = Path(start.__file__)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of nobody, so that no test touches the real .venv."""
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(start, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(start, "STAMP", tmp_path / ".venv" / "qma-stamp.json")
    monkeypatch.setattr(start, "DEMO", tmp_path / "demo")
    monkeypatch.setattr(start, "DEMO_PAPER", tmp_path / "demo" / "audit-report.pdf")
    (tmp_path / "requirements.lock").write_text("one==1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "one"\n', encoding="utf-8")
    return tmp_path


@pytest.fixture
def steps(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the set-up does, written down instead of done."""
    done: list[str] = []

    def make() -> None:
        done.append("make")
        start.VENV.mkdir(exist_ok=True)

    monkeypatch.setattr(start, "make_environment", make)
    monkeypatch.setattr(start, "link_checkout", lambda: done.append("link"))
    monkeypatch.setattr(start, "starts", lambda _python: True)
    return done


class Ran(list[list[str]]):
    """Commands in the order they came, each answered with 0 unless told otherwise."""

    def __init__(
        self, answers: dict[str, int] | None = None, effect: Callable[[], object] | None = None
    ) -> None:
        self.answers, self.effect = answers or {}, effect

    def __call__(self, command: Sequence[object]) -> int:
        words = [Path(str(command[0])).stem, *map(str, command[1:])]
        self.append(words)
        if self.effect:
            self.effect()
        return next((code for word, code in self.answers.items() if word in words), 0)


def test_an_old_python_can_read_the_file_far_enough_to_say_what_is_wrong() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_old_python_is_told_which_one_is_needed() -> None:
    program = f"import sys, runpy; sys.version_info = (3, 10, 13); runpy.run_path({str(SOURCE)!r})"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("QMA Coach needs Python 3.11 or newer; this is Python 3.10.")


def test_a_fresh_checkout_gets_an_environment_once(steps: list[str]) -> None:
    start.prepare_environment()
    start.prepare_environment()
    assert steps == ["make", "link"]


def test_a_new_lock_makes_the_environment_anew(steps: list[str]) -> None:
    start.prepare_environment()
    start.LOCK.write_text("one==2\n", encoding="utf-8")
    start.prepare_environment()
    assert steps == ["make", "link", "make", "link"]


def test_a_new_command_is_linked_without_installing_the_libraries_again(
    steps: list[str], checkout: Path
) -> None:
    start.prepare_environment()
    (checkout / "pyproject.toml").write_text(
        '[project]\nname = "one"\nscripts = {qma = "a:b"}\n', encoding="utf-8"
    )
    start.prepare_environment()
    assert steps == ["make", "link", "link"]


def test_a_setting_of_a_tool_needs_no_new_set_up(steps: list[str], checkout: Path) -> None:
    start.prepare_environment()
    (checkout / "pyproject.toml").write_text('[project]\nname = "one"\n[tool.x]\ny = 1\n', encoding="utf-8")
    start.prepare_environment()
    assert steps == ["make", "link"]


def test_an_environment_whose_python_is_gone_is_made_anew(
    steps: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start.prepare_environment()
    monkeypatch.setattr(start, "starts", lambda _python: False)
    start.prepare_environment()
    assert steps == ["make", "link", "make", "link"]


def test_a_set_up_cut_short_is_begun_again(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short() -> None:
        start.VENV.mkdir()
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(start, "make_environment", cut_short)
        with pytest.raises(KeyboardInterrupt):
            start.prepare_environment()
    assert not start.STAMP.exists()
    start.prepare_environment()
    assert steps == ["make", "link"]


@pytest.mark.parametrize("content", [b"", b"{half", b"[]", b"\xff\xfe"])
def test_a_damaged_stamp_counts_as_none(steps: list[str], content: bytes) -> None:
    start.prepare_environment()
    start.STAMP.write_bytes(content)
    start.prepare_environment()
    assert steps == ["make", "link", "make", "link"]


def test_an_environment_that_was_copied_elsewhere_is_not_trusted() -> None:
    here = start.stamp_of(b"lock", {}, Path("here"))
    assert here == start.stamp_of(b"lock", {}, Path("here"))
    assert here != start.stamp_of(b"lock", {}, Path("elsewhere"))


def test_removing_takes_the_stamp_first(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A removal cut short must not leave something that looks whole."""
    start.VENV.mkdir()
    start.STAMP.touch()
    seen: list[bool] = []
    monkeypatch.setattr(shutil, "rmtree", lambda _folder: seen.append(start.STAMP.exists()))
    start.remove(start.VENV)
    assert seen == [False]


def test_an_environment_in_use_is_named(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_folder: Path) -> None:
        raise PermissionError(13, "in use")

    start.VENV.mkdir()
    monkeypatch.setattr(shutil, "rmtree", refuse)
    with pytest.raises(start.NotReady, match="Close QMA Coach"):
        start.remove(start.VENV)


def test_a_python_starts_or_does_not(tmp_path: Path) -> None:
    assert start.starts(Path(sys.executable))
    assert not start.starts(tmp_path / "python")


def test_commands_are_found_where_each_system_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert start.command_of(Path("v"), "qma") == Path("v") / "Scripts" / "qma.exe"
    monkeypatch.setattr(sys, "platform", "darwin")
    assert start.command_of(Path("v"), "qma") == Path("v") / "bin" / "qma"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Children of the set-up, written down instead of started."""
    done: list[list[str]] = []

    def fake(command: Sequence[object], **_settings: Any) -> subprocess.CompletedProcess[str]:
        done.append([str(part) for part in command])
        return subprocess.CompletedProcess("", 0, "", "")

    monkeypatch.setattr(subprocess, "run", fake)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    return done


def test_root_on_debian_gets_the_packages_installed(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    start.install_packages(["libegl1"], "Qt")
    assert [call[1] for call in calls] == ["update", "install"]
    assert "libegl1" in calls[1]


def test_anybody_else_is_given_the_one_line_to_run(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(start.NotReady, match=r"\n    sudo apt-get install .* libgl1 libegl1$"):
        start.install_packages(["libgl1", "libegl1"], "Qt")
    assert calls == []


def test_another_system_is_told_what_to_look_for(
    calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(start.NotReady, match="libegl1"):
        start.install_packages(["libegl1"], "Qt")
    assert calls == []


def test_a_python_without_venv_gets_debians_package_for_it(
    checkout: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    monkeypatch.setattr(start, "install_packages", lambda packages, _purpose: asked.extend(packages))
    start.make_environment()
    assert asked == [f"python3.{sys.version_info.minor}-venv"]
    assert calls[0][1:3] == ["-m", "venv"]


def test_the_libraries_are_installed_by_hash_and_never_built(checkout: Path, calls: list[list[str]]) -> None:
    start.make_environment()
    assert {"--require-hashes", "--only-binary", "--no-deps"} <= set(calls[1])
    assert not [word for word in calls[1] if "index" in word]


def test_the_checkout_is_linked_without_a_network(checkout: Path, calls: list[list[str]]) -> None:
    start.link_checkout()
    assert {"--no-index", "--no-deps", "--no-build-isolation", "--editable"} <= set(calls[0])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks libraries that Qt needs")
@pytest.mark.parametrize(("for_window", "extra"), [(False, 0), (True, len(start.WINDOW_PACKAGES))])
def test_a_missing_library_of_qt_is_installed_and_qt_tried_again(
    monkeypatch: pytest.MonkeyPatch, for_window: bool, extra: int
) -> None:
    missing = iter(["libEGL.so.1: cannot open", ""])
    asked: list[str] = []
    monkeypatch.setattr(start, "qt_lacks", lambda *, for_window: next(missing))
    monkeypatch.setattr(start, "install_packages", lambda packages, _purpose: asked.extend(packages))
    start.prepare_qt(for_window=for_window)
    assert len(asked) == len(start.QT_PACKAGES) + extra


def test_a_library_that_stays_missing_ends_the_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "qt_lacks", lambda *, for_window: "libEGL.so.1: cannot open")
    monkeypatch.setattr(start, "install_packages", lambda _packages, _purpose: None)
    with pytest.raises(start.NotReady, match="libEGL"):
        start.prepare_qt(for_window=False)


def test_the_real_probe_finds_qt_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "python_of", lambda _venv: Path(sys.executable))
    assert start.qt_lacks(for_window=False) == ""


def test_a_screen_that_does_not_answer_is_not_blamed_on_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    aborted = subprocess.CompletedProcess([], -6, "", "no Qt platform plugin could be initialized")
    monkeypatch.setattr(subprocess, "run", lambda *_command, **_settings: aborted)
    monkeypatch.setenv("DISPLAY", ":99")
    with pytest.raises(start.NotReady, match="DISPLAY=:99"):
        start.qt_lacks(for_window=True)


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_known_before_qt_is_asked(
    platform: str, environment: dict[str, str], expected: bool
) -> None:
    assert start.has_screen(platform, environment) is expected


class Made(Ran):
    """`qma` as far as the first start sees it: each command makes its file in the checkout, and those of `failing` end with 1."""

    def __init__(self, failing: Sequence[str] = ()) -> None:
        super().__init__(dict.fromkeys(failing, 1))
        self.quiet: list[list[str]] = []

    def __call__(self, command: Sequence[object]) -> int:
        code = super().__call__(command)
        words = self[-1]
        if not code and words[1] == "demo":
            start.DEMO.mkdir()
        made = next((word for word in words if word.endswith((".pdf", ".json", ".xlsx", ".p12"))), "")
        file = words[words.index("-o") + 1] if "-o" in words else made
        if not code and file and words[1] != "verify":
            (start.ROOT / file).touch()
        return code

    @property
    def jobs(self) -> list[str]:
        """What was done, in two or three words each."""
        return [" ".join(words[1:3] if words[1] != "demo" else words[1:2]) for words in self]


@pytest.fixture
def made(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Made]:
    """Let the first start run commands that only pretend."""

    def run(*failing: str, works: Sequence[str] = ()) -> Made:
        ran = Made(failing)
        monkeypatch.setattr(start, "run", ran)

        def tried(words: Sequence[object]) -> bool:
            ran.quiet.append([str(word) for word in words])
            return any(word in ran.quiet[-1] for word in works)

        monkeypatch.setattr(start, "works", tried)
        return ran

    return run


def test_without_a_screen_a_sample_its_report_and_signed_papers_are_made(
    made: Callable[..., Made], capsys: pytest.CaptureFixture[str]
) -> None:
    ran = made()
    assert start.make_demo() == 0
    assert ran.jobs == [
        *("demo", "report audit", "key trial", "key trial", "audit sign", "audit decide"),
        *("audit certificate", "register -w", "register -w"),
        *(f"verify {Path('demo') / name}" for name in ("signed-report.pdf", "certificate.pdf")),
    ]
    keys = Path("demo") / "keys"
    phrase = str(keys / "passphrase.txt")
    assert ran[4] == [
        *("qma", "audit", "sign", "-w", "demo", "-d", start.AUDITED, "--as", start.AUDITOR),
        *("--key", str(keys / "auditor.p12"), "--passphrase-file", phrase),
        *("-o", str(Path("demo") / "signed-report.pdf")),
    ]
    assert str(keys / "decision-maker.p12") in ran[6]
    assert all(words[-2:] == ["--register", str(Path("demo") / "register.json")] for words in ran[-2:])
    assert ran.quiet == []
    said = capsys.readouterr().out
    for name in ("audit-report.pdf", "signed-report.pdf", "certificate.pdf", "register.json"):
        assert str(start.DEMO / name) in said


def test_the_passphrase_of_the_trial_keys_lies_beside_them(made: Callable[..., Made]) -> None:
    made()
    start.make_demo()
    first, *rest = (start.DEMO / "keys" / "passphrase.txt").read_text(encoding="utf-8").splitlines()
    assert first == start.PASSPHRASE
    assert "for trial" in " ".join(rest)


def test_a_second_start_keeps_all_papers_and_only_looks_at_them(made: Callable[..., Made]) -> None:
    made()
    start.make_demo()
    ran = made()
    assert start.make_demo() == 0
    assert {words[1] for words in ran} == {"verify"}
    assert ran.quiet == []


def test_papers_signed_before_whose_files_are_gone_are_copied(made: Callable[..., Made]) -> None:
    made()
    start.make_demo()
    for name in ("signed-report.pdf", "certificate.pdf"):
        (start.DEMO / name).unlink()
    ran = made(works=["copy"])
    assert start.make_demo() == 0
    assert [words[:3] for words in ran.quiet] == [
        ["audit", "copy", "report"],
        ["audit", "copy", "certificate"],
    ]
    assert {words[1] for words in ran} == {"verify"}


def test_what_was_decided_before_is_not_decided_again(made: Callable[..., Made]) -> None:
    made("certificate")
    assert start.make_demo() == 1
    ran = made(works=["--key"])
    assert start.make_demo() == 0
    assert [words[:2] for words in ran.quiet] == [["audit", "copy"], ["audit", "certificate"]]
    assert ran.jobs[:2] == ["register -w", "register -w"]


def test_a_paper_that_is_not_genuine_is_no_success(
    made: Callable[..., Made], capsys: pytest.CaptureFixture[str]
) -> None:
    made("verify")
    assert start.make_demo() == 1
    assert "found genuine" not in capsys.readouterr().out


def test_a_trial_of_a_command_says_nothing(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "command_of", lambda _venv, _name: Path(sys.executable))
    assert start.works(["-c", "print('made')"])
    assert not start.works(["-c", "raise SystemExit('no')"])
    assert capfd.readouterr() == ("", "")


def test_a_sample_that_failed_half_way_is_removed(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start, "run", Ran({"demo": 1}, effect=start.DEMO.mkdir))
    assert start.make_demo() == 1
    assert not start.DEMO.exists()


def test_a_sample_that_was_there_before_is_never_removed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.DEMO.mkdir()
    monkeypatch.setattr(start, "run", Ran({"report": 1}))
    assert start.make_demo() == 1
    assert start.DEMO.exists()


def test_the_checks_run_in_order_and_stop_at_the_first_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran({"mypy": 3})
    assert start.run_stages(start.STAGES, run=ran) == 3
    assert [words[0] for words in ran] == ["ruff", "ruff", "mypy"]
    assert "types failed with exit code 3" in capsys.readouterr().out


def test_all_checks_of_the_project_run() -> None:
    ran = Ran()
    assert start.run_stages(start.STAGES, run=ran) == 0
    assert [words[:2] for words in ran] == [
        *(["ruff", "format"], ["ruff", "check"], ["mypy"], ["lint-imports"], ["pytest", "-n"]),
    ]


def test_a_stage_ended_by_a_signal_counts_as_failed() -> None:
    assert start.run([sys.executable, "-c", "import os; os.abort()"]) != 0


@pytest.mark.parametrize(("arguments", "code"), [(["tset"], 2), (["test", "more"], 2), (["--help"], 0)])
def test_other_words_get_the_usage(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start.main(arguments) == code
    said = capsys.readouterr()
    assert "python3 start.py test" in (said.out if code == 0 else said.err)


def test_what_is_missing_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking() -> None:
        raise start.NotReady("Install this.")

    monkeypatch.setattr(start, "prepare_environment", lacking)
    assert start.main(["test"]) == 1
    assert capsys.readouterr().err == "\nInstall this.\n"


def test_the_stamp_can_be_read_by_a_person(steps: list[str]) -> None:
    start.prepare_environment()
    assert sorted(json.loads(start.STAMP.read_text(encoding="utf-8"))) == ["environment", "project"]
