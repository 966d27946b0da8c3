"""Requests: conversations that a human leads, from the queue to the close."""
