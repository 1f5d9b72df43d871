"""The Evidence view: everything taken in, where it is used, and what may leave the app."""
