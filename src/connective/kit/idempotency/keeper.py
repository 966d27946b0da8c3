"""Claims a key, gives a known answer again, keeps a new one.

The claim is a lock of the request's own transaction, and the answer is written in it: a process
that dies leaves neither, so the next request with the key does the work.
"""

import hashlib
from datetime import datetime, timedelta

import msgspec
from fastapi import Request
from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response, StreamingResponse

from connective.kit import errors, instance
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.idempotency.models import idempotency_keys as kept

HEADER = "idempotency-key"
REPLAYED = "Idempotency-Replayed"
MAX_LENGTH = 255
LIFE = timedelta(hours=24)
_KEPT_HEADERS = ("content-type", "location", "etag")
_LOCK = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:subject, 0))")
_KNOWN = select(kept.c.request_hash, kept.c.status, kept.c.headers, kept.c.body, kept.c.created_at)


class Claim(msgspec.Struct, frozen=True):
    """A request that will keep its answer under a key."""

    caller: str
    route: str
    key: str
    request_hash: str


class Known(Exception):
    """This was answered before; carries the answer out of the endpoint's dependencies."""

    def __init__(self, response: Response) -> None:
        super().__init__("known")
        self.response = response


def asked(request: Request) -> bool:
    """Whether a call carries a key that counts."""
    return request.method == "POST" and HEADER in request.headers


async def claim(request: Request, ctx: Ctx) -> Claim:
    """Take the key for this request; raises Known, or refuses."""
    key = request.headers[HEADER]
    if not 0 < len(key) <= MAX_LENGTH:
        raise errors.Invalid("idempotency_key_too_long", field="Idempotency-Key")
    mine = Claim(_caller(ctx.actor), request.url.path, key, await _hash(request))
    subject = msgspec.json.encode([mine.caller, mine.route, mine.key]).decode()
    if not (await ctx.db.execute(_LOCK, {"subject": subject})).scalar_one():
        raise errors.Conflict("in_progress", headers={"Retry-After": "1"})
    query = _KNOWN.where(
        kept.c.caller == mine.caller, kept.c.route == mine.route, kept.c.key == mine.key
    )
    known = (await ctx.db.execute(query)).one_or_none()
    if known is None or known.created_at <= ctx.now - LIFE:
        return mine
    if known.request_hash != mine.request_hash:
        raise errors.Invalid("idempotency_mismatch", field="Idempotency-Key")
    body = instance.vault().open(known.body)
    raise Known(Response(body, known.status, known.headers | {REPLAYED: "true"}))


async def keep(ctx: Ctx, mine: Claim, response: Response) -> None:
    """Keep a success; a refusal is worked out anew each time."""
    if response.status_code >= 300 or isinstance(response, StreamingResponse):
        return
    answer = {
        "request_hash": mine.request_hash,
        "status": response.status_code,
        "headers": {k: v for k, v in response.headers.items() if k in _KEPT_HEADERS},
        "body": instance.vault().seal(bytes(response.body).decode()),
        "created_at": ctx.now,
    }
    row = {"caller": mine.caller, "route": mine.route, "key": mine.key}
    stored = insert(kept).values(**row, **answer)
    await ctx.db.execute(stored.on_conflict_do_update(index_elements=list(row), set_=answer))


async def forget_old(db: AsyncConnection, now: datetime) -> None:
    """Drop the answers whose time is over."""
    await db.execute(delete(kept).where(kept.c.created_at <= now - LIFE))


def _caller(actor: Actor) -> str:
    return f"{actor.kind} {actor.id}"


async def _hash(request: Request) -> str:
    """Over the query and the body; of a form with files only that it is one.

    A form is sent with other boundaries each time.
    """
    form = request.headers.get("content-type", "").startswith("multipart/")
    body = b"multipart" if form else await request.body()
    return hashlib.sha256(request.url.query.encode() + b"\0" + body).hexdigest()
