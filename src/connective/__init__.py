"""Connective: chatbots, operators and integrations of one company on one database."""

__version__ = "0.1.0"
