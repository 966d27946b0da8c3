"""`make trial`: the first steps of a stranger; see the package."""

import argparse
import sys

from tools.trial import make_run, proxy, service
from tools.trial.account import CannotTry, Wrong

PARTS = {"run": make_run.tried, "proxy": proxy.tried, "service": service.tried}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make trial", description=__doc__)
    parser.add_argument("part", nargs="*", default=[*PARTS], help=f"of: {' '.join(PARTS)}")
    parser.add_argument("--python", default="python3", help="the interpreter of the stranger")
    given = parser.parse_args()
    if strange := set(given.part) - set(PARTS):
        parser.error(f"no such part: {' '.join(strange)}")
    try:
        for part in given.part:
            say(f"{part}:")
            PARTS[part](say, given.python)
    except CannotTry as missing:
        say(f"not tried: {missing}")
        return 1
    except Wrong as wrong:
        say(f"wrong: {wrong}")
        return 1
    say("every case ended in work or in one clear line")
    return 0


if __name__ == "__main__":
    sys.exit(main())
