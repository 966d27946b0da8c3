"""The request log: calls from other systems, and requests of scenarios to them."""
