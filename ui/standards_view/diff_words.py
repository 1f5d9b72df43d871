"""Says in words what became of a checkpoint and what differs in it."""

from __future__ import annotations

from qma_app.domain.change_words import field_title
from qma_app.domain.edition import Checkpoint, Text
from qma_app.i18n import _
from ui.standards_view.tongue import impact_words, staff_words


def spoken_change(before: Checkpoint, after: Checkpoint, field: str, language: str) -> tuple[str, str]:
    """One field as it was and as it is; empty for the statement and number, which stand above, where they are read anyway."""
    then, now = _said(before, field), _said(after, field)
    if isinstance(then, str) or isinstance(now, str):
        return (f"{field_title(field)}: {then}", f"{field_title(field)}: {now}") if then else ("", "")
    languages = dict.fromkeys((language, *then.texts, *now.texts))
    told = next((one for one in languages if then.texts.get(one) != now.texts.get(one)), language)
    if field == "statement" and told == language:
        return "", ""
    name = field_title(field) if told == language else f"{field_title(field)} [{told.upper()}]"
    return f"{name}: {then.texts.get(told) or '–'}", f"{name}: {now.texts.get(told) or '–'}"


def _said(point: Checkpoint, field: str) -> Text | str:
    """A field as text in its languages, or in words that are the same in each."""
    match field:
        case "statement" | "guidance" | "evidence" | "failure":
            text: Text = getattr(point, field)
            return text
        case "actions":
            languages = {code for action in point.actions for code in action.texts}
            return Text(
                texts={
                    code: " / ".join(action.texts.get(code, "–") for action in point.actions)
                    for code in sorted(languages)
                }
            )
        case "weight":
            return str(point.weight)
        case "critical":
            return _("yes") if point.is_critical else _("no")
        case "sample":
            if point.sample is None:
                return Text()
            size = point.sample.size
            return Text(texts={code: f"{size} {words}" for code, words in point.sample.of.texts.items()})
        case "when":
            return ", ".join((*point.when, *map(staff_words, point.when_staff))) or _("always")
        case "impact":
            return impact_words(point)
        case "clauses" | "kpis":
            listed: tuple[str, ...] = getattr(point, field)
            return ", ".join(listed) or "–"
    return ""
