"""The parts of the Checklists page: what it shows as plain values, and the pieces of its three columns."""
