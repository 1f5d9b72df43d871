"""The people of a dealership, what they answer for, and who is certified to coach and audit."""
