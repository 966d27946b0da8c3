"""Gives the test plugin the one thing that the kit may not know: how the app is put together."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI

from connective.app import asgi

pytest_plugins = ["connective.kit.testing.plugin"]


@pytest.fixture(scope="session")
def create_app() -> Callable[..., FastAPI]:
    return asgi.create_app
