"""Rewrites a standard's files in their canonical form, each whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from qma_app.content.address import by_place, place
from qma_app.content.canonical import canonical_text, without_empty_lists
from qma_app.content.nodes import value_of
from qma_app.content.releasing import refuse_if_released
from qma_app.content.source import COMMENT, Source, area_files, kpi_files
from qma_app.content.strict_yaml import Document
from qma_app.content.whole_files import write_whole
from qma_app.content.written import STANDARD_FILE
from qma_app.errors import ContentProblems, Problem
from qma_app.i18n import _


def format_standard(folder: Path) -> tuple[Path, ...]:
    """Rewrite the files that are not in canonical form, and answer with those.

    ContentProblems when a file cannot be read as YAML or holds comments, which would be lost: then nothing is written.
    """
    source = Source(folder)
    paths = [folder / STANDARD_FILE, *area_files(folder), *kpi_files(folder)]
    documents = [(path, source.document(path)) for path in paths]
    problems = [
        replace(problem, is_warning=False)
        for problem in source.problems
        if not problem.is_warning or problem.code == COMMENT
    ]
    texts = [(path, _formatted(document, problems)) for path, document in documents if document]
    if problems:
        raise ContentProblems(
            _("Nothing was formatted: the files hold what formatting would lose or cannot read."),
            sorted(problems, key=by_place),
        )
    changed = [(path, text) for path, text in texts if path.read_bytes() != text.encode()]
    if changed:
        refuse_if_released(folder)
    for path, text in changed:
        write_whole(path.resolve(), text)
    return tuple(path for path, _text in changed)


def _formatted(document: Document, problems: list[Problem]) -> str:
    if document.root is None or document.problems:
        return ""
    value = without_empty_lists(value_of(document.root))
    if isinstance(value, dict):
        return canonical_text(value)
    problems.append(
        Problem(
            code="shape.kind",
            place=place(document.name, document.root.line),
            found=_("the file does not consist of keys"),
            advice=_("begin it with `id:`"),
        )
    )
    return ""
