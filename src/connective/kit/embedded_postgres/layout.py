"""Where the embedded server keeps what is its own inside the data directory."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Layout:
    """Paths below `base`, the folder `postgres` of the data directory."""

    base: Path

    @property
    def cluster(self) -> Path:
        """Where the database's own files are."""
        return self.base / "cluster"

    @property
    def start_lock(self) -> Path:
        """Held while one process decides whether to start, adopt or stop."""
        return self.base / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server, exclusively by a stopping keeper."""
        return self.base / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper as long as it lives."""
        return self.base / "keeper.lock"

    @property
    def state(self) -> Path:
        """Written by the keeper: the server's pid and its socket folder."""
        return self.base / "server.json"

    @property
    def start_log(self) -> Path:
        """What the starting process said."""
        return self.base / "start.log"

    @property
    def logs(self) -> Path:
        """The folder of the server's log."""
        return self.base / "log"
