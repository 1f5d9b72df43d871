"""What a coach needs beside the statement: a checkpoint works without it, but nobody can prepare from it."""

from __future__ import annotations

from collections.abc import Iterator

from qma_app.content.written import WrittenCheckpoint
from qma_app.errors import Problem
from qma_app.i18n import _

_WANTED = ("guidance", "evidence", "failure", "actions")


def checkpoint_is_complete(checkpoint: WrittenCheckpoint) -> Iterator[Problem]:
    """Guidance, evidence, typical failure and an action are there: imported checklists often lack them."""
    missing = [key for key in _WANTED if key not in checkpoint.node.key_lines]
    if "actions" not in missing and not checkpoint.node.items("actions"):
        missing.append("actions")
    if missing:
        yield checkpoint.problem(
            "checkpoint.incomplete",
            "id",
            _("the checkpoint has no {keys}").format(keys=", ".join(f"`{key}`" for key in missing)),
            _("write them: what to look at, what shows it, what is seen when it fails, what helps"),
            is_warning=True,
        )
