"""What every view of the Journey is."""

from __future__ import annotations

from typing import ClassVar

from ui.pages.view_part import ViewPart


class JourneyPart(ViewPart):
    """One view: it reads only while `workbench.engagement` is there, and forgets what was chosen when that is another one."""

    page_key: ClassVar[str] = "journey"
