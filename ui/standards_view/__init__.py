"""The parts of the Standards screen."""
