"""The rows that the bodies of one batch of events show, read at once."""

from collections.abc import Sequence
from typing import Any, Self

from connective.contracts.event import LoggedEvent
from connective.kit import clock, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.files import service as files
from connective.modules.integrations.webhooks import queries
from connective.modules.integrations.webhooks.catalogue import Data, Projection

READABLE_FOR_S = 7 * 86_400


class Picture:
    """Contacts by dialog and by their own id, messages with links to their files."""

    def __init__(self, people: Sequence[AnyRow], messages: dict[int, dict[str, Any]]) -> None:
        self._by_dialog = {row.dialog_id: row for row in people if row.dialog_id is not None}
        self._by_contact = {row.contact_id: row for row in people}
        self._messages = messages

    @classmethod
    async def of(cls, ctx: Ctx, events: Sequence[tuple[Projection, LoggedEvent, Data]]) -> Self:
        shown = [(e, data) for projection, e, data in events if projection.about != "instance"]
        people = await queries.people(
            ctx.db,
            dialog_ids={e.dialog_id for e, _ in shown if e.dialog_id is not None},
            contact_ids={data["contact_id"] for _, data in shown if data.get("contact_id")},
        )
        wanted = {d["message_id"] for p, _, d in events if p.about == "message"}
        rows = await queries.messages_by_id(ctx.db, wanted)
        return cls(people, {number: await _message(ctx, row) for number, row in rows.items()})

    def person(self, event: LoggedEvent, data: Data) -> AnyRow | None:
        if event.dialog_id is not None:
            return self._by_dialog.get(event.dialog_id)
        return self._by_contact.get(data.get("contact_id"))

    def message(self, number: int, person: AnyRow | None) -> dict[str, Any] | None:
        message = self._messages.get(number)
        if message is not None and message["from"]["kind"] == "client" and person is not None:
            message["from"]["id"] = person.client_id
        return message


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
    try:
        file = await files.get(ctx, int(media.get("file_id") or 0))
    except errors.NotFound:  # not fetched yet, or removed since
        known = {name: media.get(name) for name in ("url", "mime", "name", "size")}
        return [known | {"expires_at": None}]
    link = files.link(file, now=ctx.now, ttl_s=READABLE_FOR_S)
    found = {"url": link.url, "mime": file.mime, "name": file.name, "size": file.size}
    return [found | {"expires_at": clock.rfc3339(link.expires_at)}]
