"""Run as a script in a child: opens an encrypted database in memory and searches in it.

Prints one line of JSON. The driver is imported by name at run time: only the storage may know it.
"""

import importlib
import json
from typing import Any


def main() -> None:
    """Tell the versions of the database and of its encryption, and whether full-text search is there."""
    try:
        driver = importlib.import_module("sqlcipher3.dbapi2")
    except ImportError as problem:
        print(json.dumps({"trouble": str(problem)}))
        return
    connection = driver.connect(":memory:")
    found = {
        "sqlite": connection.execute("SELECT sqlite_version()").fetchone()[0],
        "cipher": (connection.execute("PRAGMA cipher_version").fetchone() or [""])[0],
        "search": _searches(driver, connection),
    }
    print(json.dumps({"trouble": "", **found}))


def _searches(driver: Any, connection: Any) -> bool:
    try:
        connection.execute("CREATE VIRTUAL TABLE note USING fts5(text)")
        connection.execute("INSERT INTO note VALUES ('the price is agreed')")
        hits = connection.execute("SELECT count(*) FROM note WHERE note MATCH 'pri*'")
    except driver.OperationalError:
        return False
    return bool(hits.fetchone()[0] == 1)


if __name__ == "__main__":
    main()
