"""Makes the sample workspace beside its place and moves it there when it is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qma_app.assets import resources_folder
from qma_app.domain.people import Role
from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from qma_app.services.sample.chance import SampleClock, SampleIds
from qma_app.services.sample.reading import read_story
from qma_app.services.sample.telling import Teller
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from qma_app.storage.atomic_files import (
    half_written_beside,
    make_folder,
    move_folder,
    remove_if_possible,
    sync,
    sync_folder,
    translated_disk_errors,
)
from qma_app.storage.store import DATABASE

Progress = Callable[[float], bool]


def make_sample(folder: Path, progress: Progress | None = None, *, portfolio: bool = False) -> Workspace:
    """A workspace of its own with three invented dealerships and 18 months of work, the same each time, open for writing.

    With `portfolio` thirty light houses stand beside them, so that the view over all dealerships has something to show; the command
    and the window ask for them, tests that look at one house do without; one of them is audited and waits for the signature. All that
    happens in the three is the same either way.
    The folder is missing or empty. `progress` hears the share done and stops everything by answering False (StorageTrouble
    `sample.cancelled`). Until all is made nothing stands under the folder's name, whatever happens in between.
    """
    _refuse_used(folder)
    make_folder(folder.parent)
    unfinished = half_written_beside(folder)
    try:
        with translated_disk_errors(folder, unfinished):
            unfinished.mkdir(mode=0o700)
        _fill(unfinished, progress, portfolio=portfolio)
        with translated_disk_errors(folder, unfinished):
            if folder.exists():
                folder.rmdir()
        move_folder(unfinished, folder)
    finally:
        remove_if_possible(unfinished)
    return open_workspace(folder)


def _fill(folder: Path, progress: Progress | None, *, portfolio: bool) -> None:
    edition = newest_shipped_edition()
    story = read_story(resources_folder() / "sample", edition, portfolio=portfolio)
    clock, ids = SampleClock(min(house.started for house in story.houses)), SampleIds()
    with create_workspace(folder, is_sample=True, clock=clock, new_id=ids) as workspace:
        workspace.store.hurry()
        teller = Teller(workspace, clock, ids, edition, story)
        teller.certify_people()
        steps = teller.steps()
        for done, step in enumerate(steps):
            _tell(progress, done / len(steps))
            teller.take(step)
        teller.seat(Role.COACH)
    sync(folder / DATABASE)
    sync_folder(folder)
    _tell(progress, 1.0)


def _tell(progress: Progress | None, share: float) -> None:
    if progress is not None and not progress(share):
        raise StorageTrouble(_("It was stopped; no sample was made."), code="sample.cancelled")


def _refuse_used(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StorageTrouble(
            _("{folder} is not empty: a sample is made in a new folder only.").format(folder=folder),
            code="sample.folder-not-empty",
            way_out=_("Choose a folder that does not exist yet."),
            folder=str(folder),
        )
