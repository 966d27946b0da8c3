"""The log: failures without the values they met, credentials masked, in both styles."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest
import structlog

from connective.kit import errors, logs
from connective.kit.db.engine import close_engine, open_engine

TEXT = "my card is 4111"
Style = Literal["text", "json"]
STYLES: tuple[Style, ...] = ("text", "json")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def logged(style: Style, failure: BaseException) -> str:
    out = io.StringIO()
    logs.set_up(style, out=out)
    message_text = TEXT
    try:
        try:
            int(message_text)
        except ValueError as cause:
            raise failure from cause
    except type(failure):
        logging.getLogger("connective.turns").exception("a turn failed")
        structlog.get_logger("connective.turns").exception("a turn failed", dialog_id=7)
    return out.getvalue()


@pytest.mark.proves("P-10", part="no texts in logs")
@pytest.mark.parametrize("style", STYLES)
def test_a_failure_is_logged_without_the_text_that_caused_it(style: Style) -> None:
    said = logged(style, RuntimeError(f"cannot store {TEXT}"))
    assert TEXT not in said
    assert said.count("ValueError") == said.count("RuntimeError") == 2
    assert "in logged" in said
    assert "test_logs.py" in said


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("failure", [OSError("No space left"), errors.NotFound("no_such_bot")])
def test_what_we_or_the_system_say_is_kept(style: Style, failure: Exception) -> None:
    said = logged(style, failure)
    assert str(failure) in said
    assert TEXT not in said


def test_every_failure_of_a_group_is_told_once() -> None:
    said = logged("json", ExceptionGroup("several", [KeyError(TEXT), OSError("gone")]))
    first = json.loads(said.splitlines()[0])["exception"]
    assert (first.count("KeyError"), first.count("OSError: gone")) == (1, 1)
    assert TEXT not in said


@pytest.mark.parametrize("style", STYLES)
def test_a_field_named_like_a_credential_is_masked(style: Style) -> None:
    out = io.StringIO()
    logs.set_up(style, out=out)
    structlog.get_logger().info("called", api_key="k-1234", headers_token="t-1234", bot_id=18)
    assert "1234" not in out.getvalue()
    assert "18" in out.getvalue()


async def test_a_failed_statement_does_not_tell_its_values() -> None:
    opened = open_engine("postgresql://nobody@127.0.0.1:1/none")
    assert opened.sync_engine.hide_parameters
    await close_engine()
