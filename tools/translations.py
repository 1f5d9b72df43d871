"""Keeps the catalogues of translations in step with the source: `python tools/translations.py update`, then `check`.

`update` extracts every text, keeps what is translated, and compiles; `check` names what is missing or does not fit. Translations are
written into the .po file, or all at once: `missing de > new.json`, fill the file in, `fill de new.json`. A text that was
only reworded keeps its translation marked as fuzzy: it is not spoken until somebody has read it and taken the mark away.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import io
import itertools
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("qma_app", "ui")
TRANSLATIONS = ROOT / "resources" / "translations"
DOMAIN = "qma"
KEYWORDS = {"_": 1, "ngettext": 2}
"""The calls that hold a text, and how many of their first arguments are it."""
PLURAL_FORMS = {"de": "nplurals=2; plural=(n != 1);"}
CLOSE = 0.8
"""From this likeness on, a text that went and one that came are taken for the same one reworded."""
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sr]|%[sr]")

Id = str | tuple[str, str]


class QuietCatalog(Catalog):
    """A catalogue whose head names neither days nor people, so that only words make a difference."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What gettext needs to read the file, and no more."""
        code = str(self.locale_identifier)
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Language", code),
            ("Plural-Forms", PLURAL_FORMS[code]),
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing wrong with a translation."""

    text: str
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {self.text!r}"


def po_file(code: str) -> Path:
    """The translations of a language as people edit them."""
    return TRANSLATIONS / code / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_file(code: str) -> Path:
    """The translations of a language as the program reads them."""
    return po_file(code).with_suffix(".mo")


def languages() -> list[str]:
    """Every language there is a catalogue of."""
    return sorted(path.parent.parent.name for path in TRANSLATIONS.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def extracted() -> dict[Id, list[str]]:
    """Every text of the source with the files it stands in; to gettext a text and its plural are one entry under the singular."""
    found: dict[str, tuple[Id, list[str]]] = {}
    for path in _source_files():
        name = path.relative_to(ROOT).as_posix()
        for _line, texts in _calls(path):
            if not all(texts):
                continue
            id: Id = texts[0] if len(texts) == 1 else (texts[0], texts[1])
            known, files = found.get(_single(id), (id, []))
            found[_single(id)] = (id if isinstance(known, str) else known, files)
            if name not in files:
                files.append(name)
    return dict(found.values())


def unseen_texts() -> list[str]:
    """Calls whose text extraction cannot see, because it is put together or kept in a name."""
    unseen = []
    for path in _source_files():
        name = path.relative_to(ROOT).as_posix()
        unseen += [f"{name}:{line}" for line, texts in _calls(path) if not all(texts)]
    return unseen


def update(code: str) -> None:
    """Bring the catalogue of a language in step with the source, and compile it."""
    texts = extracted()
    catalogue = QuietCatalog(locale=code)
    known = {_single(id): message for id, message in _known(code).items()}
    kept = {_single(id) for id in texts}
    gone = {single: message for single, message in known.items() if single not in kept}
    for id, files in texts.items():
        message = known.get(_single(id))
        if message is not None and isinstance(message.id, str) != isinstance(id, str):
            message = None  # it has a plural now, or none any more: there is a form to be written
        flags: set[str] = set(message.flags) if message is not None else set()
        if message is None:
            message = _reworded(id, gone)
            flags = {"fuzzy"} if message is not None else set()
        words = message.string if message is not None else None
        catalogue.add(id, words, locations=[(file, 0) for file in files], flags=flags & {"fuzzy"})
    _write(code, catalogue)


def compiled(code: str) -> bytes:
    """What the .mo file of a language has to hold."""
    catalogue = QuietCatalog(locale=code)
    for id, message in _known(code).items():
        catalogue.add(id, message.string, flags=message.flags)
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def missing(code: str) -> dict[str, str | list[str]]:
    """What is still to be said in a language, as `fill` takes it back; a text with a plural has two forms."""
    return {
        _single(id): "" if isinstance(id, str) else ["", ""]
        for id, message in _known(code).items()
        if set(_unfit(id, message)) & {"missing", "fuzzy"}
    }


def fill(code: str, words: Mapping[str, str | Sequence[str]]) -> None:
    """Write translations into the catalogue, by their English text (the singular where there are two forms)."""
    catalogue = QuietCatalog(locale=code)
    for id, message in _known(code).items():
        said = words.get(_single(id)) or None
        flags = set() if said else message.flags & {"fuzzy"}
        said = said if isinstance(said, str | None) else tuple(said)
        catalogue.add(id, said or message.string, locations=message.locations, flags=flags)
    _write(code, catalogue)


def faults(code: str) -> list[Fault]:
    """Everything that is missing, left over or does not fit, in the order of the texts."""
    known, texts = _known(code), extracted()
    found = [Fault(text=_key(id), what="missing") for id in texts if id not in known]
    found += [Fault(text=_key(id), what="no longer used") for id in known if id not in texts]
    for id, message in known.items():
        found += [Fault(text=_key(id), what=what) for what in _unfit(id, message)]
    if not mo_file(code).is_file() or mo_file(code).read_bytes() != compiled(code):
        found.append(Fault(text=mo_file(code).name, what="not compiled"))
    return sorted(found, key=lambda fault: (fault.what, fault.text))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one job; `check` ends with 1 when it finds something."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    jobs = parser.add_subparsers(dest="job", required=True)
    for name in ("update", "check"):
        jobs.add_parser(name).add_argument("codes", nargs="*", help="languages; all there are if left out")
    jobs.add_parser("missing").add_argument("code")
    filling = jobs.add_parser("fill")
    filling.add_argument("code")
    filling.add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    if chosen.job == "missing":
        sys.stdout.write(json.dumps(missing(chosen.code), ensure_ascii=False, indent=1) + "\n")
        return 0
    if chosen.job == "fill":
        fill(chosen.code, json.loads(chosen.file.read_text(encoding="utf-8")))
    codes = [chosen.code] if chosen.job == "fill" else chosen.codes or languages()
    lines = [f"{place}: text that extraction cannot see" for place in unseen_texts()]
    for code in codes:
        if chosen.job == "update":
            update(code)
        lines += [f"{code}: {fault}" for fault in faults(code)]
        sys.stdout.write(f"{code}: {len(_known(code))} texts\n")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 1 if lines and chosen.job == "check" else 0


def _source_files() -> Iterator[Path]:
    for folder in SOURCES:
        yield from sorted((ROOT / folder).rglob("*.py"))


def _calls(path: Path) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Each call with its line and its texts, those within f-strings too; "" for one that is put together or kept in a name."""
    return _calls_in(path.read_text(encoding="utf-8"))


@cache
def _calls_in(source: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Kept, as several jobs ask the same source."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            texts = node.args[: KEYWORDS[node.func.id]]
            found.append((node.lineno, tuple(_constant(text) for text in texts)))
    return tuple(found)


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _write(code: str, catalogue: QuietCatalog) -> None:
    po_file(code).parent.mkdir(parents=True, exist_ok=True)
    po_file(code).write_bytes(_po_bytes(catalogue))
    mo_file(code).write_bytes(compiled(code))


def _known(code: str) -> dict[Id, Message]:
    if not po_file(code).is_file():
        return {}
    with po_file(code).open("rb") as file:
        catalogue = read_po(file, locale=code)
    return {_id(message): message for message in catalogue if message.id}


def _id(message: Message) -> Id:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _key(id: Id) -> str:
    return id if isinstance(id, str) else id[1]


def _single(id: Id) -> str:
    return id if isinstance(id, str) else id[0]


def _reworded(id: Id, gone: dict[str, Message]) -> Message | None:
    """The translation of the text this one was before it was reworded; given once."""
    close = difflib.get_close_matches(_single(id), gone, n=1, cutoff=CLOSE)
    if not close or isinstance(id, str) != isinstance(gone[close[0]].id, str):
        return None
    return gone.pop(close[0])


def _po_bytes(catalogue: QuietCatalog) -> bytes:
    head = "".join(f'"{name}: {value}\\n"\n' for name, value in catalogue.mime_headers)
    out = io.BytesIO()
    write_po(out, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return f'msgid ""\nmsgstr ""\n{head}\n'.encode() + out.getvalue()


def _unfit(id: Id, message: Message) -> Iterator[str]:
    words = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if message.fuzzy:
        yield "fuzzy"
    if not words or not all(words):
        yield "missing"
        return
    for source, translated in zip((id,) if isinstance(id, str) else id, words, strict=True):
        if _fields(source) != _fields(translated):
            yield "other placeholders"
        if _edges(source) != _edges(translated):
            yield "other spaces or lines"
        if _mnemonics(source) != _mnemonics(translated):
            yield "other mnemonics"
        if source.endswith("…") != translated.endswith("…"):
            yield "other ending"


def _fields(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def _edges(text: str) -> tuple[str, str, int]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], text.count("\n")


def _mnemonics(text: str) -> int:
    return sum(a == "&" and b.isalnum() for a, b in itertools.pairwise(text))


if __name__ == "__main__":
    sys.exit(main())
