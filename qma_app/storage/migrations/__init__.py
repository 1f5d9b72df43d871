"""Steps that bring the database of an older workspace to today's form; a released step is never edited."""
