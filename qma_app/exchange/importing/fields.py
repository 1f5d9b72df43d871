"""What a column of a list can be, and the words people write above it in English and German."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qma_app.exchange.importing.names import closest, plain
from qma_app.i18n import _


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing a column can hold; `words` are its headings by language, `is_text` whether it may come in several languages."""

    key: str
    title: Callable[[], str]
    words: Mapping[str, tuple[str, ...]]
    is_text: bool = False


FIELDS: Final = (
    Field(
        key="area",
        title=lambda: _("area"),
        words={
            "en": ("area", "department", "section", "domain", "chapter", "category", "module", "function"),
            "de": ("bereich", "abteilung", "kapitel", "hauptgruppe", "modul", "kategorie", "themenfeld"),
        },
        is_text=True,
    ),
    Field(
        key="process",
        title=lambda: _("process"),
        words={
            "en": ("process", "sub process", "subsection", "sub section", "subcategory", "topic", "group", "sub area"),
            "de": ("prozess", "teilprozess", "unterkapitel", "thema", "gruppe", "untergruppe", "unterbereich"),
        },
        is_text=True,
    ),
    Field(
        key="number",
        title=lambda: _("number"),
        words={
            "en": ("number", "no", "nr", "check no", "ref", "id", "item no", "control number", "clause", "item", "#", "isa",
                   "control no", "question no", "ref id", "reference no"),
            "de": ("nummer", "lfd nr", "pos", "frage nr", "kontrollnummer", "punkt nr"),
        },
    ),
    Field(
        key="statement",
        title=lambda: _("statement"),
        words={
            "en": ("statement", "question", "requirement", "checkpoint", "control question", "criterion", "check",
                   "control", "standard", "description of requirement", "audit question", "what to check", "checklist item",
                   "item description", "requirements", "criteria", "description"),
            "de": ("aussage", "frage", "anforderung", "prüfpunkt", "kontrollfrage", "kriterium", "auditfrage",
                   "prüffrage", "forderung", "vorgabe", "fragestellung"),
        },
        is_text=True,
    ),
    Field(
        key="guidance",
        title=lambda: _("guidance"),
        words={
            "en": ("guidance", "hint", "how to check", "what to look at", "what to look for", "explanation", "note", "notes for auditor", "objective", "help",
                   "details", "further information", "interpretation", "requirements must", "requirements should",
                   "additional requirements for high protection needs",
                   "additional requirements for very high protection needs", "audit method"),
            "de": ("hinweis", "hinweise", "erläuterung", "prüfanleitung", "worauf achten", "ziel", "vorgehen", "details",
                   "anforderungen muss", "anforderungen sollte", "zusatzanforderungen bei hohem schutzbedarf",
                   "zusatzanforderungen bei sehr hohem schutzbedarf", "weitere informationen"),
        },
        is_text=True,
    ),
    Field(
        key="evidence",
        title=lambda: _("evidence"),
        words={
            "en": ("evidence", "proof", "typical evidence", "documents", "records", "possible evidence",
                   "examples of evidence", "what to show"),
            "de": ("nachweis", "nachweise", "belege", "dokumente", "mögliche nachweise", "beispiele für nachweise"),
        },
        is_text=True,
    ),
    Field(
        key="failure",
        title=lambda: _("failure"),
        words={
            "en": ("failure", "typical failure", "non conformity", "what goes wrong", "typical finding"),
            "de": ("fehler", "fehlerbild", "typischer fehler", "typische abweichung"),
        },
        is_text=True,
    ),
    Field(
        key="action",
        title=lambda: _("action"),
        words={
            "en": ("action", "measure", "recommended action", "recommendation", "proposed action", "improvement"),
            "de": ("massnahme", "maßnahme", "empfehlung", "empfohlene maßnahme", "verbesserung"),
        },
        is_text=True,
    ),
    Field(
        key="weight",
        title=lambda: _("weight"),
        words={"en": ("weight", "weighting", "importance", "priority"), "de": ("gewicht", "gewichtung", "priorität")},
    ),
    Field(
        key="critical",
        title=lambda: _("critical"),
        words={
            "en": ("critical", "knock out", "ko", "mandatory", "must have", "critical item", "is critical"),
            "de": ("kritisch", "k o", "ko kriterium", "pflicht"),
        },
    ),
    Field(
        key="owner",
        title=lambda: _("owner"),
        words={
            "en": ("owner", "responsible", "role", "responsible person", "process owner",
                   "usual person responsible for process implementation"),
            "de": ("verantwortlich", "zuständig", "rolle", "prozesseigner", "verantwortlicher"),
        },
    ),
    Field(
        key="purpose",
        title=lambda: _("purpose"),
        words={"en": ("purpose", "aim", "goal"), "de": ("zweck", "prozessziel")},
        is_text=True,
    ),
    Field(
        key="remark",
        title=lambda: _("remark"),
        words={
            "en": ("remark", "remarks", "comment for editors", "source", "reference", "reference to other standards", "norm"),
            "de": ("bemerkung", "bemerkungen", "quelle", "verweis", "referenz zu anderen standards"),
        },
    ),
    Field(key="cx", title=lambda: _("impact on customers"), words={"en": ("cx", "customer impact", "impact on customers"), "de": ("kundenwirkung",)}),
    Field(key="ex", title=lambda: _("impact on staff"), words={"en": ("ex", "staff impact", "impact on staff"), "de": ("mitarbeiterwirkung",)}),
    Field(key="profit", title=lambda: _("impact on profit"), words={"en": ("profit", "profit impact", "impact on profit"), "de": ("ertragswirkung",)}),
    Field(
        key="score",
        title=lambda: _("score (left out: it belongs to an assessment)"),
        words={
            "en": ("score", "result", "rating", "points", "answer", "maturity level", "compliant", "yes no", "status",
                   "target maturity level", "finding", "findings", "implementation description", "comment", "comments",
                   "reference documentation", "measures recommendations", "date of assessment", "level", "max score"),
            "de": ("ergebnis", "bewertung", "punkte", "antwort", "reifegrad", "erfüllt", "ja nein", "feststellung",
                   "zielreifegrad", "beschreibung der umsetzung", "kommentar", "referenz dokumentation", "max punkte"),
        },
    ),
)  # fmt: skip
"""Every field; a column of another kind is left out."""

FIELD_KEYS: Final = tuple(field.key for field in FIELDS)
TEXT_FIELDS: Final = frozenset(field.key for field in FIELDS if field.is_text)

LANGUAGES: Final[Mapping[str, str]] = {
    "english": "en", "englisch": "en", "german": "de", "deutsch": "de", "french": "fr", "francais": "fr",
    "français": "fr", "französisch": "fr", "spanish": "es", "español": "es", "espanol": "es", "italian": "it",
    "italiano": "it", "dutch": "nl", "nederlands": "nl", "polish": "pl", "polski": "pl", "portuguese": "pt",
    "português": "pt", "czech": "cs", "čeština": "cs", "turkish": "tr", "türkçe": "tr", "arabic": "ar", "hindi": "hi",
    "chinese": "zh", "swahili": "sw", "russian": "ru", "ukrainian": "uk", "romanian": "ro", "hungarian": "hu",
    "swedish": "sv", "danish": "da", "norwegian": "no", "finnish": "fi", "greek": "el", "japanese": "ja",
    "korean": "ko", "vietnamese": "vi", "indonesian": "id", "bengali": "bn", "amharic": "am", "somali": "so",
}  # fmt: skip
"""Languages as people write their names, with their two letters."""
_CODES: Final = frozenset(LANGUAGES.values())
_SUFFIX: Final = re.compile(
    r"^(.*?)(?:::\s*|:\s*|\s*[\[(]|[_\s-]+)([^\[\]():]+?)(?:\s*\(([A-Za-z]{2})(?:[-_][A-Za-z]+)?\))?[\])]?\s*$"
)
_EXACT: Final = {
    plain(word): (field.key, language)
    for field in FIELDS
    for language, words in field.words.items()
    for word in words
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """What a heading probably means; `certainty` 2 for the very word, 1 for one like it, 0 for none."""

    field: str = ""
    language: str = ""
    certainty: int = 0
    is_language_said: bool = False


def split_language(heading: str) -> tuple[str, str]:
    """`Question (de)`, `label::German (de)`, `name[fr]`, `Frage_DE` or `Question German` parted; the language empty where none is named."""
    found = _SUFFIX.match(heading.strip())
    if not found:
        return heading.strip(), ""
    stem, name, code = found[1].strip(), found[2].strip(), (found[3] or "").lower()
    if code and "::" in heading:
        return stem, code
    folded = name.casefold()
    language = LANGUAGES.get(folded, "") or (
        folded[:2] if re.fullmatch(r"[a-z]{2}(?:[-_][a-z]{2})?", folded) else ""
    )
    if (
        language in _CODES
        and stem
        and (len(name) != 2 or not name.islower() or not re.search(r"\s\w\w$", heading))
    ):
        return stem, code or language
    return heading.strip(), ""


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meant:
    """The field a heading names, or the one it probably does."""
    exact = exact_meaning(heading)
    if exact.field:
        return exact
    stem, language = split_language(heading)
    wanted = plain(stem)
    if wanted and len(wanted) <= 60 and (like := closest(wanted, _EXACT)):
        field, spoken = _EXACT[plain(like)]
        return Meant(field=field, language=language or spoken, certainty=1, is_language_said=bool(language))
    return exact


def exact_meaning(heading: str) -> Meant:
    """The field a heading names in the very words we know; only the language where it names none."""
    if (whole := plain(heading)) in _EXACT:
        return Meant(field=_EXACT[whole][0], language=_EXACT[whole][1], certainty=2)
    stem, language = split_language(heading)
    wanted = plain(stem)
    if not wanted:
        return Meant(field="number", certainty=1) if stem.strip() == "#" else Meant()
    if wanted in _EXACT:
        field, spoken = _EXACT[wanted]
        return Meant(field=field, language=language or spoken, certainty=2, is_language_said=bool(language))
    return Meant(language=language)
