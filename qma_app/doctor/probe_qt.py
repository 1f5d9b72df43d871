"""Run as a script in a child: loads Qt and creates an application, because Qt ends the process where it cannot.

Prints one line of JSON. Qt is imported by name at run time: nothing that the core imports may know it.
"""

import ctypes
import importlib
import json
import os
import sys
from typing import Any


def main(fonts: list[str]) -> None:
    """Tell the Qt version, the platform it chose and which of `fonts` it cannot read; or which library is missing."""
    try:
        core, gui, widgets = (
            importlib.import_module(f"PySide6.Qt{name}") for name in ("Core", "Gui", "Widgets")
        )
        for name in ("Svg", "PrintSupport", "Network"):
            importlib.import_module(f"PySide6.Qt{name}")
        load_plugin(core)
    except (ImportError, OSError) as problem:
        print(json.dumps({"trouble": str(problem)}))
        return
    application = widgets.QApplication(["qma-coach"])
    unread = [font for font in fonts if gui.QFontDatabase.addApplicationFont(font) < 0]
    found = {"version": core.qVersion(), "platform": application.platformName(), "unread": unread}
    print(json.dumps({"trouble": "", **found}))


def load_plugin(core: Any) -> None:
    """Load what shows windows on Linux: Qt itself blames one library whatever is missing, and aborts."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    name = "wayland" if os.environ.get("WAYLAND_DISPLAY") and not os.environ.get("DISPLAY") else "xcb"
    folder = core.QLibraryInfo.path(core.QLibraryInfo.LibraryPath.PluginsPath)
    ctypes.CDLL(f"{folder}/platforms/libq{name}.so")


if __name__ == "__main__":
    main(sys.argv[1:])
