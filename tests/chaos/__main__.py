"""The long form: `.venv/bin/python -m tests.chaos --minutes 10 [--seed N]`.

One storm after the other, each from its own seed, until the time is up or something is wrong.
"""

import argparse
import asyncio
import random
import sys
import time

from tests.chaos import storm

LONG = storm.Weather(seconds=40, servers=2, chats=16)


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, help="repeat one storm")
    chosen = parser.parse_args()
    until = time.monotonic() + 60 * chosen.minutes
    while True:
        seed = random.randrange(10**9) if chosen.seed is None else chosen.seed
        sys.stdout.write(f"seed {seed} ...\n")
        sys.stdout.flush()
        sys.stdout.write(asyncio.run(storm.run(LONG, seed)) + "\n")
        if chosen.seed is not None or time.monotonic() > until:
            return 0


if __name__ == "__main__":
    sys.exit(main())
