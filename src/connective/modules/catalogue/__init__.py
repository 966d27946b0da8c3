"""The integrations of the instance side by side: what each is for and how it does."""
