"""Several server processes on one socket: a dead one is started again, all stop together."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

SOCKET = "_CONNECTIVE_SOCKET"  # not one of the settings
PATIENCE_S = 10.0
TICK_S = 0.1
QUICK_DEATH_S = 5.0
MAX_DELAY_S = 10.0
log = logging.getLogger(__name__)


def is_child() -> bool:
    return SOCKET in os.environ


def given_socket() -> socket.socket | None:
    """The listening socket that the supervisor passed on; none for background work."""
    descriptor = os.environ[SOCKET]
    return socket.socket(fileno=int(descriptor)) if descriptor else None


class Worker:
    """One process of the group, and when it may be started again."""

    def __init__(self, start: Callable[[], "subprocess.Popen[bytes]"]) -> None:
        self._start = start
        self._deaths = 0
        self._not_before = 0.0
        self._began = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def keep_alive(self) -> None:
        """Start the process if it is not there; later after each quick death."""
        present = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            quick = present - self._began < QUICK_DEATH_S
            self._deaths = self._deaths + 1 if quick else 0
            delay = min(2.0**self._deaths - 1, MAX_DELAY_S)
            self._not_before = present + delay
            code = self.process.returncode
            log.error("process %s ended (%s), next in %.0f s", self.process.pid, code, delay)
            self.process = None
        if present >= self._not_before:
            self._began = present
            self.process = self._start()


def run(count: int, *, role: str, listener: socket.socket | None, dsn: str) -> int:
    """Keep `count` processes until a signal; then stop them within ten seconds."""
    stopping = False

    def stop(_: int, __: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    group = [Worker(lambda: _spawn(role, listener, dsn)) for _ in range(count)]
    while not stopping:
        for worker in group:
            worker.keep_alive()
        time.sleep(TICK_S)
    _stop_all([w.process for w in group if w.process is not None])
    return 0


def _spawn(role: str, listener: socket.socket | None, dsn: str) -> "subprocess.Popen[bytes]":
    """A process that ends with this one: its standard input is a pipe from here."""
    passed = () if listener is None else (listener.fileno(),)
    return subprocess.Popen(
        [sys.executable, "-m", "connective.app.cli", "serve", "--role", role, "--workers", "1"],
        stdin=subprocess.PIPE,
        pass_fds=passed,
        env=os.environ | {SOCKET: "".join(map(str, passed)), "CONNECTIVE_DATABASE_URL": dsn},
        start_new_session=True,  # Ctrl-C reaches the supervisor alone, which tells the others
    )


def _stop_all(processes: "list[subprocess.Popen[bytes]]") -> None:
    for process in processes:
        process.terminate()
    until = time.monotonic() + PATIENCE_S
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
