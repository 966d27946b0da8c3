"""Technique without domain: what every module stands on."""
