"""A stand-in for Corezoid: takes tasks by its published protocol, as strictly as that says.

Source: Corezoid's description of its API, version 2: `/api/2/json/LOGIN/TIME/SIGNATURE` takes a
list of operations, signed with `hex(sha1(TIME + SECRET + BODY + SECRET))`.
"""

import hashlib
import itertools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, Self

from aiohttp import web

from connective.kit import clock

DRIFT_S: Final = 300


class Corezoid:
    """`keys` are secrets by login, `processes` the numbers there are; `tasks` what was created."""

    def __init__(self, keys: Mapping[str, str], processes: frozenset[int]) -> None:
        self.tasks: list[dict[str, Any]] = []
        self._keys, self._processes = keys, processes
        self._ids = itertools.count(1)
        self._app = web.Application()
        self._app.router.add_post("/api/2/json/{login}/{at}/{signature}", self._take)
        self.url = ""

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Self]:
        """On a loopback port, which `url` names."""
        runner = web.AppRunner(self._app, access_log=None, shutdown_timeout=0.01)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        refusal = self._refusal(request.match_info, body)
        said: dict[str, Any]
        if refusal:
            said = {"request_proc": "fail", "ops": [], "description": refusal}
        else:
            operations = [self._one(operation) for operation in json.loads(body)["ops"]]
            said = {"request_proc": "ok", "ops": operations}
        response = web.json_response(said)
        response.force_close()  # a connection that a client keeps would hold up the end
        return response

    def _refusal(self, said: Mapping[str, str], body: bytes) -> str:
        secret = self._keys.get(said["login"])
        if secret is None:
            return "user not found"
        if abs(int(said["at"]) - clock.now().timestamp()) > DRIFT_S:
            return "time is out of range"
        text = said["at"].encode() + secret.encode() + body + secret.encode()
        right = hashlib.sha1(text).hexdigest()  # noqa: S324 - their algorithm
        return "" if said["signature"].lower() == right else "bad signature"

    def _one(self, asked: dict[str, Any]) -> dict[str, Any]:
        ref = asked.get("ref")
        if asked["conv_id"] not in self._processes:
            return _refused(asked, "object conv with this id does not exist")
        if ref is not None and any(task.get("ref") == ref for task in self.tasks):
            return _refused(asked, "not unical reference")
        number = f"{next(self._ids):024x}"
        self.tasks.append({**asked, "obj_id": number})
        return {"id": "", "obj": "task", "proc": "ok", "ref": ref, "obj_id": number}


def _refused(asked: dict[str, Any], why: str) -> dict[str, Any]:
    return {"id": "", "obj": asked["obj"], "proc": "error", "description": why}
