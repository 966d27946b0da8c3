"""Idempotency-Key: the answer to a POST is kept a day, in the very transaction of its work."""
