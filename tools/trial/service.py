"""`deploy/service.sh` from the first command to the last; systemd alone is played.

It makes the system user of a real installation, so it is not tried beside one.
"""

import json
import os
import pwd
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tools.bootstrap.places import BIN, ROOT
from tools.trial.account import Account, CannotTry, Wrong, need

Say = Callable[[str], None]
USER = "connective"
URL = "http://127.0.0.1:8080"
SCRIPT = ROOT / "deploy" / "service.sh"
BACK_S = 60.0
# Starts and stops what the unit's file says, as its user, with what it is told.
SYSTEMCTL = """#!/bin/sh
unit=$ETC/systemd/system/connective.service pid=$ETC/pid
of() { sed -n "s/^$1=//p" "$unit"; }
case "$*" in
"enable --now connective" | "start connective")
    set -a; . "$(of EnvironmentFile)"; set +a
    setsid runuser -u "$(of User)" -- $(of ExecStart) >"$ETC/said" 2>&1 & echo $! >"$pid" ;;
"disable --now connective" | "stop connective")
    kill "$(cat "$pid")"; while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.1; done ;;
esac
"""


class Machine:
    """Places of its own, and the script that is tried in them."""

    def __init__(self, folder: Path, python: str) -> None:
        self.prefix, self.data, self.etc = folder / "opt", folder / "data", folder / "etc"
        programs = folder / "bin"
        for place in (self.etc / "systemd" / "system", programs):
            place.mkdir(parents=True)
        (programs / "systemctl").write_text(SYSTEMCTL)
        (programs / "systemctl").chmod(0o755)
        folder.chmod(0o755)
        places = {"PREFIX": self.prefix, "DATA": self.data, "ETC": self.etc}
        self._environment = os.environ | {name: str(place) for name, place in places.items()}
        self._environment |= {"URL": URL, "ADMIN": "ann@example.com", "PYTHON": python}
        self._environment["PATH"] = f"{programs}:{os.environ['PATH']}"

    def service(self, *arguments: str | Path) -> str:
        """What the script says."""
        command = ["sh", str(SCRIPT), *map(str, arguments)]
        done = subprocess.run(
            command, env=self._environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise Wrong(f"{' '.join(command)}:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
        return done.stdout


def tried(say: Say, python: str) -> None:
    """Installed, upgraded, removed; everything in a folder that goes away."""
    if os.geteuid() != 0:
        raise CannotTry("a service is set up by root")
    if _exists() or _ready():
        raise CannotTry("there is a service, or something at its port, already")
    with tempfile.TemporaryDirectory() as name:
        wheel, machine = _built(Path(name)), Machine(Path(name), python)
        try:
            _lived(say, machine, wheel)
        finally:
            if _exists():
                Account(USER).end()
                subprocess.run(["userdel", USER], check=True)


def _built(folder: Path) -> Path:
    command = ["build", "--no-build-isolation", "--wheel", "--out-dir"]
    subprocess.run(
        [BIN / "uv", *command, folder / "dist"], cwd=ROOT, check=True, capture_output=True
    )
    return next((folder / "dist").glob("*.whl"))


def _lived(say: Say, machine: Machine, wheel: Path) -> None:
    told = machine.service("install", wheel)
    need(f"{URL}/" in told, f"no link for the first administrator:\n{told}")
    _serves(machine)
    say("  installed: it serves, and has a link for the first administrator")
    told = machine.service("upgrade", wheel)
    _serves(machine)
    need(len([*machine.data.glob("before-upgrade-*.bak")]) == 1, "no backup before the upgrade")
    say("  upgraded: backed up before, checked after")
    machine.service("remove")
    need(not _ready() and not machine.prefix.exists(), "it is still there")
    need(machine.data.is_dir(), "its data went with it")
    machine.service("install", wheel)
    _serves(machine)
    machine.service("remove", "--with-data")
    need(not machine.data.exists() and not _exists(), "something was left behind")
    say("  removed: the data stays until it is named, then nothing is left")


def _serves(machine: Machine) -> None:
    until = time.monotonic() + BACK_S
    while not _ready():
        if time.monotonic() > until:
            raise Wrong(f"it does not serve:\n{(machine.etc / 'said').read_text()[-2000:]}")
        time.sleep(0.2)
    with urllib.request.urlopen(URL) as page:
        need(b"<div id=" in page.read(), "there is no web app")


def _ready() -> bool:
    try:
        with urllib.request.urlopen(f"{URL}/readyz") as answer:  # noqa: S310 - our own
            return bool(json.load(answer))
    except (OSError, ValueError):
        return False


def _exists() -> bool:
    return USER in {entry.pw_name for entry in pwd.getpwall()}
