"""Texts that a page would run if it took them for markup, wherever somebody can write one."""

from typing import Any
from uuid import uuid4

from aiohttp import FormData

from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop

HOSTILE = '"><img src=x onerror=alert(1)><svg onload=alert(2)>'
LINKS = f"{HOSTILE} javascript:alert(3) [так](javascript:alert(4)) ${{7*7}}"
# Where a list shows what was named, and what is named so.
NAMED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("topics", {"name": HOSTILE, "alias": "hostile"}),
    ("tags", {"name": HOSTILE[:50]}),
    ("operator-statuses", {"name": HOSTILE, "kind": "pause", "color": "violet"}),
    ("skill-groups", {"name": HOSTILE}),
    ("keys", {"name": HOSTILE}),
    ("messenger/catchers", {"name": HOSTILE}),
    ("broadcast-templates", {"name": HOSTILE, "content": {"texts": {"uk": LINKS}}}),
)


async def write_everywhere(shop: Shop, person: Person, names: dict[str, Any]) -> None:
    """Into every list, into the bot and its scenario, and into the request that is talked in."""
    admin = shop.admin
    for what, given in NAMED:
        await _done(admin.post(f"/api/v1/{what}", given))
    hook = {"name": HOSTILE, "url": f"{shop.receiver.url}/events"}
    await _done(admin.post("/api/v1/webhooks", hook))
    user = {"first_name": HOSTILE, "last_name": HOSTILE, "email": "h@example.com"}
    await _done(admin.post("/api/v1/users", {**user, "role": "operator"}))
    await _done(person.client.patch("/api/v1/me", {"last_name": HOSTILE}))
    await _talk(shop, person, names["talked"])
    await _scenario(shop)
    await _done(admin.patch(f"/api/v1/bots/{shop.id}", {"name": HOSTILE}))


async def _talk(shop: Shop, person: Person, number: int) -> None:
    """As the client, as the operator, and as the partner who refuses what is sent to him."""
    update = shop.update("віра", text=LINKS)
    update["message"]["from"] |= {"first_name": HOSTILE, "last_name": HOSTILE, "username": HOSTILE}
    assert (await shop.post(update)).status == 200
    form = FormData()
    form.add_field("file", b"%PDF-1.7 %%EOF", filename=f"{HOSTILE}.pdf")
    file = await _done(person.client.request("POST", "/api/v1/files", data=form))
    path = f"/api/v1/requests/{number}"
    shop.receiver.answer(400, {"error": HOSTILE}, times=1)
    attached = {"attachments": [{"file_id": file["public_id"]}]}
    for said in ({"text": LINKS}, {"text": LINKS, "kind": "note"}, attached):
        given = {"client_msg_id": str(uuid4()), **said}
        await _done(person.client.post(f"{path}/messages", given))
    await _done(person.client.patch(path, {"comment": LINKS}))


async def _scenario(shop: Shop) -> None:
    """Names and texts of nodes, buttons, notes and of the version itself."""
    path = f"/api/v1/bots/{shop.id}/scenario"
    draft = (await _done(shop.admin.get(path)))["draft"]
    graph = draft["graph"]
    graph["sections"][0]["name"] = HOSTILE
    for node in graph["nodes"]:
        node["name"] = HOSTILE
        data = node["data"]
        if "text" in data:
            data["text"] = HOSTILE if isinstance(data["text"], str) else {"uk": HOSTILE}
        for button in data.get("buttons", ()):
            button["text"] = {"uk": HOSTILE}
    saved = await _done(shop.admin.put(f"{path}/draft", {"rev": draft["rev"], "graph": graph}))
    made = {"rev": saved["rev"], "comment": HOSTILE, "activate": False}
    await _done(shop.admin.post(f"{path}/versions", made))


async def _done(call: Any) -> Any:
    answer = await call
    assert answer.status < 300, answer.text
    return answer.json if answer.text else None
