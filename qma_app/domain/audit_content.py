"""The data that travel inside a signed report: everything its result rests on, so that anybody can work it out again.

The form is described in docs/audit-data.md and named `qma-audit-1`; a later form gets another name. What is worked out here needs nothing
but these data: no edition, no workspace, no other part of the program.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Final

from qma_app.domain.levels import shown_level
from qma_app.domain.typed_parts import NotOfThisForm, canonical_json, read_data
from qma_app.errors import ReportTrouble
from qma_app.i18n import LANGUAGES, _, in_language

SCHEMA: Final = "qma-audit-1"
LARGEST: Final = 20_000_000
"""No report carries more bytes of data; a file that does is none of ours."""
_FRACTION: Final = re.compile(r"[0-9]{1,400}(?:/[1-9][0-9]{0,399})?")
_MOST_BOUNDS: Final = 20
_OUTCOMES: Final = frozenset(("rated", "not-applicable", "not-seen", "open"))


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadContent:
    """Which paper of which audit this is; days as YYYY-MM-DD, hashes in hex."""

    number: str
    revision: int
    revises: str
    kind: str
    language: str
    standard: str
    edition: str
    edition_hash: str
    dealership: str
    dealership_code: str
    first_on: str
    last_on: str
    lead_auditor: str
    log_seq: int
    log_hash: str
    is_trial: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RulesContent:
    """When a dealership passes, levels in percent; `coverage` is a fraction in text (`2/3`), `most_points` the top of the scale.

    `bounds` are all levels of the edition that decide something, which a printed level never seems to reach when it does not.
    """

    pass_mark: int
    area_floor: int
    coverage: str
    critical_points: int
    most_points: int
    bounds: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaContent:
    """An area of the scope; `level` is its exact level in percent as a fraction in text, empty where nothing is rated, `shown` as it is printed."""

    id: str
    code: str
    title: str
    weight: int
    level: str
    shown: str
    is_rated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingContent:
    """A checkpoint that applies, and how it was rated; `points` is None unless the outcome is `rated`."""

    checkpoint: str
    number: str
    area: str
    weight: int
    is_critical: bool
    outcome: str
    points: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingContent:
    """A finding of the audit, or an open major of before."""

    number: int
    grade: str
    checkpoint: str
    statement: str
    is_open: bool
    reply: str = ""
    reply_words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleContent:
    """A sample the program drew: whoever has the list and the seed draws the same records."""

    checkpoint: str
    fingerprint: str
    population: int
    seed: int
    drawn: tuple[int, ...]
    looked_at: int
    conforming: int


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleContent:
    """The answer to one rule of the edition, as it is printed."""

    code: str
    holds: bool
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditContent:
    """All of it; `overall` is an exact fraction in text, empty where no area is rated, `evidence` the SHA-256 of every file shown."""

    head: HeadContent
    rules: RulesContent
    areas: tuple[AreaContent, ...]
    ratings: tuple[RatingContent, ...]
    findings: tuple[FindingContent, ...]
    samples: tuple[SampleContent, ...]
    answers: tuple[RuleContent, ...]
    overall: str
    overall_shown: str
    verdict: str
    recommendation: str
    evidence: tuple[str, ...] = ()


def content_bytes(content: AuditContent) -> bytes:
    """The one text of the data: JSON in UTF-8 with sorted keys, the same for the same audit."""
    return canonical_json({"schema": SCHEMA, **asdict(content)})


def content_from(data: bytes) -> AuditContent:
    """The data again; ReportTrouble where they are not in this form."""
    try:
        return read_data(AuditContent, data, schema=SCHEMA, largest=LARGEST, strange=_strange)
    except NotOfThisForm as wrong:
        raise _unreadable(wrong.found) from wrong


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A value that is stated and what comes out when it is worked out again."""

    what: str
    stated: str
    computed: str


def differences(content: AuditContent) -> tuple[Difference, ...]:
    """Where the stated levels, rules and verdict are not what the ratings give; nothing where all is as it should be."""
    found: list[Difference] = []
    levels: dict[str, Fraction] = {}
    exact: dict[str, Fraction | None] = {}
    share = Fraction(content.rules.coverage)
    for area in content.areas:
        ratings = [one for one in content.ratings if one.area == area.id and one.outcome != "not-applicable"]
        level = exact[area.id] = _level(ratings, content.rules.most_points)
        rated = sum(one.outcome == "rated" for one in ratings)
        is_rated = bool(rated) and Fraction(rated, len(ratings)) >= share
        _compare(found, area.title, area.level, "" if level is None else str(level))
        _compare(found, f"{area.title} (rated)", str(area.is_rated), str(is_rated))
        if is_rated and level is not None:
            levels[area.id] = level
    weights = {area.id: area.weight for area in content.areas}
    whole = sum(weights[id] for id in levels)
    overall = (
        sum((weights[id] * level for id, level in levels.items()), Fraction()) / whole if whole else None
    )
    _compare(found, "overall", content.overall, "" if overall is None else str(overall))
    found += _printed_otherwise(content, {**exact, "": overall})
    holds = _holds(content, levels, overall)
    for answer in content.answers:
        _compare(found, answer.code, str(answer.holds), str(holds.get(answer.code)))
    _compare(found, "rules", " ".join(sorted(one.code for one in content.answers)), " ".join(sorted(holds)))
    _compare(found, "verdict", content.verdict, _verdict(content, holds))
    return tuple(found)


def printed_words(content: AuditContent) -> tuple[str, ...]:
    """What must be read on the pages of the paper: number, overall level, each area with its level."""
    return (
        content.head.number,
        content.head.dealership,
        content.overall_shown,
        *(word for area in content.areas if area.level for word in (area.title, area.shown)),
    )


def _printed_otherwise(content: AuditContent, exact: Mapping[str, Fraction | None]) -> Iterator[Difference]:
    """Levels that are printed otherwise than they come out, by area; the overall one under an empty id."""
    printed = [("", "overall", content.overall_shown)]
    printed += [(area.id, area.title, area.shown) for area in content.areas]
    with in_language(content.head.language):
        for id, what, stated in printed:
            shown = shown_level(exact[id], content.rules.bounds)
            if stated != shown:
                yield Difference(what=f"{what} (printed)", stated=stated, computed=shown)


def _holds(
    content: AuditContent, levels: Mapping[str, Fraction], overall: Fraction | None
) -> dict[str, bool]:
    rules = content.rules
    applying = {one.area for one in content.ratings if one.outcome != "not-applicable"}
    criticals = [one for one in content.ratings if one.is_critical and one.outcome != "not-applicable"]
    majors = [one for one in content.findings if one.grade == "major" and one.is_open]
    unmet = [one for one in criticals if one.points is not None and one.points < rules.critical_points]
    unknown = [one for one in criticals if one.points is None]
    return {
        "overall": overall is not None and overall >= rules.pass_mark,
        "areas-rated": bool(applying) and applying <= set(levels),
        "area-floor": bool(levels) and all(level >= rules.area_floor for level in levels.values()),
        "criticals": not unmet and not unknown,
        "majors": not majors and not unmet,
    }


def _verdict(content: AuditContent, holds: Mapping[str, bool]) -> str:
    missed = {code for code, is_held in holds.items() if not is_held}
    if not missed:
        return "pass"
    is_unknown = any(
        one.is_critical and one.points is None and one.outcome != "not-applicable" for one in content.ratings
    )
    return "conditional" if missed <= {"majors", "criticals"} and not is_unknown else "fail"


def _level(ratings: Sequence[RatingContent], most_points: int) -> Fraction | None:
    weight = sum(one.weight for one in ratings if one.points is not None)
    points = sum(one.weight * one.points for one in ratings if one.points is not None)
    return Fraction(100 * points, most_points * weight) if weight else None


def _compare(found: list[Difference], what: str, stated: str, computed: str) -> None:
    if stated != computed:
        found.append(Difference(what=what, stated=stated, computed=computed))


def _strange(content: AuditContent) -> Iterator[str]:
    """Values that cannot be, though their type can: what arithmetic relies on."""
    bounds = content.rules.bounds
    if not _is_share(content.rules.coverage) or content.rules.most_points < 1 or len(bounds) > _MOST_BOUNDS:
        yield "rules"
    if content.head.language not in dict(LANGUAGES):
        yield "language"
    for one in content.ratings:
        if one.outcome not in _OUTCOMES or one.weight < 1 or (one.points is None) is (one.outcome == "rated"):
            yield one.checkpoint or "ratings"
    if len({one.checkpoint for one in content.ratings}) != len(content.ratings):
        yield "ratings"
    areas = {one.id for one in content.areas}
    if len(areas) != len(content.areas) or not {one.area for one in content.ratings} <= areas:
        yield "areas"
    if any(area.weight < 1 for area in content.areas):
        yield "weights"


def _is_share(text: str) -> bool:
    """Whether a text is a fraction as it is written here, above 0 and up to 1."""
    return _FRACTION.fullmatch(text) is not None and 0 < Fraction(text) <= 1


def _unreadable(found: str) -> ReportTrouble:
    return ReportTrouble(
        _("The data inside this paper are not in the form of an audit ({found}).").format(found=found),
        code="audit.content-unreadable",
        way_out=_("Ask whoever issued the paper for the file as it was signed."),
        found=found,
    )
