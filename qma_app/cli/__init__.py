"""The core without a window: the `qma` command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from qma_app import __version__
from qma_app.cli import typed
from qma_app.cli.certifying import add_certifying, verify_paper_file
from qma_app.cli.programme import add_programme
from qma_app.cli.standard import add_jobs
from qma_app.cli.taking import add_taking
from qma_app.cli.usage_words import teach_argparse
from qma_app.errors import ContentProblems, NotFound, QmaError
from qma_app.i18n import _, in_language, language, system_language

if TYPE_CHECKING:
    from qma_app.domain.ids import DealershipId
    from qma_app.services.workspace import Workspace

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


class Usage(Exception):
    """The words of the command do not fit what is there; ends with exit code 2."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 the world said no (one sentence), 2 wrong usage."""
    # A name in another script must not stop a command on an old terminal.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    teach_argparse()
    with in_language(system_language(os.environ)):
        return _run(_parser().parse_args(arguments))


def _run(chosen: argparse.Namespace) -> int:
    """What was asked for, with every failure of the world as one sentence."""
    try:
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except Usage as usage:
        print(usage, file=sys.stderr)
        return WRONG_USAGE
    except ContentProblems as problems:
        print(problems, file=sys.stderr)
        return REFUSED
    except QmaError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain about it once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except KeyboardInterrupt:
        print(_("Stopped."), file=sys.stderr)
        return REFUSED
    return code


def _parser() -> argparse.ArgumentParser:
    from qma_app.exchange import WORKBOOKS
    from qma_app.reports import REPORTS

    parser = argparse.ArgumentParser(
        prog="qma", description=_("Quality coaching and certification of car dealerships.")
    )
    parser.add_argument("--version", action="version", version=f"qma {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))

    demo = _command(
        commands, "demo", _run_demo, _("make a workspace of its own with an invented sample dealership")
    )
    demo.add_argument("folder", type=Path, metavar=_("FOLDER"))

    report = _command(commands, "report", _run_report, _("make a report as PDF"))
    report.add_argument("kind", choices=[entry.key for entry in REPORTS])
    _about_dealership(report)
    report.add_argument(
        "--of",
        metavar=_("NUMBER|AREA"),
        help=_(
            "which assessment (its number), area or finding (F-014); of an action plan an area, owner:NAME, or owners for a sheet each; "
            "of agenda, minutes or review the number of the visit or review; of a paper of an audit its report (R-2027-0093), of a wrap-up a day"
        ),
    )
    report.add_argument(
        "--by", choices=["area", "owner"], default="", help=_("how an action plan lists the actions")
    )
    report.add_argument(
        "--lang",
        type=typed.spoken,
        metavar=_("LANG"),
        help=_("language of the report; the dealership's, else that of the program, if left out"),
    )
    report.add_argument(
        "--on", type=typed.day, metavar=_("DATE"), help=_("the day it speaks of, such as 2026-11-21")
    )
    report.add_argument("-o", "--output", type=Path, required=True, metavar=_("FILE.pdf"))

    workbook = _command(commands, "workbook", _run_workbook, _("make an Excel workbook"))
    workbook.add_argument("kind", choices=[entry.key for entry in WORKBOOKS])
    _about_dealership(workbook)
    workbook.add_argument(
        "--of",
        metavar=_("NUMBER|AREA"),
        help=_("which assessment (its number) or area; of an action plan an area, or owner:NAME"),
    )
    workbook.add_argument(
        "--lang", type=typed.spoken, metavar=_("LANG"), default=language(), help=_("language of the workbook")
    )
    workbook.add_argument(
        "--on", type=typed.day, metavar=_("DATE"), help=_("the day the workbook of a programme speaks of")
    )
    workbook.add_argument("-o", "--output", type=Path, required=True, metavar=_("FILE.xlsx"))

    add_programme(commands, _dealership)

    standard = commands.add_parser(
        "standard", help=_("check, compare, exchange, copy and release the editions of a standard")
    )
    add_jobs(standard.add_subparsers(dest="job", required=True, metavar=_("JOB")))

    taking = _("take in a file that came back from a dealership")
    take = commands.add_parser("import", help=taking, description=taking)
    add_taking(take, _dealership)

    add_certifying(commands, _dealership)

    verify = _command(
        commands,
        "verify",
        _run_verify,
        _("say whether a workspace, backup or signed paper is genuine, and why"),
    )
    verify.add_argument("file", type=Path, metavar=_("FILE"))
    verify.add_argument(
        "--register",
        type=Path,
        metavar=_("FILE.json"),
        help=_("of a signed paper: the register that tells known signers and what was revoked"),
    )

    rebuild = _command(
        commands, "rebuild", _run_rebuild, _("work out anew from the records what the portfolio shows")
    )
    rebuild.add_argument("folder", type=Path, metavar=_("FOLDER"))

    backup = _command(commands, "backup", _run_backup, _("put a workspace into one file"))
    backup.add_argument("-w", "--workspace", type=Path, required=True, metavar=_("FOLDER"))
    backup.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE"),
        help=_("beside the workspace's own backups if left out"),
    )

    restore = _command(commands, "restore", _run_restore, _("bring a backup back into a new folder"))
    restore.add_argument("file", type=Path, metavar=_("FILE"))
    restore.add_argument("folder", type=Path, metavar=_("FOLDER"))

    doctor = _command(
        commands, "doctor", _run_doctor, _("tell what is missing on this machine, by trying it")
    )
    doctor.add_argument("-w", "--workspace", type=Path, metavar=_("FOLDER"))
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    text: str,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def _about_dealership(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-w", "--workspace", type=Path, required=True, metavar=_("FOLDER"))
    parser.add_argument(
        "-d", "--dealership", metavar=_("CODE"), help=_("may be left out when there is one dealership")
    )


def _run_demo(chosen: argparse.Namespace) -> int:
    from qma_app.services.sample import make_sample

    make_sample(chosen.folder, portfolio=True).close()
    print(_("Sample workspace with invented dealerships made in {folder}.").format(folder=chosen.folder))
    return DONE


def _run_report(chosen: argparse.Namespace) -> int:
    from qma_app.services.reports import make_report
    from qma_app.services.workspace import open_to_read

    if chosen.by and chosen.kind != "actions":
        raise Usage(_("--by goes with the action plan alone: qma report actions."))
    with open_to_read(chosen.workspace) as workspace:
        written = make_report(
            workspace,
            chosen.kind,
            dealership_id=_dealership(workspace, chosen.dealership),
            of=chosen.of,
            by=chosen.by,
            language=chosen.lang,
            on=chosen.on,
            target=chosen.output,
        )
    print(written)
    return DONE


def _run_workbook(chosen: argparse.Namespace) -> int:
    from qma_app.services.workbooks import make_workbook
    from qma_app.services.workspace import open_to_read

    if chosen.kind == "programme" and chosen.of:
        raise Usage(_("The workbook of a programme is about all of it: leave --of out."))
    if chosen.kind != "programme" and chosen.on:
        raise Usage(_("--on goes with the workbook of a programme alone: qma workbook programme."))
    with open_to_read(chosen.workspace) as workspace:
        written = make_workbook(
            workspace,
            chosen.kind,
            dealership_id=_dealership(workspace, chosen.dealership),
            of=chosen.of,
            language=chosen.lang,
            on=chosen.on,
            target=chosen.output,
        )
    print(written)
    return DONE


def _run_verify(chosen: argparse.Namespace) -> int:
    from qma_app.services.log import verify_path

    if chosen.file.suffix.casefold() == ".pdf":
        return verify_paper_file(chosen.file, chosen.register)
    if chosen.register is not None:
        raise Usage(_("--register goes with a signed paper (PDF) alone."))
    verification = verify_path(chosen.file)
    for line in verification.lines():
        print(line)
    return DONE if verification.is_genuine else REFUSED


def _run_rebuild(chosen: argparse.Namespace) -> int:
    from qma_app.services.log import rebuild_figures
    from qma_app.services.workspace import open_workspace

    with open_workspace(chosen.folder) as workspace:
        wrong = rebuild_figures(workspace)
    for name in wrong:
        print(_("{dealership}: worked out anew from its records.").format(dealership=name))
    if not wrong:
        print(_("What the portfolio shows is what the records say: nothing had to be done."))
    return DONE


def _run_backup(chosen: argparse.Namespace) -> int:
    from qma_app.services.backups import back_up_now
    from qma_app.services.workspace import open_to_read
    from qma_app.storage.backup_file import SUFFIX

    if chosen.output is not None and chosen.output.suffix != SUFFIX:
        raise Usage(_("A backup's name ends in {suffix}.").format(suffix=SUFFIX))
    with open_to_read(chosen.workspace) as workspace:
        print(back_up_now(workspace, target=chosen.output))
    return DONE


def _run_restore(chosen: argparse.Namespace) -> int:
    from qma_app.services.backups import restore

    manifest = restore(chosen.file, chosen.folder)
    print(
        _("Restored into {folder}: {count} entries of the change log, head {head}.").format(
            folder=chosen.folder, count=manifest.log_seq, head=manifest.log_hash
        )
    )
    return DONE


def _run_doctor(chosen: argparse.Namespace) -> int:
    from qma_app.doctor.check import State
    from qma_app.doctor.examination import examine, table

    checks = examine(chosen.workspace)
    print(table(checks))
    return REFUSED if any(check.state is State.BAD for check in checks) else DONE


def _dealership(workspace: Workspace, code: str | None) -> DealershipId:
    from qma_app.services.dealerships import find_dealership, list_dealerships

    with workspace.reading() as reader:
        if code is not None:
            try:
                return find_dealership(reader, code).id
            except NotFound as unknown:
                raise Usage(unknown) from unknown
        rows = list_dealerships(reader, with_archived=False)
    if not rows:
        raise Usage(_("This workspace holds no dealership yet."))
    if len(rows) > 1 and not rows[0].is_sample:
        listed = "\n".join(f"  {row.code}  {row.title}" for row in rows)
        raise Usage(_("Which dealership? Add -d with one of these codes:\n{codes}").format(codes=listed))
    return rows[0].id
