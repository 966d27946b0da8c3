"""Channel accounts: a bot's connections to the outside."""
