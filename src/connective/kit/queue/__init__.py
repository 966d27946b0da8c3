"""The job queue as rows: put in, counted, read when failed; kit.jobs works them off."""
