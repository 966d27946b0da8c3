"""What a start does before it serves: migrate, make the first administrator, fill the demo."""

import contextlib
import ipaddress
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import asyncpg

from connective.app import asgi, demo
from connective.app import migrate as migrations
from connective.kit import crypto, instance
from connective.kit.context import unit_of_work
from connective.kit.db.engine import close_engine, open_engine
from connective.kit.errors import Problem
from connective.kit.settings import BadSettings, Settings
from connective.modules.accounts import service as accounts
from connective.modules.settings import service as instance_settings

_TURN = "SELECT pg_advisory_lock(7306092)"


@contextlib.asynccontextmanager
async def configured(settings: Settings, dsn: str) -> AsyncIterator[None]:
    """Registries, vault and pool, for a command that works with the instance's data."""
    asgi.fill_points()
    instance.configure(settings, crypto.load_vault(settings.secret_key, settings.data_dir))
    open_engine(dsn, pool_size=2)
    try:
        yield
    finally:
        await close_engine()


async def migrate(dsn: str) -> None:
    engine = open_engine(dsn, pool_size=2)
    try:
        await migrations.migrate(engine)
    finally:
        await close_engine()


@contextlib.asynccontextmanager
async def turn(dsn: str) -> AsyncIterator[None]:
    """One process at a time prepares a database; the turn ends with the connection that has it."""
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        await connection.execute(_TURN)
        yield
    finally:
        await connection.close()


async def prepare(settings: Settings, dsn: str) -> list[str]:
    """Everything that must be true before the first request; gives what there is to tell."""
    if settings.demo:
        refuse_known_logins(settings)
    async with turn(dsn):
        return await _prepare(settings, dsn)


async def _prepare(settings: Settings, dsn: str) -> list[str]:
    await migrate(dsn)
    async with configured(settings, dsn):
        async with unit_of_work() as ctx:
            await instance_settings.ensure_instance(ctx)
        await _first_administrator(settings)
        filled = not settings.demo or await demo.is_filled()
        moved = settings.demo and filled and await demo.is_elsewhere()
    if not filled:
        await fill_demo(settings, dsn)
    elif moved:
        await _lead_demo(settings, dsn)
    if not settings.demo:
        return []
    async with configured(settings, dsn):
        return await demo.greeting(settings.base_url)


async def _first_administrator(settings: Settings) -> None:
    if not settings.admin_email:
        return
    if not settings.admin_password:
        raise BadSettings("CONNECTIVE_ADMIN_PASSWORD: is needed beside CONNECTIVE_ADMIN_EMAIL")
    try:
        async with unit_of_work() as ctx:
            await accounts.ensure_first_admin(ctx, settings.admin_email, settings.admin_password)
    except Problem as refusal:
        raise BadSettings(f"CONNECTIVE_ADMIN_PASSWORD: {refusal.code}") from None


async def _lead_demo(settings: Settings, dsn: str) -> None:
    """In the whole application: addresses are held to the rules of outgoing calls."""
    app = asgi.create_app(settings, dsn=dsn, role="web")
    async with app.router.lifespan_context(app):
        await demo.follow()


def refuse_known_logins(settings: Settings) -> None:
    """The demo's administrator has a password that everyone knows: for this machine only."""
    if settings.demo_public:
        return
    public = urlsplit(settings.public_url).hostname or "localhost"
    for name, host in (("HOST", settings.host), ("PUBLIC_URL", public)):
        if not _is_this_machine(host):
            raise BadSettings(
                f"CONNECTIVE_DEMO: everyone knows its logins, and CONNECTIVE_{name} ({host}) lets "
                "others reach them; take the demo off, or set CONNECTIVE_DEMO_PUBLIC=1 if that is "
                "meant"
            )


def _is_this_machine(host: str) -> bool:
    name = host.strip("[]").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


async def fill_demo(settings: Settings, dsn: str) -> bool:
    """Fill the demo in the whole application, as requests would; True when it was filled now."""
    app = asgi.create_app(settings, dsn=dsn, role="web")
    async with app.router.lifespan_context(app):
        return await demo.fill(app)
