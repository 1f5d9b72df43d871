"""What the documents promise is there: commands, pictures, places, words, decisions."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from qma_app import __version__, cli
from qma_app.domain import (
    action,
    assessment,
    audit,
    cause,
    certification,
    dealership,
    edition,
    engagement,
    evidence,
    finding,
    month,
    people,
    rating,
    reading,
    result,
    tie,
    verification,
)
from qma_app.services.standards import newest_shipped_edition

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("line", re.findall(r"^qma (.+)$", README, re.MULTILINE))
def test_the_commands_of_the_readme_are_understood(line: str) -> None:
    """Their words fit the parser; that they do what they say is tested elsewhere."""
    chosen = cli._parser().parse_args(shlex.split(line.split("#", maxsplit=1)[0]))
    assert callable(chosen.run)


def test_every_command_is_shown_in_the_readme() -> None:
    parser = cli._parser()
    commands = next(iter(action.choices for action in parser._actions if isinstance(action.choices, dict)))
    assert [name for name in commands if f"qma {name}" not in README] == []


@pytest.mark.parametrize(
    "document",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/decisions/README.md",
        "docs/writing-a-standard.md",
        "docs/checking-papers.md",
        "docs/audit-data.md",
        "benchmarks/README.md",
    ],
)
def test_links_and_pictures_lead_somewhere(document: str) -> None:
    path = ROOT / document
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_places_named_for_contributors_exist() -> None:
    places = re.findall(r"^\| `([^`]+/)`", CONTRIBUTING, re.MULTILINE)
    assert len(places) > 8
    assert [place for place in places if not (ROOT / place).is_dir()] == []


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    pages = [path.name for path in (ROOT / "docs" / "decisions").glob("0*.md")]
    assert [page for page in pages if page not in listed] == []


def test_every_benchmark_is_described() -> None:
    described = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    scripts = [path.name for path in (ROOT / "benchmarks").glob("[a-z]*.py") if path.name != "measure.py"]
    assert [script for script in scripts if script not in described] == []


def test_the_good_examples_of_the_handbook_stand_in_the_standard() -> None:
    """Word for word: an example nobody kept up to date teaches the wrong thing."""
    handbook = (ROOT / "docs" / "writing-a-standard.md").read_text(encoding="utf-8")
    shipped = newest_shipped_edition()
    by_number = {point.number: point for point in shipped.checkpoints.values()}
    examples = re.findall(r"^- Good \(([A-Z]{3}-[0-9.]+)\): \*(.+?)\*", handbook, re.MULTILINE)
    assert len(examples) > 4
    for number, words in examples:
        point = by_number[number]
        texts = [*map(str, (point.statement, point.guidance, point.failure, *point.actions))]
        for part in words.split(" … "):
            assert any(part in text for text in texts), f"{number}: {part}"
    german = re.search(r"not translated\.\*\* \*(.+?)\*", handbook)
    assert german
    assert german[1] in [point.statement.texts["de"] for point in shipped.checkpoints.values()]


def test_the_changelog_speaks_of_this_version() -> None:
    assert f"## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_words_of_the_records_are_in_the_glossary() -> None:
    words = set(
        re.findall(
            r"^\| ([a-z ]+) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    kinds = (
        action.Action,
        assessment.Assessment,
        audit.Audit,
        audit.AuditLook,
        audit.AuditSample,
        audit.AuditSlot,
        audit.Declaration,
        audit.WrapUp,
        cause.Cause,
        certification.Appeal,
        certification.Certificate,
        certification.CertificationDecision,
        certification.IssuedFile,
        certification.Seal,
        certification.Signer,
        dealership.Dealership,
        dealership.Site,
        edition.Area,
        edition.Checkpoint,
        edition.Edition,
        edition.Process,
        engagement.Engagement,
        evidence.Consent,
        evidence.Evidence,
        evidence.Mark,
        finding.Finding,
        finding.Reply,
        finding.Sighting,
        month.Month,
        people.Person,
        people.Qualification,
        rating.Outcome,
        rating.Rating,
        rating.Sample,
        reading.Reading,
        result.Grade,
        result.Verdict,
        tie.Tie,
        verification.Effect,
        verification.Verification,
    )
    assert [kind.__name__ for kind in kinds if _spoken(kind.__name__) not in words] == []


def _spoken(name: str) -> str:
    """`AuditSlot` as `audit slot`."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
