"""What the programme is about, as frozen values and pure functions; the standard library only."""
