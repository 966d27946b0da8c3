"""Clients and their contacts in channels."""
