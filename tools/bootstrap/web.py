"""The web app: its npm packages and its build, both with the Node.js of the wheel."""

import shutil
from pathlib import Path

from tools.bootstrap import say, stamp
from tools.bootstrap.places import STATIC, VENV, WEB, node_environment, npm

INPUT = ("package.json", "package-lock.json", ".npmrc")


def install(folder: Path = WEB) -> None:
    """`npm ci`, once per lock."""
    value = stamp.digest([folder / name for name in INPUT])
    done = folder / "node_modules" / ".stamp"
    if stamp.holds(done, value):
        return
    with say.step(f"npm packages of {folder.name}"):
        say.run(npm("ci", "--no-fund", "--no-audit"), cwd=folder, env=node_environment())
    stamp.put(done, value)


def build() -> None:
    """`npm run build` into the Python package, once per state of the sources."""
    value = stamp.digest(stamp.sources(WEB))
    done = VENV / "stamps" / "web"
    if (STATIC / "index.html").is_file() and stamp.holds(done, value):
        return
    with say.step("the web app"):
        shutil.rmtree(STATIC, ignore_errors=True)
        say.run(npm("run", "build"), cwd=WEB, env=node_environment())
        if not (STATIC / "index.html").is_file():
            raise say.SetUpFailed(f"`npm run build` left no {STATIC.name}/index.html")
    stamp.put(done, value)
