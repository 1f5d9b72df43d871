"""Is this Python recent enough, and what language, text encoding and time zone does the computer speak?"""

from __future__ import annotations

import locale
import platform
import sys
import time

from qma_app.doctor.check import Check, State
from qma_app.i18n import _

OLDEST_PYTHON = (3, 11)


def look_at_machine() -> tuple[Check, ...]:
    """Python, language and encoding, time zone."""
    return (
        judge_python(sys.version_info[:3], f"{platform.system()} {platform.machine()}"),
        judge_language(locale.getlocale()[0], sys.getfilesystemencoding()),
        describe_time_zone(time.tzname, -time.timezone),
    )


def judge_python(version: tuple[int, ...], system: str) -> Check:
    """Whether this Python can run the program at all."""
    name, found = "Python", f"{'.'.join(map(str, version))} ({system})"
    if version >= OLDEST_PYTHON:
        return Check(name=name, state=State.OK, found=found)
    advice = _("Install Python 3.11 or newer and start again with it.")
    return Check(name=name, state=State.BAD, found=found, advice=advice)


def judge_language(language: str | None, encoding: str) -> Check:
    """Whether names of files and people keep their letters."""
    name, found = _("Language and encoding"), f"{language or 'C'}, {encoding}"
    if encoding.casefold().replace("-", "") == "utf8":
        return Check(name=name, state=State.OK, found=found)
    advice = _("Set the language of the system to one with UTF-8, for example LANG=C.UTF-8.")
    return Check(name=name, state=State.WARN, found=found, advice=advice)


def describe_time_zone(names: tuple[str, ...], seconds_east: int) -> Check:
    """Which zone the times on screen and paper are shown in; what is stored is always UTC."""
    sign, minutes = "+" if seconds_east >= 0 else "-", abs(seconds_east) // 60
    offset = f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"
    return Check(name=_("Time zone"), state=State.OK, found=f"{'/'.join(dict.fromkeys(names))}, {offset}")
