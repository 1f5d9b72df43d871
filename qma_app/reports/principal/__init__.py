"""What the papers for the principal and for the next coach are made of."""
