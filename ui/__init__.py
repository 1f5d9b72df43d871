"""The window of QMA Coach: pages over the core's use cases, and nothing that computes."""
