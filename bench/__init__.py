"""Measurements of the whole and of its parts: `python -m bench`."""
