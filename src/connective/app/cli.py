"""`connective`: the one command line. Exit codes: 0 done, 1 failed, 2 wrong usage."""

import argparse
import sys
from collections.abc import Sequence

from connective.app.commands import channel_kit, data, insight, people, replay, serve, stand_in
from connective.app.failures import CommandFailed
from connective.app.terminal import note
from connective.kit.embedded_postgres import DumpFailed, ServerFailed, TooOld
from connective.kit.settings import BadSettings

GROUPS = (serve, people, data, insight, replay, stand_in, channel_kit)
_EXPECTED = (CommandFailed, BadSettings, ServerFailed, DumpFailed, TooOld)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; an expected failure is one line on stderr."""
    parser = argparse.ArgumentParser(prog="connective", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add(commands)
    chosen = parser.parse_args(arguments)
    try:
        return chosen.run(chosen) or 0
    except _EXPECTED as failure:
        note(f"connective: {failure}")
        return 1
    except KeyboardInterrupt:
        return 1


if __name__ == "__main__":
    sys.exit(main())
