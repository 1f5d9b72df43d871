"""Asks a probe in a child Python: a library that is broken can end its process, which must not be ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from qma_app.i18n import _

_FOLDER = Path(__file__).resolve().parent
_SECONDS = 60  # generous: a cold disk and a virus scanner can take half of it


def ask(probe: str, *arguments: str, settings: Mapping[str, str | None] | None = None) -> dict[str, Any]:
    """What the probe found. Where something stood in its way, `trouble` says what; otherwise it is empty.

    `settings` are environment variables for the child; None takes one away.
    """
    environment = {**os.environ, **(settings or {})}
    try:
        child = subprocess.run(
            # -P: the probe's own folder must not stand before the libraries it looks for.
            [sys.executable, "-P", str(_FOLDER / f"{probe}.py"), *arguments],
            env={name: value for name, value in environment.items() if value is not None},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as problem:
        return {"trouble": str(problem)}
    except subprocess.TimeoutExpired:
        return {"trouble": _("no answer within {seconds} seconds").format(seconds=_SECONDS)}
    return _answer(child)


def _answer(child: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    if child.returncode == 0:
        found: dict[str, Any] = json.loads(child.stdout)
        return found
    said = [line.strip() for line in child.stderr.splitlines() if line.strip()]
    trouble = _("it ended with code {code}").format(code=child.returncode)
    return {"trouble": f"{trouble} ({said[-1]})" if said else trouble}
