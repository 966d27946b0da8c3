"""What the module gives and takes, by subject."""
