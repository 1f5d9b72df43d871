"""The visits of a programme: prepared, held with a clock, closed with what was agreed and a signature."""
