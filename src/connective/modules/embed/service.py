"""Tokens for the panel within other pages, the sites that may show it, and whom it opens."""

from connective.kit import auth_policy, errors, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.errors import FieldError
from connective.kit.http.reply import moment
from connective.kit.stored_settings import store
from connective.modules.accounts import service as accounts
from connective.modules.clients import service as clients
from connective.modules.embed import origins, queries
from connective.modules.embed.schemas import (
    BY,
    EmbedClient,
    EmbedOpened,
    EmbedOpenIn,
    EmbedOrigins,
    EmbedOriginsIn,
    EmbedToken,
    EmbedTokenIn,
)

KEY = "embed"
PAGE = "/embed/operator-panel"
UNKNOWN = {
    "phone": "embed_unknown_phone",
    "email": "embed_unknown_email",
    "external_id": "embed_unknown_external_id",
    "chat_id": "embed_unknown_chat",
}


async def allowed(ctx: Ctx) -> list[str]:
    """The origins whose pages may show the panel."""
    return list((await store.read(ctx, KEY) or {}).get("origins", []))


async def get_origins(ctx: Ctx) -> EmbedOrigins:
    return EmbedOrigins(await allowed(ctx))


async def put_origins(ctx: Ctx, body: EmbedOriginsIn) -> EmbedOrigins:
    """Store the list; whoever is let in for a site that has gone is out at once."""
    given = [one.strip() for one in body.origins]
    faults = [
        FieldError(f"origins[{index}]", code, {"origin": one})
        for index, one in enumerate(given)
        if (code := origins.fault(one) or ("origin_twice" if one in given[:index] else None))
    ]
    if faults:
        raise errors.invalid(*faults)
    before = await allowed(ctx)
    await store.write(ctx, KEY, before={"origins": before}, after={"origins": given})
    gone = frozenset(before) - frozenset(given)
    if gone:
        await accounts.end_embedded(ctx, gone)
    return EmbedOrigins(given)


async def create_token(ctx: Ctx, body: EmbedTokenIn) -> EmbedToken:
    """A token for an operator at work in another system."""
    if ctx.actor.kind != "key":
        raise errors.Forbidden("embed_needs_key")
    if code := origins.fault(body.origin):
        raise errors.Invalid(code, field="origin", origin=body.origin)
    if body.origin not in await allowed(ctx):
        raise errors.Invalid("embed_origin_refused", field="origin", origin=body.origin)
    made = await accounts.open_embedded(
        ctx,
        email=body.user_email,
        user_id=body.user_id,
        origin=body.origin,
        ttl_s=body.ttl_s,
        **body.context.model_dump(exclude_none=True, exclude_defaults=True),
    )
    public = instance.settings().public_url.rstrip("/")
    address = f"{public}{PAGE}?origin={body.origin}#token={made.token}"
    return EmbedToken(token=made.token, expires_at=moment(made.ends), url=address)


async def open_client(ctx: Ctx, asked: EmbedOpenIn) -> EmbedOpened:
    """Find whom the page shows, or make him, and the chat to show."""
    auth_policy.allow(ctx.actor, "clients.view")
    chat = await queries.chat(ctx.db, ctx.actor, asked.chat_id) if asked.chat_id else None
    found = await _found(ctx, asked, chat)
    created = found is None
    if found is None:
        found = await _made(ctx, asked)
    if asked.crm_record_url and auth_policy.holds(ctx.actor, "clients.edit"):
        await clients.keep_record(ctx, found.id, asked.crm_record_url)
    chat = chat or await queries.chat_of(ctx.db, ctx.actor, found.id)
    return EmbedOpened(
        client=_shown(found, asked.crm_record_url or found.record_url),
        created=created,
        chat_id=chat.id if chat else None,
        active=bool(chat and chat.state != "closed"),
    )


def _by(asked: EmbedOpenIn) -> tuple[str, str]:
    """The first field that names the client, and its value as we keep it."""
    by = next(name for name in BY if getattr(asked, name) is not None)
    value: str = getattr(asked, by)
    return by, (clients.normal_phone(value) or value) if by == "phone" else value


async def _found(ctx: Ctx, asked: EmbedOpenIn, chat: AnyRow | None) -> AnyRow | None:
    by, value = _by(asked) if chat is None else ("id", str(chat.client_id))
    found = await queries.client(ctx.db, ctx.actor, by, value)
    if found is None and (by == "chat_id" or not asked.create):
        raise errors.NotFound(UNKNOWN[by], value=value)
    return found


async def _made(ctx: Ctx, asked: EmbedOpenIn) -> AnyRow:
    """Once for two who ask at the same time."""
    auth_policy.allow(ctx.actor, "clients.edit")
    by, value = _by(asked)
    await queries.take_turn(ctx.db, f"embed {by} {value}")
    found = await queries.client(ctx.db, ctx.actor, by, value)
    if found is None:
        client_id = await clients.introduce(
            ctx, phone=asked.phone, email=asked.email, ref=asked.external_id
        )
        found = await queries.client(ctx.db, ctx.actor, "id", str(client_id))
    if found is None:
        raise errors.NotFound("not_found")
    return found


def _shown(row: AnyRow, record_url: str | None) -> EmbedClient:
    full = f"{row.first_name} {row.last_name}".strip()
    return EmbedClient(
        id=row.id,
        name=row.called or full or row.phone or row.email or row.external_id or "",
        phone=row.phone,
        email=row.email,
        external_id=row.external_id,
        record_url=record_url,
    )
