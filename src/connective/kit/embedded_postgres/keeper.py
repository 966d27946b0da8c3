"""The process that owns the embedded server: starts it, restarts it after a kill, and stops it
as soon as no process holds the users' lock.

Run as a script (`python -I -S keeper.py PLAN`) with the standard library only, in a session of
its own. Everything it relies on ends with its holder: locks, and the parent-death signal of the
server, which the kernel ties to the forking thread - here always the main one.
"""

import contextlib
import ctypes
import fcntl
import json
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NoReturn

NOBODY = 65534
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
ORPHANS_S = 5.0
LONGEST_PAUSE_S = 5.0
STEADY_S = 60.0
_libc = ctypes.CDLL(None, use_errno=True)


def main() -> None:
    """Keep the server of one plan, from its start until nobody uses it."""
    plan: dict[str, Any] = json.loads(sys.argv[1])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # a handler, not SIG_IGN, which the server would inherit
        signal.signal(number, lambda *_: None)
    # what a dead server leaves becomes our child: we end and reap it, wherever init does not
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    users = os.open(plan["users_lock"], os.O_RDWR)
    cluster = Path(plan["cluster"])
    take_over(plan, cluster)
    check_reach(cluster.parent, "the data folder")
    check_reach(Path(plan["bin"], "postgres"), "the database program")
    unused = watch_users(users)
    if not cluster.exists():
        initialise(plan, cluster)
    keep(plan, cluster, unused)
    reap(wait=True)
    if plan["remove_socket"]:
        shutil.rmtree(plan["socket"], ignore_errors=True)


def fail(line: str) -> NoReturn:
    """End with the one line that the starter shows."""
    print(f"connective: {line}", file=sys.stderr, flush=True)  # noqa: T201
    sys.exit(1)


def watch_users(users: int) -> int:
    """A descriptor that becomes readable when nobody uses the server any more."""
    readable, writable = os.pipe()

    def wait() -> None:
        fcntl.flock(users, fcntl.LOCK_EX)
        os.write(writable, b".")

    threading.Thread(target=wait, daemon=True).start()
    return readable


def keep(plan: dict[str, Any], cluster: Path, unused: int) -> None:
    """Serve until unused; a server killed by a signal is started again."""
    pause = 0.05
    while True:
        clear_sockets(Path(plan["socket"]))
        began = time.monotonic()
        server = spawn([plan["bin"] + "/postgres", "-D", str(cluster), *plan["options"]])
        write_state(plan, server.pid)
        pidfd = os.pidfd_open(server.pid)
        ready, _, _ = select.select([unused, pidfd], [], [])
        os.close(pidfd)
        if unused in ready:
            server.send_signal(signal.SIGINT)
            server.wait()
            return
        code = server.wait()
        Path(plan["state"]).unlink(missing_ok=True)
        if code >= 0:
            # stopped in order by somebody, or cannot start: its log says why
            sys.exit(code)
        pause = 0.05 if time.monotonic() - began > STEADY_S else min(pause * 2, LONGEST_PAUSE_S)
        if select.select([unused], [], [], pause)[0]:
            return
        end_orphans(cluster)


def spawn(command: list[str], **extra: Any) -> "subprocess.Popen[bytes]":
    """Start a program that dies with the keeper, whatever kills him."""
    keeper = os.getpid()

    def die_with_keeper() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != keeper:
            os._exit(1)

    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    return subprocess.Popen(
        command,
        env=environment,
        preexec_fn=die_with_keeper,  # noqa: PLW1509 - the other thread only waits for a lock
        **extra,
    )


def reap(*, wait: bool) -> None:
    """Collect ended children; with `wait`, until the last one (the log writer) has ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, 0 if wait else os.WNOHANG)[0]:
            pass


def write_state(plan: dict[str, Any], pid: int) -> None:
    """Tell other processes which server runs, in one step."""
    state = Path(plan["state"])
    fresh = state.with_suffix(".new")
    fresh.write_text(json.dumps({"pid": pid, "socket": plan["socket"]}))
    fresh.rename(state)


def clear_sockets(folder: Path) -> None:
    """Drop the socket and its lock file, which trusts a recycled pid."""
    for entry in folder.glob(".s.PGSQL.*"):
        entry.unlink(missing_ok=True)


def initialise(plan: dict[str, Any], cluster: Path) -> None:
    """Make the cluster beside its place, so that a kill never leaves a half-made one."""
    fresh = cluster.with_name("cluster.new")
    shutil.rmtree(fresh, ignore_errors=True)
    initdb = spawn([plan["bin"] + "/initdb", "-D", str(fresh), *plan["init"]])
    if initdb.wait() != 0:
        fail("initdb could not make the database; the lines above say why")
    single = spawn(
        [plan["bin"] + "/postgres", "--single", "-D", str(fresh), "postgres"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    single.communicate(f'CREATE DATABASE "{plan["database"]}";\n'.encode())
    if single.returncode != 0:
        fail("the first database could not be made; the lines above say why")
    fresh.rename(cluster)


def take_over(plan: dict[str, Any], cluster: Path) -> None:
    """Become a user that PostgreSQL accepts (never root), and make sure no older server is left.

    Root stays the owner of the data where the kernel lets us map users, else 65534 gets them.
    Orphans are looked for as the user they run as: a container's root may not see others.
    """
    root = os.geteuid() == 0
    strange = root or not has_name(os.geteuid())
    mapped = strange and plan["isolation"] != "drop" and can_map()
    dropped = root and not mapped
    if root:
        for folder in (cluster.parent, cluster.with_name("log"), Path(plan["socket"])):
            own(folder, NOBODY if dropped else 0)
    if dropped:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    end_orphans(cluster)
    if mapped:
        map_user()


def has_name(uid: int) -> bool:
    """Initdb refuses a user without a name, which is common in containers."""
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def can_map() -> bool:
    """Try the mapping in a child, because a failed one cannot be taken back."""
    child = os.fork()
    if child == 0:
        try:
            map_user()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def map_user() -> None:
    """In a user namespace of our own, show our user as 65534; files stay ours outside."""
    uid, gid = os.geteuid(), os.getegid()
    if _libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {gid} 1")


def own(folder: Path, uid: int) -> None:
    """Give a tree to a user, its top last, so that a kill in between is seen at the next start."""
    owner = folder.stat().st_uid
    if owner == uid:
        return
    if owner not in (0, NOBODY):
        fail(f"{folder} belongs to another user (uid {owner}): run as that user")
    for root, folders, names in os.walk(folder, topdown=False):
        for name in folders + names:
            os.chown(os.path.join(root, name), uid, uid, follow_symlinks=False)  # noqa: PTH118
    os.chown(folder, uid, uid)


def check_reach(path: Path, what: str) -> None:
    """Say plainly which parent folder is closed to the user of the server."""
    for parent in (*reversed(path.parents), path):
        if not os.access(parent, os.X_OK, effective_ids=True):
            fail(
                f"{parent} is closed to the user of the database process (uid {os.geteuid()}), "
                f"which must reach {what} {path}: run as its owner, open it (chmod o+x), "
                "or choose another CONNECTIVE_DATA_DIR"
            )


def end_orphans(cluster: Path) -> None:
    """Wait for a stopping server, end what outlived its server, drop a stale pid file.

    Only a process named `postgres` that works in this folder counts; a pid alone says nothing,
    and dropping the file while a backend lives would let two servers write the same data.
    """
    deadline = time.monotonic() + ORPHANS_S
    while left := servers_in(cluster):
        leader, status = read_pid_file(cluster)
        if leader in left:
            if status != "stopping" and time.monotonic() > deadline:
                fail(
                    f"a PostgreSQL server that was started by hand (pid {leader}) "
                    f"uses {cluster}: stop it first"
                )
        elif time.monotonic() > deadline:
            for pid in left:
                kill_server(pid, cluster)
        time.sleep(0.02)
        reap(wait=False)
    with contextlib.suppress(FileNotFoundError):
        (cluster / "postmaster.pid").unlink()


def servers_in(cluster: Path) -> set[int]:
    """Pids of the processes called `postgres` that work in this folder."""
    try:
        place = cluster.stat()
    except FileNotFoundError:
        return set()
    found = set()
    for entry in os.listdir("/proc"):  # noqa: PTH208
        if entry.isdigit() and is_server(int(entry), place):
            found.add(int(entry))
    return found


def is_server(pid: int, place: os.stat_result) -> bool:
    """Whether a pid is a `postgres` that works in this folder."""
    try:
        if Path(f"/proc/{pid}/comm").read_text().strip() != "postgres":
            return False
        return os.path.samestat(os.stat(f"/proc/{pid}/cwd"), place)  # noqa: PTH116
    except OSError:
        return False


def kill_server(pid: int, cluster: Path) -> None:
    """Kill by a descriptor, checked after it was opened: the pid cannot be recycled between."""
    with contextlib.suppress(OSError):
        pidfd = os.pidfd_open(pid)
        try:
            if is_server(pid, cluster.stat()):
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        finally:
            os.close(pidfd)


def read_pid_file(cluster: Path) -> tuple[int, str]:
    """The pid and the status word (`starting`, `ready`, `stopping`) of postmaster.pid."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return 0, ""
    status = lines[7].strip() if len(lines) > 7 else ""
    return (int(lines[0]) if lines and lines[0].strip().isdigit() else 0), status


if __name__ == "__main__":
    main()
