"""Run as `python -m qma_app.exchange.importing.child` in a process of its own: parses one file under limits, answers in JSON lines.

Whatever a hostile file does to a parser, it does to this process: it may use little memory and time, and write no file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from qma_app.errors import ImportTrouble
from qma_app.exchange.importing.serving import Message, answer
from qma_app.i18n import set_language

MOST_MEMORY: Final = 1_500 << 20
MOST_SECONDS: Final = 30
TOO_MUCH_MEMORY: Final = 3


def main() -> int:
    """Answer the request on the command line: path, and what is wanted as JSON."""
    path, request = Path(sys.argv[1]), json.loads(sys.argv[2])
    set_language(request["language"])
    limit_this_process()
    try:
        for message in answer(
            path,
            request["sheets"],
            is_first_look=request["is_first_look"],
            is_across=request.get("is_across", False),
        ):
            _say(message)
    except ImportTrouble as trouble:
        _say(["trouble", trouble.code, trouble.message, trouble.way_out, trouble.params])
    except MemoryError:
        return TOO_MUCH_MEMORY
    else:
        _say(["end"])
    sys.stdout.flush()
    return 0


def limit_this_process() -> None:
    """Bound memory and processor time and forbid writing, as far as the system can; Windows has none of it.

    There the parent watches memory and time from outside, see reading.py.
    """
    if sys.platform != "win32":
        import resource

        limits = (
            ("RLIMIT_AS", MOST_MEMORY),
            ("RLIMIT_CPU", MOST_SECONDS),
            ("RLIMIT_FSIZE", 0),
            ("RLIMIT_CORE", 0),
        )
        for name, most in limits:
            kind = getattr(resource, name, None)
            if kind is None:
                continue
            try:
                resource.setrlimit(kind, (most, most))
            except (ValueError, OSError):
                continue  # macOS knows the name of a limit on address space but does not set it


def _say(message: Message) -> None:
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    sys.exit(main())
