"""The clock of a test: stands still until the test moves it."""

from datetime import UTC, datetime

from connective.kit import clock

# a Monday morning
START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class MovingClock:
    """Moves `kit.clock` for the whole process."""

    def __init__(self) -> None:
        clock.freeze(START)

    def now(self) -> datetime:
        return clock.now()

    def advance(self, seconds: float) -> datetime:
        clock.advance(seconds)
        return clock.now()

    def freeze(self, moment: datetime) -> None:
        clock.freeze(moment)

    def run(self) -> None:
        """Let real time flow again."""
        clock.reset()
