#!/usr/bin/env python3
"""Makes QMA Coach ready on this machine and opens it, so that a fresh checkout needs one command and nothing else.

python3 start.py         set up (once), then open the window; without a screen make a sample and its papers
python3 start.py test    set up (once), then run every check of the project
"""

import sys

# What follows is parsed by the old Python too: nothing newer than the syntax of 3.6 in this file.
if sys.version_info < (3, 11):
    sys.exit(
        "QMA Coach needs Python 3.11 or newer; this is Python {}.{}.\n"
        "Install a newer Python and start again with it, for example: python3.11 start.py".format(
            *sys.version_info
        )
    )

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sysconfig
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "qma-stamp.json"
DEMO = ROOT / "demo"
DEMO_PAPER = DEMO / "audit-report.pdf"
AUDITED = "DE-97166"
"""The house of the sample whose audit waits for its signature; these two sign and decide."""
AUDITOR, DECISION_MAKER = "M. Thoma", "N. Hartwig"
PASSPHRASE = "for trial only"
Words = Sequence[object]
"""A command of `qma` without its first word."""
QT_PROBE = ROOT / "qma_app" / "doctor" / "probe_qt.py"

# What Qt's own wheel expects of a Debian system: to be loaded at all, and to show a window.
QT_PACKAGES = (
    "libgl1",
    "libegl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
    "libgssapi-krb5-2",
)
WINDOW_PACKAGES = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libwayland-cursor0",
)

STAGES = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("layers", ("lint-imports",)),
    ("tests", ("pytest", "-n", "2")),
)


class NotReady(Exception):
    """This machine lacks something; the text says what, and what to do."""


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 done, 1 this machine lacks something, 2 wrong usage, else that of the failing stage."""
    wishes = {(): open_coach, ("test",): run_checks}
    wish = wishes.get(tuple(arguments))
    if wish is None:
        print(__doc__, file=sys.stdout if set(arguments) & {"-h", "--help"} else sys.stderr)
        return 0 if set(arguments) & {"-h", "--help"} else 2
    try:
        return wish()
    except NotReady as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def open_coach() -> int:
    """Open the window, or make the sample and its report where there is no screen."""
    prepare_environment()
    if not has_screen(sys.platform, os.environ):
        return make_demo()
    prepare_qt(for_window=True)
    return run([python_of(VENV), "-m", "ui"])


def run_checks() -> int:
    """Run the stages in order up to the first that fails."""
    prepare_environment()
    prepare_qt(for_window=False)
    return run_stages(STAGES, run=run)


def run_stages(stages: Sequence[tuple[str, Sequence[str]]], *, run: Callable[[Sequence[object]], int]) -> int:
    """The exit code of the first stage that fails, or 0; names each stage and its seconds."""
    took = []
    for name, (tool, *arguments) in stages:
        say(f"\n== {name}: {' '.join((tool, *arguments))}")
        begun = time.monotonic()
        code = run([command_of(VENV, tool), *arguments])
        took.append(f"{name} {time.monotonic() - begun:.1f} s")
        if code:
            say(f"\nStopped: {name} failed with exit code {code} ({', '.join(took)}).")
            return code
    say(f"\nAll {len(stages)} stages are quiet ({', '.join(took)}).")
    return 0


def make_demo() -> int:
    """The sample dealership, its audit report and the signed papers of another in `demo/`; what is there already is kept."""
    qma, is_new = command_of(VENV, "qma"), not DEMO.exists()
    if is_new:
        say("There is no screen here, so a sample dealership is made instead of opening the window.")
        code = make_whole(DEMO, lambda: run([qma, "demo", DEMO.name]))
        if code:
            return code
    if not DEMO_PAPER.exists():
        code = run([qma, "report", "audit", "-w", DEMO.name, "-o", DEMO_PAPER.relative_to(ROOT)])
        if code:
            return say_what_to_do(code)
    code = make_signed_papers(is_new=is_new)
    if code:
        return say_what_to_do(code)
    say(
        f"There is no screen here. The sample dealership lies in {DEMO},\n"
        f"its audit report is {DEMO_PAPER}\n"
        f"Signed with keys for trial, and found genuine: {DEMO / 'signed-report.pdf'}\n"
        f"and {DEMO / 'certificate.pdf'}, with {DEMO / 'register.json'} and register.xlsx beside them."
    )
    return 0


def say_what_to_do(code: int) -> int:
    """Where a paper of the sample could not be made; hands the exit code on."""
    say(
        f"A paper could not be made from {DEMO}; the reason stands above.\n"
        "Move that folder away and start again for a new sample."
    )
    return code


def make_signed_papers(*, is_new: bool) -> int:
    """Keys for trial, a signed report, its certificate and the register beside the sample, each by the command a user would type.

    What is there already is kept; a paper that was signed before and whose file is gone is written out again.
    """
    demo, phrase = DEMO.relative_to(ROOT), DEMO.relative_to(ROOT) / "keys" / "passphrase.txt"
    auditor, decider = (phrase.with_name(name) for name in ("auditor.p12", "decision-maker.p12"))
    report, certificate = demo / "signed-report.pdf", demo / "certificate.pdf"
    registers = demo / "register.json", demo / "register.xlsx"
    write_passphrase(ROOT / phrase)
    key, house = ("--passphrase-file", phrase), ("-w", demo, "-d", AUDITED)
    copies = {
        paper: ("audit", "copy", kind, *house, "-o", paper)
        for kind, paper in (("report", report), ("certificate", certificate))
    }
    issue = (
        "audit",
        "certificate",
        *house,
        "--as",
        DECISION_MAKER,
        "--key",
        decider,
        *key,
        "-o",
        certificate,
    )
    steps: dict[Path, list[Words]] = {
        auditor: [("key", "trial", auditor, "--name", AUDITOR, *key)],
        decider: [("key", "trial", decider, "--name", DECISION_MAKER, *key)],
        report: [("audit", "sign", *house, "--as", AUDITOR, "--key", auditor, *key, "-o", report)],
        certificate: [("audit", "decide", *house, "--as", DECISION_MAKER, "granted"), issue],
        **{register: [("register", "-w", demo, "-o", register)] for register in registers},
    }
    # Stopped half-way the last time: it is decided already, or signed, and only the file is missing.
    shortcuts: dict[Path, list[Words]] = {report: [copies[report]], certificate: [copies[certificate], issue]}
    for file, commands in steps.items():
        if (ROOT / file).exists():
            continue
        if not is_new and any(works(words) for words in shortcuts.get(file, ())):
            continue
        code = run_qma(commands)
        if code:
            return code
    return run_qma([("verify", paper, "--register", registers[0]) for paper in (report, certificate)])


def write_passphrase(file: Path) -> None:
    """The passphrase of the keys for trial beside them, with a word on what they are worth."""
    file.parent.mkdir(exist_ok=True)
    if not file.exists():
        file.write_text(
            f"{PASSPHRASE}\n\nThe first line is the passphrase of the keys in this folder. They are for trial: what they sign carries\n"
            "TRIAL and is worth nothing outside one.\n",
            encoding="utf-8",
        )


def run_qma(commands: Sequence[Words]) -> int:
    """Run commands of `qma` one after the other, up to the first that fails; its exit code, or 0."""
    codes = (run([command_of(VENV, "qma"), *words]) for words in commands)
    return next((code for code in codes if code), 0)


def works(words: Words) -> bool:
    """Whether a command of `qma` does what it should; nothing is said where it does not."""
    command = [str(command_of(VENV, "qma")), *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0


def make_whole(folder: Path, make: Callable[[], int]) -> int:
    """Run `make`, which fills `folder`; a folder left half-made by a failure or Ctrl+C is removed."""
    code = 1
    try:
        code = make()
    finally:
        if code and folder.exists():
            shutil.rmtree(folder)
    return code


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown; Windows and macOS always have a desktop."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def prepare_environment() -> None:
    """Make `.venv` from the lock unless the stamp says that it is whole and of today."""
    wanted = stamp_of(LOCK.read_bytes(), project_table(), VENV)
    found = read_stamp(STAMP)
    if found.get("environment") != wanted["environment"] or not starts(python_of(VENV)):
        make_environment()
        link_checkout()
    elif found.get("project") != wanted["project"]:
        link_checkout()
    else:
        return
    STAMP.write_text(json.dumps(wanted, indent=2) + "\n", encoding="utf-8")


def stamp_of(lock: bytes, project: object, venv: Path) -> dict[str, str]:
    """What an environment was made from: one hash for libraries, Python and place, one for our own commands."""
    python = [sys.implementation.cache_tag, sysconfig.get_platform(), sys.base_prefix, str(venv)]
    return {
        "environment": _hash(lock + json.dumps(python).encode()),
        "project": _hash(json.dumps(project, sort_keys=True).encode()),
    }


def read_stamp(stamp: Path) -> dict[str, object]:
    """The stamp, or nothing where the environment was never finished."""
    try:
        found = json.loads(stamp.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def project_table() -> object:
    """Name, commands and dependencies as pyproject.toml gives them; other settings need no new set-up."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def make_environment() -> None:
    """A new `.venv` with the locked libraries; each file must have the hash the lock names."""
    say("Setting up QMA Coach in .venv (once, one to three minutes) ...")
    if not (importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv")):
        install_packages(["python{}.{}-venv".format(*sys.version_info)], "a virtual environment")
    remove(VENV)
    # Seen from inside a virtual environment (perhaps this very one), the Python it was made from.
    python = getattr(sys, "_base_executable", sys.executable)
    must([python, "-m", "venv", VENV], "Python could not make a virtual environment.")
    pip_install(
        *("--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", LOCK),
        otherwise="The libraries could not be installed; the reason stands above. The first start downloads them: "
        "see that this computer reaches the internet, and start again.",
    )


def link_checkout() -> None:
    """Let `.venv` find this checkout and have its commands `qma` and `qma-coach`; needs no network."""
    STAMP.unlink(missing_ok=True)
    pip_install(
        *("--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT),
        otherwise="This checkout could not be linked into .venv.",
    )


def pip_install(*arguments: object, otherwise: str) -> None:
    """Install into `.venv`, saying nothing unless it fails."""
    pip = [python_of(VENV), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq"]
    must([*pip, "install", *arguments], otherwise)


def remove(folder: Path) -> None:
    """Remove the old environment, or say who is in the way."""
    try:
        if STAMP.is_file():
            STAMP.unlink()  # first, so that a removal cut short never looks whole
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
        elif folder.exists():
            shutil.rmtree(folder)
    except OSError as problem:
        raise NotReady(
            f"{folder} cannot be removed ({problem}). Close QMA Coach and start again."
        ) from problem


def python_of(venv: Path) -> Path:
    """The Python inside an environment."""
    return command_of(venv, "python")


def command_of(venv: Path, name: str) -> Path:
    """A command inside an environment, which Windows keeps under another name."""
    return venv / "Scripts" / f"{name}.exe" if sys.platform == "win32" else venv / "bin" / name


def starts(python: Path) -> bool:
    """Whether that Python still runs: the one it was made from may have been updated or removed."""
    try:
        return (
            subprocess.run([python, "-I", "-S", "-c", ""], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def prepare_qt(*, for_window: bool) -> None:
    """See in a child whether Qt can be loaded, and install the libraries it lacks."""
    missing = qt_lacks(for_window=for_window)
    if missing and sys.platform.startswith("linux"):
        say(f"Qt cannot be loaded: {missing}")
        install_packages([*QT_PACKAGES, *(WINDOW_PACKAGES if for_window else ())], "Qt")
        missing = qt_lacks(for_window=for_window)
    if missing:
        raise NotReady(f"Qt cannot be loaded on this machine: {missing}")


def qt_lacks(*, for_window: bool) -> str:
    """Which library stands in the way of Qt; empty when it works. NotReady where Qt gives up for another reason."""
    environment = dict(os.environ) if for_window else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.run(
        [python_of(VENV), "-P", QT_PROBE], env=environment, capture_output=True, text=True, check=False
    )
    if child.returncode == 0:
        return str(json.loads(child.stdout)["trouble"])
    screens = [
        f"{name}={os.environ[name]}" for name in ("DISPLAY", "WAYLAND_DISPLAY") if os.environ.get(name)
    ]
    if for_window and screens:
        raise NotReady(
            f"The screen does not answer ({', '.join(screens)}). Start again from a desktop session; without "
            "DISPLAY and WAYLAND_DISPLAY a sample dealership and its report are made instead."
        )
    raise NotReady(f"Qt ended with code {child.returncode}:\n{child.stderr}")


def install_packages(packages: Sequence[str], purpose: str) -> None:
    """Install Debian packages as root; for anybody else name the one line to run."""
    if not shutil.which("apt-get"):
        raise NotReady(
            f"This system lacks what {purpose} needs. Install what your system calls these Debian packages, "
            f"then start again:\n    {' '.join(packages)}"
        )
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        line = " ".join(["sudo", *install])
        raise NotReady(
            f"This system lacks what {purpose} needs. Run this line, then start again:\n    {line}"
        )
    say(f"Installing the system packages that {purpose} needs: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # A fresh machine has no list of packages yet; a stale list is no reason to give up.
    subprocess.run(["apt-get", "update", "--quiet"], env=quiet, stdout=subprocess.DEVNULL, check=False)
    if subprocess.run([*install, "--quiet"], env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
        raise NotReady(
            f"The system packages could not be installed. Try it yourself:\n    {' '.join(install)}"
        )


def run(command: Sequence[object]) -> int:
    """Run a command in the checkout; its exit code, or 1 where it was ended by a signal."""
    # Compiled files are kept whatever a user's own Python is told: with them each process starts in half the time.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False).returncode
    return code if code >= 0 else 1


def must(command: Sequence[object], otherwise: str) -> None:
    """Run a step of the set-up; where it fails, the whole set-up does."""
    # A setting for the user's own Python must not leak into the project's.
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")
    }
    environment["PIP_USER"] = "0"
    if subprocess.run([str(part) for part in command], env=environment, check=False).returncode:
        raise NotReady(otherwise)


def say(text: str) -> None:
    """Print at once, before a child prints."""
    print(text, flush=True)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
