"""`connective user create` and `connective user reset-link`."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Coroutine
from typing import Any

from connective.app import database, first_start
from connective.app.failures import CommandFailed
from connective.app.terminal import note, say
from connective.kit import i18n
from connective.kit import settings as environment
from connective.kit.context import unit_of_work
from connective.kit.errors import Problem
from connective.modules.accounts import service as accounts


def add(commands: Any) -> None:
    user = commands.add_parser("user", help="people who may sign in")
    actions = user.add_subparsers(required=True, metavar="ACTION")
    create = actions.add_parser("create", help="make a user; asks for the password")
    create.add_argument("--email", required=True)
    create.add_argument("--first-name")
    create.add_argument("--last-name", default="")
    create.add_argument("--role", default="administrator")
    create.add_argument("--root", action="store_true", help="a root administrator")
    create.add_argument(
        "--no-password", action="store_true", help="make a reset link instead of asking"
    )
    create.set_defaults(run=_create)
    link = actions.add_parser("reset-link", help="a single-use link for a new password")
    link.add_argument("--email", required=True)
    link.set_defaults(run=_reset_link)


def _create(chosen: argparse.Namespace) -> None:
    password = None if chosen.no_password else _ask_password()
    _work(_create_user(chosen, password))


def _reset_link(chosen: argparse.Namespace) -> None:
    _work(_make_link(chosen.email))


def _ask_password() -> str:
    """From the terminal, or the first line of standard input: never an argument, others see it."""
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


async def _create_user(chosen: argparse.Namespace, password: str | None) -> None:
    async with unit_of_work() as ctx:
        person = {
            "first_name": chosen.first_name or chosen.email.partition("@")[0],
            "last_name": chosen.last_name,
            "email": chosen.email,
            "role": chosen.role,
            "password": password,
        }
        made = await accounts.create_user(ctx, person, is_root=chosen.root)
        link = await accounts.make_link_by_email(ctx, made.email) if password is None else None
    say(f"User {made.id} {made.email} is made.")
    if link is not None:
        say(f"{link.url} (until {link.expires_at:%H:%M} UTC)")


async def _make_link(email: str) -> None:
    async with unit_of_work() as ctx:
        link = await accounts.make_link_by_email(ctx, email)
    say(f"{link.url} (until {link.expires_at:%H:%M} UTC)")


def _work(doing: Coroutine[Any, Any, None]) -> None:
    settings = environment.load()

    async def run(dsn: str) -> None:
        async with first_start.configured(settings, dsn):
            await doing

    with database.opened(settings, progress=note) as dsn:
        asyncio.run(first_start.migrate(dsn))
        try:
            asyncio.run(run(dsn))
        except Problem as refusal:
            raise CommandFailed(
                i18n.text("en", f"errors.{refusal.code}", **refusal.params)
            ) from None
