"""QMA Coach without a window: everything a coach or an auditor records, computes and prints."""

__version__ = "0.5.0"
