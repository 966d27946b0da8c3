"""What commands write: answers to stdout, progress to stderr."""

import sys


def say(line: str = "") -> None:
    """A line of the command's answer."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def note(line: str) -> None:
    """A line about progress, beside the answer."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
