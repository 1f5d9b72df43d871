"""Says in one line how the findings stand."""

from __future__ import annotations

from qma_app.i18n import _, ngettext
from ui.models.findings_rows import FindingCounts, Tab


def counts_text(counts: FindingCounts) -> str:
    """`9 open of 12 · 3 major · 2 overdue · median time to close 27 days`"""
    parts = [_("{open} open of {count}").format(open=counts.tabs[Tab.OPEN], count=counts.tabs[Tab.ALL])]
    if majors := counts.open_majors:
        parts.append(ngettext("{count} major", "{count} major", majors).format(count=majors))
    if late := counts.tabs[Tab.OVERDUE]:
        parts.append(ngettext("{count} overdue", "{count} overdue", late).format(count=late))
    if (days := counts.days_to_close) is not None:
        words = ngettext("median time to close {days} day", "median time to close {days} days", days)
        parts.append(words.format(days=days))
    return " · ".join(parts)
