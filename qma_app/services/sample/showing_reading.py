"""Reads which photos and documents a house shows, and which photos stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from qma_app.content.nodes import MapNode
from qma_app.content.shapes import Shape
from qma_app.domain.evidence import Consent, Mark, MarkKind
from qma_app.domain.ids import CheckpointId
from qma_app.services.sample import forms
from qma_app.services.sample.life import Life
from qma_app.services.sample.names import Names
from qma_app.services.sample.papers import DOCUMENTS
from qma_app.services.sample.pictures import PICTURES
from qma_app.services.sample.sheets import Sheet, day_of
from qma_app.services.sample.story import PairLine, ShownLine


class ShowingReader:
    """Two files of a house; `open_sheet` reads one of them by name."""

    def __init__(
        self, open_sheet: Callable[[str, Shape], Sheet], names: Names, life: Life, visits: Collection[str]
    ) -> None:
        self._open, self._names, self._visits = open_sheet, names, visits
        self._actions = [line.name for line in life.actions]
        self._checks = {(line.action, line.made) for line in life.checks}

    def evidence(self) -> Iterable[ShownLine]:
        """Every file in the order of the sheet; a later version names an earlier file."""
        sheet = self._open("evidence", forms.EVIDENCE)
        files: list[str] = []
        for entry in sheet.entries():
            known: dict[str, Collection[str]] = {"pass": self._names.passes, "at": self._names.numbers}
            known |= {"finding": self._names.findings, "picture": PICTURES, "document": DOCUMENTS}
            known |= {"revision_of": files, "visit": self._visits}
            known |= {"action": self._actions} if self._actions else {}
            for key, names in known.items():
                if names and entry.text(key) and entry.text(key) not in names:
                    sheet.unknown(entry.line_of(key), entry.text(key), names)
            action, check = entry.text("action"), day_of(entry, "check")
            if check is not None and self._checks and (action, check) not in self._checks:
                days = [str(day) for name, day in self._checks if name == action and day]
                sheet.unknown(entry.line_of("check"), str(check), days)
            files.append(entry.text("file"))
            yield self._shown(entry)

    def pairs(self, evidence: Sequence[ShownLine]) -> Iterable[PairLine]:
        """Both photos are shown by the day they are paired."""
        sheet = self._open("pairs", forms.PAIRS)
        photos = {line.file: line.taken for line in evidence if line.picture}
        for entry in sheet.entries():
            day, name = day_of(entry, "day") or date.min, entry.text("finding")
            ready = [file for file, taken in photos.items() if taken <= day]
            for key in ("before", "after"):
                if photos and entry.text(key) not in ready:
                    sheet.unknown(entry.line_of(key), entry.text(key), ready)
            finding = self._names.finding(sheet, entry.line_of("finding"), name)
            if finding is not None:
                yield PairLine(
                    day=day,
                    finding=finding,
                    before=entry.text("before"),
                    after=entry.text("after"),
                    words=entry.text("words"),
                )

    def _shown(self, entry: MapNode) -> ShownLine:
        at: CheckpointId | None = self._names.numbers.get(entry.text("at"))
        return ShownLine(
            taken=day_of(entry, "taken") or date.min,
            pass_name=entry.text("pass"),
            at=at,
            finding=self._names.findings.get(entry.text("finding")),
            action=entry.text("action"),
            check=day_of(entry, "check"),
            on_charter=entry.flag("charter"),
            visit=day_of(entry, "visit"),
            file=entry.text("file"),
            picture=entry.text("picture"),
            document=entry.text("document"),
            caption=entry.text("caption"),
            made=day_of(entry, "made"),
            valid_from=day_of(entry, "valid_from"),
            valid_until=day_of(entry, "valid_until"),
            consent=Consent(entry.text("consent")) if entry.text("consent") else None,
            consent_words=entry.text("consent_words"),
            marks=tuple(_mark(words) for words, _line in entry.words("marks")),
            revision_of=entry.text("revision_of"),
        )


def _mark(words: str) -> Mark:
    """A mark as its line says, whose form was looked through before."""
    found = forms.MARK.fullmatch(words)
    assert found is not None
    kind, x, y, width, height, said = found.groups()
    return Mark(
        kind=MarkKind(kind),
        x=int(x),
        y=int(y),
        width=int(width or 0),
        height=int(height or 0),
        words=said or "",
    )
