"""Names that must tell things apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from qma_app.content.address import place, quoted
from qma_app.content.schema import AREA_CODE
from qma_app.content.written import Written, WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

_NAMED = ("phases", "features", "roles", "cause_categories", "origins", "reported_under")


def area_file_bears_its_code(standard: WrittenStandard) -> Iterator[Problem]:
    """The area SRV stands in srv.yaml."""
    for area in standard.areas:
        if AREA_CODE.fullmatch(area.code) and area.code.lower() != PurePath(area.file).stem:
            yield area.problem(
                "area.file-name",
                "code",
                _("the area {code} stands in {file}").format(code=quoted(area.code), file=area.file),
                _("call the file {name}, or correct the code").format(name=f"{area.code.lower()}.yaml"),
            )


def areas_differ(standard: WrittenStandard) -> Iterator[Problem]:
    """No two areas have one id."""
    yield from _differ(((area.id, area) for area in standard.areas), "area.twice", "id")


def processes_differ(standard: WrittenStandard) -> Iterator[Problem]:
    """No two processes of an area have one id."""
    for area in standard.areas:
        yield from _differ(((process.id, process) for process in area.processes), "process.twice", "id")


def checkpoints_differ(standard: WrittenStandard) -> Iterator[Problem]:
    """No two checkpoints of a process have one id."""
    for process in standard.processes:
        pairs = ((checkpoint.id, checkpoint) for checkpoint in process.checkpoints)
        yield from _differ(pairs, "checkpoint.twice", "id")


def named_things_differ(standard: WrittenStandard) -> Iterator[Problem]:
    """Phases, features, roles, cause categories, origins and languages: no id twice in its list."""
    for key in _NAMED:
        named = (Written(standard.file, node) for node in standard.node.children(key))
        yield from _differ(((one.id, one) for one in named), "named.twice", "id")
    seen: set[str] = set()
    for language, line in standard.node.words("languages"):
        if language in seen:
            yield standard.problem(
                "language.twice",
                "languages",
                _("the language {name} is listed twice").format(name=quoted(language)),
                _("delete this line"),
                line=line,
            )
        seen.add(language)


def features_are_not_negations(standard: WrittenStandard) -> Iterator[Problem]:
    """`not-` in front means absence, so no feature may be called that."""
    for node in standard.node.children("features"):
        if node.text("id").startswith("not-"):
            yield standard.problem(
                "feature.negation",
                "features",
                _("a feature is called {id}").format(id=quoted(node.text("id"))),
                _("leave out `not-`: in `when` it says that a feature is absent"),
                line=node.line_of("id"),
            )


def replaced_checkpoints_are_gone(standard: WrittenStandard) -> Iterator[Problem]:
    """What another checkpoint replaces does not stand in the standard any more."""
    present = {checkpoint.full_id: checkpoint for checkpoint in standard.checkpoints}
    for checkpoint in standard.checkpoints:
        for replaced, line in checkpoint.node.words("replaces"):
            if other := present.get(replaced):
                yield checkpoint.problem(
                    "replaces.still-there",
                    "replaces",
                    _("{id} is replaced here, but still stands at {place}").format(
                        id=quoted(replaced), place=place(other.file, other.node.line_of("id"))
                    ),
                    _("delete this line, or the checkpoint that is replaced"),
                    is_warning=True,
                    line=line,
                )


def _differ(named: Iterable[tuple[str, Written]], code: str, key: str) -> Iterator[Problem]:
    first: dict[str, Written] = {}
    for name, written in named:
        if not name:
            continue
        if other := first.get(name):
            yield written.problem(
                code,
                key,
                _("{name} is used here a second time, the first is at {place}").format(
                    name=quoted(name), place=place(other.file, other.node.line_of(key))
                ),
                _("give this one another `{key}`").format(key=key),
            )
        else:
            first[name] = written
