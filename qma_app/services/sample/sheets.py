"""One file of the sample, read strictly: its form looked through, and every mistake kept with its line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from re import Match, Pattern

from qma_app.content.address import did_you_mean, quoted
from qma_app.content.nodes import ListNode, MapNode, Node, ScalarNode
from qma_app.content.report import Report
from qma_app.content.shapes import Shape
from qma_app.content.strict_yaml import read_document
from qma_app.errors import Problem
from qma_app.i18n import _


@dataclass(slots=True)
class Files:
    """The folder, and what was wrong in it so far."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def sheet(self, name: str, shape: Shape) -> Sheet:
        """One file, its form looked through; empty where that is not what it should be, or where a house has nothing to tell in it."""
        report = Report(name, (), problems=self.problems)
        if not (self.folder / name).exists():
            return Sheet(report, None)
        document = read_document((self.folder / name).read_bytes(), name)
        self.problems.extend(document.problems)
        known = len(self.problems)
        if document.root is not None:
            shape.look(document.root, name, report)
        is_sound = not document.problems and len(self.problems) == known
        return Sheet(report, document.root if is_sound else None)


@dataclass(slots=True)
class Sheet:
    """One file as read; empty where its form was not sound, and then nothing more is said of it."""

    report: Report
    root: Node | None

    @property
    def is_sound(self) -> bool:
        return self.root is not None

    @property
    def top(self) -> MapNode:
        return self.root if isinstance(self.root, MapNode) else MapNode(0)

    def entries(self) -> list[MapNode]:
        items = self.root.items if isinstance(self.root, ListNode) else []
        return [item for item in items if isinstance(item, MapNode)]

    def unknown(self, line: int, word: str, known: Iterable[str]) -> None:
        """Note a name that nothing here has."""
        found = _("{word} is not known here").format(word=quoted(word))
        self.report.add("sample.unknown", line, found, did_you_mean(word, known))


def day_of(node: MapNode, key: str) -> date | None:
    """The day under a key, None where there is none."""
    return date.fromisoformat(node.text(key)) if node.text(key) else None


def days_of(node: MapNode, key: str) -> tuple[date, ...]:
    """The days under a key, with a space between them."""
    return tuple(map(date.fromisoformat, node.text(key).split()))


def match_of(pattern: Pattern[str], words: str) -> Match[str] | None:
    """The parts of words whose form was looked through before; None where nothing was written."""
    return pattern.fullmatch(words) if words else None


def texts_of(node: MapNode, key: str) -> dict[str, str]:
    """A group of texts by name; empty where there is none."""
    group = node.child(key) or MapNode(0)
    return {
        name: entry.value
        for name, entry in group.entries.items()
        if isinstance(entry, ScalarNode) and isinstance(entry.value, str)
    }


def lines_of(node: MapNode, key: str) -> list[tuple[str, int]]:
    """The names in a group, each with its line."""
    return list((node.child(key) or MapNode(0)).key_lines.items())
