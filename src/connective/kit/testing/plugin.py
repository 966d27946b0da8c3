"""The pytest plugin: the fixtures of all tests; `docs/how-to-add/tests.md` shows their use."""

import asyncio
import gc
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
import uvloop

from connective.kit import clock, instance
from connective.kit.auth_policy import SYSTEM
from connective.kit.context import Ctx
from connective.kit.crypto import Vault
from connective.kit.db import engine as pools
from connective.kit.db.engine import close_engine, engine, open_engine
from connective.kit.embedded_postgres import Server
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.canary import Canary
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database, WorkerDatabase
from connective.kit.testing.desk import Desk
from connective.kit.testing.drowsy import KEEP_CURSORS, make_drowsy
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.remembered import remember
from connective.kit.testing.run_folder import RunFolder
from connective.kit.testing.server import RunningApp, listen
from connective.kit.testing.shop import Shop
from connective.kit.testing.template import Migrate

_RUN = pytest.StashKey[RunFolder]()


def pytest_configure(config: pytest.Config) -> None:
    """Only a worker shares: a run inside a test's process has a folder of its own."""
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())  # as the product's processes have it
    if hasattr(config, "workerinput"):
        config.stash[_RUN] = RunFolder.of_worker()
        return
    config.stash[_RUN] = RunFolder.make(Path(tempfile.gettempdir()))
    config.stash[_RUN].announce()


def pytest_collection_finish() -> None:
    """What stands now stands to the end: no collection of garbage need look at it again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[_RUN].close()


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[Server]:
    """The server of this run, shared by all workers; without fsync."""
    with Server(pytestconfig.stash[_RUN].path, durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def worker_database(
    postgres: Server, pytestconfig: pytest.Config, migrate: Migrate
) -> WorkerDatabase:
    """The copy of the template that this process works on; `migrate` is the project's."""
    worker = getattr(pytestconfig, "workerinput", {"workerid": "main"})["workerid"]
    folder = pytestconfig.stash[_RUN].path
    return WorkerDatabase(postgres, folder, name=f"test_{worker}", migrate=migrate)


@pytest_asyncio.fixture(scope="session")
async def kept(worker_database: WorkerDatabase) -> AsyncIterator[None]:
    """Pools on the database of this process outlive the tests."""
    connections = worker_database.connections
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "create_async_engine", connections.engine)
        patch.setattr(asyncpg, "connect", connections.connect)
        patch.setattr(asyncpg, "create_pool", connections.pool)
        remember(patch, worker_database.name)
        yield
    await connections.end()


@pytest_asyncio.fixture(scope="session")
async def drowsy(
    worker_database: WorkerDatabase,
    kept: None,
    usual_settings: Settings,
    create_app: Callable[..., Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[None]:
    """One start teaches which loop waits for what; later apps start a loop when it is woken."""
    data = usual_settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("first")})
    database = await Database.open(worker_database)
    instance.configure(data, Vault(data.secret_key))

    with pytest.MonkeyPatch.context() as patch, listen() as listener:
        make_drowsy(patch)
        first = create_app(data, dsn=database.dsn)

        async def listeners_stand() -> bool:
            wanted = sum(x.name.startswith("listener ") for x in first.state.running.loops)
            return bool(await database.value("SELECT count(*) = $1 FROM event_cursors", wanted))

        async with RunningApp(first, listener):
            await polled(listeners_stand)
        await database.execute(KEEP_CURSORS)
        await database.clean_and_close()
        yield


@pytest_asyncio.fixture(autouse=True)
async def own_tasks() -> AsyncIterator[None]:
    """All tests of a process share a loop: what one of them left running ends with it."""
    before = asyncio.all_tasks()
    yield
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


@pytest.fixture(scope="session")
def usual_settings() -> Settings:
    """Read once: looking through the environment takes as long as a call of the API."""
    return Settings(outbound_allow_private=True, secret_key=("test key",))


@pytest.fixture
def settings(usual_settings: Settings, tmp_path: Path) -> Settings:
    """The instance's settings; a test file may override the fixture to change them."""
    return usual_settings.model_copy(update={"data_dir": tmp_path})


@pytest_asyncio.fixture
async def db(
    worker_database: WorkerDatabase, kept: None, settings: Settings
) -> AsyncIterator[Database]:
    """A clean database, the pool of `unit_of_work` open on it, the instance configured."""
    instance.configure(settings, Vault(settings.secret_key))
    database = await Database.open(worker_database)
    open_engine(database.dsn, pool_size=5)
    try:
        yield database
    finally:
        await close_engine()
        await database.clean_and_close()


@pytest_asyncio.fixture
async def ctx(db: Database) -> AsyncIterator[Ctx]:
    """A unit of work of the system in a transaction that is rolled back."""
    async with engine().connect() as connection:
        transaction = await connection.begin()
        try:
            yield Ctx(connection, SYSTEM)
        finally:
            await transaction.rollback()


@pytest_asyncio.fixture
async def server(
    db: Database, drowsy: None, settings: Settings, create_app: Callable[..., Any]
) -> AsyncIterator[RunningApp]:
    """The whole app on a loopback port; `create_app` is the project's, see conftest.py."""
    await close_engine()  # the app opens the process's pool itself
    with listen() as listener:
        port = listener.getsockname()[1]
        app = create_app(settings.model_copy(update={"port": port}), dsn=db.dsn)
        async with RunningApp(app, listener) as running:
            yield running


@pytest_asyncio.fixture
async def app(server: RunningApp) -> AsyncIterator[AppClient]:
    """An HTTP client of the whole app."""
    async with AppClient(server.url) as client:
        yield client


@pytest_asyncio.fixture
async def admin(db: Database, app: AppClient) -> Person:
    """A signed-in root administrator; `admin.client` calls as he does."""
    return await sign_in(db, app, "administrator", is_root=True, first_name="Olha")


@pytest_asyncio.fixture
async def shop(app: AppClient, admin: Person, receiver: Receiver) -> Shop:
    """An active bot whose custom channel leads to the receiver."""
    return await Shop.open(admin.client, app, receiver)


@pytest_asyncio.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    """The shop's clients may ask for an operator: publish how."""
    return await Chats.open(db, app, shop)


@pytest_asyncio.fixture
async def desk(db: Database, app: AppClient, shop: Shop) -> Desk:
    """People of every role around the shop, which repeats what its clients say."""
    return await Desk.open(db, app, shop)


@pytest.fixture
def moving_clock() -> Iterator[MovingClock]:
    """The clock stands at 2026-05-04 09:00 UTC and moves only by the test."""
    try:
        yield MovingClock()
    finally:
        clock.reset()


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A scripted HTTP server on loopback."""
    async with Receiver() as listening:
        yield listening


@pytest_asyncio.fixture
async def canary() -> AsyncIterator[Canary]:
    """A listener on loopback that counts connections."""
    async with Canary() as listening:
        yield listening
