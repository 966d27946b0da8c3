"""Messages by template to clients who agreed to get them."""
