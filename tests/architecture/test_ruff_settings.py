"""The linter's settings hold what the house rules leave to it."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAULTS = {
    "T201": "print(1)\n",
    "PLC0415": "def late() -> None:\n    import json\n\n    json.dumps(1)\n",
    "DTZ005": "import datetime\n\nNOW = datetime.datetime.now()\n",
    "D100": "X = 1\n",
    "BLE001": "try:\n    X = 1\nexcept Exception:\n    X = 2\n",
    "S324": "import hashlib\n\nX = hashlib.md5(b'')\n",
    "ASYNC251": "import time\n\n\nasync def wait() -> None:\n    time.sleep(1)\n",
}


@pytest.mark.parametrize("code", FAULTS)
def test_ruff_refuses(code: str) -> None:
    docstring = "" if code == "D100" else '"""A sample."""\n\n'
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename"]
    done = subprocess.run(
        [*command, "src/connective/kit/sample.py", "-"],
        cwd=ROOT,
        input=docstring + FAULTS[code],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert code in done.stdout
