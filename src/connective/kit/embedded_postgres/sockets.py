"""A folder for the server's unix socket whose path the kernel accepts."""

import contextlib
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from connective.kit.embedded_postgres.failures import ServerFailed

# sun_path holds 108 bytes with the closing zero
_LONGEST = 107
_NAME = "/.s.PGSQL.5432"
# asyncpg splits hosts at commas, and a connection URL would need quoting
_PLAIN = re.compile(r"[A-Za-z0-9._/-]+")
PREFIX = "connective-pg-"


def fits(folder: Path) -> bool:
    """Whether a folder's path is short and plain enough for a socket."""
    path = str(folder)
    return len(os.fsencode(path + _NAME)) <= _LONGEST and bool(_PLAIN.fullmatch(path))


def choose(base: Path, temporary: Sequence[Path] | None = None) -> Path:
    """The folder `socket` in `base`, else a short new one (0700) in a temporary folder."""
    own = base / "socket"
    if fits(own):
        own.mkdir(mode=0o700, exist_ok=True)
        own.chmod(0o700)
        return own
    for root in temporary or (Path(tempfile.gettempdir()), Path("/tmp"), Path("/dev/shm")):  # noqa: S108
        if fits(root / f"{PREFIX}12345678") and os.access(root, os.W_OK | os.X_OK):
            return Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
    raise ServerFailed(
        f"no folder short enough for the database's socket: {own} and the temporary "
        f"folder are over {_LONGEST} bytes; set TMPDIR to a short path"
    )


def again(left: str) -> Path | None:
    """The folder that was chosen before, made anew where it was temporary; None if it cannot be."""
    folder = Path(left)
    if not left or not fits(folder):
        return None
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        if not folder.is_symlink() and folder.stat().st_uid in (os.geteuid(), 65534):
            return folder
    return None


def remove_left(folder: Path) -> None:
    """Remove a temporary socket folder that a killed keeper left."""
    if not folder.name.startswith(PREFIX) or not folder.is_dir() or folder.is_symlink():
        return
    if folder.stat().st_uid not in (os.geteuid(), 65534):
        return
    for entry in folder.glob(".s.PGSQL.*"):
        entry.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
