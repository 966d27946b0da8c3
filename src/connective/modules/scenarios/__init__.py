"""Scenario documents: draft, check, versions."""
