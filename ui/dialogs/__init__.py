"""Questions to the user; each dialog has one class method that asks and gives a value or None."""
