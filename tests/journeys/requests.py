"""Requests to operators for the pages: waiting, answered, noted, refused, paused and closed."""

from typing import Any
from uuid import uuid4

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.desk import post
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop

LONG = "Дуже-довге-слово-яке-не-має-жодного-пробілу-і-все-одно-мусить-поміститися-у-рядок"
CLIENTS = ("віра", "галина", "данило", "зоряна", "ігор")
QUESTIONS = (
    "Доброго дня! Чи можна змінити адресу доставки?",
    "Кава приїхала розсипана, що робити?",
    f"Не відкривається посилання: {LONG}",
    "Дякую, усе гаразд.",
    "Скільки чекати на замовлення 1001?",
)


async def ask_for_people(shop: Shop, person: Person) -> dict[str, int]:
    """Numbers of a request that is talked in and of a closed one."""
    topic, tags = await _described(person)
    numbers: list[int] = []
    for chat, question in zip(CLIENTS, QUESTIONS, strict=True):
        await shop.say("/start", chat=chat)
        number = await taken(shop.admin, person, chat)
        await shop.say(question, chat=chat)
        numbers.append(number)
    talked, refused, waiting, closed, paused = numbers
    await change(person, talked, subject_id=topic, tag_ids=tags, comment="Постійна клієнтка")
    await _talk(shop, person, talked)
    await _refused(shop, person, refused)
    await post(person, f"requests/{waiting}/transfer", {"to": "topic", "subject_id": topic})
    await post(person, f"requests/{closed}/close", {"reason": "Вирішено", "topic_id": topic})
    await change(person, paused, status="on_pause")
    return {"talked": talked, "closed": closed}


async def taken(admin: AppClient, person: Person, chat: str) -> int:
    """The dialog of a chat is the person's from now on; the number of its request."""
    found = await admin.get("/api/v1/dialogs", params={"q": chat})
    dialog_id = found.json["items"][0]["id"]
    return int((await post(person, f"dialogs/{dialog_id}/takeover", {}))["id"])


async def say(person: Person, number: int, text: str, kind: str = "text") -> dict[str, Any]:
    """A reply, or a note."""
    given = {"client_msg_id": str(uuid4()), "text": text, "kind": kind}
    return await post(person, f"requests/{number}/messages", given)


async def change(person: Person, number: int, **what: Any) -> None:
    answer = await person.client.patch(f"/api/v1/requests/{number}", what)
    assert answer.status == 200, answer.text


async def _described(person: Person) -> tuple[int, list[int]]:
    given = {"name": "Доставка", "alias": "delivery", "color": "blue"}
    topic = (await post(person, "topics", given))["id"]
    below = {"name": "Пошкоджене", "alias": "damaged", "parent_id": topic}
    await post(person, "topics", below)
    names = ("терміново", "постійний клієнт", "подарунок")
    made = [await post(person, "tags", {"name": name, "color": "red"}) for name in names]
    return topic, [tag["id"] for tag in made]


async def _talk(shop: Shop, person: Person, number: int) -> None:
    await say(person, number, "Вітаю! Так, напишіть нову адресу.")
    await say(person, number, "Перевірити, чи не виїхав кур’єр.", kind="note")
    await shop.say("Київ, вулиця Хрещатик, 1, квартира 2", chat=CLIENTS[0])
    await shop.say("І ще одне: чи можна оплатити карткою?", chat=CLIENTS[0])


async def _refused(shop: Shop, person: Person, number: int) -> None:
    """The partner does not take one message."""
    shop.receiver.answer(400, {"error": "chat is archived"}, times=1)
    await say(person, number, "Зараз з’ясуємо.")
