"""People of every role around a bot whose clients talk with operators."""

from typing import Any, NamedTuple, Self

from connective.kit import clock
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import Shop

ECHO = (
    [
        (1, "start", {}),
        (2, "wait", {"text": "Say something", "save_to": "said"}),
        (3, "message", {"text": "You said {{said}}"}),
    ],
    [(1, "next", 2), (2, "next", 3)],
)
_ELSEWHERE = """
INSERT INTO bots (name, alias, languages, active, created_at, updated_at)
VALUES ('Elsewhere', 'elsewhere', '{en,uk}', true, $1, $1) RETURNING id
"""
_GROUPS = "UPDATE users SET group_ids = $2::bigint[] WHERE id = $1"


class Desk(NamedTuple):
    """`own` and `other` are operators without a group, `member` and `chief` belong to the group.

    `foreign` sees another bot only.
    """

    shop: Shop
    admin: Person
    own: Person
    other: Person
    member: Person
    chief: Person
    foreign: Person
    topic_id: int
    group_id: int

    @classmethod
    async def open(cls, db: Database, app: AppClient, shop: Shop) -> Self:
        """A published bot, a topic of a skill group, and people who see different things."""
        await shop.publish(*ECHO)
        administrator = await sign_in(db, app, "administrator", is_root=True, first_name="Oleh")
        given = {"name": "Refunds", "alias": "refunds"}
        topic_id = (await post(administrator, "topics", given))["id"]
        given_group = {"name": "Money", "topic_ids": [topic_id]}
        group_id = (await post(administrator, "skill-groups", given_group))["id"]
        elsewhere = await db.value(_ELSEWHERE, clock.now())
        people = {
            "own": await sign_in(db, app, "operator", first_name="Ann"),
            "other": await sign_in(db, app, "operator", first_name="Bohdan"),
            "member": await sign_in(db, app, "operator", first_name="Maria"),
            "chief": await sign_in(db, app, "supervisor", first_name="Ivan"),
            "foreign": await sign_in(db, app, "operator", first_name="Petro", bot_ids=[elsewhere]),
        }
        for name in ("member", "chief"):
            await db.execute(_GROUPS, people[name].id, [group_id])
        return cls(shop, administrator, **people, topic_id=topic_id, group_id=group_id)

    @property
    def everybody(self) -> dict[str, Person]:
        names = ("admin", "own", "other", "member", "chief", "foreign")
        return {name: getattr(self, name) for name in names}

    async def request(self, by: Person, chat: str = "c1") -> dict[str, Any]:
        """The client has spoken with the bot; somebody takes the dialog over."""
        await self.shop.say("/start", chat)
        found = await self.admin.client.get("/api/v1/dialogs", params={"q": chat})
        dialog_id = found.json["items"][0]["id"]
        return await post(by, f"dialogs/{dialog_id}/takeover", {})


async def post(who: Person, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await who.client.post(f"/api/v1/{path}", body)
    assert answer.status in (200, 201), answer.text
    made: dict[str, Any] = answer.json
    return made
