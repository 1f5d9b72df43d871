"""The whole examination and its table: what `qma doctor` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qma_app.doctor.check import Check, State
from qma_app.doctor.libraries import look_at_libraries
from qma_app.doctor.machine import look_at_machine
from qma_app.doctor.places import look_at_folder
from qma_app.folders import workspaces_folder
from qma_app.i18n import _, ngettext


def examine(folder: Path | None = None) -> tuple[Check, ...]:
    """All checks in a fixed order. Without a `folder` it is the one where new workspaces go.

    Takes about a second, and changes nothing.
    """
    return (*look_at_machine(), *look_at_libraries(), *look_at_folder(folder or workspaces_folder()))


def table(checks: Sequence[Check]) -> str:
    """The checks in columns, the advice under its check, and a closing sentence."""
    words = {State.OK: _("ok"), State.WARN: _("warning"), State.BAD: _("bad")}
    first = max(map(len, words.values()))
    second = max((len(check.name) for check in checks), default=0)
    lines = []
    for check in checks:
        lines.append(f"{words[check.state]:<{first}}  {check.name:<{second}}  {check.found}")
        if check.advice:
            lines.append(f"{'':<{first}}  {'':<{second}}  {check.advice}")
    return "\n".join((*lines, "", _closing(checks)))


def _closing(checks: Sequence[Check]) -> str:
    bad = sum(check.state is State.BAD for check in checks)
    warnings = sum(check.state is State.WARN for check in checks)
    if bad:
        return ngettext("{count} thing does not work.", "{count} things do not work.", bad).format(count=bad)
    if warnings:
        return ngettext(
            "Everything works; {count} thing needs a look.",
            "Everything works; {count} things need a look.",
            warnings,
        ).format(count=warnings)
    return _("Everything works.")
