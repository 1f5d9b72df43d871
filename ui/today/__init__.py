"""The cards of the Today screen."""
