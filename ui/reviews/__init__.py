"""The management reviews of a programme on the screen: their inputs, what was said, and what was decided."""
