"""The pure scenario engine: (program, state, event) -> (state, effects)."""
