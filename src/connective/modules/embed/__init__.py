"""The operator panel inside another system's page."""
