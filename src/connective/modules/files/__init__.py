"""Stored files and signed links to them."""
