"""A file as it was written, each value with its line, so that every later problem has an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"
"""What a file says without where it says it."""


@dataclass(slots=True)
class ScalarNode:
    """One word, text, whole number or truth value."""

    value: str | int | bool
    line: int


@dataclass(slots=True)
class BrokenNode:
    """Something that was refused and reported already; nobody needs to report it again."""

    line: int


@dataclass(slots=True)
class ListNode:
    """The entries of a list, in order."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class MapNode:
    """Keys with what they hold. The getters answer with nothing where a value is missing or of another kind."""

    line: int
    entries: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, key: str) -> int:
        """Where the key stands, else where the group of keys begins."""
        return self.key_lines.get(key, self.line)

    def text(self, key: str) -> str:
        node = self.entries.get(key)
        return node.value if isinstance(node, ScalarNode) and isinstance(node.value, str) else ""

    def whole(self, key: str) -> int | None:
        node = self.entries.get(key)
        return node.value if isinstance(node, ScalarNode) and type(node.value) is int else None

    def flag(self, key: str) -> bool:
        node = self.entries.get(key)
        return isinstance(node, ScalarNode) and node.value is True

    def child(self, key: str) -> MapNode | None:
        node = self.entries.get(key)
        return node if isinstance(node, MapNode) else None

    def children(self, key: str) -> list[MapNode]:
        """The groups of keys in the list under `key`."""
        return [item for item in self.items(key) if isinstance(item, MapNode)]

    def items(self, key: str) -> list[Node]:
        node = self.entries.get(key)
        return node.items if isinstance(node, ListNode) else []

    def words(self, key: str) -> list[tuple[str, int]]:
        """The texts in the list under `key`, each with its line."""
        return [
            (item.value, item.line)
            for item in self.items(key)
            if isinstance(item, ScalarNode) and isinstance(item.value, str)
        ]


Node: TypeAlias = ScalarNode | ListNode | MapNode | BrokenNode


def value_of(node: Node) -> Value:
    """The same without lines; for files without problems."""
    match node:
        case ScalarNode():
            return node.value
        case ListNode():
            return [value_of(item) for item in node.items]
        case MapNode():
            return {key: value_of(entry) for key, entry in node.entries.items()}
        case _:
            raise ValueError(f"line {node.line} was refused")
