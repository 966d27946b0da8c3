"""Build hooks: dependencies come from requirements.in; a wheel holds the web app and its commit."""

import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

STATIC = Path("src/connective/app/static/index.html")
COMMIT = Path("src/connective/commit")


class Dependencies(MetadataHookInterface):
    """Reads the runtime dependencies from the file that the lock is compiled from."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        lines = (Path(self.root) / "requirements.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]


class WebIsBuilt(BuildHookInterface[Any]):
    """Stops a release build that would lack the web app; names the commit that is built."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable" and not (Path(self.root) / STATIC).is_file():
            raise SystemExit(f"{STATIC} is missing: `make build` makes the web app, then the wheel")
        command = ["git", "-C", self.root, "rev-parse", "--short=10", "HEAD"]
        self.named = version != "editable" and (Path(self.root) / ".git").exists()
        if self.named:
            asked = subprocess.run(command, check=True, capture_output=True)
            (Path(self.root) / COMMIT).write_bytes(asked.stdout)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if self.named:
            (Path(self.root) / COMMIT).unlink()
