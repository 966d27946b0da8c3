"""The same done to many requests in one call."""
