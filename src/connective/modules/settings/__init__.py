"""Settings of the instance, the secrets vault and the system's state."""
