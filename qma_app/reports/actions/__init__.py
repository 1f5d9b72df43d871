"""What the papers of findings and actions share: their values, how they are read, and the blocks they are drawn with."""
