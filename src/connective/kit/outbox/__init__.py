"""The delivery ledger: whatever leaves is a row here first, sent in order per lane, retried."""
