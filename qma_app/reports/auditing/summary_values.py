"""What the summary of an audit shows, as plain values: everything is read once, and drawing reads nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.agreement import AgreementResult
from qma_app.domain.audit import AuditSample
from qma_app.domain.edition import Checkpoint
from qma_app.domain.finding import Finding
from qma_app.domain.highlights import Highlight
from qma_app.domain.recommending import Recommended
from qma_app.domain.sample_showing import SampleFindings, SampleSays
from qma_app.reports.auditing.reading import AuditHead


@dataclass(frozen=True, kw_only=True, slots=True)
class SamplePart:
    """One sample: what it can show, and what was seen in it."""

    sample: AuditSample
    checkpoint: Checkpoint | None
    says: SampleSays | None
    found: SampleFindings


@dataclass(frozen=True, kw_only=True, slots=True)
class SummaryPaper:
    """Everything the summary shows; `findings` heaviest first, then by the day they are due.

    `agreement` is None before the closing meeting. `is_rated` says whether every checkpoint to look at was decided,
    `is_trial` that its report was signed with a key for trial.
    """

    head: AuditHead
    recommended: Recommended
    recommended_by: str
    findings: tuple[Finding, ...]
    samples: tuple[SamplePart, ...]
    agreement: AgreementResult | None
    is_rated: bool
    strengths: tuple[Highlight, ...] = ()
    gaps: tuple[Highlight, ...] = ()
    is_trial: bool = False
