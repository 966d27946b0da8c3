"""Clients of the API, short enough to copy: one in Python, one in TypeScript."""
