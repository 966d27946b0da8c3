"""Accounts as the inbound hooks need them, kept for a second so that a hook asks no database."""

import asyncio

from connective.kit import clock, instance
from connective.kit.context import unit_of_work
from connective.kit.db.rows import AnyRow
from connective.modules.channels import queries
from connective.modules.channels.connections import connection_of
from connective.modules.channels.schemas import Account

KEEP_S = 1.0
Key = tuple[int, str]
_kept: dict[Key, tuple[float, Account | None]] = {}
_asking: "dict[Key, asyncio.Task[Account | None]]" = {}


async def find(bot_id: int, channel: str) -> Account | None:
    """The account, at most a second old; another process's change is seen after that second."""
    key = (bot_id, channel)
    kept = _kept.get(key)
    if kept is not None and kept[0] > clock.monotonic():
        return kept[1]
    # of all hooks that meet the end of the second, one asks
    if key not in _asking:
        _asking[key] = asyncio.create_task(_ask(key))
        _asking[key].add_done_callback(lambda _: _asking.pop(key, None))
    return await asyncio.shield(_asking[key])


async def of_account(account_id: int) -> Account | None:
    """The account of a number."""
    async with unit_of_work() as ctx:
        row = await queries.key_of(ctx.db, account_id)
    return None if row is None else await find(row.bot_id, row.channel)


async def _ask(key: Key) -> Account | None:
    async with unit_of_work() as ctx:
        row = await queries.of_bot(ctx.db, *key)
    account = None if row is None else account_of(row)
    _kept[key] = (clock.monotonic() + KEEP_S, account)
    return account


def forget() -> None:
    _kept.clear()


def account_of(row: AnyRow) -> Account:
    vault = instance.vault()
    sealed = [row.secret]
    if row.old_secret and row.old_secret_until and row.old_secret_until > clock.now():
        sealed.append(row.old_secret)
    token = row.settings.get("input_token", "")
    return Account(
        id=row.id,
        bot_id=row.bot_id,
        channel=row.channel,
        enabled=row.enabled,
        endpoint_id=row.endpoint_id,
        rate_per_s=row.rate_per_s,
        input_token=vault.open(token) if token else "",
        signing_secrets=tuple(vault.open(secret) for secret in sealed),
        connection=connection_of(row),
    )
