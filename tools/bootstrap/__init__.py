"""Sets the working copy up with nothing but Python's standard library, each part once."""
