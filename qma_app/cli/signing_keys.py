"""`qma key`, `qma register` and what `qma verify` says of a paper: keys for signing, and who else can prove what was signed."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from qma_app.cli import typed
from qma_app.errors import ImportTrouble, RuleBroken
from qma_app.i18n import _, language

if TYPE_CHECKING:
    from qma_app.exchange.signing_key import SigningKey
    from qma_app.services.workspace import Workspace

DONE, REFUSED = 0, 1
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_keys_and_register(commands: Commands) -> None:
    """Keys for trial, and the register of what was signed."""
    key = group(commands, "key", _("make keys for signing"))
    trial = command(key, "trial", _run_trial, _("make a key for trial: its papers carry TRIAL"))
    trial.add_argument("file", type=Path, metavar=_("FILE.p12"))
    trial.add_argument("--name", required=True, metavar=_("NAME"), help=_("who signs with it"))
    ask_passphrase(trial)

    register = command(
        commands,
        "register",
        _run_register,
        _("write the register of certificates, issued papers and signers"),
    )
    register.add_argument("-w", "--workspace", type=Path, required=True, metavar=_("FOLDER"))
    register.add_argument("-o", "--output", type=Path, required=True, metavar=_("FILE.json|FILE.xlsx"))
    register.add_argument(
        "--on",
        type=typed.day,
        metavar=_("DATE"),
        help=_("the day it speaks of, such as 2026-11-21; today if left out"),
    )
    register.add_argument(
        "--lang", type=typed.spoken, metavar=_("LANG"), default=language(), help=_("language of the workbook")
    )


def verify_paper_file(path: Path, register: Path | None) -> int:
    """Say of a PDF whether it is genuine, and why; the register tells known signers and what was revoked."""
    from qma_app.services.paper_verifying import verify_paper
    from qma_app.services.register import read_register

    verdict = verify_paper(path, register=read_register(register) if register is not None else None)
    print(f"{verdict.title}: {verdict.words}")
    for line in verdict.lines:
        print(f"{'+' if line.is_good else '-'} {line.title}: {line.words}")
    return DONE if verdict.is_genuine else REFUSED


def group(commands: Commands, name: str, text: str) -> Commands:
    """A command with jobs of its own."""
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(dest="job", required=True, metavar=_("JOB"))


def command(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    """A command that is carried out by `run`."""
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def ask_passphrase(parser: argparse.ArgumentParser) -> None:
    """Where the passphrase of a key comes from."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar=_("FILE"),
        help=_("its first line is the passphrase; asked for if left out"),
    )


def key_of(workspace: Workspace, chosen: argparse.Namespace) -> SigningKey:
    """The key that was named, opened with its passphrase."""
    from qma_app.services.issuing import load_signing_key

    return load_signing_key(chosen.key, _passphrase_of(chosen), on=workspace.today())


def _run_trial(chosen: argparse.Namespace) -> int:
    from qma_app.services.trial_keys import make_trial_key
    from qma_app.services.workspace import system_clock

    print(
        make_trial_key(chosen.file, _passphrase_of(chosen, is_new=True), name=chosen.name, at=system_clock())
    )
    return DONE


def _run_register(chosen: argparse.Namespace) -> int:
    from qma_app.services.register import save_register
    from qma_app.services.workspace import open_to_read

    with open_to_read(chosen.workspace) as workspace:
        print(save_register(workspace, chosen.output, on=chosen.on, language=chosen.lang))
    return DONE


def _passphrase_of(chosen: argparse.Namespace, *, is_new: bool = False) -> str:
    """The first line of the file that was named, else what is typed; never an argument others could read."""
    if chosen.passphrase_file is not None:
        return _first_line(chosen.passphrase_file)
    typed_in = getpass.getpass(_("Passphrase of the key: "))
    if is_new and getpass.getpass(_("Once more: ")) != typed_in:
        raise RuleBroken(
            _("The two passphrases differ."),
            code="key.passphrases-differ",
            way_out=_("Type the same one twice."),
        )
    return typed_in


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportTrouble(
            _("The passphrase could not be read from {name}.").format(name=path.name),
            code="key.passphrase-file",
            way_out=_("Write it into a plain text file as its first line."),
            path=str(path),
        ) from error
