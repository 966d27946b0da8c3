"""Bots: their names, languages and whether they are active."""
