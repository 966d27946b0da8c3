"""The product starts with what is in its own lock, not only with that of development."""

import json
import re
import subprocess
import sys
from importlib.metadata import packages_distributions

import pytest

from tools.bootstrap.places import ROOT

# Packages may look for others that they can do without, so those are kept from being found.
IMPORTED = """
import json, sys
from importlib.abc import MetaPathFinder

class Hidden(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"{name} is in no runtime lock", name=name)

hidden = set(json.loads(sys.argv[1]))
sys.meta_path.insert(0, Hidden())
from connective.app import asgi, cli
from connective.kit.settings import Settings
asgi.create_app(Settings())
print(len(sys.modules))
"""


@pytest.mark.proves("P-02", part="locks")
def test_the_server_starts_with_the_packages_of_the_runtime_lock_alone() -> None:
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    ours = {plain(name) for name in locked} | {"connective"}
    hidden = [
        module
        for module, sources in packages_distributions().items()
        if not {plain(source) for source in sources} & ours
    ]
    assert "pytest" in hidden
    assert "sqlalchemy" not in hidden
    command = [sys.executable, "-c", IMPORTED, json.dumps(hidden)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
