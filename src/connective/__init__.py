"""Connective: chatbots, operators and integrations of one company on one database."""
