"""How tests start the unpacked Chromium: arguments for Playwright's `chromium.launch(**...)`."""

import os
import sys
from pathlib import Path
from typing import Any

HOME = Path(sys.prefix) / "chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--no-zygote",
    "--disable-gpu",
    "--font-render-hinting=none",
    "--disable-dev-shm-usage",
]


def launch_options() -> dict[str, Any]:
    """The package brings its own libraries and fonts; the machine's are not asked."""
    libraries = [str(HOME / "lib"), str(HOME), os.environ.get("LD_LIBRARY_PATH", "")]
    return {
        "executable_path": str(HOME / "chromium"),
        "args": ARGUMENTS,
        "env": {
            **os.environ,
            "FONTCONFIG_PATH": str(HOME),
            "LD_LIBRARY_PATH": ":".join(filter(None, libraries)),
        },
    }
