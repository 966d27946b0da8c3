"""Sets webhooks up, pauses and resumes them, renews their secrets; their only writer."""

from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, insert, update

from connective.kit import auth_policy, clock, crypto, errors, i18n, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.egress.entered import check_entered
from connective.kit.errors import FieldError
from connective.kit.http.reply import moment
from connective.kit.outbox.again import CALLED_AGAIN
from connective.kit.outbox.append import Outgoing, delivery_id
from connective.kit.outbox.models import endpoints
from connective.kit.paging import Page, PageQuery, page
from connective.modules.integrations.deliveries import service as deliveries
from connective.modules.integrations.webhooks import queries, samples
from connective.modules.integrations.webhooks.catalogue import names
from connective.modules.integrations.webhooks.envelope import Envelope
from connective.modules.integrations.webhooks.models import subscriptions
from connective.modules.integrations.webhooks.schemas import (
    MASKED,
    Catalogue,
    EventDescribed,
    NewSecret,
    NewWebhook,
    Webhook,
    WebhookCreated,
    WebhookPatch,
    WebhookTestSent,
)

FILTER = ("events", "bot_ids", "subject_ids")
SECRETS = ("headers", "x_access_token")


async def get(ctx: Ctx, number: int, *, action: str = "webhooks.view") -> Webhook:
    return _shown(auth_policy.find(ctx.actor, action, await queries.by_id(ctx.db, number)))


async def listed(ctx: Ctx, asked: PageQuery) -> Page[Webhook]:
    """Webhooks that the actor sees."""
    rows = await queries.listed(ctx.db, ctx.actor, asked)
    cut = page(rows, asked.limit, "sort_key", "id")
    return Page([_shown(row) for row in cut.items], cut.next_cursor)


async def create(ctx: Ctx, new: NewWebhook) -> WebhookCreated:
    """A webhook with a secret of its own."""
    check_entered(ctx, new.url, field="url")
    await _check_bots(ctx, new.bot_ids)
    _check_topics(ctx, new.subject_ids)
    secret = crypto.webhook_secret()
    values = new.model_dump(exclude={*FILTER, *SECRETS}) | {
        "kind": queries.KIND,
        "secret": instance.vault().seal(secret),
        "headers": _sealed_headers(new.headers, {}),
        "access_token": _sealed(new.x_access_token),
        "created_at": ctx.now,
    }
    made = insert(endpoints).values(values).returning(endpoints.c.id)
    number = int((await ctx.db.execute(made)).scalar_one())
    heard = new.model_dump(include={*FILTER}) | {"endpoint_id": number}
    await ctx.db.execute(insert(subscriptions).values(heard))
    webhook = await get(ctx, number, action="webhooks.edit")
    ctx.audit("webhook.created", "webhook", number, None, _audited(webhook))
    fields = {name: getattr(webhook, name) for name in Webhook.__struct_fields__}
    return WebhookCreated(**fields, secret=secret)


async def change(ctx: Ctx, number: int, patch: WebhookPatch) -> Webhook:
    """Change what the patch names; calls that already wait go to the new address."""
    before = await _locked(ctx, number)
    given = {k: v for k, v in patch.model_dump(exclude_unset=True).items() if v is not None}
    if "url" in given:
        check_entered(ctx, given["url"], field="url")
    if "bot_ids" in given:
        await _check_bots(ctx, given["bot_ids"])
    if "subject_ids" in given:
        _check_topics(ctx, given["subject_ids"])
    heard = {name: given.pop(name) for name in FILTER if name in given}
    if "headers" in given:
        given["headers"] = _sealed_headers(given["headers"], before.headers)
    if "x_access_token" in given:
        given["access_token"] = _sealed(given.pop("x_access_token"))
    await _write(ctx, number, given)
    if heard:
        mine = subscriptions.c.endpoint_id == number
        await ctx.db.execute(update(subscriptions).where(mine).values(heard))
    webhook = await get(ctx, number, action="webhooks.edit")
    ctx.audit("webhook.changed", "webhook", number, _audited(_shown(before)), _audited(webhook))
    return webhook


async def remove(ctx: Ctx, number: int) -> None:
    """Forget a webhook: what waits for it is cancelled, its log stays."""
    row = await _locked(ctx, number)
    await _write(ctx, number, {"status": "deleted"})
    await ctx.db.execute(delete(subscriptions).where(subscriptions.c.endpoint_id == number))
    await deliveries.cancel_open(ctx, number)
    ctx.audit("webhook.deleted", "webhook", number, _audited(_shown(row)), None)


async def pause(ctx: Ctx, number: int) -> Webhook:
    """Call it no more; its events are kept for seven days."""
    row = await _locked(ctx, number)
    if row.status != "paused":
        await _write(ctx, number, {"status": "paused"})
        ctx.audit("webhook.paused", "webhook", number, row.status, "paused")
    return await get(ctx, number, action="webhooks.edit")


async def resume(ctx: Ctx, number: int, since: Any = None, until: Any = None) -> Webhook:
    """Call it again, also after it was disabled. With a period, only what it holds is sent."""
    row = await _locked(ctx, number)
    if row.status != "active":
        await deliveries.cancel_open(ctx, number, outside=(since, until))
        await _write(ctx, number, CALLED_AGAIN)
        await deliveries.hasten(ctx, number)
        ctx.audit("webhook.resumed", "webhook", number, row.status, "active")
    return await get(ctx, number, action="webhooks.edit")


async def rotate_secret(ctx: Ctx, number: int, *, overlap_h: int) -> NewSecret:
    """A new signing secret; for the overlap both sign."""
    row = await _locked(ctx, number)
    secret = crypto.webhook_secret()
    until = ctx.now + timedelta(hours=overlap_h) if overlap_h else None
    values = {
        "secret": instance.vault().seal(secret),
        "old_secret": row.secret if until else None,
        "old_secret_until": until,
    }
    await _write(ctx, number, values)
    ctx.audit("webhook.secret_rotated", "webhook", number, None, {"overlap_h": overlap_h})
    return NewSecret(secret, moment(until))


async def send_test(ctx: Ctx, number: int) -> WebhookTestSent:
    """One `test` event through the ledger, tried once, even while the webhook is paused."""
    await _locked(ctx, number)
    name = delivery_id(ctx.now)
    event_id = f"ev_{crypto.timed_id(clock.epoch_ms(ctx.now))}"
    ctx.send(
        Outgoing(
            endpoint_id=number,
            kind=queries.KIND,
            event_name="test",
            lane="test",
            body=samples.test_event(event_id, ctx.now).body,
            id=name,
            webhook_id=event_id,
            ordered=False,
        )
    )
    return WebhookTestSent(name)


def catalogue(language: str) -> Catalogue:
    """Every event that a webhook may ask for, with a sample of its body."""
    return Catalogue(
        [
            EventDescribed(
                event_name=name,
                group=group,
                description=i18n.text(language, f"webhooks.events.{name}"),
                sample=samples.of(name),
            )
            for name, group in names().items()
        ],
        msgspec.json.schema(Envelope),
    )


async def _locked(ctx: Ctx, number: int) -> AnyRow:
    row = await queries.by_id(ctx.db, number, lock=True)
    found: AnyRow = auth_policy.find(ctx.actor, "webhooks.edit", row)
    return found


async def _write(ctx: Ctx, number: int, values: dict[str, Any]) -> None:
    """The version tells the senders to read the endpoint anew."""
    changed = values | {"version": endpoints.c.version + 1}
    await ctx.db.execute(update(endpoints).where(endpoints.c.id == number).values(changed))
    ctx.wakes("outbox")


async def _check_bots(ctx: Ctx, wanted: list[int]) -> None:
    """A limited actor names bots, and only his own; nobody names bots that do not exist."""
    own = ctx.actor.bot_ids
    if not auth_policy.within(own, wanted):
        shown = ", ".join(str(number) for number in sorted(own))
        raise errors.invalid(FieldError("bot_ids", "bots_outside", {"bots": shown}))
    if unknown := await queries.unknown_bots(ctx.db, wanted):
        shown = ", ".join(str(number) for number in unknown)
        raise errors.invalid(FieldError("bot_ids", "no_such_bots", {"bots": shown}))


def _check_topics(ctx: Ctx, wanted: list[int]) -> None:
    """Who is limited to topics names some of them: an address that hears all would tell him all."""
    own = ctx.actor.topic_ids
    if not auth_policy.within(own, wanted):
        shown = ", ".join(str(number) for number in sorted(own))
        raise errors.invalid(FieldError("subject_ids", "topics_outside", {"topics": shown}))


def _sealed(token: str | None) -> str | None:
    return instance.vault().seal(token) if token else None


def _sealed_headers(given: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    """Values may be credentials: they are kept sealed and shown as `***`."""
    return {
        name: before[name] if value == MASKED and name in before else instance.vault().seal(value)
        for name, value in given.items()
    }


def _audited(webhook: Webhook) -> dict[str, Any]:
    told = ("name", "url", "events", "bot_ids", "subject_ids", "headers", "status", "timeout_s")
    return {name: getattr(webhook, name) for name in told}


def _shown(row: AnyRow) -> Webhook:
    own: dict[str, Any] = {name: getattr(row, name, None) for name in Webhook.__struct_fields__}
    times = ("failing_since", "last_success_at", "created_at")
    own |= {name: moment(own[name]) for name in times}
    live = row.old_secret_until is not None and row.old_secret_until > clock.now()
    own |= {
        "headers": dict.fromkeys(row.headers, MASKED),
        "x_access_token_set": row.access_token is not None,
        "old_secret_until": moment(row.old_secret_until) if live else None,
    }
    return Webhook(**own)
