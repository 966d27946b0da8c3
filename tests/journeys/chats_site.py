"""What the pages of chats show: topics, tags, a team, groups, timers, and a queue that waits."""

from typing import Any

from connective.kit.latin import latin
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.polling import polled

LONG = "Дуже-довга-назва-яка-не-має-жодного-пробілу-і-все-одно-мусить-поміститися"


async def furnish_chats(admin: AppClient) -> None:
    """Fill the settings of chats and the team; `queue_up` then lets somebody wait."""
    orders = await _made(admin, "topics", name="Замовлення", alias="orders", color="blue")
    payments = await _made(admin, "topics", name="Оплата", alias="payments", color="green")
    await _made(admin, "topics", name="Самовивіз", alias="pickup", parent_id=orders["id"])
    lone = await _made(admin, "topics", name=LONG, alias="long" * 12, parent_id=payments["id"])
    await _made(admin, "topics", name="Стара тема", alias="old", active=False)
    for name, color in (("Скарга", "red"), ("Пропозиція", "violet"), (LONG[:50], "")):
        await _made(admin, "tags", name=name, color=color)
    away = await _made(admin, "tags", name="Акція 2024", color="orange")
    await _done(admin.delete(f"/api/v1/tags/{away['id']}"))
    await _made(
        admin, "operator-statuses", name="Навчання", kind="pause", color="violet", max_minutes=45
    )
    maria = await _person(admin, "Марія", "Шевченко", "operator")
    await _person(admin, "Ігор", LONG, "operator")
    money = {"topic_ids": [payments["id"]], "member_ids": [maria["id"]]}
    group = await _made(admin, "skill-groups", name="Фінанси", **money)
    await _made(admin, "skill-groups", name=LONG, topic_ids=[lone["id"]])
    limits = {"dialog_limit": 3, "channel_limits": {"custom_channel": 2}}
    shown = {"public_name": "Служба підтримки", "group_ids": [group["id"]]}
    await _done(admin.patch(f"/api/v1/operators/{maria['id']}", {**limits, **shown}))
    await _timers(admin, payments["id"], group["id"])
    await _done(admin.put("/api/v1/settings/op/distribution", {"auto_connect": True}))


async def queue_up(admin: AppClient) -> None:
    """The dialogs that are there wait in the queue: for a group without people, and for nobody."""
    topics = (await _done(admin.get("/api/v1/topics")))["items"]
    ids = {topic["name"]: topic["id"] for topic in topics}
    dialogs = (await _done(admin.get("/api/v1/dialogs")))["items"]
    for dialog, name in zip(dialogs, (LONG, "Замовлення"), strict=False):
        path = f"/api/v1/dialogs/{dialog['id']}/takeover"
        taken = await _done(admin.post(path, {}))
        to = {"to": "topic", "subject_id": ids[name]}
        await _done(admin.post(f"/api/v1/requests/{taken['id']}/transfer", to))

    async def looked_at() -> bool:
        rows = (await _done(admin.get("/api/v1/queue")))["items"]
        return bool(rows) and all(row["reason"] for row in rows)

    await polled(looked_at)


async def _timers(admin: AppClient, topic_id: int, group_id: int) -> None:
    rules = {
        "use": True,
        "minutes": 20,
        "warn_minutes_before": 5,
        "warn_text": {"uk": "Ви ще тут?"},
        "operator": {"minutes": 3, "action": "notify_supervisor"},
        "overrides": [
            {"topic_id": topic_id, "minutes": 60, "action": "return_to_bot"},
            {"group_id": group_id, "use": False},
        ],
    }
    await _done(admin.put("/api/v1/settings/op/timers", rules))


async def _person(admin: AppClient, first: str, last: str, role: str) -> dict[str, Any]:
    email = f"{latin(first)}@example.com"
    named = {"first_name": first, "last_name": last, "email": email, "role": role}
    return await _made(admin, "users", **named)


async def _made(admin: AppClient, what: str, **given: Any) -> dict[str, Any]:
    made: dict[str, Any] = await _done(admin.post(f"/api/v1/{what}", given))
    return made


async def _done(call: Any) -> Any:
    answer = await call
    assert answer.status < 300, answer.text
    return answer.json if answer.text else None
