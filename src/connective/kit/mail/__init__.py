"""Outgoing mail: a row in the transaction, sent by a job, kept when there is no mail server."""
