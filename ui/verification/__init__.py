"""Checking the effect of an action or a finding: what is checked, four ways to do it, and what comes out."""
