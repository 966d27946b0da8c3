"""The delivery log: what went out, how each try ended, and sending it again."""
