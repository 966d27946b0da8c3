"""Colleagues who are named in a note: people who may see the request, each of them told once."""

from itertools import islice
from typing import Any, Final

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.dialogs.service import MessageRow
from connective.modules.notices import service as notices
from connective.modules.requests import queries
from connective.modules.requests.conversation.quoting import excerpt
from connective.modules.requests.reading.service import need
from connective.modules.requests.reading.shown import person_name
from connective.modules.requests.schemas.talk import Mentioned, NewMessage
from connective.modules.requests.service.capacity import actor_of
from connective.modules.requests.service.chat import Row

FIELD: Final = "mentions"
OFFERED: Final = 20


async def offered(ctx: Ctx, request_id: int, name: str) -> list[Mentioned]:
    """Colleagues of the actor who may be named in the request, by a part of their name."""
    row = await need(ctx, request_id, "requests.note")
    found = await queries.active_people(ctx.db, name.strip())
    me = _person(ctx)
    seeing = (who for who in found if who.id != me and _sees(who, row))
    return [Mentioned(id=who.id, name=_name(who)) for who in islice(seeing, OFFERED)]


async def named(ctx: Ctx, row: Row, new: NewMessage) -> list[dict[str, Any]]:
    """Whom a new message names, as it is kept with it; 422 for who may not see the request."""
    if not new.mentions:
        return []
    if new.kind != "note":
        raise errors.Invalid("mentions_in_notes_only", field=FIELD)
    known = {who.id: who for who in await queries.people(ctx.db, new.mentions)}
    blind = [
        _name(known[one]) if one in known else str(one)
        for one in sorted(new.mentions)
        if one not in known or not known[one].active or not _sees(known[one], row)
    ]
    if blind:
        raise errors.Invalid("cannot_be_mentioned", field=FIELD, people=", ".join(blind))
    return [{"id": one, "name": _name(known[one])} for one in sorted(new.mentions)]


async def tell(ctx: Ctx, note: MessageRow) -> None:
    """Tell those whom a new note names, but for its author."""
    people = {one["id"] for one in (note.content or {}).get(FIELD, ())} - {_person(ctx)}
    words = excerpt(note.text, "")
    await notices.tell(ctx, people, kind="mention", text=words, request_id=note.request_id)


def _person(ctx: Ctx) -> int | None:
    return ctx.actor.id if ctx.actor.kind == "user" else None


def _sees(who: AnyRow, row: Any) -> bool:
    return auth_policy.can(actor_of(who), "requests.view", row)


def _name(who: AnyRow) -> str:
    return person_name(who.first_name, who.last_name)
