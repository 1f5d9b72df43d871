"""Table models over frozen rows, updated in place so that the selection survives."""
