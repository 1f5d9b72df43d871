"""The parts of the Findings screen that stand around its table."""
