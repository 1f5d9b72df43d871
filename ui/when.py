"""Says when something happened as people do: the time for today, the day for what is older."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from qma_app.i18n import _, day_text


def when_text(at: datetime, today: date) -> str:
    """`today 08:01`, `yesterday 17:40`, `2 Nov 2026`."""
    local = at.astimezone()
    if local.date() == today:
        return _("today {time}").format(time=f"{local:%H:%M}")
    if local.date() == today - timedelta(days=1):
        return _("yesterday {time}").format(time=f"{local:%H:%M}")
    return day_text(local.date())
