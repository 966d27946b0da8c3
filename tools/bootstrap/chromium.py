"""The browser of the tests: Chromium from its npm package, unpacked into the environment."""

import shutil
import tarfile
from pathlib import Path

from tools.bootstrap import say, stamp, web
from tools.bootstrap.places import CHROMIUM, ROOT, node_environment, node_home

HERE = ROOT / "tools" / "chromium"
PACKED = HERE / "node_modules" / "@sparticuz" / "chromium" / "bin"
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def unpack() -> None:
    """The package's own unpacking goes to a shared place and leaves libraries out."""
    web.install(HERE)
    value = stamp.digest([HERE / "package-lock.json", Path(__file__)])
    if stamp.holds(CHROMIUM / "stamp", value):
        return
    with say.step("Chromium"):
        shutil.rmtree(CHROMIUM, ignore_errors=True)
        CHROMIUM.mkdir(parents=True)
        _unbrotli("chromium.br", CHROMIUM / "chromium")
        (CHROMIUM / "chromium").chmod(0o755)
        for name in ("al2023", "swiftshader", "fonts"):
            archive = CHROMIUM / f"{name}.tar"
            _unbrotli(f"{name}.tar.br", archive)
            with tarfile.open(archive) as packed:
                packed.extractall(CHROMIUM, filter="data")
            archive.unlink()
        fonts = FONTS.format(fonts=CHROMIUM / "fonts", cache=CHROMIUM / "cache")
        (CHROMIUM / "fonts.conf").write_text(fonts)
    stamp.put(CHROMIUM / "stamp", value)


def _unbrotli(name: str, to: Path) -> None:
    node = node_home() / "bin" / "node"
    command = [node, HERE / "unbrotli.mjs", PACKED / name, to]
    say.run(command, cwd=HERE, env=node_environment())
