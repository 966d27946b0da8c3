"""What ties other systems to Connective: webhooks, call_node, the compat API."""
