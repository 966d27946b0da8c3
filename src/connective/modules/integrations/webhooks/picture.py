"""The rows that the bodies of one batch of events show, read at once."""

from collections.abc import Sequence
from typing import Any, Self, cast

from connective.kit import clock
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.files import service as files
from connective.modules.integrations.webhooks import queries
from connective.modules.integrations.webhooks.envelope import Envelope, digits
from connective.modules.integrations.webhooks.said import Said

COMMENTED = "request.commented"
READABLE_FOR_S = 7 * 86_400


class Picture:
    """Contacts by dialog and by their own id, messages with links to their files, operators."""

    def __init__(
        self,
        people: Sequence[AnyRow],
        messages: dict[int, dict[str, Any]],
        operators: Sequence[AnyRow],
    ) -> None:
        self._by_dialog = {row.dialog_id: row for row in people if row.dialog_id is not None}
        self._by_contact = {row.contact_id: row for row in people}
        self._messages = messages
        self._operators = {row.id: _operator(row) for row in operators}

    @classmethod
    async def of(cls, ctx: Ctx, said: Sequence[Said]) -> Self:
        shown = [each for each in said if each.projection.about != "instance"]
        people = await queries.people(
            ctx.db,
            dialog_ids={s.event.dialog_id for s in shown if s.event.dialog_id is not None},
            contact_ids={s.data["contact_id"] for s in shown if s.data.get("contact_id")},
        )
        wanted = {s.data["message_id"] for s in shown if s.projection.about == "message"}
        rows = await queries.messages_by_id(ctx.db, wanted)
        messages = {number: await _message(ctx, row) for number, row in rows.items()}
        busy = {number for each in said if (number := _at_work(each, messages)) is not None}
        operators = await queries.people_of_panel(ctx.db, busy) if busy else []
        return cls(people, messages, operators)

    def envelope(self, said: Said, name: str) -> Envelope:
        """The event as it goes out under this id, still without its place in a lane."""
        event, about = said.event, said.projection.about
        envelope = Envelope(
            event_name=said.name,
            event_id=name,
            created_at=clock.rfc3339(event.at),
            bot_id=event.bot_id,
            data=said.projection.data(said.data),
        )
        person = self._person(said) if about != "instance" else None
        if person is not None:
            envelope.bot_id = event.bot_id or person.bot_id
            envelope.channel, envelope.chat_id = person.channel, person.chat_id
            envelope.client = _client(person)
        elif about == "client":
            envelope.client = _introduced(said.data)
        if about == "message":
            envelope.message = self._message(said.data["message_id"], person)
        if said.room is not None:
            envelope.chat_room_id, envelope.chat = said.room.id, said.room.chat
            if event.kind == COMMENTED:
                envelope.data = {"comment": said.room.comment}
        at_work = _at_work(said, self._messages)
        envelope.operator = self._operators.get(at_work) if at_work is not None else None
        return envelope

    def _person(self, said: Said) -> AnyRow | None:
        if said.event.dialog_id is not None:
            return self._by_dialog.get(said.event.dialog_id)
        return self._by_contact.get(said.data.get("contact_id"))

    def _message(self, number: int, person: AnyRow | None) -> dict[str, Any] | None:
        message = self._messages.get(number)
        if message is not None and message["from"]["kind"] == "client" and person is not None:
            message["from"]["id"] = person.client_id
        return message


def _at_work(said: Said, messages: dict[int, dict[str, Any]]) -> int | None:
    """The operator whom an event is about: who wrote, came, left, closed or
    changed, else who has the chat."""
    message = messages.get(said.message_id or 0)
    if message is not None and message["from"]["kind"] == "operator":
        return cast(int | None, message["from"]["id"])
    if said.projection.group == "operator":
        return cast(int, said.data["user_id"])
    named = said.data.get("operator_id")
    if named is not None or said.room is None:
        return cast(int | None, named)
    return said.room.assignee_id


def _operator(row: AnyRow) -> dict[str, Any]:
    name = f"{row.first_name} {row.last_name}".strip()
    return {"id": row.id, "name": name, "email": row.email}


def _client(person: AnyRow) -> dict[str, Any]:
    full = f"{person.first_name} {person.last_name}".strip()
    return {
        "id": person.client_id,
        "name": person.display_name or full or person.username or digits(person.phone) or "",
        "phone": digits(person.phone),
        "email": person.email,
        "external_id": person.external_id,
        "utm": person.last_utm,
    }


def _introduced(told: dict[str, Any]) -> dict[str, Any]:
    """A client whom another system told of: he has no chat yet, the event has all there is."""
    known = {name: told.get(name) for name in ("id", "name", "email", "external_id")}
    return known | {"phone": digits(told.get("phone")), "utm": {}}


async def _message(ctx: Ctx, row: AnyRow) -> dict[str, Any]:
    gone = row.deleted_at is not None
    return {
        "id": row.id,
        "type": row.kind,
        "text": "" if gone else row.text,
        "attachments": [] if gone else await _attachments(ctx, row.content or {}),
        "from": {"kind": row.author_kind, "id": row.author_id, "name": row.author_name},
        "created_at": clock.rfc3339(row.created_at),
    }


async def _attachments(ctx: Ctx, content: dict[str, Any]) -> list[dict[str, Any]]:
    """A bot's files as they went out; a client's file once it is stored, by a signed link."""
    media = content.get("media")
    if not media:
        return list(content.get("attachments") or [])
    name = media.get("file_id") or ""
    file = (await files.find_all(ctx, [name])).get(name)
    if file is None:  # not fetched yet, or removed since
        known = {name: media.get(name) for name in ("url", "mime", "name", "size")}
        return [known | {"expires_at": None}]
    link = files.link(file, now=ctx.now, ttl_s=READABLE_FOR_S)
    found = {"url": link.url, "mime": file.mime, "name": file.name, "size": file.size}
    return [found | {"expires_at": clock.rfc3339(link.expires_at)}]
