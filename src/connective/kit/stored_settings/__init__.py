"""Settings that people change while the instance runs; those of the environment are elsewhere."""
