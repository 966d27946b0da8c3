"""Python packages: uv by a hashed lock of its own, all others by uv, or by pip without it."""

import ast
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.bootstrap import say, stamp
from tools.bootstrap.places import BIN, PYTHON, ROOT, VENV

STAMPS = VENV / "stamps"
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input")
UV_BY_PIP = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
}


def bring_uv() -> None:
    """A machine where uv is refused goes on with pip, only slower."""
    lock = ROOT / "requirements-bootstrap.lock"
    value = stamp.digest([lock])
    if stamp.holds(STAMPS / lock.name, value):
        return
    with say.step("uv"):
        try:
            say.run([*PIP, "install", "--require-hashes", "-r", lock], cwd=ROOT)
        except say.SetUpFailed:
            say.line("[set-up] uv cannot be installed here: pip does the rest")
    stamp.put(STAMPS / lock.name, value)


def install(locks: Sequence[str]) -> None:
    """Installs the locks that changed since they were last installed."""
    values = {name: stamp.digest([ROOT / name]) for name in locks}
    stale = [name for name in locks if not stamp.holds(STAMPS / name, values[name])]
    if not stale:
        return
    with say.step(f"Python packages of {', '.join(stale)}"):
        _install(["--require-hashes", *(word for name in stale for word in ("-r", name))])
    for name in stale:
        stamp.put(STAMPS / name, values[name])


def link() -> None:
    """Makes `import connective` and the command `connective` point at the sources."""
    value = stamp.digest(
        [ROOT / name for name in ("pyproject.toml", "hatch_build.py", "requirements.in")]
    )
    if stamp.holds(STAMPS / "link", value):
        return
    with say.step("the package itself"):
        _install(["--no-deps", "--no-build-isolation", "--no-index", "-e", "."])
    stamp.put(STAMPS / "link", value)


def _install(arguments: Sequence[str]) -> None:
    uv = BIN / "uv"
    if uv.exists():
        command: list[str | Path] = [uv, "pip", "install", "--python", PYTHON, *arguments]
        try:
            say.run(command, cwd=ROOT, env=uv_environment(os.environ))
        except say.SetUpFailed:
            say.line("[set-up] uv did not get through: trying pip")
        else:
            return
    say.run([*PIP, "install", *arguments], cwd=ROOT)


def uv_environment(own: Mapping[str, str]) -> dict[str, str]:
    """uv does not read pip's settings, so the index a person set for pip is passed on."""
    listed = subprocess.run([*PIP, "config", "list"], check=False, capture_output=True, text=True)
    passed: dict[str, str] = {}
    for row in listed.stdout.splitlines():
        name, _, value = row.partition("=")
        key = name.rpartition(".")[2]
        if key in UV_BY_PIP:
            passed[UV_BY_PIP[key]] = " ".join(ast.literal_eval(value).split())
    if passed:
        # pip takes the best match of all its indexes; the hashes say which file it may be
        passed["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {**passed, **own}
