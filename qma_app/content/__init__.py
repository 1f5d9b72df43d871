"""YAML in, an edition out, or every problem of it with its address."""
