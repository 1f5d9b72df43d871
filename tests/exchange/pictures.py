"""Small pictures in every form a phone or a stranger may send."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

RED, BLUE, WHITE = (200, 30, 30), (30, 30, 200), (255, 255, 255)


def a_picture(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, so that its turning can be seen."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (width // 2, 0, width, height))
    return picture.convert(mode)


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    stream = BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def decoded(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def a_photo(width: int = 60, height: int = 40, **options: Any) -> bytes:
    """A JPEG as a phone makes it."""
    return encoded(a_picture(width, height), quality=95, **options)


def is_red(colour: Any) -> bool:
    return bool(colour[0] > 150 and colour[2] < 90)


def is_blue(colour: Any) -> bool:
    return bool(colour[2] > 150 and colour[0] < 90)
