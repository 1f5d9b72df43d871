"""A framework of CISO Assistant as a draft, whether it came as a workbook or as YAML: its tree, groups, levels and translations.

Follows the published description of the format (the workbook's sheets and columns, and the library files made of them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from qma_app.errors import Problem
from qma_app.exchange.importing.cleaning import cleaned, how_cleaned
from qma_app.exchange.importing.drafting import (
    LONGEST_STATEMENT,
    Draft,
    Point,
    Texts,
    add_words,
    fit_statement,
)
from qma_app.exchange.importing.ledger import RowFates, Spot
from qma_app.exchange.importing.outline import Heading, Outline
from qma_app.exchange.importing.scales import take_scale
from qma_app.exchange.importing.values import weight, whole
from qma_app.i18n import _

TEXT_KEYS: Final = ("name", "description", "annotation", "typical_evidence", "questions")
_FIGURE_KEYS: Final = ("ref_id", "implementation_groups", "importance", "weight")
_PARTED: Final = re.compile(r"[,;\n]+")
_LOCALE: Final = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?")

REASONS: Final = {
    "threats": lambda: _("threats are not part of a standard here"),
    "reference_controls": lambda: _("reference controls are not part of a standard here"),
    "answer": lambda: _("every checkpoint is rated on the scale, answers of its own are not kept"),
    "depends_on": lambda: _("questions do not depend on one another here"),
    "urn": lambda: _("an address inside the other program; ids are made anew"),
    "urn_id": lambda: _("an address inside the other program; ids are made anew"),
    "parent_urn": lambda: _("an address inside the other program; the depth says the same"),
    "skip_count": lambda: _("only counts addresses inside the other program"),
    "fix_count": lambda: _("only counts addresses inside the other program"),
    "color": lambda: _("colours are not taken"),
    "default_selected": lambda: _("all groups are taken"),
}


@dataclass(kw_only=True, slots=True)
class Node:
    """One line of the tree as the file tells it."""

    depth: int = 0
    is_assessable: bool = False
    place: str = ""
    texts: dict[str, Texts] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)

    def put(self, key: str, language: str, text: str, fates: RowFates, column: int | str) -> None:
        """Take one value of the node, or leave it out with the reason."""
        words = cleaned(text)
        if not words:
            fates.left_out(column, _("nothing is left of it after cleaning"))
        elif key in TEXT_KEYS:
            add_words(self.texts.setdefault(key, {}), language, words)
            self.spots.append(Spot(fates=fates, column=column, what=key, how=how_cleaned(text, words)))
        elif key in _FIGURE_KEYS:
            self.figures[key] = text.strip()
            self.spots.append(Spot(fates=fates, column=column, what=key))
        elif key in ("assessable", "depth"):
            self.spots.append(Spot(fates=fates, column=column, what=_("place in the tree")))
        else:
            reason = REASONS.get(key)
            fates.left_out(column, reason() if reason else _("the format knows no such entry"))


@dataclass(kw_only=True, slots=True)
class Level:
    """One step of the file's own scale."""

    score: str = ""
    name: Texts = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Group:
    """One implementation group."""

    ref_id: str = ""
    name: Texts = field(default_factory=dict)
    description: Texts = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Framework:
    """Everything a file says of one framework."""

    nodes: list[Node] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    def languages(self, main: str) -> tuple[str, ...]:
        """The main language and every other in which a node speaks."""
        spoken = {
            language: None for node in self.nodes for texts in node.texts.values() for language in texts
        }
        return tuple(dict.fromkeys((main, *spoken)))


def language_of(locale: str, otherwise: str = "en") -> str:
    """`fr` for `fr`, `fr-CA` or `FR`."""
    return locale.strip()[:2].lower() if _LOCALE.fullmatch(locale.strip()) else otherwise


def put_into_draft(framework: Framework, draft: Draft, problems: list[Problem]) -> None:
    """Every assessable node becomes a checkpoint below the headings above it; groups and levels are kept."""
    _take_levels(framework, draft)
    _take_groups(framework, draft)
    outline = Outline(draft=draft)
    nodes = framework.nodes
    for place, node in enumerate(nodes):
        is_parent = place + 1 < len(nodes) and nodes[place + 1].depth > node.depth
        if node.is_assessable and node.texts.get("name", node.texts.get("description")):
            _add_point(node, outline)
            if is_parent:
                outline.heading(Heading(depth=node.depth, title=_title_of(node), rows=[], is_used=True))
        elif node.is_assessable:
            problems.append(
                Problem(
                    code="import.no-words",
                    place=node.place,
                    found=_("it is to be assessed, but has neither name nor description"),
                    advice=_("write one of the two; it was left out"),
                    is_warning=True,
                )
            )
            _leave_out(node, _("it has neither name nor description"))
        elif title := _title_of(node):
            _add_heading(node, title, outline)
        else:
            _leave_out(node, _("a heading without words"))
    outline.close()
    for node in nodes:
        _leave_out(node, _("a heading with nothing to check below it"))


def _add_point(node: Node, outline: Outline) -> None:
    point = Point(
        statement=_statement_of(node),
        guidance=dict(node.texts.get("annotation", {})),
        evidence=dict(node.texts.get("typical_evidence", {})),
    )
    if _is_too_long(point.statement) and (names := node.texts.get("name")):
        descriptions = node.texts.get("description", {})
        point.statement = dict(names)
        point.guidance = _in_front(descriptions, point.guidance)
    for language, words in node.texts.get("questions", {}).items():
        add_words(point.guidance, language, words)
    hows: dict[str, str] = {}
    for key, text in node.figures.items():
        hows[key] = _take_figure(point, key, text)
    if fit_statement(point):
        hows["name"] = hows["description"] = _("shortened; the whole text stands in front of the guidance")
    number = outline.add(node.depth, point)
    for spot in node.spots:
        spot.how = spot.how or hows.get(spot.what, "")
        spot.settle(number)


def _take_figure(point: Point, key: str, text: str) -> str:
    """What a node says beside its words; answers how it was changed."""
    if key == "weight":
        read = weight(text)
        if read is None:
            point.remarks.append(f"weight: {text}")
            return _("no weight; kept as a remark")
        point.weight = read[0]
        return _("weight {weight}, as ours go from 1 to 3").format(weight=read[0]) if read[1] else ""
    if key == "ref_id":
        point.remarks.insert(0, _("Ref. {reference}").format(reference=text))
    elif key == "implementation_groups":
        names = ", ".join(part.strip() for part in _PARTED.split(text) if part.strip())
        point.remarks.append(_("Groups: {groups}").format(groups=names))
    elif text.casefold() != "undefined":
        point.remarks.append(_("Importance: {importance}").format(importance=text))
    return ""


def _statement_of(node: Node) -> Texts:
    """Name and description as one sentence, in each language that has either."""
    names, descriptions = node.texts.get("name", {}), node.texts.get("description", {})
    languages = dict.fromkeys((*names, *descriptions))
    said = {}
    for language in languages:
        parts = [texts[language] for texts in (names, descriptions) if texts.get(language)]
        said[language] = ": ".join(dict.fromkeys(parts))
    return said


def _is_too_long(texts: Texts) -> bool:
    return any(len(words) > LONGEST_STATEMENT for words in texts.values())


def _in_front(first: Texts, second: Texts) -> Texts:
    languages = dict.fromkeys((*first, *second))
    return {
        language: " ".join(texts[language] for texts in (first, second) if texts.get(language))
        for language in languages
    }


def _add_heading(node: Node, title: Texts, outline: Outline) -> None:
    has_name = bool(node.texts.get("name")) or "ref_id" in node.figures
    heading = Heading(
        depth=node.depth,
        title=title,
        rows=[],
        description=dict(node.texts.get("description", {})) if has_name else {},
        spots=node.spots,
    )
    outline.heading(heading)


def _title_of(node: Node) -> Texts:
    """Reference and name; where there is no name the reference or the description alone."""
    reference = node.figures.get("ref_id", "")
    names = node.texts.get("name")
    if names:
        return {
            language: f"{reference} {words}" if reference and not words.startswith(reference) else words
            for language, words in names.items()
        }
    if reference:
        return dict.fromkeys(node.texts.get("description", {"en": ""}), reference)
    return dict(node.texts.get("description", {}))


def _leave_out(node: Node, why: str) -> None:
    for spot in node.spots:
        spot.fates.left_out(spot.column, why)


def _take_levels(framework: Framework, draft: Draft) -> None:
    levels = {number: level.name for level in framework.levels if (number := whole(level.score)) is not None}
    is_scale = bool(levels) and len(levels) == len(framework.levels) and take_scale(draft, levels)
    for level in framework.levels:
        for spot in level.spots:
            if not is_scale:
                spot.fates.left_out(
                    spot.column, _("these levels cannot be a scale; that of the base standard is used")
                )
            elif spot.what == "score":
                spot.fates.changed(spot.column, _("scale"), _("brought to points from 0 to 10"))
            elif spot.what == "name" and spot.language in draft.languages:
                spot.settle(_("scale"))
            elif spot.what == "name":
                spot.fates.left_out(spot.column, _("the requirements are not worded in that language"))
            else:
                spot.fates.left_out(spot.column, _("a step of the scale has a name only"))


def _take_groups(framework: Framework, draft: Draft) -> None:
    for group in framework.groups:
        name = draft.text(group.name).in_language(draft.main)
        words = draft.text(group.description).in_language(draft.main)
        parts = [part for part in (name, words) if part]
        if group.ref_id and parts:
            draft.remarks.append(
                _("Group {group}: {words}").format(group=group.ref_id, words=", ".join(parts))
            )
        for spot in group.spots:
            is_kept = spot.what in ("ref_id", "name", "description") and group.ref_id and parts
            if is_kept and spot.language in ("", draft.main):
                spot.settle(_("remark of the standard"))
            elif is_kept:
                spot.fates.left_out(spot.column, _("a remark has one language only"))
            else:
                reason = REASONS.get(spot.what)
                spot.fates.left_out(spot.column, reason() if reason else _("it is not needed for a group"))
