"""Library files of CISO Assistant (YAML) as a draft of a standard."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from qma_app.errors import Problem
from qma_app.exchange.importing import Imported, Wish
from qma_app.exchange.importing.cleaning import cleaned
from qma_app.exchange.importing.frameworks import Framework, Group, Level, Node, language_of, put_into_draft
from qma_app.exchange.importing.ledger import ImportLedger, RowFates, Spot
from qma_app.exchange.importing.lists import draft_for, nothing_found
from qma_app.exchange.importing.names import advice, closest
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.exchange.importing.tables import FirstLook, Leaf
from qma_app.exchange.importing.values import whole
from qma_app.i18n import _

_SOURCES: Final = ("name", "ref_id", "version", "provider", "copyright", "description")
"""What a library says of itself and is kept, in this order."""
_KEPT_AT_MOST: Final = 500
_TRUE: Final = ("true", "yes", "x", "1")
_NODES: Final = ("requirement_nodes", "scores_definition", "implementation_groups_definition")

Path = tuple[str | int, ...]


def recognise(look: FirstLook) -> bool:
    """A YAML file with `objects`, or with the urn and name every library begins with."""
    keys = {str(leaf.path[0]) for leaf in look.leaves if leaf.path}
    return look.form == "yaml" and ("objects" in keys or {"urn", "name"} <= keys)


def read(file: OutsideFile, look: FirstLook, wish: Wish) -> Imported:
    """The first framework of the library and all others as one draft; ContentProblems where it holds none."""
    reader = _LibraryReader()
    with closing(file.leaves()) as leaves:
        for leaf in leaves:
            reader.take(leaf)
    if not any(framework.nodes for framework in reader.frameworks.values()):
        raise nothing_found(look, reader.problems or [_no_framework(look)])
    return reader.finish(wish, look)


@dataclass(kw_only=True, slots=True)
class _LibraryReader:
    """Sorts the values of a library by their path."""

    ledger: ImportLedger = field(default_factory=ImportLedger)
    problems: list[Problem] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    about_spots: list[Spot] = field(default_factory=list)
    frameworks: dict[int, Framework] = field(default_factory=dict)
    nodes: dict[tuple[int, int], Node] = field(default_factory=dict)
    levels: dict[tuple[int, int], Level] = field(default_factory=dict)
    groups: dict[tuple[int, int], Group] = field(default_factory=dict)
    by_urn: dict[str, Node] = field(default_factory=dict)
    waiting: list[tuple[Node, Path, Leaf, RowFates]] = field(default_factory=list)
    misspelt: set[str] = field(default_factory=set)

    def take(self, leaf: Leaf) -> None:
        """The next value of the file."""
        path = leaf.path
        fates = self.ledger.value(leaf.line, path_text(path), leaf.text)
        match path:
            case (str(key),):
                self._take_about(key, leaf, fates)
            case ("objects", "framework", *rest):
                self._take_framework(0, tuple(rest), leaf, fates)
            case ("objects", "frameworks", int(number), *rest):
                self._take_framework(number, tuple(rest), leaf, fates)
            case ("objects", *_rest):
                fates.leave_out_rest(_("the library's other objects are not part of a standard here"))
            case _:
                fates.leave_out_rest(_("it is not about the requirements"))

    def finish(self, wish: Wish, look: FirstLook) -> Imported:
        """All frameworks as one draft."""
        main = language_of(self.about.get("locale", "en"))
        for node, path, leaf, fates in self.waiting:
            self._put(node, path, leaf, fates, main)
        languages = (main, *(one for found in self.frameworks.values() for one in found.languages(main)))
        draft = draft_for(wish, tuple(dict.fromkeys(languages)))
        told = [cleaned(self.about[key])[:_KEPT_AT_MOST] for key in _SOURCES if key in self.about]
        draft.remarks.append(_("Source: {source}").format(source="; ".join(told)))
        for spot in self.about_spots:
            if spot.what in self.about and len(cleaned(self.about[spot.what])) > _KEPT_AT_MOST:
                spot.how = _("shortened")
            spot.settle(_("remark of the standard"))
        for framework in self.frameworks.values():
            put_into_draft(framework, draft, self.problems)
        self.ledger.close(_("nothing in this import reads it"))
        if not draft.count():
            raise nothing_found(look, self.problems or [_nothing_assessable(look)])
        return Imported(edition=draft.finish(), ledger=self.ledger, problems=tuple(self.problems))

    def _take_about(self, key: str, leaf: Leaf, fates: RowFates) -> None:
        if key in _SOURCES or key == "locale":
            self.about[key] = leaf.text
            self.about_spots.append(Spot(fates=fates, column=path_text(leaf.path), what=key))
        else:
            fates.leave_out_rest(_("it is not about the requirements"))

    def _take_framework(self, number: int, path: Path, leaf: Leaf, fates: RowFates) -> None:
        framework = self.frameworks.setdefault(number, Framework())
        if not path or not isinstance(path[0], str):
            fates.leave_out_rest(_("it is not about the requirements"))
            return
        kind = path[0] if len(path) == 1 else self._kind_called(path[0], leaf)
        match (kind, *path[1:]):
            case ("requirement_nodes", int(place), *rest) if rest:
                node = self.nodes.get((number, place))
                if node is None:
                    node = self.nodes[number, place] = Node(place=_("line {line}").format(line=leaf.line))
                    framework.nodes.append(node)
                self._take_node(node, tuple(rest), leaf, fates)
            case ("scores_definition", int(place), str(key)):
                self._take_level(framework, (number, place), key, leaf, fates)
            case ("scores_definition", int(place), "translations", str(locale), "name"):
                self._take_level(framework, (number, place), f"name[{locale}]", leaf, fates)
            case ("implementation_groups_definition", int(place), str(key)):
                self._take_group(framework, (number, place), key, leaf, fates)
            case ("name" | "description" | "ref_id",):
                fates.leave_out_rest(_("the library itself says the same, or the title was given at import"))
            case _:
                fates.leave_out_rest(_("it is not about the requirements"))

    def _kind_called(self, key: str, leaf: Leaf) -> str:
        if key in _NODES:
            return key
        meant = closest(key, _NODES)
        if meant and key not in self.misspelt:
            self.misspelt.add(key)
            self.problems.append(
                Problem(
                    code="import.key",
                    place=_("line {line}").format(line=leaf.line),
                    found=_("the key “{key}” is read as “{meant}”").format(key=key[:60], meant=meant),
                    advice=advice(key, _NODES),
                    is_warning=True,
                )
            )
        return meant or key

    def _take_node(self, node: Node, path: Path, leaf: Leaf, fates: RowFates) -> None:
        column = path_text(leaf.path)
        match path:
            case ("assessable",):
                node.is_assessable = leaf.text.strip().lower() in _TRUE
                node.put("assessable", "", leaf.text, fates, column)
            case ("depth",):
                node.depth = whole(leaf.text) or node.depth
                node.put("depth", "", leaf.text, fates, column)
            case ("urn",):
                self.by_urn[leaf.text] = node
                node.put("urn", "", leaf.text, fates, column)
            case ("parent_urn",):
                parent = self.by_urn.get(leaf.text)
                node.depth = node.depth or (parent.depth if parent else 0) + 1
                node.put("parent_urn", "", leaf.text, fates, column)
            case _:
                self.waiting.append((node, path, leaf, fates))

    def _put(self, node: Node, path: Path, leaf: Leaf, fates: RowFates, main: str) -> None:
        """Texts wait until the end: the library may name its language last."""
        column = path_text(leaf.path)
        match path:
            case ("translations", str(locale), str(key)):
                node.put(key, language_of(locale, main), leaf.text, fates, column)
            case ("implementation_groups", int()):
                groups = node.figures.get("implementation_groups", "")
                node.put("implementation_groups", "", f"{groups},{leaf.text}".strip(","), fates, column)
            case ("question" | "questions", *rest) if rest and rest[-1] == "text":
                locale = next(
                    (str(rest[at + 1]) for at, key in enumerate(rest[:-1]) if key == "translations"), main
                )
                node.put("questions", language_of(locale, main), leaf.text, fates, column)
            case ("question" | "questions", *_rest):
                node.put("answer", main, leaf.text, fates, column)
            case (str(key),):
                node.put(key, main, leaf.text, fates, column)
            case (str(key), *_rest):
                node.put(
                    key if key in ("threats", "reference_controls") else "", main, leaf.text, fates, column
                )

    def _take_level(
        self, framework: Framework, at: tuple[int, int], key: str, leaf: Leaf, fates: RowFates
    ) -> None:
        if at not in self.levels:
            self.levels[at] = Level()
            framework.levels.append(self.levels[at])
        level = self.levels[at]
        stem, _bracket, locale = key.partition("[")
        language = language_of(locale.rstrip("]") or self.about.get("locale", "en"))
        if stem == "score":
            level.score = leaf.text
        elif stem == "name":
            level.name[language] = cleaned(leaf.text)
        level.spots.append(Spot(fates=fates, column=path_text(leaf.path), what=stem, language=language))

    def _take_group(
        self, framework: Framework, at: tuple[int, int], key: str, leaf: Leaf, fates: RowFates
    ) -> None:
        if at not in self.groups:
            self.groups[at] = Group()
            framework.groups.append(self.groups[at])
        group = self.groups[at]
        language = language_of(self.about.get("locale", "en"))
        if key == "ref_id":
            group.ref_id = leaf.text.strip()
        elif key in ("name", "description"):
            getattr(group, key)[language] = cleaned(leaf.text)
        group.spots.append(Spot(fates=fates, column=path_text(leaf.path), what=key))


def path_text(path: Path) -> str:
    """`objects.framework.requirement_nodes[3].name`"""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text[:300]


def _no_framework(look: FirstLook) -> Problem:
    return Problem(
        code="import.framework",
        place=look.name,
        found=_("the library holds no framework with requirements"),
        advice=_("choose the library file of a framework: it has `requirement_nodes`"),
    )


def _nothing_assessable(look: FirstLook) -> Problem:
    return Problem(
        code="import.assessable",
        place=look.name,
        found=_("none of its requirements is marked as assessable"),
        advice=_("mark those that are to be checked with `assessable`"),
    )
