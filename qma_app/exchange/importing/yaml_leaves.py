"""The values of a YAML file one by one, with the keys that lead to them: no objects are built, limits hold before anything grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from yaml import CSafeLoader
from yaml.error import MarkedYAMLError, YAMLError
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

from qma_app.errors import ImportTrouble
from qma_app.exchange.importing import guards
from qma_app.exchange.importing.tables import Leaf
from qma_app.i18n import _

_EMPTY: Final = frozenset(("", "~", "null", "Null", "NULL"))


def yaml_leaves(file: IO[bytes], shown: str) -> Iterator[Leaf]:
    """Each value that is not empty, as text, with its line; an ImportTrouble for what could be a trap."""
    file.seek(0)
    parser = CSafeLoader(file)
    reader = _Leaves(shown)
    try:
        while True:
            event = parser.get_event()
            if event is None or isinstance(event, StreamEndEvent):
                return
            leaf = reader.take(event)
            if leaf is not None:
                yield leaf
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise _refused(
            "import.yaml",
            shown,
            line,
            _("this is no valid YAML ({problem})").format(problem=str(error.problem or error.context)[:80]),
            _("Mend the line, or take the file from its source again."),
        ) from None
    except (YAMLError, UnicodeDecodeError, ValueError):
        raise guards.damaged(shown) from None
    finally:
        parser.dispose()


@dataclass(slots=True)
class _Frame:
    """A list or group being read: the key or place at which it now stands."""

    is_group: bool
    place: str | int
    keys: set[str] = field(default_factory=set)
    awaits_key: bool = True


@dataclass(slots=True)
class _Leaves:
    shown: str
    frames: list[_Frame] = field(default_factory=list)
    count: int = 0
    documents: int = 0

    def take(self, event: Event) -> Leaf | None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._trap(event, _("a second document begins"))
        elif isinstance(event, CollectionEndEvent):
            self.frames.pop()
        elif isinstance(event, NodeEvent):
            self._guard(event)
            return self._take_node(event)
        return None

    def _take_node(self, event: NodeEvent) -> Leaf | None:
        frame = self.frames[-1] if self.frames else None
        if frame and frame.is_group and frame.awaits_key:
            if not isinstance(event, ScalarEvent):
                raise self._trap(event, _("a list or a group stands where a key is expected"))
            self._take_key(frame, event)
            return None
        if frame and frame.is_group:
            frame.awaits_key = True
        elif frame:
            assert isinstance(frame.place, int)
            frame.place += 1
        if isinstance(event, ScalarEvent):
            is_empty = not event.value.strip() or (event.style == "" and event.value in _EMPTY)
            return None if is_empty else Leaf(path=self._path(), text=event.value, line=_line(event))
        assert isinstance(event, CollectionStartEvent)
        is_group = isinstance(event, MappingStartEvent)
        self.frames.append(_Frame(is_group=is_group, place="" if is_group else -1))
        if len(self.frames) > guards.DEEPEST:
            raise self._trap(
                event, _("lists and groups are nested more than {limit} deep").format(limit=guards.DEEPEST)
            )
        return None

    def _take_key(self, frame: _Frame, event: ScalarEvent) -> None:
        key = event.value
        if key in frame.keys:
            raise self._trap(event, _("the key “{key}” stands here a second time").format(key=key[:60]))
        if key == "<<" and event.style == "":
            raise self._trap(event, _("`<<` takes keys over from another place"))
        frame.keys.add(key)
        frame.place, frame.awaits_key = key, False

    def _guard(self, event: NodeEvent) -> None:
        self.count += 1
        if self.count > guards.MOST_NODES:
            raise guards.too_much(
                self.shown,
                _("{name} holds more than {limit} values.").format(name=self.shown, limit=guards.MOST_NODES),
            )
        if isinstance(event, AliasEvent):
            raise self._trap(event, _("`*` points to another place of the file"))
        if event.anchor is not None:
            raise self._trap(event, _("`&` gives a place a name, to be repeated elsewhere"))
        tag = event.tag if isinstance(event, ScalarEvent | CollectionStartEvent) else None
        if tag is not None and tag != "!":
            raise self._trap(event, _("`!` says how a value is to be read"))
        if isinstance(event, ScalarEvent) and len(event.value) > guards.LONGEST_TEXT:
            raise self._trap(
                event, _("a text has more than {limit} characters").format(limit=guards.LONGEST_TEXT)
            )

    def _path(self) -> tuple[str | int, ...]:
        return tuple(frame.place for frame in self.frames)

    def _trap(self, event: Event, found: str) -> ImportTrouble:
        return _refused(
            "import.yaml-trap",
            self.shown,
            _line(event),
            found,
            _("Ask for the file written out in full, without such short cuts."),
        )


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _refused(code: str, shown: str, line: int, found: str, way_out: str) -> ImportTrouble:
    message = _("{name} line {line}: {found}.").format(name=shown, line=line, found=found)
    return ImportTrouble(message, code=code, way_out=way_out, name=shown, line=line)
