"""call_node: other systems start a scenario over HTTP."""
