"""The right side of the panel, as the instance has it for whoever chose nothing himself."""
