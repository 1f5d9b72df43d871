"""The words of signed papers as golden files: what differs from run to run, keys, digests and how many steps typing
was stored in, is replaced by what it is.

`QMA_WRITE_GOLDEN=1 python -m pytest tests/ui/audit/test_audit_walk.py` writes the files anew instead of comparing; read the difference
before you keep it.
"""

from __future__ import annotations

import os
import re
from difflib import unified_diff
from pathlib import Path
from typing import Final

from tests.reports.reading_back import page_texts

FOLDER: Final = Path(__file__).parents[2] / "golden" / "audits"
SWITCH: Final = "QMA_WRITE_GOLDEN"
_CHANGING: Final = (
    (re.compile(r"\bUTC(?:[+\u2212-]\d{1,2}(?::\d{2})?)?"), "<clock>"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "<digest>"),
    (re.compile(r"(?<=Change log) \d+ entries"), " <count> entries"),
    (re.compile(r"(?<=Change log:) \d+ entries"), " <count> entries"),
    (re.compile(r"log head (?:[0-9a-f]{4} ){3}"), "log head <digest> "),
    (re.compile(r"\b(?:[0-9a-f]{4,8}[ \n]){3,15}[0-9a-f]{4,8}\b"), "<digest in groups>"),
)
_ID: Final = re.compile(r"\b(?:id-\d+|[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-)")


def check_paper(name: str, paper: Path) -> None:
    """Fails with the difference of a paper's words to its golden file; or the file is written."""
    path, said = FOLDER / f"{name}.txt", paper_text(paper)
    if os.environ.get(SWITCH):
        FOLDER.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8", newline="\n")
        return
    known = path.read_text(encoding="utf-8") if path.is_file() else ""
    difference = unified_diff(known.splitlines(), said.splitlines(), path.name, "now", lineterm="")
    assert known == said, "\n".join(difference)


def paper_text(paper: Path) -> str:
    """The words of each page, one after the other."""
    pages = page_texts(paper.read_bytes())
    text = "".join(f"=== {number}\n{_steady(words)}\n" for number, words in enumerate(pages, 1))
    assert not _ID.search(text), "a paper names no id"
    return text


def _steady(words: str) -> str:
    for pattern, marker in _CHANGING:
        words = pattern.sub(marker, words)
    return "\n".join(line.rstrip() for line in words.splitlines())
