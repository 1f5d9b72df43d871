"""A window on the Checklists screen of a dealership with a finished baseline and an open second assessment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import CheckpointId, DealershipId
from qma_app.domain.rating import Outcome, Rating
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.ratings import rate_checkpoint
from qma_app.services.workspace import Workspace
from tests.builders import a_checkpoint, a_dealership, a_site, a_text, an_edition, an_engagement, areas_of
from ui import theme
from ui.frontdoor import FrontDoor
from ui.pages.checklists import ChecklistsPage
from ui.places import Place
from ui.theme import Appearance, ThemeKeeper
from ui.window import MainWindow
from ui.workbench import Workbench

GREETING = CheckpointId("service.reception.greeting")
WALK_ROUND = CheckpointId("service.reception.walk-round")
WAITING = CheckpointId("service.reception.waiting")
PRICE = CheckpointId("service.repair-order.price-agreed")
SIGNATURE = CheckpointId("service.repair-order.signature")
COUNT = CheckpointId("parts.stock.count")
OLD_STOCK = CheckpointId("parts.stock.old-stock")

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def some_checkpoints() -> list[Checkpoint]:
    """Two areas, three processes, seven checkpoints; the price is critical, two ask for a sample."""
    return [
        a_checkpoint(GREETING, weight=2, clauses=("ISO 9001:2015 8.2.1",), kpis=("C15",)),
        a_checkpoint(WALK_ROUND, weight=2, sample=10),
        a_checkpoint(WAITING),
        a_checkpoint(PRICE, weight=3, critical=True, sample=10),
        a_checkpoint(SIGNATURE),
        a_checkpoint(COUNT, weight=2),
        a_checkpoint(OLD_STOCK, statement=a_text("Nothing older than a year lies in the bins.")),
    ]


@pytest.fixture
def light(qapp: QApplication, theme_keeper: ThemeKeeper) -> ThemeKeeper:
    """The light appearance at normal size; polishing every widget anew costs more than most tests here."""
    if theme.current() != theme.Theme() or not qapp.styleSheet():
        theme_keeper.apply(Appearance.LIGHT, 100)
    return theme_keeper


@pytest.fixture
def edition() -> Edition:
    return an_edition(areas=areas_of(some_checkpoints()))


@pytest.fixture
def dealership_id(workspace: Workspace, edition: Edition) -> DealershipId:
    """A dealership on the small standard, nothing assessed yet."""
    with workspace.writing("dealership.added") as work:
        work.put_edition(edition)
        dealership: Dealership = work.put(a_dealership())
        work.put(a_site())
        work.put(an_engagement(edition=edition.hash, started_on=date(2026, 1, 12), coach_id=None))
    return dealership.id


@pytest.fixture
def engagement(workspace: Workspace, dealership_id: DealershipId) -> Engagement:
    with workspace.reading() as reader:
        return reader.all(Engagement, dealership_id=dealership_id)[0]


@pytest.fixture
def baseline(workspace: Workspace, engagement: Engagement) -> Assessment:
    """Completed: greeting 4, walk round 6, price 0, the rest untouched."""
    changes = start_assessment(
        workspace, engagement_id=engagement.id, kind=AssessmentKind.BASELINE, started_on=date(2026, 2, 2)
    )
    assessment = changes.made(Assessment)
    for id, points in ((GREETING, 4), (WALK_ROUND, 6), (PRICE, 0)):
        rate_checkpoint(workspace, assessment.id, id, points=points)
    complete_assessment(workspace, assessment.id)
    return assessment


@pytest.fixture
def assessment(workspace: Workspace, engagement: Engagement, baseline: Assessment) -> Assessment:
    """The open progress assessment of month 6, nothing rated yet."""
    changes = start_assessment(
        workspace, engagement_id=engagement.id, kind=AssessmentKind.PROGRESS, started_on=date(2026, 6, 15)
    )
    return changes.made(Assessment)


@dataclass
class Hands:
    """The coach's hands and what she finds in the database afterwards."""

    window: MainWindow
    page: ChecklistsPage
    bench: Workbench
    qtbot: QtBot
    assessment: Assessment | None

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """A key to whatever holds the keyboard."""
        self.qtbot.keyClick(self.holder(), key, modifier)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.holder(), text)

    def holder(self) -> QWidget:
        """What holds the keyboard."""
        holder = QApplication.focusWidget()
        assert holder is not None
        return holder

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, NO_MODIFIER, at or widget.rect().center())

    def at(self, checkpoint_id: CheckpointId) -> None:
        """Go to a checkpoint with the list holding the keyboard, and let the inspector arrive."""
        self.page.way.open_checkpoint(checkpoint_id)
        self.page.take_focus()
        self.page.showing.show_checkpoint()

    @property
    def current(self) -> CheckpointId | None:
        return self.page.columns.middle.list.current_id

    @property
    def shown(self) -> list[CheckpointId]:
        return [row.checkpoint.id for row in self.page.columns.middle.list.rows.rows]

    def rating(self, checkpoint_id: CheckpointId) -> Rating | None:
        """The rating as it lies in the database."""
        assert self.assessment is not None
        with self.bench.workspace.reading() as reader:
            return reader.ratings(self.assessment.id).get(checkpoint_id)

    def points(self, checkpoint_id: CheckpointId) -> int | None:
        rating = self.rating(checkpoint_id)
        return rating.points if rating is not None else None

    def outcome(self, checkpoint_id: CheckpointId) -> Outcome:
        rating = self.rating(checkpoint_id)
        return rating.outcome if rating is not None else Outcome.OPEN

    def findings(self) -> tuple[Finding, ...]:
        with self.bench.workspace.reading() as reader:
            return reader.all(Finding)

    def cell_point(self, checkpoint_id: CheckpointId, cell: int) -> QPoint:
        """Where a cell lies in the list's viewport."""
        view = self.page.columns.middle.list
        place = view.rows.place_of(checkpoint_id)
        assert place is not None
        card = view.cards.card_at(place)
        assert card is not None
        return (card.cells[cell].center() + view.visualRect(view.rows.index(place)).topLeft()).toPoint()


@pytest.fixture
def open_window(qtbot: QtBot, workbench: Workbench) -> Callable[..., MainWindow]:
    """Opens the window at a size, with all its keys."""

    def show(width: int = 1440, height: int = 900) -> MainWindow:
        window = MainWindow(workbench)
        qtbot.addWidget(window)
        FrontDoor(window)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


@pytest.fixture
def hands(
    qtbot: QtBot, workbench: Workbench, open_window: Callable[..., MainWindow], assessment: Assessment
) -> Iterator[Hands]:
    """In front of the open assessment, the list holding the keyboard."""
    yield from _hands(qtbot, workbench, open_window(), assessment)


@pytest.fixture
def newcomer(qtbot: QtBot, workbench: Workbench, open_window: Callable[..., MainWindow]) -> Iterator[Hands]:
    """In front of a dealership where nothing was assessed yet."""
    yield from _hands(qtbot, workbench, open_window(), None)


def _hands(
    qtbot: QtBot, workbench: Workbench, window: MainWindow, assessment: Assessment | None
) -> Iterator[Hands]:
    window.go(Place(page="checklists", dealership_id=workbench.dealership_id))
    page = window.page("checklists")
    assert isinstance(page, ChecklistsPage)
    yield Hands(window=window, page=page, bench=workbench, qtbot=qtbot, assessment=assessment)
    page.flush()
    window.close()
