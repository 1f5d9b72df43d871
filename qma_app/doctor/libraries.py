"""Do the libraries work here that the window, the paper and the workspace rest on?"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qma_app import assets
from qma_app.doctor.check import Check, State
from qma_app.doctor.child import ask
from qma_app.errors import NotFound
from qma_app.i18n import _

OLDEST_SQLITE = (3, 51, 3)
"""Older ones can corrupt a database in WAL mode when two connections write."""


def look_at_libraries() -> tuple[Check, ...]:
    """Window toolkit, screen, fonts, database, full-text search, encryption."""
    try:
        fonts = assets.font_paths()
    except NotFound:
        fonts = ()
    qt = ask("probe_qt", *map(str, fonts), settings={"QT_QPA_PLATFORM": "offscreen"})
    return (
        judge_qt(qt),
        look_at_screen(qt, sys.platform, os.environ),
        judge_fonts(fonts, qt),
        *judge_database(ask("probe_database")),
        judge_encryption(ask("probe_encryption")),
    )


def judge_qt(found: Mapping[str, Any]) -> Check:
    """Whether the window toolkit can be loaded at all."""
    name = _("Window toolkit")
    if found["trouble"]:
        advice = _(
            "Install the missing system library; in a checkout, `python3 start.py` does it or names the line."
        )
        return Check(name=name, state=State.BAD, found=str(found["trouble"]), advice=advice)
    return Check(name=name, state=State.OK, found=f"Qt {found['version']}")


def look_at_screen(qt: Mapping[str, Any], platform: str, environment: Mapping[str, str]) -> Check:
    """Whether a window can be opened here, tried with the real screen."""
    name = _("Screen")
    if platform in ("win32", "darwin"):
        return Check(name=name, state=State.OK, found=_("the desktop of this computer"))
    screen = environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY")
    if not screen:
        advice = _("The command line works; the window needs a desktop session.")
        return Check(name=name, state=State.WARN, found=_("none"), advice=advice)
    if qt["trouble"]:
        advice = _("See to the window toolkit first.")
        return Check(
            name=name, state=State.WARN, found=_("{screen}, not tried").format(screen=screen), advice=advice
        )
    return judge_screen(screen, ask("probe_qt", settings={"QT_QPA_PLATFORM": None}))


def judge_screen(screen: str, found: Mapping[str, Any]) -> Check:
    """Whether the screen named by the session answered."""
    name = _("Screen")
    if found["trouble"]:
        return Check(
            name=name,
            state=State.BAD,
            found=f"{screen}: {found['trouble']}",
            advice=_("Install the missing system library, or start from a desktop session of your own."),
        )
    return Check(name=name, state=State.OK, found=f"{screen} ({found['platform']})")


def judge_fonts(fonts: tuple[Path, ...], qt: Mapping[str, Any]) -> Check:
    """Whether the shipped fonts are there and can be read, by screen and paper."""
    name = _("Fonts")
    unread = {Path(font).name for font in qt.get("unread", ())}
    unread |= {font.name for font in fonts if not _is_outline_font(font)}
    if fonts and not unread:
        found = _("{count} shipped fonts can be read").format(count=len(fonts))
        return Check(name=name, state=State.OK, found=found)
    found = (
        _("unreadable: {fonts}").format(fonts=", ".join(sorted(unread))) if unread else _("none are shipped")
    )
    advice = _("Install the program again; your work is not touched.")
    return Check(name=name, state=State.BAD, found=found, advice=advice)


def judge_database(found: Mapping[str, Any]) -> tuple[Check, ...]:
    """Whether the database is there, encrypts, is new enough to be safe, and can search."""
    name, search = _("Database"), _("Full-text search")
    again = _("Install the program again; your work is not touched.")
    if found["trouble"]:
        return (Check(name=name, state=State.BAD, found=str(found["trouble"]), advice=again),)
    version = f"SQLite {found['sqlite']}, SQLCipher {found['cipher'] or '-'}"
    is_safe = bool(found["cipher"]) and version_parts(found["sqlite"]) >= OLDEST_SQLITE
    needed = _("At least SQLite {version} with SQLCipher is needed.").format(
        version=".".join(map(str, OLDEST_SQLITE))
    )
    return (
        Check(name=name, state=State.OK, found=version)
        if is_safe
        else Check(name=name, state=State.BAD, found=version, advice=f"{needed} {again}"),
        Check(name=search, state=State.OK, found=_("works"))
        if found["search"]
        else Check(name=search, state=State.BAD, found=_("missing from the database"), advice=again),
    )


def judge_encryption(found: Mapping[str, Any]) -> Check:
    """Whether evidence files can be encrypted and a changed one is refused."""
    name, again = _("Encryption"), _("Install the program again; your work is not touched.")
    if found["trouble"]:
        return Check(name=name, state=State.BAD, found=str(found["trouble"]), advice=again)
    if not found["works"]:
        return Check(name=name, state=State.BAD, found=_("AES-GCM gives wrong results"), advice=again)
    return Check(name=name, state=State.OK, found=f"AES-GCM (cryptography {found['version']})")


def version_parts(version: str) -> tuple[int, ...]:
    """`3.53.4` as numbers, so that 3.9 is older than 3.51."""
    return tuple(int(part) for part in version.split("."))


def _is_outline_font(font: Path) -> bool:
    try:
        with font.open("rb") as file:
            return file.read(4) == b"\0\1\0\0"
    except OSError:
        return False
