"""Events of providers that are asked for instead of being sent."""
