"""The languages a standard is written in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qma_app.content.address import quoted
from qma_app.content.nodes import ListNode, MapNode, Node
from qma_app.content.written import WrittenStandard
from qma_app.errors import Problem
from qma_app.i18n import _

_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
    "za zh zu"
)
ISO_639 = frozenset(_CODES.split())


def codes_exist(standard: WrittenStandard) -> Iterator[Problem]:
    """Each language listed is one that ISO 639 knows."""
    for code, line in standard.node.words("languages"):
        if len(code) == 2 and code not in ISO_639:
            yield standard.problem(
                "language.unknown",
                "languages",
                _("there is no language {code}").format(code=quoted(code)),
                _("write its two letters as in ISO 639, such as en, de or fr"),
                line=line,
            )


def translations_are_there(standard: WrittenStandard) -> Iterator[Problem]:
    """One warning for each file and language: half-done translations miss hundreds of texts."""
    for language in dict.fromkeys(standard.languages[1:]):
        if language not in ISO_639 or language == standard.base:
            continue
        for written in (standard, *standard.areas, *standard.kpi_files):
            count = _Count(base=standard.base, language=language)
            count.look(written.node)
            if count.missing:
                yield written.problem(
                    "language.missing",
                    "",
                    _("{missing} of {texts} texts are missing in `{language}`, the first one here").format(
                        missing=count.missing, texts=count.texts, language=language
                    ),
                    _("translate them; until then people read the text in `{base}`").format(
                        base=standard.base
                    ),
                    is_warning=True,
                    line=count.first_line,
                )


@dataclass(slots=True)
class _Count:
    """Texts of a file, and those without a translation; a text is a group with the base language in it."""

    base: str
    language: str
    texts: int = 0
    missing: int = 0
    first_line: int = 0

    def look(self, node: Node) -> None:
        match node:
            case ListNode():
                for item in node.items:
                    self.look(item)
            case MapNode() if self.base in node.entries:
                self.texts += 1
                if not node.text(self.language):
                    self.missing += 1
                    self.first_line = self.first_line or node.line
            case MapNode():
                for entry in node.entries.values():
                    self.look(entry)
            case _:
                pass
