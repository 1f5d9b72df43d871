"""Seeds as people read and type them."""

from __future__ import annotations

import pytest

from qma_app.domain.seeds import LARGEST_SEED, read_seed, seed_text
from qma_app.errors import RuleBroken


@pytest.mark.parametrize(
    ("seed", "text"), [(0, "0000-00"), (77, "0000-4D"), (0x7F3A19, "7F3A-19"), (LARGEST_SEED, "FFFF-FF")]
)
def test_a_seed_is_printed_in_six_digits_and_read_back(seed: int, text: str) -> None:
    assert seed_text(seed) == text
    assert read_seed(text) == seed
    assert read_seed(str(seed)) == seed


@pytest.mark.parametrize("text", [" 7f3a-19 ", "7F3A19", "7F3A–19", "8337945"])
def test_a_seed_is_read_however_it_is_typed(text: str) -> None:
    assert read_seed(text) == 0x7F3A19


@pytest.mark.parametrize("text", ["", "seven", "-1", "7F3A-1", "1.5", "16777216", "1F3A7-F19", "9" * 5_000])
def test_what_is_no_seed_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, check=lambda error: error.code == "sample.seed"):
        read_seed(text)
