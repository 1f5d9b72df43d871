"""Finds what is shipped beside the code: the standards, fonts, icons, styles and translations.

A wheel carries them in `qma_app/_shipped`; in a checkout they lie beside the package.
"""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path

from qma_app.errors import NotFound
from qma_app.i18n import _

_PACKAGE = Path(__file__).resolve().parent


def checklists_folder() -> Path:
    """The folder of the shipped standards."""
    return _shipped("checklists")


def resources_folder() -> Path:
    """The folder that holds fonts, icons, styles and translations."""
    return _shipped("resources")


def font_path(name: str) -> Path:
    """A shipped font by its file name without ending: `Inter-SemiBold`."""
    return _existing(resources_folder() / "fonts" / f"{name}.ttf")


def font_paths() -> tuple[Path, ...]:
    """All shipped fonts, by name; each has its licence beside it."""
    return tuple(sorted(_existing(resources_folder() / "fonts").glob("*.ttf"), key=attrgetter("stem")))


def icon_path(name: str) -> Path:
    """A shipped icon, an SVG drawn in `currentColor`, by its name: `clipboard-check`."""
    return _existing(resources_folder() / "icons" / f"{name}.svg")


def style_path(name: str) -> Path:
    """A shipped style sheet of the window by its name."""
    return _existing(resources_folder() / "styles" / f"{name}.qss")


def translations_folder() -> Path:
    """The folder of the compiled translations, one folder a language."""
    return _existing(resources_folder() / "translations")


def _shipped(name: str) -> Path:
    for base in (_PACKAGE / "_shipped", _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise _missing(_PACKAGE.parent / name)


def _existing(path: Path) -> Path:
    if path.exists():
        return path
    raise _missing(path)


def _missing(path: Path) -> NotFound:
    return NotFound(
        _("A part of the program is missing: {path}.").format(path=path),
        code="assets.missing",
        way_out=_("Install the program again; your work is not touched."),
        path=str(path),
    )
