"""`python -m tools.node FOLDER npm-arguments...`: npm of the wheel's Node.js in a folder."""

import subprocess
import sys

from tools.bootstrap.places import ROOT, node_environment, npm


def main(arguments: list[str]) -> int:
    """Runs npm there with its output shown; its exit code is ours."""
    folder, *words = arguments
    return subprocess.run(
        npm(*words), cwd=ROOT / folder, env=node_environment(), check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
