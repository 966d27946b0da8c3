"""Starts server processes fast: imports the product once, then forks for each of them.

Run as `python -m tests.chaos.nursery` with the settings in the environment. A line `PORT` on its
standard input starts a server on that port; the answer is a line with its process id. It ends, and
its servers with it, when its standard input does.
"""

import asyncio
import ctypes
import os
import signal
import sys
from typing import NoReturn

from connective.app import asgi, first_start, serving
from connective.kit import logs
from connective.kit import settings as environment
from connective.kit.settings import Settings
from tests.chaos.switches import Switches

PR_SET_PDEATHSIG = 1
NAMED = "partner.test"
SWITCHES = "switches"


def main() -> None:
    settings = environment.load()
    logs.set_up(settings.log)
    asgi.create_app(settings)  # imports every module
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    if os.fork() == 0:
        asyncio.run(first_start.prepare(settings, settings.database_url))
        sys.stdout.write("prepared\n")
        sys.stdout.flush()
        os._exit(0)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            serve(settings.model_copy(update={"port": int(line)}))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def serve(settings: Settings) -> NoReturn:
    """Be a server until killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    Switches(settings.data_dir / SWITCHES).obey(NAMED)
    code = 1
    try:
        with serving.listen(settings) as listener:
            code = serving.serve(settings, role="all", listener=listener, dsn=settings.database_url)
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
