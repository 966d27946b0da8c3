"""A fault of our own in the engine ends one run; the log says in which dialog."""

import logging
from typing import Any

import pytest

from connective.kit.log_tail import Tail
from connective.kit.testing.databases import Database
from connective.kit.testing.shop import Shop


@pytest.mark.proves("P-10", part="ids in logs")
async def test_a_fault_of_the_engine_is_said_and_the_log_names_the_dialog(
    shop: Shop, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    tail = Tail()
    logging.getLogger().addHandler(tail)
    await shop.publish([(1, "start", {}), (2, "message", {"text": "Hi"})], [(1, "next", 2)])
    with monkeypatch.context() as patched:
        patched.setattr("connective.engine.step.step", broken)
        await shop.say("/start")
        (said,) = await shop.texts(1)
    logging.getLogger().removeHandler(tail)
    assert said.startswith("Something went wrong")
    assert await db.value("SELECT status FROM runs") == "error"
    (line,) = [one for one in tail.lines() if one["event"].startswith("the engine failed")]
    assert line["dialog_id"] == str(await db.value("SELECT id FROM dialogs"))
    await shop.say("again")
    assert (await shop.texts(2))[1] == "Hi"
