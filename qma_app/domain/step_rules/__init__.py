"""The rules of the next step, one module a subject; `next_step` puts them in their order."""
