"""Seeded chance: each actor of a run has dice of its own, so that a seed says what it did."""

from random import Random


class Dice(Random):
    """Randomness with a name."""

    def of(self, name: str) -> "Dice":
        """Dice for one actor, the same for the same seed and name."""
        return Dice(f"{self.getstate()[1][1]}:{name}")

    def chance(self, of: float) -> bool:
        return self.random() < of
