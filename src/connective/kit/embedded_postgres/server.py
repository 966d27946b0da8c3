"""The embedded server as its users see it: start or adopt it, its address, let it go.

Every process that uses the server holds the users' lock shared; the keeper (keeper.py) stops the
server when it gets that lock exclusively. So the last user stops it, however that user ends.
"""

import asyncio
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from connective.kit import disk
from connective.kit.embedded_postgres import keeper, programs, sockets, tuning
from connective.kit.embedded_postgres.failures import ServerFailed, reason
from connective.kit.embedded_postgres.layout import Layout
from connective.kit.embedded_postgres.locks import is_free, open_lock, try_lock

PAUSE_S = 0.01
PROGRESS_S = 5.0
DATABASE = "connective"
_INITDB = (
    *("-U", "postgres", "-E", "UTF8", "--auth-local=trust", "--auth-host=reject"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
    "--no-instructions",
)
Steps = Iterator[float]


def _silent(_line: str) -> None:
    """Nobody asked for progress."""


class Server:
    """The server in the folder `postgres` of a data directory. Start and stop may be repeated."""

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        progress: Callable[[str], None] = _silent,
        isolation: Literal["auto", "drop"] = "auto",
    ) -> None:
        """`durable=False` is for tests: no fsync. `isolation="drop"` never maps the user."""
        self._layout = Layout(data_dir.resolve() / "postgres")
        self._durable = durable
        self._progress = progress
        self._isolation = isolation
        self._users: int | None = None
        self._socket = ""

    def start(self) -> str:
        """Start the server or adopt the running one; gives the DSN. No time limit."""
        _drive(self._start())
        return self.dsn

    async def start_async(self) -> str:
        """`start`, beside an event loop."""
        await _drive_async(self._start())
        return self.dsn

    def stop(self) -> None:
        """Let the server go; the last one waits until it has stopped."""
        _drive(self._stop())

    async def stop_async(self) -> None:
        """`stop`, beside an event loop."""
        await _drive_async(self._stop())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def dsn(self) -> str:
        """The address of the instance's database."""
        return self.dsn_of(DATABASE)

    def dsn_of(self, database: str) -> str:
        """The address of another database of this server, `postgres` for maintenance."""
        if self._users is None:
            raise ServerFailed("the embedded database is not started")
        return f"postgresql://postgres@/{database}?host={self._socket}"

    @property
    def pid(self) -> int:
        """Process id of the server itself, 0 while it is being started again."""
        return int(self._state().get("pid", 0))

    def alive(self) -> bool:
        """Whether the server is kept; if not, `start` again brings it back."""
        return self._users is not None and not is_free(self._layout.keeper_lock)

    def _start(self) -> Steps:
        programs.folder()
        try:
            yield from self._join()
        except OSError as failure:
            where = failure.filename or self._layout.base
            raise ServerFailed(f"cannot use {where}: {failure.strerror}") from None

    def _join(self) -> Steps:
        # 0711: passable, should the server have to run as another user than root
        self._layout.base.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._layout.base.mkdir(mode=0o700, exist_ok=True)
        decide = open_lock(self._layout.start_lock)
        users = open_lock(self._layout.users_lock) if self._users is None else self._users
        try:
            yield from self._wait_for(decide, "another process is starting the database")
            if self._users is None:
                stopping = "the database is still stopping"
                yield from self._wait_for(users, stopping, shared=True)
            yield from self._bring_up()
            self._users = users
        finally:
            if self._users is None:
                os.close(users)
            os.close(decide)

    def _wait_for(self, descriptor: int, why: str, *, shared: bool = False) -> Steps:
        tell = _Patience(self._progress)
        while not try_lock(descriptor, shared=shared):
            tell.waiting(why)
            yield PAUSE_S

    def _check_version(self) -> None:
        made_by = self._layout.cluster / "PG_VERSION"
        with contextlib.suppress(FileNotFoundError):
            version = made_by.read_text().strip()
            if version != str(programs.MAJOR):
                raise ServerFailed(
                    f"{self._layout.cluster} was made by PostgreSQL {version}, this release brings "
                    f"{programs.MAJOR}: restore a backup into a new data directory"
                )

    def _spawn_keeper(self) -> Steps:
        layout = self._layout
        if left := self._state():
            sockets.remove_left(Path(str(left["socket"])))
            layout.state.unlink()
        if not layout.cluster.exists():
            self._progress("making the database")
        layout.logs.mkdir(mode=0o700, exist_ok=True)
        # started again it stays where those who use it look for it
        socket = sockets.again(self._socket) or sockets.choose(layout.base)
        lock = open_lock(layout.keeper_lock)
        try:
            yield from self._wait_for(lock, "another process looks after the database")
            with layout.start_log.open("wb") as log:
                # the keeper inherits the locked descriptor: held as long as it lives
                process = subprocess.Popen(
                    [sys.executable, "-I", "-S", keeper.__file__, json.dumps(self._plan(socket))],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=layout.base,
                    pass_fds=(lock,),
                    start_new_session=True,
                )
            # collects it whenever it ends, perhaps long after this object
            threading.Thread(target=process.wait, daemon=True).start()
        finally:
            os.close(lock)

    def _plan(self, socket: Path) -> dict[str, Any]:
        layout = self._layout
        chosen = tuning.options(durable=self._durable, memory=tuning.machine_memory())
        return {
            "bin": str(programs.folder()),
            "cluster": str(layout.cluster),
            "users_lock": str(layout.users_lock),
            "state": str(layout.state),
            "socket": str(socket),
            "remove_socket": socket.parent != layout.base,
            "isolation": self._isolation,
            "database": DATABASE,
            "init": [*_INITDB, *(() if self._durable else ("--no-sync",))],
            "options": ["-k", str(socket), *(f"-c{k}={v}" for k, v in chosen.items())],
        }

    def _bring_up(self) -> Steps:
        """Until the server is ready; a keeper of ours that ends before is a failure."""
        tell = _Patience(self._progress)
        spawned = False
        while not self._ready():
            if is_free(self._layout.keeper_lock):
                if spawned:
                    raise ServerFailed(f"the embedded database did not start: {self._reason()}")
                self._check_version()
                yield from self._spawn_keeper()
                spawned = True
            tell.waiting("the database is starting or recovering")
            yield PAUSE_S
        self._socket = str(self._state().get("socket", self._socket))

    def _ready(self) -> bool:
        """Whether a living keeper's server says so in its pid file."""
        if is_free(self._layout.keeper_lock):
            return False
        told = keeper.read_pid_file(self._layout.cluster)
        return told == (self._state().get("pid"), "ready")

    def _reason(self) -> str:
        if not (found := disk.look(self._layout.base)).holds:
            return f"the disk of {self._layout.base} is {found.state.replace('_', '-')}"
        newest = sorted(self._layout.logs.glob("*.log"), key=lambda path: path.stat().st_mtime)
        return reason(self._layout.start_log, *newest[-1:])

    def _state(self) -> dict[str, Any]:
        """What the keeper wrote; empty while no server runs."""
        try:
            state: dict[str, Any] = json.loads(self._layout.state.read_text())
        except FileNotFoundError:
            return {}
        return state

    def _stop(self) -> Steps:
        """Under the start lock nobody comes in, so what the locks say is the truth."""
        if self._users is None:
            return
        users, self._users = self._users, None
        decide = open_lock(self._layout.start_lock)
        try:
            yield from self._wait_for(decide, "another process is starting the database")
            last = try_lock(users) or not try_lock(users, shared=True)
            os.close(users)
            users = -1
            tell = _Patience(self._progress)
            while last and not is_free(self._layout.keeper_lock):
                tell.waiting("the database is stopping")
                yield PAUSE_S
        finally:
            if users >= 0:
                os.close(users)
            os.close(decide)


class _Patience:
    """Tells now and then that a wait goes on."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress = progress
        self._began = self._told = time.monotonic()

    def waiting(self, why: str) -> None:
        present = time.monotonic()
        if present - self._told >= PROGRESS_S:
            self._told = present
            self._progress(f"{why} ({present - self._began:.0f} s so far)")


def _drive(steps: Steps) -> None:
    with contextlib.closing(steps) as pauses:  # type: ignore[type-var]
        for pause in pauses:
            time.sleep(pause)


async def _drive_async(steps: Steps) -> None:
    with contextlib.closing(steps) as pauses:  # type: ignore[type-var]
        for pause in pauses:
            await asyncio.sleep(pause)
