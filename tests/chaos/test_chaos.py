"""The short form of the chaos suite; the long one: `make chaos`."""

from tests.chaos import storm

SHORT = storm.Weather(seconds=7, chats=6, kills=(0.7, 2.5), restarts=(3.0, 5.0))
# The same every time; `make chaos` draws others.
SEED = 7


async def test_nothing_taken_is_lost_or_doubled_while_everything_is_killed() -> None:
    await storm.run(SHORT, SEED)
