"""The audit on the screen: one panel for each step of its path, from the plan to the certificate."""
