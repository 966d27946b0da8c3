"""What developers run around the product: set-up, checks, reports. Never shipped."""
