"""`python -m tools.node FOLDER npm|node ARGUMENTS`: the wheel's Node.js in a folder."""

import subprocess
import sys

from tools.bootstrap.places import ROOT, node_environment, node_home, npm


def main(arguments: list[str]) -> int:
    """Runs the program there with its output shown; its exit code is ours."""
    folder, program, *words = arguments
    command = npm(*words) if program == "npm" else [str(node_home() / "bin" / "node"), *words]
    done = subprocess.run(command, cwd=ROOT / folder, env=node_environment(), check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
