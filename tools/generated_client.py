"""`make api`: the web app's API types, written from the OpenAPI document; `--check` compares."""

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.bootstrap.places import BIN, WEB, node_environment, node_home

TYPES = WEB / "src" / "api" / "schema.d.ts"
GENERATOR = WEB / "node_modules" / "openapi-typescript" / "bin" / "cli.js"


def generated() -> str:
    """The types as the server's routes ask for them now."""
    document = subprocess.run([BIN / "connective", "openapi"], check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:
        source, types = Path(folder, "openapi.json"), Path(folder, "schema.d.ts")
        source.write_bytes(document.stdout)
        words = [node_home() / "bin" / "node", GENERATOR, source, "--output", types]
        subprocess.run(
            [str(word) for word in words],
            cwd=WEB,
            env=node_environment(),
            check=True,
            capture_output=True,
        )
        return types.read_text("utf-8")


def main(arguments: list[str]) -> int:
    """Exit code 1 when the check finds stale types or a step fails."""
    try:
        types = generated()
    except subprocess.CalledProcessError as failure:
        sys.stderr.write(f"{failure}\n{failure.stderr.decode(errors='replace')}")
        return 1
    current = TYPES.is_file() and TYPES.read_text("utf-8") == types
    if arguments == ["--check"]:
        if not current:
            sys.stderr.write("The API client is older than the routes: run `make api`\n")
        return not current
    if not current:
        TYPES.write_text(types, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
