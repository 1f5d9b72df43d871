"""The words of checkpoints and ratings in the language the coach reads the standard in."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.edition import Checkpoint, Edition, Text
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.wording import outcome_title
from qma_app.i18n import _, ngettext
from qma_app.services.checklist import ChecklistRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Says texts of an edition in `language`; a text that is missing there is said in the base language."""

    edition: Edition
    language: str = "en"

    def of(self, text: Text) -> str:
        """The text on one line or more, never blank while there is any."""
        return text.in_language(self.language, self._base)

    def is_borrowed(self, text: Text) -> bool:
        """Whether the text stands in another language than asked for, and has to be marked."""
        return bool(text.texts) and text.is_missing_in(self.language)

    def marked(self, text: Text) -> str:
        """The text, with its language behind it where it is borrowed."""
        return (
            f"{self.of(text)}\N{NO-BREAK SPACE}[{self.borrowed_mark}]"
            if self.is_borrowed(text)
            else self.of(text)
        )

    @property
    def borrowed_mark(self) -> str:
        """What marks a borrowed text: the code of the language it is in."""
        return self._base.upper()

    @property
    def _base(self) -> str:
        return self.edition.languages[0] if self.edition.languages else "en"

    def step(self, points: int) -> str:
        """What the scale calls these points."""
        return next(
            (self.of(step.title) for step in self.edition.scale if step.points == points), str(points)
        )

    def rating(self, rating: Rating | None) -> str:
        """A rating in a word: `mostly met`, `not applicable`, `not rated`."""
        if rating is None:
            return outcome_title(Outcome.OPEN)
        if rating.outcome is Outcome.RATED and rating.points is not None:
            return self.step(rating.points)
        return outcome_title(rating.outcome)

    def figure(self, rating: Rating | None) -> str:
        """A rating as short as a cell: `8`, `n/a`, `?`, or a dash."""
        if rating is None or rating.outcome is Outcome.OPEN:
            return "–"
        if rating.outcome is Outcome.RATED:
            return str(rating.points)
        return _("n/a") if rating.outcome is Outcome.NOT_APPLICABLE else "?"

    def owner(self, role_id: str) -> str:
        """The title of a role of the edition."""
        return next((self.of(role.title) for role in self.edition.roles if role.id == role_id), role_id)

    def spoken(self, row: ChecklistRow) -> str:
        """A checkpoint for those who listen: number, statement, rating, and what hangs on it."""
        rating = row.rating
        parts = [row.checkpoint.number, self.of(row.checkpoint.statement)]
        if row.is_own_covered:
            parts.append(_("covered until you have rated it in the audit"))
        elif rating is not None and rating.outcome is Outcome.RATED:
            parts.append(_("rated {points}, {word}").format(points=rating.points, word=self.rating(rating)))
        else:
            parts.append(self.rating(rating))
        if rating is not None and rating.reason:
            parts.append(rating.reason)
        if rating is not None and rating.is_as_last_time:
            parts.append(_("as last time"))
        if row.checkpoint.is_critical:
            parts.append(_("critical"))
        if row.findings:
            parts.append(
                ngettext("{count} finding", "{count} findings", len(row.findings)).format(
                    count=len(row.findings)
                )
            )
        if row.evidence_count:
            parts.append(
                ngettext(
                    "{count} photo or document", "{count} photos and documents", row.evidence_count
                ).format(count=row.evidence_count)
            )
        if rating is not None and rating.note:
            parts.append(_("with a note"))
        return ". ".join(part.rstrip(".") for part in parts) + "."

    def facts(self, checkpoint: Checkpoint) -> str:
        """Sample, weight and impact on one line: `Check 10 repair orders · weight 3 · CX ●●● EX ● Profit ●●`."""
        parts = []
        if checkpoint.sample is not None:
            parts.append(
                _("Check {size} {records}").format(
                    size=checkpoint.sample.size, records=self.of(checkpoint.sample.of)
                )
            )
        parts.append(_("weight {weight}").format(weight=checkpoint.weight))
        impact = [
            f"{name} {'●' * strength}"
            for name, strength in (
                (_("CX"), checkpoint.impact.cx),
                (_("EX"), checkpoint.impact.ex),
                (_("Profit"), checkpoint.impact.profit),
            )
            if strength
        ]
        if impact:
            parts.append("\N{NO-BREAK SPACE} ".join(impact))
        return " · ".join(parts)
