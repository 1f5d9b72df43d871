"""What every section needs: the typesetter, and the headings, texts and facts all reports are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qma_app.design import LIGHT
from qma_app.reports.blocks import Block, Framed, Gap, Stack, Words
from qma_app.reports.pages import CONTENT_WIDTH, SHORT, Entry, Flow
from qma_app.reports.styles import (
    BODY,
    CELL,
    EYEBROW,
    FACT,
    HEADING,
    LABEL,
    LEAD,
    MINOR_HEADING,
    QUIET,
    SUBHEADING,
    TextStyle,
)
from qma_app.reports.tables import Row, Table
from qma_app.reports.text import Typesetter


class Kit:
    """Adds to a flow what sections say again and again, always looking the same."""

    def __init__(self, setter: Typesetter, added: Callable[[], None] | None = None) -> None:
        self.setter = setter
        self.flow = Flow(added)
        self._keys = 0

    def words(self, text: str, style: TextStyle = BODY, *, where: str = "") -> Words:
        """A text of any length."""
        return Words(self.setter, text, style, where=where)

    def section(
        self, title: str, *, eyebrow: str = "", may_follow: bool = True, below: float = SHORT
    ) -> None:
        """Begin a section on a new page, or on one filled less than `below`: a word above, the heading, an entry of contents and outline."""
        heading: list[Block] = [self.words(title, HEADING)]
        if eyebrow:
            heading.insert(0, self.words(eyebrow, EYEBROW))
        self.flow.add(
            Stack([*heading, Gap(6)], gap=2),
            before=40,
            keeps=True,
            opens_page=True,
            may_follow=may_follow,
            below=below,
            entry=self.entry(title, 0),
        )

    def heading(
        self, title: str, *, level: int | None = None, in_contents: bool = False, before: float = 20.0
    ) -> None:
        """A heading inside a section; with a `level` it is reached by the outline."""
        entry = None if level is None else self.entry(title, level, in_contents=in_contents)
        self.flow.add(Stack([self.words(title, SUBHEADING), Gap(3)]), before=before, keeps=True, entry=entry)

    def minor_heading(self, title: str, *, before: float = 12.0) -> None:
        """A small heading above a few lines."""
        self.flow.add(self.words(title, MINOR_HEADING), before=before, keeps=True)

    def paragraph(
        self, text: str, style: TextStyle = BODY, *, before: float = 5.0, where: str = "", keeps: bool = False
    ) -> None:
        """A text in the flow, which `keeps` with what follows where it must; nothing for an empty one."""
        if text:
            self.flow.add(self.words(text, style, where=where), before=before, keeps=keeps)

    def lead(self, text: str) -> None:
        """The one sentence a section begins with."""
        self.paragraph(text, LEAD, before=4)

    def quote(self, text: str, *, title: str, where: str, before: float = 10.0) -> None:
        """The author's own words, beside a bar so that they are told apart from what the app says."""
        block = self.quoted(text, title=title, where=where)
        if block is not None:
            self.flow.add(block, before=before)

    def quoted(self, text: str, *, title: str, where: str) -> Block | None:
        """The block of a quote, None for an empty one."""
        if not text.strip():
            return None
        said = Stack([self.words(title, LABEL), self.words(text, BODY, where=where)], gap=2, heads=True)
        return Framed(said, padding=(2, 14), bar=LIGHT.accent)

    def quiet(self, text: str, *, before: float = 5.0, keeps: bool = False) -> None:
        """A remark in small grey; one that introduces something `keeps` with it."""
        self.flow.add(self.words(text, QUIET), before=before, keeps=keeps)

    def facts(
        self, rows: Iterable[tuple[str, str | Block]], *, label_width: float = 104.0, width: float = CONTENT_WIDTH,
        padding: float = 3.0, rule: str | None = LIGHT.line, where: str = "",
    ) -> Table:  # fmt: skip
        """Names on the left, what they are on the right; rows without a value are left out."""
        made = [
            Row(
                (
                    self.words(name, FACT),
                    self.words(value, CELL, where=f"{where}, {name}" if where else name)
                    if isinstance(value, str)
                    else value,
                ),
                padding=padding,
                rule=rule,
            )
            for name, value in rows
            if not isinstance(value, str) or value.strip()
        ]
        return Table((label_width, width - label_width - 12), made, gutter=12)

    def head_row(self, titles: Sequence[str], *, keeps: bool = True) -> Row:
        """The head of a table."""
        return Row(
            tuple(self.words(title, LABEL) if title else None for title in titles),
            padding=3,
            rule=LIGHT.control_edge,
            keeps=keeps,
        )

    def entry(self, title: str, level: int, *, in_contents: bool = True) -> Entry:
        """A heading that can be reached, under a key of its own."""
        self._keys += 1
        return Entry(title, level, f"place-{self._keys}", in_contents=in_contents)
