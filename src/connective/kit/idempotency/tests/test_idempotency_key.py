"""Idempotency-Key on POSTs: one work, the same answer again."""

import asyncio
from typing import Any

import pytest

from connective.kit.context import unit_of_work
from connective.kit.idempotency import keeper
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled

pytestmark = pytest.mark.proves("INT-13", part="Idempotency-Key")
ANN = {"first_name": "Ann", "email": "ann@example.com", "role": "operator"}
HOUR = 3600


async def add(person: Person, key: str = "k1", **changes: Any) -> Answer:
    headers = {"Idempotency-Key": key}
    return await person.client.post("/api/v1/users", ANN | changes, headers=headers)


async def test_a_repeat_gets_the_first_answer_and_makes_nothing(
    admin: Person, db: Database
) -> None:
    first, second = await add(admin), await add(admin)
    assert (first.status, second.status) == (201, 201)
    assert first.body == second.body
    assert first.headers["Location"] == second.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert await db.value("SELECT count(*) FROM users WHERE email = 'ann@example.com'") == 1


async def test_another_body_under_the_key_is_refused(admin: Person) -> None:
    await add(admin)
    other = await add(admin, first_name="Olha")
    assert (other.status, other.json["code"]) == (422, "idempotency_mismatch")


async def test_a_key_belongs_to_its_caller_and_route(
    app: AppClient, admin: Person, db: Database
) -> None:
    await add(admin)
    second = await sign_in(db, app, "administrator")
    assert (await add(second)).json["code"] == "email_taken"
    headers = {"Idempotency-Key": "k1"}
    made = await admin.client.post("/api/v1/keys", {"name": "Shop"}, headers=headers)
    assert made.status == 201


async def test_many_at_once_do_the_work_once(admin: Person, db: Database) -> None:
    answers = await asyncio.gather(*(add(admin) for _ in range(20)))
    done = [a for a in answers if a.status == 201]
    running = [a for a in answers if a.status == 409]
    assert len(done) + len(running) == 20
    assert {a.json["code"] for a in running} <= {"in_progress"}
    assert {a.body for a in [*done, await add(admin)]} == {done[0].body}
    assert await db.value("SELECT count(*) FROM users WHERE email = 'ann@example.com'") == 1


async def test_a_hundred_who_do_not_give_up_get_one_answer(admin: Person, db: Database) -> None:
    async def answered() -> Answer:
        told: list[Answer] = []

        async def is_done() -> bool:
            told.append(await add(admin))
            return told[-1].status != 409

        await polled(is_done)
        return told[-1]

    answers = await asyncio.gather(*(answered() for _ in range(100)))
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    replayed = [answer for answer in answers if "Idempotency-Replayed" in answer.headers]
    assert len(replayed) == 99
    assert await db.value("SELECT count(*) FROM users WHERE email = 'ann@example.com'") == 1


async def test_a_repeat_while_the_first_runs_is_told_so(admin: Person, db: Database) -> None:
    subject = f'["user {admin.id}","/api/v1/users","k1"]'
    await db.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", subject)
    waiting = await add(admin)
    assert (waiting.status, waiting.json["code"]) == (409, "in_progress")
    assert waiting.headers["Retry-After"] == "1"
    await db.execute("SELECT pg_advisory_unlock(hashtextextended($1, 0))", subject)
    assert (await add(admin)).status == 201


async def test_work_that_broke_off_leaves_nothing_and_the_next_one_does_it(
    admin: Person, monkeypatch: pytest.MonkeyPatch, db: Database
) -> None:
    async def break_off(*_: Any) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as broken:
        broken.setattr(keeper, "keep", break_off)
        assert (await add(admin)).status == 503
    assert await db.value("SELECT count(*) FROM users WHERE email = 'ann@example.com'") == 0
    assert (await add(admin)).status == 201


async def test_a_refusal_is_not_kept(admin: Person, db: Database) -> None:
    assert (await add(admin, role="emperor")).status == 422
    assert (await add(admin)).status == 201


async def test_an_answer_is_kept_for_a_day(
    moving_clock: MovingClock, app: AppClient, db: Database
) -> None:
    admin = await sign_in(db, app, is_root=True)
    first = await add(admin)
    for _ in range(4):
        moving_clock.advance(6 * HOUR - 1)
        assert (await add(admin)).body == first.body
    moving_clock.advance(4)
    assert (await add(admin)).json["code"] == "email_taken"
    async with unit_of_work() as ctx:
        await keeper.forget_old(ctx.db, ctx.now)
    assert await db.value("SELECT count(*) FROM idempotency_keys") == 0


async def test_a_kept_answer_with_a_secret_is_sealed(admin: Person, db: Database) -> None:
    headers = {"Idempotency-Key": "k1"}
    body = {"name": "Shop"}
    first = await admin.client.post("/api/v1/keys", body, headers=headers)
    again = await admin.client.post("/api/v1/keys", body, headers=headers)
    assert again.json["secret"] == first.json["secret"]
    assert first.json["secret"] not in str(await db.fetch("TABLE idempotency_keys"))


@pytest.mark.parametrize(("length", "status"), [(255, 201), (256, 422)])
async def test_a_key_has_at_most_255_characters(admin: Person, length: int, status: int) -> None:
    assert (await add(admin, "k" * length)).status == status


async def test_nobody_learns_an_answer_without_the_right_to_ask(
    app: AppClient, admin: Person, db: Database
) -> None:
    await add(admin)
    await db.execute("UPDATE users SET active = false WHERE id = $1", admin.id)
    assert (await add(admin)).status == 401
