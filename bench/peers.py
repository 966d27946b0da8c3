"""What the turn is compared with: a bare ASGI echo, and Node-RED with a flow of the same shape."""

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tools.bootstrap import web
from tools.bootstrap.places import node_environment, node_home

ECHO = Path(__file__).with_name("echo.py")
NODE_RED = Path(__file__).with_name("node_red")
START_S = 60.0


class Peer(NamedTuple):
    """Where a peer answers, and its process."""

    port: int
    pid: int


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@contextlib.contextmanager
def running(command: list[str], port: int, **how: Any) -> Iterator[Peer]:
    """A server process that answers on the port."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **how)
    try:
        wait_for(port, process)
        yield Peer(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: "subprocess.Popen[bytes]", path: str = "/") -> None:
    """Until the server answers anything at all."""
    until = time.monotonic() + START_S
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"{process.args!r} does not answer on port {port}")


@contextlib.contextmanager
def bare_echo() -> Iterator[Peer]:
    port = free_port()
    with running([sys.executable, str(ECHO), str(port)], port) as peer:
        yield peer


@contextlib.contextmanager
def node_red() -> Iterator[Peer]:
    """Node-RED from npm, installed when the bench first runs; its memory is the process's."""
    web.install(NODE_RED)
    port = free_port()
    program = NODE_RED / "node_modules" / "node-red" / "red.js"
    with tempfile.TemporaryDirectory() as folder:
        for name in ("settings.js", "flow.json"):
            (Path(folder) / name).write_bytes((NODE_RED / name).read_bytes())
        command = [str(node_home() / "bin" / "node"), str(program), "--userDir", folder]
        with running(command, port, env=node_environment() | {"PORT": str(port)}) as peer:
            yield peer
