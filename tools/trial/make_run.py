"""`make run` as a stranger meets it: each case ends in work or in one clear line."""

import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from connective.kit.testing.ports import free_port
from tools.bootstrap.places import ROOT
from tools.trial.account import NAME, Account, Wrong, account, interrupt, need

START_S = 900.0
REFUSED_S = 90.0
STOP_S = 20.0
DEMO = {"email": "administrator@demo.example", "password": "demo-shop-2031"}
# Deep, with blanks and letters of another alphabet: a socket's path could not hold it.
DEEP = "Мої проєкти/" + "досить глибока тека/" * 6 + "Connective – проба"
Say = Callable[[str], None]


class Trial:
    """A copy of the sources in somebody's home, and servers that were begun there."""

    def __init__(self, who: Account, place: Path, say: Say, python: str) -> None:
        self._who, self._place, self._say, self._python = who, place, say, python
        self._count = 0

    def begin(self, port: int, **more: str) -> "tuple[subprocess.Popen[bytes], Path]":
        self._count += 1
        said = Path(tempfile.gettempdir(), f"{NAME}-{self._count}.log")
        command = ["make", "run", f"PYTHON={self._python}"]
        settings = {"CONNECTIVE_PORT": str(port), **more}
        return self._who.start(command, self._place, said, **settings), said

    def serves(self, port: int, process: "subprocess.Popen[bytes]", said: Path) -> None:
        """Wait until it is ready, then sign in to the demo as the screen says."""
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + START_S
        while not _answers(f"{url}/readyz"):
            if process.poll() is not None or time.monotonic() > until:
                raise Wrong(f"it does not serve:\n{said.read_text()[-2000:]}")
            time.sleep(0.2)
        asked = urllib.request.Request(  # noqa: S310
            f"{url}/api/v1/auth/login",
            json.dumps(DEMO).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            need("access_token" in json.load(answer), "the demo's login is refused")
        with urllib.request.urlopen(url) as page:
            need(b"<div id=" in page.read(), "there is no web app")

    def refused(self, port: int, words: str, **more: str) -> None:
        """It ends by itself, with one line of ours that has the words."""
        process, said = self.begin(port, **more)
        need(process.wait(REFUSED_S) != 0, "it ended well")
        text = said.read_text()
        lines = [x for x in text.splitlines() if x and not x.startswith(("make", "[set-up]"))]
        need(len(lines) == 1 and words in lines[0], f"not one line with {words!r}:\n{text}")
        self._say(f"  {lines[0]}")

    def stops(self, process: "subprocess.Popen[bytes]", *, last: bool = True) -> None:
        took = interrupt(process, within=STOP_S)
        left = self._who.processes() if last else {}
        need(not left, f"left behind: {left}")
        self._say(f"  stopped in {took:.1f} s")


def tried(say: Say, python: str) -> None:
    """Every case, in an account of its own."""
    with account() as who:
        place = who.home / DEEP
        copied(place)
        who.owns(who.home)
        trial = Trial(who, place, say, python)
        first, second = free_port(), free_port()
        say("two at once in a fresh copy, in a deep folder with blanks and Cyrillic letters")
        one, other = trial.begin(first), trial.begin(second)
        for port, (process, said) in zip((first, second), (one, other), strict=True):
            trial.serves(port, process, said)
        say("  both serve, with one database")
        trial.stops(other[0], last=False)
        say("once more on the port that is taken")
        trial.refused(first, "Address already in use")
        trial.stops(one[0])
        say("a second start")
        began = time.monotonic()
        process, said = trial.begin(first)
        trial.serves(first, process, said)
        say(f"  serves after {time.monotonic() - began:.1f} s")
        trial.stops(process)
        say("without rights to the data folder")
        trial.refused(first, "Permission denied", CONNECTIVE_DATA_DIR="/root/data")
        trial.refused(first, "cannot use", CONNECTIVE_DATA_DIR="/proc/data")
        say("with a variable that does not exist")
        trial.refused(first, "CONNECTIVE_PROT", CONNECTIVE_PROT="1")
        say("in a copy that can only be read, by another user")
        closed = who.home / "closed"
        copied(closed)
        Trial(who, closed, say, python).refused(first, "cannot write")


def copied(place: Path) -> None:
    """The sources as a clone has them, changes that are not committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in listed.stdout.decode().split("\0"):
        source = ROOT / name
        if name and source.is_file():
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def _answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
    except OSError:
        return False
    return True
