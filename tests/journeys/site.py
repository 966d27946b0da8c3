"""What the pages show: a shop that works in Ukrainian, made over the API and the hook."""

import asyncio
from dataclasses import dataclass
from typing import Any

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Edge, Shop, graph_of
from tests.journeys.chats_site import furnish_chats, queue_up

LONG = "Дуже-довга-назва-яка-не-має-жодного-пробілу-і-все-одно-мусить-поміститися"
NODES: list[tuple[int, str, str, dict[str, Any]]] = [
    (1, "start", "Початок", {}),
    (2, "message", "Вітання", {"text": {"uk": "Вітаємо! Замовлення {{order}}."}}),
    (
        3,
        "keyboard",
        "Що робити",
        {
            "text": {"uk": "Що бажаєте зробити?"},
            "buttons": [
                {"id": "status", "text": {"uk": "Стан замовлення"}},
                {"id": "call", "text": {"uk": "Передзвоніть мені"}},
            ],
        },
    ),
    (
        4,
        "action",
        "Запит до складу",
        {
            "template_id": "action_send_request",
            "values": {
                "url": "http://127.0.0.1:9/orders",
                "method": "GET",
                "retry": {"attempts": 0},
            },
        },
    ),
    (5, "message", "Склад мовчить", {"text": {"uk": "Склад мовчить."}}),
    (
        6,
        "wait",
        "Номер телефону",
        {"text": {"uk": "Ваш номер?"}, "save_to": "phone"},
    ),
    (7, "message", LONG, {"text": {"uk": f"Дякуємо! {LONG}"}}),
    (8, "note", "Нотатка", {"text": "Тут буде меню."}),
]
EDGES: list[Edge] = [
    (1, "next", 2),
    (2, "next", 3),
    (3, "status", 4),
    (3, "call", 6),
    (4, "not_ok", 5),
    (6, "next", 7),
]


@dataclass
class Site:
    """Numbers of what the addresses of the pages name."""

    shop: Shop
    names: dict[str, Any]


async def furnish(shop: Shop) -> Site:
    """Fill every list, with one long name and one failure in each where that is possible."""
    admin = shop.admin
    await _done(
        admin.patch(f"/api/v1/bots/{shop.id}", {"name": "Крамниця «Кава»", "languages": ["uk"]})
    )
    await _publish(shop)
    new = await _done(admin.post("/api/v1/bots", {"name": LONG, "languages": ["uk"]}))
    hook = {"name": "Облікова система", "url": f"{shop.receiver.url}/events"}
    await _done(admin.post("/api/v1/webhooks", hook))
    busy = {"name": LONG, "url": f"{shop.receiver.url}/{'long' * 30}", "bot_ids": [shop.id]}
    await _done(admin.post("/api/v1/webhooks", busy))
    await _done(admin.post("/api/v1/keys", {"name": "Ключ складу"}))
    await _done(admin.post("/api/v1/keys", {"name": LONG, "ip_allowlist": ["10.0.0.0/8"]}))
    words = {"texts": {"uk": "Ваше замовлення {{order}} готове"}}
    for name in ("Готово", LONG):
        await _done(admin.post("/api/v1/broadcast-templates", {"name": name, "content": words}))
    await _done(admin.put("/api/v1/secrets/STOCK_TOKEN", {"value": "s3cret"}))
    await _done(admin.put(f"/api/v1/secrets/{'VERY_LONG_' * 6}", {"value": "s3cret"}))
    await _people(admin)
    await furnish_chats(admin)
    await _talk(shop)
    seen = await _seen(shop)
    await queue_up(admin)
    return Site(shop, {"bot": shop.id, "new": new["id"], **seen})


async def _publish(shop: Shop) -> None:
    """Two versions, so that there is something to compare."""
    graph = graph_of([(number, kind, data) for number, kind, _, data in NODES], EDGES)
    for node, (number, _, name, _) in zip(graph["nodes"], NODES, strict=True):
        node |= {"name": name, "x": 260 * (number % 4), "y": 260 * (number // 4)}
    graph["sections"][0]["name"] = "Меню"
    path = f"/api/v1/bots/{shop.id}/scenario"
    for comment in ("Перша", "Назви блоків"):
        rev = (await _done(shop.admin.get(path)))["draft"]["rev"]
        graph["nodes"][0]["name"] = comment
        saved = await _done(shop.admin.put(f"{path}/draft", {"rev": rev, "graph": graph}))
        made = {"rev": saved["rev"], "comment": comment}
        await _done(shop.admin.post(f"{path}/versions", made))


async def _people(admin: AppClient) -> None:
    olena = {"first_name": "Олена", "last_name": "Коваль", "email": "olena@example.com"}
    await _done(admin.post("/api/v1/users", {**olena, "role": "integrator"}))
    far = {"first_name": LONG, "email": f"{'long' * 12}@example.com", "role": "analyst"}
    await _done(admin.post("/api/v1/users", far))


async def _talk(shop: Shop) -> None:
    shop.receiver.answer(500, times=1, path="/events")
    for chat in ("анна", "богдан"):
        await shop.say("/start", chat=chat)
    await shop.say("Стан замовлення", chat="анна")
    await shop.say("Передзвоніть мені", chat="богдан")
    await shop.say("+380501112233", chat="богдан")
    await shop.receiver.wait_for(12)
    keyed = shop.partner.another(Authorization=f"API-Key {shop.key}")
    await _done(keyed.get("/kw/api/general/KwBots/get?name__like=Крамниця"))


async def _seen(shop: Shop) -> dict[str, Any]:
    runs = (await _done(shop.admin.get("/api/v1/runs")))["items"]
    dialogs = (await _done(shop.admin.get("/api/v1/dialogs")))["items"]
    deliveries = (await _done(shop.admin.get("/api/v1/deliveries")))["items"]
    return {
        "request": await _logged(shop),
        "run": runs[0]["id"],
        "failed": runs[-1]["id"],
        "dialog": dialogs[0]["id"],
        "delivery": deliveries[-1]["id"],
    }


async def _logged(shop: Shop) -> int:
    """A request in the log, once it has been written."""
    found: list[dict[str, Any]] = []

    async def there() -> bool:
        found[:] = (await _done(shop.admin.get("/api/v1/integrations/logs")))["items"]
        return bool(found)

    async with asyncio.timeout(20):
        await polled(there)
    return int(found[0]["id"])


async def _done(call: Any) -> Any:
    answer = await call
    assert answer.status < 300, answer.text
    return answer.json
