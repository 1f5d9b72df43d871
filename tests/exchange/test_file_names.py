"""Names that came with files can be shown and used again on any system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.exchange.file_names import LONGEST_NAME, clean_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Reception 1.jpg", "Reception 1.jpg"),
        ("Fuß & Größe – №7.pdf", "Fuß & Größe – №7.pdf"),
        ("Auftra\u0308ge.pdf", "Aufträge.pdf"),
        ("工单.pdf", "工单.pdf"),
        ("family 👨\u200d👩\u200d👧.jpg", "family 👨\u200d👩\u200d👧.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\photo.jpg", "photo.jpg"),
        ("\\\\server\\share\\photo.jpg", "photo.jpg"),
        ("..", "without a name"),
        ("", "without a name"),
        (" . ", "without a name"),
        ("/", "without a name"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("COM¹", "_COM¹"),
        ("aux .jpg", "_aux.jpg"),
        ("console.txt", "console.txt"),
        ("photo.jpg.", "photo.jpg"),
        ("photo.jpg . .", "photo.jpg"),
        ('a<b>:"|?*.jpg', "a_b______.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\ufeffphoto.jpg", "photo.jpg"),
        ("a\x00b\x1bc\x7f.jpg", "abc.jpg"),
        ("a\r\n\tb  c.jpg", "a b c.jpg"),
        ("lone\udcff.jpg", "lone\ufffd.jpg"),
        ("no\ufffe\ufdd0.jpg", "no\ufffd\ufffd.jpg"),
        (".hidden", ".hidden"),
    ],
)
def test_a_name_is_shown_without_what_could_harm(name: str, shown: str) -> None:
    assert clean_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert clean_name("x" * 255 + ".jpeg") == "x" * (LONGEST_NAME - 5) + ".jpeg"
    assert clean_name("x" * 255 + "." + "y" * 50) == "x" * LONGEST_NAME
    assert clean_name("工" * 200 + ".pdf") == "工" * 78 + ".pdf"


@given(st.text(max_size=300))
def test_any_name_is_short_printable_and_stays_what_it_is(name: str) -> None:
    shown = clean_name(name)
    assert 1 <= len(shown) <= LONGEST_NAME
    assert len(shown.encode()) <= 255
    assert not set(shown) & set('/\\<>:"|?*\0\n\u202e')
    assert shown == shown.strip()
    assert not shown.endswith(".")
    assert clean_name(shown) == shown
