"""What differs between two editions around their checkpoints: areas, processes, scale, rules, phases, KPIs, in words to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from qma_app.domain.edition import Edition, KpiDefinition, Named, Phase, ResultRules, Text
from qma_app.i18n import _

Word = Text | str
Words = Mapping[str, Word]


@dataclass(frozen=True, kw_only=True, slots=True)
class OtherChange:
    """One difference as a person reads it; `before` is empty for what is new, `after` for what is gone."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """One thing with a name; `words` maps the name of each part to what is said there, the first one being its title."""

    name: str
    words: Words = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(next(iter(self.words.values()), ""))


def compare_frames(old: Edition, new: Edition) -> tuple[OtherChange, ...]:
    """Every difference that is not in a checkpoint; hash, version, status and remarks are not compared."""
    then, now = _chapters(old), _chapters(new)
    found: list[OtherChange] = []
    for chapter in then:
        found += _entry_changes(then[chapter], now[chapter])
        found += _order_change(chapter, then[chapter], now[chapter])
    return tuple(found)


def _entry_changes(then: Mapping[str, _Entry], now: Mapping[str, _Entry]) -> Iterator[OtherChange]:
    for key in dict.fromkeys((*then, *now)):
        before, after = then.get(key), now.get(key)
        if before is None and after is not None:
            yield OtherChange(what=_("{thing}: new").format(thing=after.name), before="", after=after.title)
        elif after is None and before is not None:
            yield OtherChange(
                what=_("{thing}: gone").format(thing=before.name), before=before.title, after=""
            )
        elif before is not None and after is not None:
            yield from _word_changes(before, after)


def _word_changes(before: _Entry, after: _Entry) -> Iterator[OtherChange]:
    for part in dict.fromkeys((*before.words, *after.words)):
        then, now = before.words.get(part, ""), after.words.get(part, "")
        if then != now:
            what = _("{thing}: {part}").format(thing=after.name, part=part) if part else after.name
            said_then, said_now = _said(then, now)
            if said_then != said_now:
                yield OtherChange(what=what, before=said_then, after=said_now)


def _order_change(
    chapter: str, then: Mapping[str, _Entry], now: Mapping[str, _Entry]
) -> Iterator[OtherChange]:
    kept_then = [key for key in then if key in now]
    kept_now = [key for key in now if key in then]
    if kept_then != kept_now:
        yield OtherChange(
            what=_("{things}: order").format(things=chapter),
            before=", ".join(then[key].name for key in kept_then),
            after=", ".join(now[key].name for key in kept_now),
        )


def _said(then: Word, now: Word) -> tuple[str, str]:
    """Both wordings; of texts only the languages that differ, named unless it is the only one there is."""
    first, second = _texts(then), _texts(now)
    codes = [code for code in dict.fromkeys((*first, *second)) if first.get(code) != second.get(code)]
    is_named = codes != [""] and len({*first, *second}) > 1
    return _joined(first, codes, is_named=is_named), _joined(second, codes, is_named=is_named)


def _texts(word: Word) -> Mapping[str, str]:
    return word.texts if isinstance(word, Text) else {"": word}


def _joined(texts: Mapping[str, str], codes: Iterable[str], *, is_named: bool) -> str:
    parts = ((code, texts[code]) for code in codes if texts.get(code))
    return " · ".join(f"{code.upper()}: {words}" if is_named and code else words for code, words in parts)


def _chapters(edition: Edition) -> dict[str, dict[str, _Entry]]:
    return {
        _("Standard"): {
            "title": _Entry(name=_("Title"), words={"": edition.title}),
            "languages": _Entry(name=_("Languages"), words={"": ", ".join(edition.languages)}),
        },
        _("Areas"): {
            area.id: _Entry(
                name=_("Area {code}").format(code=area.code),
                words={_("title"): area.title, _("code"): area.code},
            )
            for area in edition.areas
        },
        _("Processes"): {
            process.id: _Entry(
                name=_("Process {number}").format(number=process.number),
                words={
                    _("title"): process.title,
                    _("number"): process.number,
                    _("purpose"): process.purpose,
                    _("owner"): _role(edition, process.owner),
                },
            )
            for process in edition.processes.values()
        },
        _("Scale"): {
            str(step.points): _Entry(
                name=_("Scale, {points} points").format(points=step.points), words={_("title"): step.title}
            )
            for step in edition.scale
        },
        _("Result rules"): _rules(edition.rules),
        _("Phases"): _phases(edition.phases),
        _("Gates"): _gates(edition.phases),
        _("Features"): _named(edition.features, _("Feature {id}")),
        _("Roles"): _named(edition.roles, _("Role {id}")),
        _("Cause categories"): _named(edition.cause_categories, _("Cause category {id}")),
        _("Origins"): _named(edition.origins, _("Origin {id}")),
        _("Reported areas"): {
            one.id: _Entry(
                name=_("Reported area {id}").format(id=one.id),
                words={_("title"): one.title, _("areas"): ", ".join(one.areas)},
            )
            for one in edition.reported_under
        },
        _("KPI groups"): {
            group.perspective: _Entry(
                name=_("KPI group {id}").format(id=group.perspective), words={_("title"): group.title}
            )
            for group in edition.kpi_groups
        },
        _("KPIs"): {
            kpi.code: _kpi(kpi, group.perspective) for group in edition.kpi_groups for kpi in group.kpis
        },
    }


def _role(edition: Edition, id: str) -> Word:
    """The title of a role where the edition has it, with its id so that two of one title stay apart."""
    title = next((role.title for role in edition.roles if role.id == id), None)
    return id if title is None else f"{title} ({id})"


def _rules(rules: ResultRules) -> dict[str, _Entry]:
    grades = rules.grades
    said: dict[str, tuple[str, str]] = {
        "pass_mark": (_("Pass mark"), str(rules.pass_mark)),
        "area_floor": (_("Lowest level of an area"), str(rules.area_floor)),
        "coverage": (_("Coverage"), _share(rules.coverage)),
        "critical_points": (_("Critical checkpoints met from"), str(rules.critical_points)),
        "critical_sample_cap": (
            _("Most points after a failing critical record"),
            str(rules.critical_sample_cap),
        ),
        "sample": (
            _("Points for a sample"),
            ", ".join(f"{_share(one.share)} → {one.points}" for one in rules.sample),
        ),
        "a_from": (_("Grade A from"), str(grades.a_from)),
        "b_from": (_("Grade B from"), str(grades.b_from)),
        "a_element_floor": (_("Grade A, lowest area or process"), str(grades.a_element_floor)),
        "c_element_floor": (_("Grade C below area level"), str(grades.c_element_floor)),
        "b_critical_points": (_("Grade B at critical points"), str(grades.b_critical_points)),
        "area_weights": (
            _("Weights of areas"),
            ", ".join(f"{area} {weight}" for area, weight in sorted(rules.area_weights.items())),
        ),
        "conditional_days": (_("Days of a conditional pass"), str(rules.conditional_days)),
    }
    return {key: _Entry(name=name, words={"": value}) for key, (name, value) in said.items()}


def _phases(phases: Sequence[Phase]) -> dict[str, _Entry]:
    return {
        phase.id: _Entry(
            name=_("Phase {id}").format(id=phase.id),
            words={
                _("title"): phase.title,
                _("purpose"): phase.purpose,
                _("months"): ", ".join(
                    _("{first} to {last} of {length}").format(
                        first=span.first, last=span.last, length=span.length
                    )
                    for span in phase.spans
                ),
            },
        )
        for phase in phases
    }


def _gates(phases: Sequence[Phase]) -> dict[str, _Entry]:
    return {
        f"{phase.id}.{condition.id}": _Entry(
            name=_("Gate {phase}, {id}").format(phase=phase.id, id=condition.id),
            words={
                _("title"): condition.title,
                _("check"): condition.check,
                _("at least"): "" if condition.at_least is None else str(condition.at_least),
                _("at most"): "" if condition.at_most is None else str(condition.at_most),
            },
        )
        for phase in phases
        for condition in phase.gate
    }


def _named(things: Sequence[Named], name: str) -> dict[str, _Entry]:
    return {
        thing.id: _Entry(name=name.format(id=thing.id), words={_("title"): thing.title}) for thing in things
    }


def _kpi(kpi: KpiDefinition, perspective: str) -> _Entry:
    bounds = kpi.range
    words: dict[str, Word] = {
        _("title"): kpi.title,
        _("group"): perspective,
        _("purpose"): kpi.purpose,
        _("numerator"): kpi.numerator,
        _("denominator"): kpi.denominator,
        _("calculation"): kpi.calculation,
        _("factor"): str(kpi.factor),
        _("unit"): kpi.unit,
        _("direction"): kpi.direction.value,
        _("rhythm"): kpi.rhythm,
        _("area"): kpi.area,
        _("range"): "" if bounds is None else f"{bounds.least} – {bounds.most}",
        _("source of the range"): Text() if bounds is None else bounds.source,
        _("note on the range"): Text() if bounds is None else bounds.note,
    }
    return _Entry(name=_("KPI {code}").format(code=kpi.code), words=words)


def _share(share: Fraction) -> str:
    return str(share)
