"""The kinds of values a standard is made of, each of which knows what is wrong with a place in a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from qma_app.content.address import closest, did_you_mean, quoted
from qma_app.content.nodes import BrokenNode, ListNode, MapNode, Node, ScalarNode
from qma_app.content.report import Report
from qma_app.i18n import _

_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
"""Controls, and marks that turn the direction of what follows them: they show another text than they hold."""


class Shape(Protocol):
    """What is expected at one place."""

    def look(self, node: Node, key: str, report: Report) -> None:
        """Note what is wrong with `node`, which stands under `key`."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One text without languages; with a `pattern` it must match it, and `form` says what that means."""

    pattern: re.Pattern[str] | None = None
    form: Callable[[], str] | None = None
    example: str = ""
    code: str = "shape.form"

    def look(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            advice = _("write a text here")
            if self.example:
                advice = _("write a text here, such as {example}").format(example=f'"{self.example}"')
            _wrong_kind(node, key, advice, report)
        elif not node.value.strip():
            _empty(node, key, report)
        elif self.pattern and self.form and not self.pattern.fullmatch(node.value):
            report.add(
                self.code,
                node.line,
                _("{found} is not a valid `{key}`").format(found=quoted(node.value), key=key),
                _("expected: {form}, such as {example}").format(form=self.form(), example=self.example),
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """A whole number within bounds, both included."""

    least: int
    most: int

    def look(self, node: Node, key: str, report: Report) -> None:
        advice = _("write a whole number from {least} to {most}").format(least=self.least, most=self.most)
        if not isinstance(node, ScalarNode) or type(node.value) is not int:
            _wrong_kind(node, key, advice, report)
        elif not self.least <= node.value <= self.most:
            found = _("`{key}` is {number}").format(key=key, number=node.value)
            report.add("shape.range", node.line, found, advice)


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """True or false."""

    def look(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, ScalarNode) or not isinstance(node.value, bool):
            _wrong_kind(node, key, _("write true or false, without quotation marks"), report)


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One text in its languages, in the base language at least."""

    def look(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, MapNode):
            base = report.languages[0] if report.languages else "en"
            advice = _("write the text below the key under its language: `{language}: …`").format(
                language=base
            )
            _wrong_kind(node, key, advice, report)
            return
        for language, text in node.entries.items():
            if report.languages and language not in report.languages:
                report.add(
                    "language.unlisted",
                    node.line_of(language),
                    _("`{key}` has a text in `{language}`, which the standard does not list").format(
                        key=key, language=language[:20]
                    ),
                    _("correct it, or add `{language}` under `languages` in standard.yaml").format(
                        language=language[:20]
                    ),
                )
            self._look_at_text(text, key, report)
        if report.languages and report.languages[0] not in node.key_lines:
            report.add(
                "language.base-missing",
                node.line,
                _("`{key}` has no text in `{language}`, the language the standard is written in").format(
                    key=key, language=report.languages[0]
                ),
                _("write it: the other languages fall back on it"),
            )

    def _look_at_text(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, ScalarNode) or not isinstance(node.value, str):
            _wrong_kind(node, key, _("write a text; put a number in double quotes"), report)
            return
        text = node.value
        if not text.strip():
            _empty(node, key, report)
        elif control := _CONTROL.search(text):
            report.add(
                "text.control",
                node.line,
                _("`{key}` holds the invisible character {code}").format(
                    key=key, code=f"U+{ord(control.group()):04X}"
                ),
                _("delete it and type the place again"),
            )
        elif "\n" in text or text != text.strip():
            report.add(
                "text.edges",
                node.line,
                _("`{key}` holds a line break, or a space at its beginning or end").format(key=key),
                _("write the text on one line, without spaces around it"),
                is_warning=True,
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class ListOf:
    """A list of one shape with at least so many entries."""

    shape: Shape
    least: int = 0

    def look(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, ListNode):
            _wrong_kind(
                node, key, _("write a list: each entry on a line of its own, with `- ` before it"), report
            )
            return
        if len(node.items) < self.least:
            report.add(
                "shape.too-few",
                node.line,
                _("the list `{key}` has {count} entries").format(key=key, count=len(node.items)),
                _("write at least {least}").format(least=self.least),
            )
        for item in node.items:
            if report.is_full:
                return
            self.shape.look(item, key, report)


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """One key of a group."""

    shape: Shape
    is_required: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Fields:
    """A group of known keys."""

    keys: Mapping[str, Key] = field(default_factory=dict)

    def look(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, MapNode):
            advice = _("write a group of keys: {keys}").format(keys=", ".join(self.keys))
            _wrong_kind(node, key, advice, report)
            return
        for name, entry in node.entries.items():
            if report.is_full:
                return
            if known := self.keys.get(name):
                known.shape.look(entry, name, report)
        meant = self._look_for_unknown(node, report)
        for name, known in self.keys.items():
            if known.is_required and name not in node.key_lines and name not in meant:
                report.add(
                    "shape.missing",
                    node.line,
                    _("`{key}` is missing in the group that begins here").format(key=name),
                    _("add a line `{key}:`").format(key=name),
                )

    def _look_for_unknown(self, node: MapNode, report: Report) -> set[str]:
        """Note the unknown keys; answers with the keys they were probably meant to be."""
        meant = set()
        free = [name for name in self.keys if name not in node.key_lines]
        for name, line in node.key_lines.items():
            if name in self.keys or report.is_full:
                continue
            meant.add(closest(name, free))
            report.add(
                "shape.unknown",
                line,
                _("the key {key} is not known here").format(key=quoted(name)),
                did_you_mean(name, free or self.keys),
            )
        return meant


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberByName:
    """A group whose keys are names of the author's own, each with a whole number."""

    shape: Whole

    def look(self, node: Node, key: str, report: Report) -> None:
        if not isinstance(node, MapNode):
            _wrong_kind(node, key, _("write one line `name: number` for each, or `{}`"), report)
            return
        for name, entry in node.entries.items():
            self.shape.look(entry, name[:40], report)


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """An entry of `when`: the name of a feature, or a bound on the number of staff."""

    feature: Word
    staff: Word

    def look(self, node: Node, key: str, report: Report) -> None:
        if isinstance(node, MapNode):
            Fields(keys={"staff": Key(shape=self.staff)}).look(node, key, report)
        elif isinstance(node, ListNode):
            advice = _('write a feature, `not-` and a feature, or `{staff: ">= 10"}`')
            _wrong_kind(node, key, advice, report)
        else:
            self.feature.look(node, key, report)


def _wrong_kind(node: Node, key: str, advice: str, report: Report) -> None:
    match node:
        case BrokenNode():
            return
        case MapNode():
            found = _("`{key}` holds a group of keys")
        case ListNode():
            found = _("`{key}` holds a list")
        case ScalarNode(value=bool()):
            found = _("`{key}` holds true or false")
        case ScalarNode(value=int()):
            found = _("`{key}` holds the number {value}")
        case _:
            found = _("`{key}` holds the text {value}")
    value = quoted(node.value) if isinstance(node, ScalarNode) and isinstance(node.value, str) else ""
    if isinstance(node, ScalarNode) and type(node.value) is int:
        value = str(node.value)
    report.add("shape.kind", node.line, found.format(key=key, value=value), advice)


def _empty(node: Node, key: str, report: Report) -> None:
    report.add(
        "text.empty",
        node.line,
        _("`{key}` is empty").format(key=key),
        _("write the text, or delete the line"),
    )
