"""Words that somebody has begun and not sent: the same on every device he works at."""
