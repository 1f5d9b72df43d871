"""YAML read as people mean it: words stay words, and whatever could surprise is refused with its line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from yaml import CSafeLoader
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    StreamEndEvent,
)

from qma_app.content.address import place, quoted
from qma_app.content.comments import comment_lines, span_of
from qma_app.content.decoding import decoded
from qma_app.content.nodes import BrokenNode, ListNode, MapNode, Node, ScalarNode
from qma_app.content.plain_words import read_word
from qma_app.content.yaml_trouble import syntax_problem
from qma_app.errors import Problem
from qma_app.i18n import _

MAX_DEPTH = 20
MAX_NODES = 200_000
"""In one file; a standard of 600 checkpoints has some 40,000 in all its files."""
MAX_PROBLEMS = 100
"""In one file; then reading stops, so that a hostile file cannot fill the memory with complaints."""
MAX_KEY = 200
MAX_MARKS = 30
_many_marks = re.compile(rb"[^\0]{%d}" % (MAX_MARKS + 1)).search


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """One file as read; `root` is None when it could not be read to its end."""

    name: str
    root: Node | None
    problems: tuple[Problem, ...] = ()
    comment_lines: tuple[int, ...] = ()
    node_count: int = 0


def read_document(content: bytes, name: str) -> Document:
    """Read one file; what is wrong with it stands in `problems`, all of it at once as far as it can be read."""
    text = decoded(content, name)
    if isinstance(text, Problem):
        return Document(name=name, root=None, problems=(text,))
    return _Reader(name, text).read()


@dataclass(slots=True)
class _Frame:
    """A list or group of keys being read; `key` is None while the next key is awaited."""

    node: ListNode | MapNode
    key: str | None = None
    is_dropped: bool = False


@dataclass(slots=True)
class _Reader:
    """Builds nodes from the parser's events one by one: no recursion, and limits hold before anything grows."""

    name: str
    text: str
    root: Node | None = None
    frames: list[_Frame] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    runaway: tuple[int, int] = (0, 0)
    node_count: int = 0
    document_count: int = 0
    is_stopped: bool = False

    def read(self) -> Document:
        parser = CSafeLoader(self.text)
        has_comments = "#" in self.text
        try:
            while not self.is_stopped:
                event = parser.get_event()
                if isinstance(event, StreamEndEvent):
                    break
                if isinstance(event, NodeEvent):
                    self._take_node(event, has_comments)
                elif isinstance(event, CollectionEndEvent):
                    self.frames.pop()
                elif isinstance(event, DocumentStartEvent):
                    self._take_start(event)
        except MarkedYAMLError as error:
            self.problems.append(syntax_problem(error, self.name, self.text, self.runaway))
            self.is_stopped = True
        finally:
            parser.dispose()
        if self.root is None and not self.problems:
            self._note(
                "yaml.empty",
                0,
                _("the file is empty"),
                _("write the standard's text into it, or delete the file"),
            )
        return Document(
            name=self.name,
            root=None if self.is_stopped else self.root,
            problems=tuple(self.problems),
            comment_lines=comment_lines(self.text, self.spans)
            if has_comments and not self.is_stopped
            else (),
            node_count=self.node_count,
        )

    def _take_start(self, event: DocumentStartEvent) -> None:
        self.document_count += 1
        line = _line(event)
        if event.version or event.tags:
            self._note(
                "yaml.directive",
                line,
                _("a line begins with `%`, which gives orders to the YAML reader"),
                _("delete that line"),
            )
        if self.document_count > 1:
            self._stop(
                "yaml.documents",
                line,
                _("`---` begins a second document in this file"),
                _("one file holds one document: delete the line, or move what follows to a file of its own"),
            )

    def _take_node(self, event: NodeEvent, has_comments: bool) -> None:
        line = _line(event)
        self.node_count += 1
        if self.node_count > MAX_NODES:
            self._stop(
                "yaml.too-many",
                line,
                _("the file holds more than {limit} values").format(limit=MAX_NODES),
                _("split it, or check whether it is a standard at all"),
            )
        elif isinstance(event, AliasEvent):
            self._note(
                "yaml.alias",
                line,
                _("`*{name}` points to another place of the file").format(name=event.anchor),
                _("write the text out; one that begins with `*` stands in double quotes"),
            )
            self._attach(BrokenNode(line))
        elif isinstance(event, ScalarEvent):
            self._check_markup(event, event.tag, line)
            self._watch_quotes(event, line)
            if has_comments:
                self.spans.append(span_of(event, self.text))
            self._take_scalar(event, line)
        else:
            assert isinstance(event, CollectionStartEvent)
            self._check_markup(event, event.tag, line)
            node = MapNode(line) if isinstance(event, MappingStartEvent) else ListNode(line)
            self._attach(node)
            self.frames.append(_Frame(node))
            if len(self.frames) > MAX_DEPTH:
                self._stop(
                    "yaml.too-deep",
                    line,
                    _("lists and groups are nested more than {limit} deep").format(limit=MAX_DEPTH),
                    _("a standard needs no more than ten levels: mend the indentation or the brackets"),
                )

    def _take_scalar(self, event: ScalarEvent, line: int) -> None:
        value = event.value if event.value.isascii() else self._composed(event.value, line)
        is_plain = event.style == ""
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.key is None and isinstance(frame.node, MapNode):
            self._take_key(frame, frame.node, value, line, is_plain)
            return
        said = read_word(value) if is_plain else value
        if said is None:
            what = (
                _("`{key}` holds nothing").format(key=frame.key)
                if frame and frame.key
                else _("there is nothing here")
            )
            self._note("yaml.nothing", line, what, _("write the value, or delete the line"))
            self._attach(BrokenNode(line))
        else:
            self._attach(ScalarNode(said, line))

    def _composed(self, text: str, line: int) -> str:
        """The text in NFC; composing takes time that grows with the square of the marks on one letter."""
        if _many_marks(bytes(map(unicodedata.combining, text))):
            self._note(
                "yaml.marks",
                line,
                _("a letter carries more than {limit} accents").format(limit=MAX_MARKS),
                _("type the text again"),
            )
            return text
        return unicodedata.normalize("NFC", text)

    def _take_key(self, frame: _Frame, node: MapNode, key: str, line: int, is_plain: bool) -> None:
        frame.key = key
        frame.is_dropped = True
        if key == "<<" and is_plain:
            self._note(
                "yaml.merge",
                line,
                _("`<<` takes keys over from another place"),
                _("write the keys out where they are needed"),
            )
        elif not key.strip() or len(key) > MAX_KEY:
            self._note(
                "yaml.key",
                line,
                _("the key before the colon is empty or longer than {limit} characters").format(
                    limit=MAX_KEY
                ),
                _("write a short word before the colon"),
            )
        elif key in node.key_lines:
            self._note(
                "yaml.key-twice",
                line,
                _("`{key}` stands here a second time, the first is on line {line}").format(
                    key=key, line=node.key_lines[key]
                ),
                _("keep one of the two"),
            )
        else:
            node.key_lines[key] = line
            frame.is_dropped = False

    def _attach(self, node: Node) -> None:
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        if isinstance(frame.node, ListNode):
            frame.node.items.append(node)
        elif frame.key is None:
            if not isinstance(node, BrokenNode):
                self._note(
                    "yaml.key-kind",
                    node.line,
                    _("a list or a group stands where a key is expected"),
                    _("write a word, a colon and a space"),
                )
            frame.key, frame.is_dropped = "", True
        else:
            if not frame.is_dropped:
                frame.node.entries[frame.key] = node
            frame.key = None

    def _check_markup(self, event: NodeEvent, tag: str | None, line: int) -> None:
        if event.anchor is not None:
            self._note(
                "yaml.anchor",
                line,
                _("`&{name}` gives this place a name").format(name=event.anchor),
                _("delete it; a text that begins with `&` stands in double quotes"),
            )
        if tag is not None:
            self._note(
                "yaml.tag",
                line,
                _("{tag} says how the value is to be read").format(
                    tag=quoted(tag.replace("tag:yaml.org,2002:", "!!"))
                ),
                _("delete it; a text that begins with `!` stands in double quotes"),
            )

    def _watch_quotes(self, event: ScalarEvent, line: int) -> None:
        """Remember a quoted text over several lines: when nothing fits after it, its end was forgotten."""
        assert event.end_mark is not None
        if event.style in {"'", '"'} and event.end_mark.line + 1 > line:
            self.runaway = (line, event.end_mark.line + 1)

    def _stop(self, code: str, line: int, found: str, advice: str) -> None:
        self.is_stopped = True
        self.problems.append(Problem(code=code, place=place(self.name, line), found=found, advice=advice))

    def _note(self, code: str, line: int, found: str, advice: str) -> None:
        problem = Problem(code=code, place=place(self.name, line), found=found, advice=advice)
        if self.problems and self.problems[-1] == problem:
            return
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            self._stop(
                "yaml.many-problems",
                line,
                _("reading stopped after {count} problems").format(count=MAX_PROBLEMS),
                _("mend these first, then check again"),
            )


def _line(event: Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1
