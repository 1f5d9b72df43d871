"""The panel of one finding in a window of its own, following its workbench as the page does."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from qma_app.domain.action import Action
from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseTree
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import EngagementId, FindingId
from qma_app.domain.record import Changes
from tests.ui.showroom import ENGAGEMENT, TODAY, finding_ids
from ui.findings.cause_line import CauseLine
from ui.findings.detail import read_detail, read_surroundings
from ui.places import Place
from ui.widgets.finding_editor import FindingEditor
from ui.workbench import Workbench


class Panel(QMainWindow):
    """What the page does for the panel, and nothing else."""

    def __init__(self, bench: Workbench, engagement_id: EngagementId = ENGAGEMENT) -> None:
        super().__init__()
        self.bench = bench
        self.engagement_id = engagement_id
        self.editor = FindingEditor(bench)
        self.setCentralWidget(self.editor)
        self.editor.show_surroundings(bench.read(read_surroundings, engagement_id))
        self.editor.raised.connect(self.show_id)
        self.editor.going.connect(self.go)
        self.told: list[str] = []
        bench.told.connect(self.told.append)
        bench.changed.connect(self.follow)

    def show_number(self, number: int) -> None:
        self.show_id(finding_ids(self.bench.workspace)[number - 1])

    def show_id(self, finding_id: str) -> None:
        detail = self.bench.read(read_detail, FindingId(finding_id))
        if detail is None:
            self.editor.show_nothing()
        else:
            self.editor.show_detail(detail)

    def begin_new(self) -> None:
        self.editor.begin_new(
            Finding(
                id=FindingId(""),
                engagement_id=self.engagement_id,
                number=0,
                grade=FindingGrade.MINOR,
                statement="",
                seen_on=TODAY,
            )
        )

    def go(self, place: Place) -> None:
        if place.page == "findings" and place.finding_id:
            self.show_id(place.finding_id)

    def follow(self, changes: Changes) -> None:
        if self.editor.finding_id and changes.touches(Finding, EvidenceLink):
            self.show_id(self.editor.finding_id)

    def finding(self, number: int) -> Finding:
        with self.bench.workspace.reading() as reader:
            return next(one for one in reader.all(Finding) if one.number == number)

    def action(self, number: int = 1) -> Action:
        with self.bench.workspace.reading() as reader:
            return next(one for one in reader.all(Action) if one.number == number)

    def outline(self) -> list[str]:
        """The stored whys of the finding shown, a dash for each level."""
        with self.bench.workspace.reading() as reader:
            tree = CauseTree(reader.all(Cause, finding_id=FindingId(self.editor.finding_id)))
        return ["-" * tree.depth_of(cause.id) + f" {cause.words}" for cause in tree.causes]

    def lines(self) -> list[CauseLine]:
        return self.editor.fields.cause_part.tree.lines
