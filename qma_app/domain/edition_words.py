"""The fixed words of an edition: what a gate can ask, and how a KPI is computed, measured and grouped."""

from __future__ import annotations

GATE_CHECKS = (
    "charter-signed",
    "targets-locked",
    "quality-officer-named",
    "kpi-months",
    "assessment-completed",
    "staff-survey-done",
    "plan-accepted",
    "process-owners-named",
    "wave-level",
    "records-weeks",
    "open-majors",
    "major-age-days",
    "coverage",
    "internal-audits-done",
    "management-review-days",
    "overdue-actions",
    "decision-made",
    "surveillance-months",
)
"""What a gate can ask: each is computed from the records of an engagement."""
PERSPECTIVES = ("customers", "staff", "profit", "process")
KPI_LETTERS = dict(zip(PERSPECTIVES, "CEPO", strict=True))
"""What the codes of a perspective begin with."""
CALCULATIONS = ("ratio", "median", "count", "score")
RHYTHMS = ("week", "month", "quarter", "half-year", "year", "visit", "audit")
UNITS = (
    *("percent", "points", "index", "stars", "ratio", "count", "cars"),
    *("minutes", "hours", "days", "years", "hours-per-order"),
    *("money", "money-per-hour"),
    *("per-year", "per-hundred", "per-thousand", "per-million"),
)
