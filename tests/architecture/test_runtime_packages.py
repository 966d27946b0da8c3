"""What the product imports is in its own lock, not only in that of development."""

import json
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from tools.bootstrap.places import ROOT

IMPORTED = """
import json, sys
before = {name.partition(".")[0] for name in sys.modules}
from connective.app import asgi, cli
from connective.kit.settings import Settings
asgi.create_app(Settings())
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} - before)))
"""


@pytest.mark.proves("P-02", part="locks")
def test_every_package_that_the_server_imports_is_in_the_runtime_lock() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], check=True, capture_output=True, text=True
    )
    sources = packages_distributions()
    used = {plain(sources[name][0]) for name in json.loads(done.stdout) if name in sources}
    names = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert "sqlalchemy" in used
    assert used - {plain(name) for name in names} - {"connective"} == set()


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
