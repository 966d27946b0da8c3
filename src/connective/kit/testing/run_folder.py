"""One temporary folder for all workers of a test run, swept when a killed run left it."""

import os
import shutil
import tempfile
from pathlib import Path

from connective.kit.embedded_postgres.layout import Layout
from connective.kit.embedded_postgres.locks import is_free, locked, open_lock, try_lock

VARIABLE = "PYTEST_CONNECTIVE_RUN"
PREFIX = "connective-test-"


class RunFolder:
    """Made by the first process of a run, found by its workers through the environment."""

    def __init__(self, path: Path, *, lock: int | None) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def of_worker(cls) -> "RunFolder":
        """The folder that the process which started this worker has announced."""
        return cls(Path(os.environ[VARIABLE]), lock=None)

    def announce(self) -> None:
        """Tell the workers that this process is going to start."""
        os.environ[VARIABLE] = str(self.path)

    @classmethod
    def make(cls, root: Path) -> "RunFolder":
        """A new folder whose lock lives as long as this process; sweeps the dead ones."""
        with locked(root / f"connective-tests-{os.geteuid()}.lock"):
            sweep(root)
            path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=root))
            lock = open_lock(path / "run.lock")
            try_lock(lock)
        return cls(path, lock=lock)

    def close(self) -> None:
        """Remove the folder, if this process made it."""
        if self._lock is None:
            return
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._lock)
        self._lock = None


def sweep(root: Path) -> None:
    """Remove folders of runs that ended without it; a server still stopping is left for later."""
    for folder in root.glob(PREFIX + "*"):
        ours = folder.is_dir() and folder.stat().st_uid == os.geteuid()
        keeper = Layout(folder / "postgres").keeper_lock
        if ours and is_free(folder / "run.lock") and is_free(keeper):
            shutil.rmtree(folder, ignore_errors=True)
