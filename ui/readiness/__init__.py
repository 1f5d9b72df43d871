"""Ready if audited today on the screen: the result to expect, what stands in the way, and what to do about it."""
