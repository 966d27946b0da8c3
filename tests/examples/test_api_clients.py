"""The clients of the guide, in Python and in TypeScript, against the running server."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.polling import polled
from examples.clients import connective_client as python
from tools.bootstrap.places import DOCS, ROOT, node_environment, node_home

pytestmark = pytest.mark.proves("INT-13", part="clients")
FOLDER = ROOT / "examples/clients"
GUIDE = DOCS / "guide/integrations/api-clients.md"
# Does the same as `_python` below with the TypeScript client.
DRIVER = f"""
import {{ Connective, Refused, verified }} from "{FOLDER.as_uri()}/connective_client.ts";
const {{ base, key, steps }} = JSON.parse(process.argv[1]);
const api = new Connective(base, key);
const doing = {{
  chats: (...given) => Array.fromAsync(api.chats(...given)),
  chat: (...given) => api.chat(...given),
  close: (...given) => api.closeChat(...given),
  call_node: (...given) => api.callNode(...given),
  verified: (secret, headers, body) => verified(secret, new Headers(headers), body),
}};
const came = [];
for (const [what, ...given] of steps) {{
  try {{
    came.push(await doing[what](...given));
  }} catch (failure) {{
    if (!(failure instanceof Refused)) throw failure;
    came.push({{ refused: [failure.status, failure.code] }});
  }}
}}
console.log(JSON.stringify(came));
"""
Do = Callable[..., Awaitable[Any]]


async def key(chats: Chats, *scopes: str) -> str:
    made = await chats.shop.admin.post("/api/v1/keys", {"name": "CRM", "scopes": list(scopes)})
    assert made.status == 201, made.text
    return str(made.json["secret"])


async def _python(base: str, secret: str, steps: tuple[list[Any], ...]) -> list[Any]:
    api = python.Connective(base, secret)
    doing: dict[str, Callable[..., Any]] = {
        "chats": lambda filters: list(api.chats(**filters)),
        "chat": api.chat,
        "close": api.close_chat,
        "call_node": lambda *given: api.call_node(*given[:-1], name=given[-1]),
        "verified": lambda key, headers, body: python.verified(key, headers, body.encode()),
    }
    came: list[Any] = []
    for what, *given in steps:
        try:
            came.append(await asyncio.to_thread(doing[what], *given))
        except python.Refused as refusal:
            came.append({"refused": [refusal.status, refusal.code]})
    return came


async def _typescript(base: str, secret: str, steps: tuple[list[Any], ...]) -> list[Any]:
    asked = json.dumps({"base": base, "key": secret, "steps": steps})
    command = [str(node_home() / "bin/node"), "--input-type=module", "-e", DRIVER, asked]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=node_environment(),
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    came: list[Any] = json.loads(out)
    return came


@pytest.fixture(params=[_python, _typescript], ids=["python", "typescript"])
def do(request: pytest.FixtureRequest, app: AppClient, monkeypatch: pytest.MonkeyPatch) -> Do:
    """`do(key, [what, ...], ...)`: calls of a client; their answers, or how they were refused."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    async def call(secret: str, *steps: list[Any]) -> Any:
        return await request.param(app.url, secret, steps)

    return call


async def test_all_chats_are_listed_page_by_page(chats: Chats, do: Do) -> None:
    await chats.publish("success")
    made = [await chats.connected(f"c{number}") for number in range(3)]
    state = made[0]["state"]
    crm = await key(chats, "chats:read")
    (listed,) = await do(crm, ["chats", {"state": state, "limit": "2"}])
    assert sorted(chat["id"] for chat in listed) == [one["id"] for one in made]
    assert {chat["state"] for chat in listed} == {state}
    assert await do("wrong", ["chats", {}]) == [{"refused": [401, "unauthorized"]}]


async def test_a_chat_is_closed_as_it_was_read_or_not_at_all(chats: Chats, do: Do) -> None:
    await chats.publish("success")
    request = await chats.connected("c1")
    crm = await key(chats, "chats:read", "chats:write")
    ((read, etag),) = await do(crm, ["chat", request["id"]])
    assert read["state"] != "closed"
    changed = await chats.shop.admin.patch(f"/api/v1/chats/{read['id']}", {"comment": "Wait"})
    assert changed.status == 200, changed.text
    refused, (_, newer) = await do(crm, ["close", read["id"], etag], ["chat", read["id"]])
    assert refused == {"refused": [412, "stale_etag"]}
    (closed,) = await do(crm, ["close", read["id"], newer, "Done"])
    assert (closed["state"], closed["comment"]) == ("closed", "Done")


async def test_a_scenario_is_started_once_by_one_name(chats: Chats, do: Do) -> None:
    nodes: Any = [
        (1, "start", {}),
        (2, "entry", {"alias": "crm", "trigger": "webhook"}),
        (3, "message", {"text": "Order {{order}}"}),
    ]
    await chats.shop.publish(nodes, [(1, "next", 3), (2, "next", 3)])
    crm = await key(chats, "scenario:run")
    given = ["call_node", chats.shop.id, 2, "u-1 / ї", {"order": 7}]
    first, again, other, unknown = await do(
        crm,
        [*given, "order-7"],
        [*given, "order-7"],
        [*given, "order-8"],
        ["call_node", chats.shop.id, 99, "u-1", {}, "order-9"],
    )
    assert first["run_id"] == again["run_id"] != other["run_id"]
    assert first["chat_id"] == "u-1 / ї"
    assert await chats.shop.texts(2) == ["Order 7", "Order 7"]
    assert unknown == {"refused": [404, "node_not_found"]}


async def test_a_webhook_is_believed_only_with_its_signature_and_lately(
    chats: Chats, do: Do
) -> None:
    url = f"{chats.shop.receiver.url}/hook"
    hook = {"name": "CRM", "url": url, "events": ["message_from_client"]}
    made = await chats.shop.admin.post("/api/v1/webhooks", hook)
    assert made.status == 201, made.text
    await chats.publish("success")
    await chats.shop.say("Добрий день")
    hooked: list[Any] = []

    async def arrived() -> bool:
        hooked[:] = [one for one in chats.shop.receiver.requests if one.path == "/hook"]
        return bool(hooked)

    await polled(arrived)
    (call,) = hooked
    headers = {name.lower(): value for name, value in call.headers.items()}
    secret, body = made.json["secret"], call.body.decode()
    other = "whsec_" + "A" * 43 + "="
    stale = headers | {"webhook-timestamp": "1700000000"}
    unsigned = {name: value for name, value in headers.items() if name != "webhook-signature"}
    event, *believed = await do(
        "",
        ["verified", secret, headers, body],
        ["verified", other, headers, body],
        ["verified", secret, headers, body + " "],
        ["verified", secret, stale, body],
        ["verified", secret, unsigned, body],
    )
    assert (event["event_name"], event["message"]["text"]) == ("message_from_client", "Добрий день")
    assert believed == [None] * 4


@pytest.mark.parametrize(("language", "suffix"), [("python", "py"), ("typescript", "ts")])
def test_the_guide_shows_the_clients_that_are_tested(language: str, suffix: str) -> None:
    shown = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    whole = (FOLDER / f"connective_client.{suffix}").read_text("utf-8")
    assert whole in shown
