"""The event stream: what webhooks tell, for systems without an address to be called at."""
