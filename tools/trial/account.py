"""A clean user account of the machine, and how commands run as it."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

NAME = "connective-trial"
PATIENCE_S = 15.0
# What a machine tells all its users about the way to the registries.
PASSED = ("PIP_", "UV_", "SSL_", "NODE_EXTRA_", "HTTP", "NO_PROXY", "http", "no_proxy")


class CannotTry(Exception):
    """What is missing on this machine."""


class Wrong(Exception):
    """What ended neither in work nor in one clear line."""


def need(holds: bool, wrong: str) -> None:
    """Wrong unless it holds."""
    if not holds:
        raise Wrong(wrong)


class Account:
    """A user and its home; nothing of the caller's environment but the way to the registries."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.home = Path(pwd.getpwnam(name).pw_dir)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name.startswith(PASSED)}
        own = {"HOME": str(self.home), "USER": self.name, "PATH": os.defpath, "LANG": "C.UTF-8"}
        return {**kept, **own, **more}

    def start(
        self, command: list[str], folder: Path, said: Path, **more: str
    ) -> "subprocess.Popen[bytes]":
        """Begin a command in a session of its own; what it says goes into a file."""
        with said.open("wb") as log:
            return subprocess.Popen(
                command,
                cwd=folder,
                env=self.environment(**more),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.name,
                group=self.name,
                extra_groups=[],
                start_new_session=True,
                umask=0o022,
            )

    def run(self, command: list[str], folder: Path, **more: str) -> None:
        """A command that has to succeed."""
        said = Path("/tmp", f"{NAME}.log")  # noqa: S108
        if self.start(command, folder, said, **more).wait():
            raise Wrong(f"{' '.join(command)}:\n{said.read_text()[-2000:]}")

    def owns(self, path: Path) -> None:
        for each in (path, *path.rglob("*")):
            shutil.chown(each, self.name, self.name)

    def processes(self) -> dict[int, str]:
        """What still runs as this user, by process id."""
        uid, found = pwd.getpwnam(self.name).pw_uid, {}
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and entry.stat().st_uid == uid:
                    words = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
                    found[int(entry.name)] = words.decode(errors="replace")
        return {pid: words for pid, words in found.items() if words}

    def end(self) -> None:
        """End whatever still runs as this user."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            until = time.monotonic() + PATIENCE_S
            for pid in self.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            while self.processes() and time.monotonic() < until:
                time.sleep(0.1)


@contextlib.contextmanager
def account() -> Iterator[Account]:
    """A user who was never here before, gone afterwards with all that is his."""
    if os.geteuid() != 0:
        raise CannotTry("a clean account needs root")
    subprocess.run(["userdel", "--remove", NAME], check=False, capture_output=True)
    subprocess.run(["useradd", "--create-home", NAME], check=True)
    who = Account(NAME)
    try:
        yield who
    finally:
        who.end()
        subprocess.run(["userdel", "--remove", NAME], check=False, capture_output=True)


def interrupt(process: "subprocess.Popen[bytes]", *, within: float) -> float:
    """Ctrl-C, as a terminal gives it to the whole group; gives how long the end took."""
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(within)
    return time.monotonic() - began
