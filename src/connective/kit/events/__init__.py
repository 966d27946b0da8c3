"""The event log: append only, read in order by listeners, sockets and webhooks."""
