"""The whole standard in two languages: loading and checking its files, and opening it from a workspace.

    python benchmarks/standard.py [ROUNDS]

Loading and checking are set against PyYAML's CSafeLoader reading the same files into plain lists and dictionaries, opening
against the json module decoding the stored text.
"""

from __future__ import annotations

import json
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import yaml
from measure import interleaved, median, say

from qma_app.content.loader import check_edition, load_edition
from qma_app.domain.edition import Edition
from qma_app.domain.edition_json import edition_to_json
from qma_app.services.dealerships import keep_edition
from qma_app.services.standards import newest_shipped_edition, newest_shipped_folder
from qma_app.services.workspace import create_workspace

LOAD, CHECK, OPEN = 3.0, 8.0, 5.0


def main(rounds: int) -> bool:
    folder = newest_shipped_folder()
    files = [path.read_bytes() for path in sorted(folder.rglob("*.yaml"))]

    def bare() -> list[object]:
        return [yaml.load(content, yaml.CSafeLoader) for content in files]

    loaded, floor = interleaved(lambda: load_edition(folder), bare, rounds=rounds)
    held = [say("load the standard / bare CSafeLoader", median(loaded) / median(floor), LOAD)]
    checked, floor = interleaved(lambda: check_edition(folder), bare, rounds=rounds)
    held.append(say("check the standard / bare CSafeLoader", median(checked) / median(floor), CHECK))
    with tempfile.TemporaryDirectory() as base, closing(create_workspace(Path(base, "w"))) as workspace:
        key = keep_edition(workspace)
        text = edition_to_json(newest_shipped_edition())

        def opened() -> Edition:
            workspace.store.forget_edition(key)
            with workspace.reading() as reader:
                return reader.edition(key)

        decoded, from_database = interleaved(lambda: json.loads(text), opened, rounds=rounds * 3)
        held.append(
            say(
                "open the edition from the database / json.loads",
                median(from_database) / median(decoded),
                OPEN,
            )
        )
    return all(held)


if __name__ == "__main__":
    sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 7) else 1)
