"""Gives the test plugin what the kit may not know: the app, and how its database is made."""

from collections.abc import Awaitable, Callable

import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from connective.app import asgi
from connective.app import migrate as migrations

pytest_plugins = ["connective.kit.testing.plugin"]


@pytest.fixture(scope="session")
def create_app() -> Callable[..., FastAPI]:
    return asgi.create_app


@pytest.fixture(scope="session")
def migrate() -> Callable[[AsyncEngine], Awaitable[None]]:
    return migrations.migrate
