"""The standard as somebody wrote it, perhaps with mistakes: what the rules are judged on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qma_app.content.address import place
from qma_app.content.nodes import MapNode
from qma_app.errors import Problem

STANDARD_FILE = "standard.yaml"


@dataclass(frozen=True, eq=False)
class Written:
    """A group of keys in a file."""

    file: str
    node: MapNode

    @property
    def id(self) -> str:
        return self.node.text("id")

    @property
    def number(self) -> str:
        return self.node.text("number")

    def problem(
        self, code: str, key: str, found: str, advice: str, *, is_warning: bool = False, line: int = 0
    ) -> Problem:
        """A problem at `key`, or at `line` where that is closer."""
        at = place(self.file, line or self.node.line_of(key))
        return Problem(code=code, place=at, found=found, advice=advice, is_warning=is_warning)

    def texts(self, key: str) -> Mapping[str, tuple[str, int]]:
        """The text under `key` in each language, with its line."""
        return texts_of(self.node.child(key))


@dataclass(frozen=True, eq=False)
class WrittenCheckpoint(Written):
    """One checkpoint with the process it stands in."""

    process: WrittenProcess

    @property
    def full_id(self) -> str:
        return f"{self.process.full_id}.{self.id}"

    def statement(self, language: str) -> str:
        return self.texts("statement").get(language, ("", 0))[0]


@dataclass(frozen=True, eq=False)
class WrittenProcess(Written):
    """One process with the area it stands in."""

    area: WrittenArea

    @property
    def full_id(self) -> str:
        return f"{self.area.id}.{self.id}"

    @cached_property
    def checkpoints(self) -> tuple[WrittenCheckpoint, ...]:
        return tuple(WrittenCheckpoint(self.file, node, self) for node in self.node.children("checkpoints"))


@dataclass(frozen=True, eq=False)
class WrittenArea(Written):
    """One area: a file of its own."""

    @property
    def code(self) -> str:
        return self.node.text("code")

    @cached_property
    def processes(self) -> tuple[WrittenProcess, ...]:
        return tuple(WrittenProcess(self.file, node, self) for node in self.node.children("processes"))

    @cached_property
    def checkpoints(self) -> tuple[WrittenCheckpoint, ...]:
        return tuple(checkpoint for process in self.processes for checkpoint in process.checkpoints)


@dataclass(frozen=True, eq=False)
class WrittenStandard(Written):
    """The whole: `standard.yaml` and its areas in the order listed."""

    areas: tuple[WrittenArea, ...]
    kpi_files: tuple[Written, ...] = ()

    @cached_property
    def kpis(self) -> tuple[Written, ...]:
        """Every KPI definition, in the order of its files."""
        return tuple(
            Written(file.file, node) for file in self.kpi_files for node in file.node.children("kpis")
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The base language first."""
        return tuple(word for word, _line in self.node.words("languages"))

    @property
    def base(self) -> str:
        return self.languages[0] if self.languages else "en"

    @cached_property
    def points(self) -> tuple[int, ...]:
        """The steps of the scale, as far as they are whole numbers."""
        steps = (step.whole("points") for step in self.node.children("scale"))
        return tuple(step for step in steps if step is not None)

    @cached_property
    def rules(self) -> Written:
        """The result rules; empty where they are missing."""
        rules = self.node.child("rules") or MapNode(self.node.line_of("rules"))
        return Written(self.file, rules)

    @cached_property
    def features(self) -> frozenset[str]:
        return self._ids("features")

    @cached_property
    def roles(self) -> frozenset[str]:
        return self._ids("roles")

    @cached_property
    def processes(self) -> tuple[WrittenProcess, ...]:
        return tuple(process for area in self.areas for process in area.processes)

    @cached_property
    def checkpoints(self) -> tuple[WrittenCheckpoint, ...]:
        return tuple(checkpoint for area in self.areas for checkpoint in area.checkpoints)

    def _ids(self, key: str) -> frozenset[str]:
        return frozenset(node.text("id") for node in self.node.children(key))


def texts_of(node: MapNode | None) -> Mapping[str, tuple[str, int]]:
    """Language to text and line; nothing where there is no such group."""
    if node is None:
        return {}
    return {
        language: (node.text(language), node.line_of(language))
        for language in node.entries
        if node.text(language)
    }
