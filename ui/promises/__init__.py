"""The promise book on the screen, and whether the principal stands behind the programme."""
