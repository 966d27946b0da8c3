"""`GET /api/v1/events`: what webhooks tell, as server-sent events."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Header, Query, Request
from starlette.responses import Response

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.driver import reading
from connective.kit.http import Router, answers, permit
from connective.kit.http.params import Number
from connective.kit.http.reply import encode
from connective.kit.realtime import EventId
from connective.kit.realtime.tail import resumable
from connective.modules.accounts.service import passes
from connective.modules.accounts.service.authentication import unauthorized
from connective.modules.integrations.stream import blocks, places, seats
from connective.modules.integrations.stream.answer import EventStream
from connective.modules.integrations.stream.feed import Asked, Feed
from connective.modules.integrations.stream.places import Place
from connective.modules.integrations.webhooks import catalogue, samples

router = Router(prefix="/api/v1/events", tags=["events"])
Hear = Annotated[Ctx, Depends(permit("events.hear"))]
MEDIA = "text/event-stream"


def _documented() -> dict[int | str, dict[str, Any]]:
    """The answer is text: blocks whose `data` are the bodies under `webhooks`."""
    found = answers(str, problems=(401, 403), media=MEDIA)
    name = "message_from_client"
    sample = blocks.event(Place(4712, 1), name, encode(samples.of(name)))
    found[200]["content"][MEDIA]["example"] = (blocks.opening(Place(4711)) + sample).decode()
    return found


async def asked_for(
    event: Annotated[list[str] | None, Query(max_length=100)] = None, bot_id: Number = None
) -> Asked:
    """`event`, once for each name of the catalogue; none: all of them."""
    known = catalogue.names()
    unknown = [
        errors.FieldError(f"event[{nr}]", "unknown_event", {"event": name})
        for nr, name in enumerate(event or ())
        if name not in known
    ]
    if unknown:
        raise errors.invalid(*unknown)
    return Asked(frozenset(event or known), bot_id)


@router.get("", responses=_documented())
async def stream_events(
    newest: EventId,
    ctx: Hear,
    request: Request,
    asked: Annotated[Asked, Depends(asked_for)],
    last: Annotated[str | None, Header(alias=places.HEADER, max_length=40)] = None,
) -> Response:
    """The events that webhooks get, for as long as one listens: `id`, `event` and `data` of each.

    Listening on from `Last-Event-ID` repeats nothing and leaves nothing out; without it what
    happens from now on is told. `resync` says that events in between are not kept any more.
    `sequence` is null: the ids count.
    """
    entry = await passes.of_request(ctx, request)
    if entry is None:
        raise unauthorized()
    seats.require_free(entry)
    place = Place.read(last) if last else None
    kept = place is None or await _is_kept(place)
    if place is None or not kept:
        place = _now(newest)
    return EventStream(Feed(asked, place), entry, newest, lost=not kept)


def _now(newest: Mapping[str, str]) -> Place:
    if "X-Event-Id" not in newest:
        raise errors.Unavailable("unavailable")
    return Place(int(newest["X-Event-Id"]))


async def _is_kept(place: Place) -> bool:
    async with reading() as driver:
        return await resumable(driver, place.event_id)
