"""Pushes of all clients of a bot to eSputnik, over the documented call and from the panel."""

from itertools import pairwise
from typing import Any

import pytest

from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.polling import polled


@pytest.mark.proves("INT-11")
async def test_all_clients_go_in_batches_of_a_hundred_with_the_delay_between(
    moving_clock: MovingClock, marketing: Any
) -> None:
    people = await marketing.clients(250)
    await marketing.connect()
    token = await marketing.token(bot_ids=[marketing.shop.id])

    started = await marketing.push(bot_id=marketing.shop.id, token=token, delay=2)

    assert started.status == 200, started.text
    number = started.json["job_id"]
    assert started.json == {
        "status": "success",
        "message": "Push started",
        "job_id": number,
        "total": 250,
    }
    for batches in (1, 2):
        job = await marketing.until(number, batches=batches)
        assert job["status"] == "running"
        moving_clock.advance(1.9)
        still = await marketing.until(number, batches=batches)
        assert still["next_at"] == job["next_at"]
        moving_clock.advance(0.1)
    done = await marketing.until(number, status="done")

    assert [len(batch) for _, batch in marketing.other.tokens] == [100, 100, 50]
    times = [at for at, _ in marketing.other.tokens]
    assert all(later - earlier >= 2 for earlier, later in pairwise(times))
    assert marketing.other.pushed == [str(n) for n in people]
    assert marketing.other.tokens[0][1][0] == {
        "token": str(people[0]),
        "phone": "380500000001",
        "externalCustomerId": str(people[0]),
    }
    assert (done["sent"], done["skipped"], done["failed"], done["done"]) == (250, 0, 0, 250)
    assert not marketing.other.contacts


@pytest.mark.proves("INT-11", part="refusals")
async def test_the_documented_call_says_what_is_wrong(marketing: Any) -> None:
    bot = marketing.shop.id
    token = await marketing.token()
    foreign = await marketing.shop.admin.post("/api/v1/bots", {"name": "Other"})
    limited = await marketing.token(bot_ids=[foreign.json["id"]])
    reader = await marketing.token("clients:read")

    assert (await marketing.push(bot_id=bot)).status == 401
    assert (await marketing.push(bot_id=bot, token="wrong")).status == 401
    assert (await marketing.push(bot_id=bot, token=17, delay=-1)).status == 401
    assert (await marketing.push(bot_id=999_999, token=token)).status == 404
    assert (await marketing.push(bot_id=bot, token=limited)).status == 404
    unset = await marketing.push(bot_id=bot, token=token)
    assert (unset.status, unset.json["code"]) == (409, "esputnik_not_configured")
    for delay in (-1, 3601, "soon"):
        refused = await marketing.push(bot_id=bot, token=token, delay=delay)
        assert (refused.status, refused.json["errors"][0]["field"]) == (422, "delay")
    assert (await marketing.push(token=token)).status == 422
    lacking = await marketing.push(bot_id=bot, token=reader)
    assert lacking.status == 403
    assert "broadcast:send" in lacking.json["message"]
    garbled = await marketing.shop.partner.request(
        "POST", "/kw/esputnik/push-contacts", data=b"{", headers={"Content-Type": "text/json"}
    )
    assert garbled.status == 400


@pytest.mark.proves("INT-11", part="one at a time")
async def test_a_second_push_is_told_the_job_that_runs(
    moving_clock: MovingClock, marketing: Any
) -> None:
    await marketing.clients(101)
    await marketing.connect()
    token = await marketing.token()
    first = await marketing.push(bot_id=marketing.shop.id, token=token, delay=60)
    number = first.json["job_id"]

    second = await marketing.push(bot_id=marketing.shop.id, token=token)
    assert (second.status, second.json["job_id"]) == (409, number)
    assert second.json["code"] == "esputnik_running"

    await marketing.until(number, batches=1)
    paused = await marketing.shop.admin.post(f"{marketing.path}/pushes/{number}/pause")
    assert paused.json["status"] == "paused"
    moving_clock.advance(120)
    beside = await marketing.shop.admin.post(f"{marketing.path}/pushes", {"delay": 0})
    assert (beside.status, beside.json["job_id"]) == (409, number)
    resumed = await marketing.shop.admin.post(f"{marketing.path}/pushes/{number}/resume")
    assert resumed.json["status"] == "running"
    done = await marketing.until(number, status="done")
    assert (done["batches"], done["sent"]) == (2, 101)
    assert [len(batch) for _, batch in marketing.other.tokens] == [100, 1]
    over = await marketing.shop.admin.post(f"{marketing.path}/pushes/{number}/pause")
    assert (over.status, over.json["code"]) == (409, "esputnik_push_over")


@pytest.mark.proves("INT-11", part="retries")
async def test_a_busy_server_is_tried_five_times_more_then_the_push_waits_for_somebody(
    moving_clock: MovingClock, marketing: Any
) -> None:
    await marketing.clients(3)
    await marketing.connect()
    marketing.other.script = [429, 500, 503, 502, 429, 500]
    number = (await marketing.shop.admin.post(f"{marketing.path}/pushes")).json["job_id"]

    for tries, pause in enumerate((2, 4, 8, 16, 32), 1):
        job = await marketing.until(number, attempts=tries)
        assert job["status"] == "running"
        assert marketing.other.refused == tries
        moving_clock.advance(pause)
    stopped = await marketing.until(number, status="stopped")

    assert marketing.other.refused == 6
    assert stopped["error"] == "500 scripted 500"
    assert not marketing.other.pushed
    await marketing.shop.admin.post(f"{marketing.path}/pushes/{number}/resume")
    done = await marketing.until(number, status="done")
    assert (done["sent"], done["error"]) == (3, None)


@pytest.mark.proves("INT-11", part="refused key")
async def test_a_refused_key_stops_the_push_and_colours_the_card(marketing: Any) -> None:
    await marketing.clients(2)
    await marketing.connect(api_key="stale")
    number = (await marketing.shop.admin.post(f"{marketing.path}/pushes")).json["job_id"]

    stopped = await marketing.until(number, status="stopped")
    assert stopped["error"] == "401 Unauthorized"
    shown = (await marketing.shop.admin.get(marketing.path)).json
    assert (shown["state"], shown["last_error"]["status"]) == ("error", 401)
    cards = (await marketing.shop.admin.get("/api/v1/integrations/health")).json["items"]
    (card,) = [one for one in cards if one["key"] == "esputnik"]
    assert card["state"] == "error"

    await marketing.connect()
    await marketing.shop.admin.post(f"{marketing.path}/pushes/{number}/resume")
    await marketing.until(number, status="done", sent=2)
    assert (await marketing.shop.admin.get(marketing.path)).json["state"] == "active"


@pytest.mark.proves("INT-11", part="skipped")
async def test_who_has_no_identifier_or_wants_nothing_is_counted_as_skipped(
    marketing: Any,
) -> None:
    nameless = await marketing.clients(2, phone=None)
    await marketing.db.execute("UPDATE clients SET email = 'a@b.c' WHERE id = $1", nameless[1])
    silent = await marketing.clients(1)
    await marketing.db.execute(
        "UPDATE contacts SET subscribed = false WHERE client_id = $1", silent[0]
    )
    # without the client's number nothing is left of those who gave nothing
    rows = [("phone", "phone"), ("email", "email"), ("external_id", "externalCustomerId")]
    await marketing.connect(mapping=[{"source": s, "field": f} for s, f in rows])
    number = (await marketing.shop.admin.post(f"{marketing.path}/pushes")).json["job_id"]

    done = await marketing.until(number, status="done")

    assert (done["total"], done["sent"], done["skipped"]) == (3, 1, 2)
    assert marketing.other.tokens[0][1] == [{"token": str(nameless[1]), "email": "a@b.c"}]


@pytest.mark.proves("INT-11", part="contacts")
async def test_clients_without_telegram_and_fields_of_ones_own_go_as_contacts(
    marketing: Any,
) -> None:
    (in_telegram,) = await marketing.clients(1)
    (elsewhere,) = await marketing.clients(1, channel="viber", phone="+38067")
    await marketing.db.execute("""UPDATE clients SET extra_data = '{"city": "Lviv"}'""")
    usual = (await marketing.connect())["mapping"]
    await marketing.connect(mapping=[*usual, {"source": "extra.city", "field": "4711"}])
    number = (await marketing.shop.admin.post(f"{marketing.path}/pushes")).json["job_id"]

    await marketing.until(number, status="done", sent=2)

    assert marketing.other.pushed == [str(in_telegram)]
    ((_, body),) = marketing.other.contacts
    assert (body["dedupeOn"], body["customFieldsIDs"]) == ("externalCustomerId", [4711])
    assert body["contacts"][1] == {
        "firstName": "Client 1",
        "externalCustomerId": str(elsewhere),
        "channels": [{"type": "sms", "value": "380670000001"}],
        "fields": [{"id": 4711, "value": "Lviv"}],
    }
    assert [one["externalCustomerId"] for one in body["contacts"]] == [
        str(in_telegram),
        str(elsewhere),
    ]


@pytest.mark.proves("INT-11", part="errors")
async def test_what_esputnik_refuses_stands_in_a_table_and_the_push_goes_on(
    marketing: Any,
) -> None:
    refused = await marketing.clients(100)
    (fine,) = await marketing.clients(1)
    await marketing.connect()
    marketing.other.script = [400]
    path = f"{marketing.path}/pushes"
    number = (await marketing.shop.admin.post(path, {"delay": 0})).json["job_id"]

    done = await marketing.until(number, status="done")

    assert (done["sent"], done["failed"]) == (1, 100)
    assert marketing.other.pushed == [str(fine)]
    table = await marketing.shop.admin.get(f"{path}/{number}/errors.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    head, first, *rest = table.text.splitlines()
    assert head == "client_id,chat_id,error,at"
    assert first.startswith(f"{refused[0]},{refused[0]},400 scripted 400,")
    assert len(rest) == 99


@pytest.mark.proves("INT-11", part="changes")
async def test_new_and_changed_clients_are_told_where_the_bot_is_set_so(
    marketing: Any,
) -> None:
    await marketing.connect(push_changes=True)
    await marketing.shop.publish(
        [(1, "start", {}), (2, "message", {"text": "Hi"})], [(1, "next", 2)]
    )
    await marketing.shop.say("/start", "new-one")

    async def told() -> bool:
        return any(
            c.get("firstName") == "Ann" for _, b in marketing.other.contacts for c in b["contacts"]
        )

    await polled(told)
    shown = (await marketing.shop.admin.get(marketing.path)).json
    assert shown["changes"]["failed"] == 0


@pytest.mark.proves("INT-11", part="delay")
async def test_a_second_lies_between_batches_where_nobody_says_how_many(marketing: Any) -> None:
    await marketing.connect()
    started = await marketing.push(bot_id=marketing.shop.id, token=await marketing.token())
    assert (await marketing.job(started.json["job_id"]))["delay"] == 1


async def test_a_push_shows_how_far_it_is_on_system_status(
    moving_clock: MovingClock, marketing: Any
) -> None:
    await marketing.clients(101)
    await marketing.connect()
    started = await marketing.shop.admin.post(f"{marketing.path}/pushes", {"delay": 60})
    await marketing.until(started.json["job_id"], batches=1)

    status = (await marketing.shop.admin.get("/api/v1/system/status")).json
    (check,) = [one for one in status["checks"] if one["name"] == "esputnik"]
    assert (check["state"], check["facts"]["done"], check["facts"]["total"]) == ("ok", 100, 101)
    assert "100" in check["detail"]

    cancelled = await marketing.shop.admin.post(
        f"{marketing.path}/pushes/{started.json['job_id']}/cancel"
    )
    assert cancelled.json["status"] == "cancelled"
    listed = (await marketing.shop.admin.get(f"{marketing.path}/pushes")).json["items"]
    assert [one["status"] for one in listed] == ["cancelled"]
