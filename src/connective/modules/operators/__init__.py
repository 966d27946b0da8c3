"""People who answer clients: their statuses, limits and skill groups, and who is there now."""
