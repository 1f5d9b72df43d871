"""The parts of the settings page: its rows as a list, their controls, and what lies on disk."""
