"""Keys of the web app: the instance's, and those that a person has for himself."""
