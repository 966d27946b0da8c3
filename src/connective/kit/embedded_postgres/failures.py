"""Why the embedded server did not start, in one line."""

import re
from pathlib import Path

_SAID = re.compile(r"(?:FATAL|PANIC|ERROR|connective):\s+(.*)")


class ServerFailed(Exception):
    """The embedded server cannot serve; the text is one line for the administrator."""


def reason(*logs: Path) -> str:
    """The last complaint found in the given log files, else a hint where to look."""
    for path in logs:
        if path.is_file():
            said = _SAID.findall(path.read_text(errors="replace"))
            if said:
                return str(said[-1]).strip()
    return f"see {logs[0]}"
