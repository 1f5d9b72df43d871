"""What the papers around an audit (plan, wrap-up, summary) share: reading its records, and what is said the same way."""
