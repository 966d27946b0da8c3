"""A task as Corezoid takes it: its body, its signed address, and what the answer says of it.

Source: Corezoid's description of its protocol, https://doc.corezoid.com, "API v2".
"""

import hashlib
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from connective.engine.values import Refused, decode, empty, encoded, number, text
from connective.kit.egress import Answer
from connective.modules.actions.send_request.body import Outgoing
from connective.modules.actions.send_request.problems import Failed

HOST: Final = "https://api.corezoid.com"
LONGEST: Final = 300


class Task(Struct, frozen=True, kw_only=True):
    """A task to create. `ref` is its own name in the process: a second one with it is refused."""

    conv_id: int
    ref: str
    data: dict[str, Any]
    login: str
    secret: str
    host: str = HOST

    def signed(self, at: int) -> Outgoing:
        """The request; `at` is the time in seconds, part of the signature and of the address."""
        operation = {"type": "create", "obj": "task", "conv_id": self.conv_id, "data": self.data}
        if self.ref:
            operation["ref"] = self.ref
        body = encoded({"ops": [operation]})
        # SHA-1 is what the other side computes; the secret stands at both ends of the text
        digest = hashlib.sha1(b"%d%b%b%b" % (at, self.secret.encode(), body, self.secret.encode()))  # noqa: S324
        path = f"/api/2/json/{quote(self.login, safe='')}/{at}/{digest.hexdigest()}"
        return Outgoing(
            url=self.host.rstrip("/") + path,
            headers={"Content-Type": "application/json; charset=utf8"},
            body=body,
        )


def task_of(values: dict[str, Any]) -> Task:
    """The task that filled values describe; raises Failed for what cannot be sent."""
    conv_id = number(values.get("conv_id"))
    if conv_id is None or conv_id != int(conv_id) or conv_id < 1:
        raise Failed("bad_params", f"conv_id: {text(values.get('conv_id'))[:100]}")
    missing = [name for name in ("login", "secret") if not text(values.get(name)).strip()]
    if missing:
        raise Failed("bad_params", f"{missing[0]}: empty")
    return Task(
        conv_id=int(conv_id),
        ref=text(values.get("ref")).strip(),
        data=_data(values.get("data")),
        login=text(values["login"]).strip(),
        secret=text(values["secret"]).strip(),
        host=text(values.get("url")).strip() or HOST,
    )


def _data(given: Any) -> dict[str, Any]:
    if empty(given):
        return {}
    try:
        found = decode(given) if isinstance(given, str) else given
    except Refused:
        found = None
    if not isinstance(found, dict):
        raise Failed("bad_params", "data: not_an_object")
    return found


def created(answer: Answer) -> dict[str, Any]:
    """The task's id and reference; raises Failed with Corezoid's own description."""
    try:
        said: Any = decode(answer.body.decode("utf-8", "replace"))
    except Refused:
        said = None
    operations = said.get("ops") if isinstance(said, dict) else None
    if not isinstance(operations, list) or not operations or not isinstance(operations[0], dict):
        raise Failed("corezoid_refused", _told(said) or f"the server answered {answer.status}")
    first = operations[0]
    if first.get("proc") != "ok" or said.get("request_proc", "ok") != "ok":
        raise Failed("corezoid_refused", _told(first) or _told(said) or "refused")
    return {"id": first.get("obj_id"), "ref": first.get("ref")}


def _told(said: Any) -> str:
    """What an answer gives as its reason: a description, else the word of its outcome."""
    if not isinstance(said, dict):
        return ""
    found = said.get("description") or said.get("proc") or said.get("request_proc") or ""
    return text(found)[:LONGEST]
