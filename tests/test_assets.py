"""What is shipped beside the code is found, readable by screen and paper, and licensed."""

from __future__ import annotations

import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qma_app import assets
from qma_app.errors import NotFound

FONTS = (
    *("DejaVuSans", "DejaVuSans-Bold", "Inter-Bold", "Inter-Italic", "Inter-Medium", "Inter-Regular"),
    *("Inter-SemiBold", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-Regular"),
)


def test_the_shipped_fonts_are_these() -> None:
    assert tuple(path.stem for path in assets.font_paths()) == FONTS


@pytest.mark.parametrize("name", FONTS)
def test_a_font_has_outlines_that_paper_can_embed(name: str) -> None:
    """TrueType outlines and no axes: reportlab reads neither CFF nor variable fonts."""
    font = assets.font_path(name).read_bytes()
    tables = {font[at : at + 4] for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)}
    assert font[:4] == b"\0\1\0\0"
    assert b"glyf" in tables
    assert b"fvar" not in tables


@pytest.mark.parametrize("name", FONTS)
def test_paper_reads_the_font_and_finds_the_letters_of_europe_in_it(name: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFont

    face = TTFont(name, str(assets.font_path(name))).face
    assert [letter for letter in "AzÄßéłŠΩЖ€–·" if ord(letter) not in face.charToGlyph] == []


def test_each_icon_is_drawn_in_one_style_and_takes_the_colour_of_the_text() -> None:
    icons = sorted((assets.resources_folder() / "icons").glob("*.svg"))
    assert len(icons) >= 60
    for icon in icons:
        drawing = ElementTree.parse(icon).getroot()
        look = {name: drawing.get(name) for name in ("viewBox", "stroke", "stroke-width", "fill")}
        wanted = {"viewBox": "0 0 24 24", "stroke": "currentColor", "stroke-width": "2", "fill": "none"}
        assert (icon.stem, look) == (icon.stem, wanted)


def test_an_icon_is_found_by_its_name() -> None:
    assert assets.icon_path("clipboard-check").is_file()


@pytest.mark.parametrize("family", ["DejaVuSans", "Inter", "NotoSans"])
def test_each_font_family_has_its_licence_beside_it(family: str) -> None:
    licence = assets.resources_folder() / "fonts" / f"LICENSE-{family}.txt"
    assert "ermission is hereby granted" in licence.read_text(encoding="utf-8")


def test_the_icons_have_their_licence_beside_them() -> None:
    licence = assets.resources_folder() / "icons" / "LICENSE-lucide.txt"
    assert licence.read_text(encoding="utf-8").startswith("ISC License")


def test_a_missing_part_is_named_with_a_way_out() -> None:
    with pytest.raises(NotFound, match="Comic") as caught:
        assets.font_path("Comic")
    assert caught.value.code == "assets.missing"
    assert "Install" in caught.value.way_out


def test_an_installed_program_finds_its_parts_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel carries them in `_shipped`, which comes before what may lie beside the package."""
    shipped = tmp_path / "qma_app" / "_shipped" / "checklists"
    shipped.mkdir(parents=True)
    (tmp_path / "checklists").mkdir()
    monkeypatch.setattr(assets, "_PACKAGE", tmp_path / "qma_app")
    assert assets.checklists_folder() == shipped
    with pytest.raises(NotFound, match="resources"):
        assets.resources_folder()
