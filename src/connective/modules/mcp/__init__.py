"""The Model Context Protocol: reads, actions and offered scenarios as tools of AI agents."""
