"""eSputnik: passes the clients of bots on to the marketing service."""
