"""The names of changes between editions as people read them, kept apart because the start needs none of them."""

from __future__ import annotations

from qma_app.domain.edition_diff import ChangeKind
from qma_app.i18n import _


def change_title(kind: ChangeKind) -> str:
    """What became of a checkpoint between two editions."""
    return {
        ChangeKind.SAME: _("unchanged"),
        ChangeKind.REWORDED: _("reworded"),
        ChangeKind.SPLIT: _("split"),
        ChangeKind.MERGED: _("merged"),
        ChangeKind.GONE: _("gone"),
        ChangeKind.NEW: _("new"),
    }[kind]


def field_title(name: str) -> str:
    """The name of a checkpoint's field, as the difference between editions says it."""
    return {
        "number": _("number"),
        "statement": _("statement"),
        "guidance": _("guidance"),
        "evidence": _("evidence"),
        "failure": _("typical failure"),
        "actions": _("actions"),
        "weight": _("weight"),
        "critical": _("critical"),
        "sample": _("sample"),
        "when": _("conditions"),
        "impact": _("impact"),
        "clauses": _("clauses"),
        "kpis": _("KPIs"),
    }[name]
