"""People and keys: users, roles, sign-in, sessions, API keys."""
