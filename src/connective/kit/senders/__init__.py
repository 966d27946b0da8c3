"""Those who carry the delivery ledger out: lanes claimed, calls made, outcomes written."""
