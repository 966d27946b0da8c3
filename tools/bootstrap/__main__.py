"""`python3 -m tools.bootstrap TARGET`: brings what a make target needs, and only that."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  the one file that older interpreters still read
    FOUND = sys.version.split()[0]
    sys.exit("Connective needs Python 3.11 or newer, not " + FOUND + "; make PYTHON=... names one")

from tools.bootstrap import chromium, documents, packages, say, turn, venv, web

RUNTIME = ("requirements.lock", "requirements-build.lock")
DEVELOPMENT = (*RUNTIME, "requirements-dev.lock")
TARGETS = ("lock", "run", "check", "test")


def bring(target: str) -> None:
    """Does the steps of a target in order; each of them is skipped while its stamp holds."""
    venv.make()
    packages.bring_uv()
    if target == "lock":
        return
    packages.install(RUNTIME if target == "run" else DEVELOPMENT)
    packages.link()
    web.install()
    if target != "check":
        web.build()
        documents.build()
    if target == "test":
        chromium.unpack()


def main(arguments: list[str]) -> int:
    """Exit codes: 0 done, 1 failed with a reason, 2 wrong usage."""
    if len(arguments) != 1 or arguments[0] not in TARGETS:
        say.line(f"usage: python3 -m tools.bootstrap {{{','.join(TARGETS)}}}")
        return 2
    try:
        with turn.taken():
            bring(arguments[0])
    except say.SetUpFailed as failure:
        say.line(f"Set-up stopped: {failure}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
