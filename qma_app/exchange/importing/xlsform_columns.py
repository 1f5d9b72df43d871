"""The columns of the sheets of an XLSForm, with their other names, their languages, and misspelt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from qma_app.exchange.importing.fields import LANGUAGES
from qma_app.exchange.importing.names import closest, plain
from qma_app.exchange.importing.tables import Row

_TEXTS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
_STEERING: Final = (
    "required_message", "appearance", "default", "calculation", "read_only", "choice_filter", "parameters", "trigger",
    "repeat_count", "image", "audio", "video", "big_image", "autoplay", "rows", "body", "bind", "instance", "note",
    "disabled", "save_to",
)  # fmt: skip
SURVEY: Final = (
    "type", "name", "label", "hint", "guidance_hint", "required", "relevant", "constraint", "constraint_message",
    *_STEERING,
)  # fmt: skip
CHOICES: Final = ("list_name", "name", "label", "image", "audio", "video", "big_image", "media")
SETTINGS: Final = (
    "form_title", "form_id", "version", "default_language", "public_key", "submission_url", "style", "instance_name",
    "allow_choice_duplicates", "auto_send", "auto_delete", "title", "id_string",
)  # fmt: skip
_ALIASES: Final = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "skip_logic": "relevant",
    "constraining_message": "constraint_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "count": "repeat_count",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
    "title": "form_title",
    "id_string": "form_id",
    "list": "list_name",
}
_PARTS: Final = re.compile(r"::|(?<=^label):|(?<=^hint):", re.IGNORECASE)
_CODE: Final = re.compile(r"\(([A-Za-z]{2,3})(?:[-_][A-Za-z]+)?\)\s*$")


@dataclass(frozen=True, kw_only=True, slots=True)
class FormColumn:
    """What a column holds; `unknown_language` is a language named by a word that says nothing to us."""

    key: str
    language: str = ""
    unknown_language: str = ""
    is_guessed: bool = False

    @property
    def is_steering(self) -> bool:
        return self.key in _STEERING

    def language_of_name(self, name: str) -> str:
        """The two letters of `French (fr)`, `French` or `fr`; English where it is none of them."""
        return _language(name) or "en"


def read_columns(row: Row, known: tuple[str, ...]) -> dict[int, FormColumn]:
    """The columns that are known, or like one that is; a second of the same meaning is none."""
    columns: dict[int, FormColumn] = {}
    seen: set[tuple[str, str, str]] = set()
    for cell in row.own_cells():
        column = _column(cell.text, known)
        if column is None:
            continue
        key = (column.key, column.language, column.unknown_language)
        if key not in seen or column.is_steering:
            seen.add(key)
            columns[cell.column] = column
    return columns


def _column(heading: str, known: tuple[str, ...]) -> FormColumn | None:
    parts = [part.strip() for part in _PARTS.split(heading.strip())]
    if parts[0].lower() in ("media", "bind", "body", "instance", "control") and len(parts) > 1:
        return FormColumn(key="instance") if "instance" in known else FormColumn(key="media")
    stem = plain(parts[0]).replace(" ", "_")
    stem = _ALIASES.get(stem, stem)
    is_guessed = stem not in known
    if is_guessed:
        stem = closest(stem, known).replace(" ", "_")
        if not stem:
            return None
    if stem not in _TEXTS or len(parts) == 1:
        return FormColumn(key=stem, is_guessed=is_guessed)
    language = _language(parts[1])
    return FormColumn(
        key=stem, language=language, unknown_language="" if language else parts[1], is_guessed=is_guessed
    )


def _language(name: str) -> str:
    if found := _CODE.search(name):
        return found[1][:2].lower()
    word = name.strip().casefold()
    return LANGUAGES.get(word, "") or (word if re.fullmatch("[a-z]{2}", word) else "")
