"""The parts of the Reports screen: what to make, the words for it, and what comes after saving."""
