"""The jobs of `qma standard`: check, format, compare, exchange, copy and release editions, without a window."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from qma_app.errors import ContentProblems, Problem
from qma_app.i18n import _, ngettext

if TYPE_CHECKING:
    from qma_app.domain.edition import Edition
    from qma_app.services.importing import Imported
    from qma_app.services.standard_workbook import StandardReadBack

    Jobs = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, REFUSED = 0, 1
NO_WORKBOOK_OF_A_STANDARD = "standard-workbook.form"
LEDGER_FILE, MAPPING_FILE = "import.txt", "import-mapping.json"
"""Beside an imported standard: the fate of every cell, and which column was what."""
_MOST_LINES = 40
"""So many cells that were changed or left out are listed; the file beside the result names them all."""


def add_jobs(jobs: Jobs) -> None:
    """Every job with its words."""
    check = _job(jobs, "check", _run_check, _("name every problem of a standard with file and line"))
    _folder(check)
    shape = _job(jobs, "format", _run_format, _("bring the files of a standard into the one canonical form"))
    _folder(shape)
    new = _job(jobs, "new", _run_new, _("start the next edition as a copy"))
    new.add_argument("version", metavar=_("VERSION"), help=_("the year, a dot and a number, such as 2027.1"))
    new.add_argument(
        "--base", type=Path, metavar=_("FOLDER"), help=_("what to copy; the shipped edition if left out")
    )
    new.add_argument("-o", "--output", type=Path, required=True, metavar=_("FOLDER"))
    diff = _job(jobs, "diff", _run_diff, _("say what differs between two editions"))
    diff.add_argument("folders", type=Path, nargs="+", metavar=_("FOLDER"))
    release = _job(jobs, "release", _run_release, _("release an edition: from then on it never changes"))
    release.add_argument("folder", type=Path, metavar=_("FOLDER"))
    export = _job(jobs, "export", _run_export, _("write an edition as an Excel workbook to work in"))
    _folder(export)
    export.add_argument("-o", "--output", type=Path, required=True, metavar=_("FILE.xlsx"))
    _add_import(jobs)


def _add_import(jobs: Jobs) -> None:
    take = _job(
        jobs, "import", _run_import, _("read an edition's workbook back, or make a standard of another list")
    )
    take.add_argument("file", type=Path, metavar=_("FILE"))
    take.add_argument(
        "--base",
        type=Path,
        metavar=_("FOLDER"),
        help=_("the edition it is compared with; the shipped one if left out"),
    )
    take.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FOLDER"),
        help=_("write the edition here; only shown if left out"),
    )
    take.add_argument("--mapping", type=Path, metavar=_("FILE"), help=_("which column of a list is what"))
    take.add_argument("--title", default="", metavar=_("TITLE"), help=_("what the new standard is called"))
    take.add_argument("--id", default="", metavar=_("ID"), help=_("its id; made of the title if left out"))
    take.add_argument(
        "--version", default="", metavar=_("VERSION"), help=_("its version; that of the base if left out")
    )


def _job(
    jobs: Jobs, name: str, run: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    parser = jobs.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar=_("FOLDER"),
        help=_("folder of the edition; the shipped one if left out"),
    )


def _run_check(chosen: argparse.Namespace) -> int:
    from qma_app.services.standards import check_standard, newest_shipped_folder, read_standard

    folder = chosen.folder or newest_shipped_folder()
    problems = check_standard(folder)
    _print_problems(problems)
    errors = sum(not problem.is_warning for problem in problems)
    if not errors:
        _print_coverage(read_standard(folder))
    _print_count(folder.name, errors, len(problems) - errors)
    return REFUSED if errors else DONE


def _print_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        print(problem if not problem.is_warning else f"{_('warning')}: {problem}")


def _print_count(name: str, errors: int, warnings: int) -> None:
    counted = ngettext("{count} problem", "{count} problems", errors).format(count=errors)
    warned = ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    print(f"{name}: {counted}, {warned}.")


def _print_coverage(edition: Edition) -> None:
    """A line for each area: checkpoints, and how many of its texts each language has."""
    from qma_app.domain.coverage import language_coverage

    coverage = language_coverage(edition)
    counts = {str(area.id): str(sum(1 for _point in area.checkpoints())) for area in edition.areas}
    head = [_("Texts"), _("checkpoints"), *coverage.languages]
    rows = [
        [
            str(row.title),
            counts.get(row.key, ""),
            *(
                _share(row.by_language[code].filled, row.by_language[code].total)
                for code in coverage.languages
            ),
        ]
        for row in coverage.rows
    ]
    totals = [coverage.total(code) for code in coverage.languages]
    rows.append([_("all"), str(len(edition.checkpoints)), *(_share(one.filled, one.total) for one in totals)])
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    for row in [head, *rows]:
        first, *others = row
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  ".join(cells).rstrip())
    print()


def _share(filled: int, total: int) -> str:
    return f"{filled}/{total}"


def _run_format(chosen: argparse.Namespace) -> int:
    from qma_app.services.standards import format_standard, newest_shipped_folder

    changed = format_standard(chosen.folder or newest_shipped_folder())
    for path in changed:
        print(path)
    count = len(changed)
    print(ngettext("{count} file changed.", "{count} files changed.", count).format(count=count))
    return DONE


def _run_new(chosen: argparse.Namespace) -> int:
    from qma_app.services.standards import newest_shipped_folder, start_next_edition

    edition = start_next_edition(chosen.base or newest_shipped_folder(), chosen.version, chosen.output)
    print(_("{edition}, a draft, written into {folder}.").format(edition=edition.label, folder=chosen.output))
    return DONE


def _run_diff(chosen: argparse.Namespace) -> int:
    from qma_app.services.standards import newest_shipped_folder, read_standard

    if len(chosen.folders) > 2:
        print(_("Name one folder or two."))
        return 2
    folders = chosen.folders if len(chosen.folders) == 2 else [newest_shipped_folder(), *chosen.folders]
    old, new = map(read_standard, folders)
    _print_difference(old, new)
    return DONE


def _print_difference(old: Edition, new: Edition) -> None:
    from qma_app.services.upgrading import diff_text

    for line in diff_text(old, new):
        print(line)


def _run_release(chosen: argparse.Namespace) -> int:
    from qma_app.services.standards import release_standard

    edition = release_standard(chosen.folder)
    print(_("{edition} is released; its content is {hash}.").format(edition=edition.label, hash=edition.hash))
    return DONE


def _run_export(chosen: argparse.Namespace) -> int:
    from qma_app.services.standard_workbook import export_standard
    from qma_app.services.standards import newest_shipped_folder, read_standard

    print(export_standard(read_standard(chosen.folder or newest_shipped_folder()), chosen.output))
    return DONE


def _run_import(chosen: argparse.Namespace) -> int:
    from qma_app.services.standard_workbook import read_back
    from qma_app.services.standards import newest_shipped_edition, read_standard

    base = read_standard(chosen.base) if chosen.base else newest_shipped_edition()
    if chosen.mapping is None and chosen.file.suffix.lower() == ".xlsx":
        try:
            read = read_back(chosen.file, base)
        except ContentProblems as problems:
            if problems.code != NO_WORKBOOK_OF_A_STANDARD:
                raise
        else:
            return _import_own(chosen, read, base)
    return _import_other(chosen, base)


def _import_own(chosen: argparse.Namespace, read: StandardReadBack, base: Edition) -> int:
    from qma_app.services.standard_workbook import apply_standard

    _print_problems(read.problems)
    if read.edition is None:
        _print_count(chosen.file.name, len(read.errors), len(read.problems) - len(read.errors))
        return REFUSED
    _print_difference(base, read.edition)
    if chosen.output is None:
        print(_("Nothing was written; add -o FOLDER to write it."))
        return DONE
    written = apply_standard(read, chosen.output, version=chosen.version)
    _say_written(written, written[0].parent)
    return DONE


def _import_other(chosen: argparse.Namespace, base: Edition) -> int:
    from qma_app.services.importing import import_standard, look_at_file, mapping_text, read_mapping
    from qma_app.services.standards import write_standard

    look = look_at_file(chosen.file)
    mapping = read_mapping(chosen.mapping) if chosen.mapping else look.mapping
    imported = import_standard(
        chosen.file,
        title=chosen.title or chosen.file.stem,
        standard_id=chosen.id,
        version=chosen.version or base.version,
        mapping=mapping,
        base=base,
    )
    print(_("{file}: {format}").format(file=chosen.file.name, format=look.title))
    _print_problems(imported.problems)
    _print_fates(imported)
    if chosen.output is None:
        print(_("Nothing was written; add -o FOLDER to write it."))
        return DONE
    _say_written(write_standard(imported.edition, chosen.output), chosen.output)
    (chosen.output / LEDGER_FILE).write_text(
        "".join(f"{entry}\n" for entry in imported.ledger.entries()), encoding="utf-8"
    )
    if mapping is not None:
        (chosen.output / MAPPING_FILE).write_text(mapping_text(mapping), encoding="utf-8")
    return DONE


def _print_fates(imported: Imported) -> None:
    """How many cells were taken, and each that was changed or left out, up to a screenful."""
    from qma_app.services.importing import Fate

    edition, ledger = imported.edition, imported.ledger
    print(
        _("{areas} areas, {processes} processes, {checkpoints} checkpoints.").format(
            areas=len(edition.areas), processes=len(edition.processes), checkpoints=len(edition.checkpoints)
        )
    )
    print(
        _("Cells: {taken} taken, {changed} changed, {left_out} left out.").format(
            taken=ledger.count(Fate.TAKEN),
            changed=ledger.count(Fate.CHANGED),
            left_out=ledger.count(Fate.LEFT_OUT),
        )
    )
    for note in ledger.notes:
        print(note)
    told = [*ledger.entries(Fate.CHANGED), *ledger.entries(Fate.LEFT_OUT)]
    for entry in told[:_MOST_LINES]:
        print(entry)
    if len(told) > _MOST_LINES:
        print(_("… and {count} more").format(count=len(told) - _MOST_LINES))


def _say_written(paths: tuple[Path, ...], folder: Path) -> None:
    count = len(paths)
    print(
        ngettext("{count} file written into {folder}.", "{count} files written into {folder}.", count).format(
            count=count, folder=folder
        )
    )
