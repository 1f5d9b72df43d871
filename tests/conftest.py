"""What every test needs before anything is imported: a Qt without a screen, and folders that are not the user's own."""

from __future__ import annotations

import gc
import os

import pytest

# Read once by Qt when it is loaded, so it must stand before any test module imports it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Tests read English wherever they run; those about another language choose it themselves.
os.environ["QMA_LANGUAGE"] = "en"


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: the collector of garbage need not look through them each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _folders_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the settings, workspaces or documents of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
        os.environ[variable] = str(home / variable.removeprefix("XDG_").lower())
