"""Can the folder of a workspace be written, is it on this computer alone, and is there room?"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from qma_app.doctor.check import Check, State
from qma_app.folders import synced_place
from qma_app.i18n import _

LEAST_FREE = 500_000_000
"""Bytes below which a coach is warned: a day of photos and a backup fit into this."""


def look_at_folder(folder: Path) -> tuple[Check, ...]:
    """Writing, place and free space, for a folder that may not exist yet."""
    return (look_at_writing(folder), judge_place(folder, synced_place(folder)), look_at_space(folder))


def look_at_writing(folder: Path) -> Check:
    """Whether a file can be made where the workspace lies or will lie; what is made is removed."""
    name, ground = _("Folder"), nearest_existing(folder)
    try:
        with tempfile.NamedTemporaryFile(dir=ground, prefix=".qma-doctor-") as file:
            file.write(b"written by the doctor")
            file.flush()
    except OSError as problem:
        advice = _("Choose another folder, or change the rights of this one.")
        found = f"{ground}: {problem.strerror or problem}"
        return Check(name=name, state=State.BAD, found=found, advice=advice)
    return Check(name=name, state=State.OK, found=_("{folder} can be written").format(folder=ground))


def judge_place(folder: Path, service: str | None) -> Check:
    """Whether another program would copy the workspace while it is in use."""
    name = _("Place")
    if service is None:
        return Check(name=name, state=State.OK, found=_("on this computer"))
    return Check(
        name=name,
        state=State.WARN,
        found=_("{folder} lies in {service}").format(folder=folder, service=service),
        advice=_("Move the workspace to a folder of this computer only; keep backups in the other place."),
    )


def look_at_space(folder: Path) -> Check:
    """Whether the disk has room for a day's work and a backup."""
    try:
        return judge_space(shutil.disk_usage(nearest_existing(folder)).free)
    except OSError as problem:
        advice = _("Check that the disk is connected.")
        return Check(name=_("Free space"), state=State.BAD, found=str(problem), advice=advice)


def judge_space(free: int) -> Check:
    """Enough, or a warning."""
    name, found = _("Free space"), _("{count} MB").format(count=free // 1_000_000)
    if free >= LEAST_FREE:
        return Check(name=name, state=State.OK, found=found)
    advice = _("Free at least {count} MB on this disk.").format(count=LEAST_FREE // 1_000_000)
    return Check(name=name, state=State.WARN, found=found, advice=advice)


def nearest_existing(folder: Path) -> Path:
    """The folder itself, or the closest one above it that exists."""
    whole = folder.expanduser().absolute()
    return next(place for place in (whole, *whole.parents) if place.exists())
