"""Tasks for processes of Corezoid."""
