"""What must be true after the storm."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook

from connective.app import asgi, first_start
from connective.kit.context import unit_of_work
from connective.kit.settings import Settings
from connective.modules.turns import service as turns
from tests.chaos.clients import Log
from tests.chaos.partner import ASK, PAY, Partner

_ON_THE_WAY = """
SELECT * FROM (VALUES
  ('lanes', (SELECT count(*) FROM lanes WHERE next_at IS NOT NULL OR owner IS NOT NULL)),
  ('deliveries', (SELECT count(*) FROM deliveries
                  WHERE status IN ('pending', 'retrying') OR owner IS NOT NULL)),
  ('calls', (SELECT count(*) FROM calls WHERE status IN ('waiting', 'running'))),
  ('dialogs', (SELECT count(*) FROM dialogs WHERE call_id IS NOT NULL OR parked > 0)),
  ('parked', (SELECT count(*) FROM parked)),
  ('aside', (SELECT count(*) FROM inbound_backlog WHERE status = 'waiting'))
) AS t(name, count) WHERE count > 0
"""
_IN = """
SELECT d.chat_id, array_agg(m.text ORDER BY m.seq) AS texts
FROM messages m JOIN dialogs d ON d.id = m.dialog_id WHERE m.direction = $1 GROUP BY d.chat_id
"""
_CALLS = """
SELECT c.action, c.status, c.values->>'method' AS method, c.result->>'event' AS event,
       c.result->'error'->>'code' AS code
FROM calls c
"""

# What the scenario answers to each word: all of these, each in one of its forms.
WANTED: dict[str, list[tuple[str, ...]]] = {
    "hello": [("echo",), ("again",)],
    "ask": [("asked",)],
    "pay": [("paid", "unsure")],
}


async def on_the_way(db: Any) -> dict[str, int]:
    """What is not at rest yet."""
    return {row["name"]: row["count"] for row in await db.fetch(_ON_THE_WAY)}


async def check(db: Any, partner: Partner, log: Log, *, dsn: str, secret: str) -> list[str]:
    """Everything that is wrong, in words."""
    said = {row["chat_id"]: row["texts"] for row in await db.fetch(_IN, "out")}
    return [
        *await _stored_once(db, log),
        *_answered_once(log, said),
        *await _delivered(db, partner.bodies()),
        *await _known(db, partner),
        *_signed(partner, secret),
        *_in_order(partner),
        *_asked(partner, log, said),
        *await _ended(db),
        *await _replayed(db, dsn),
    ]


async def check_restored(db: Any, partners: Sequence[Partner], log: Log, *, dsn: str) -> list[str]:
    """What is wrong with an instance that a backup was restored into; `log` is what it holds.

    The first partner is that of the instance which was saved, the last its own.
    """
    said = {row["chat_id"]: row["texts"] for row in await db.fetch(_IN, "out")}
    got: dict[str, set[bytes]] = defaultdict(set)
    for partner in partners:
        for name, bodies in partner.bodies().items():
            got[name] |= bodies
    return [
        *_answered_once(log, said),
        *await _delivered(db, got),
        *await _known(db, partners[-1]),
        *_paid_once(partners[-1]),
        *await _ended(db),
        *await _replayed(db, dsn),
    ]


async def stored(db: Any) -> dict[str, list[str]]:
    """What clients wrote, by chat, in order."""
    return {row["chat_id"]: row["texts"] for row in await db.fetch(_IN, "in")}


async def _stored_once(db: Any, log: Log) -> list[str]:
    """Every message that was answered 200 is stored, once, in the order of its chat."""
    kept = await stored(db)
    dead = await db.fetch("SELECT chat_id, error FROM inbound_backlog WHERE status = 'dead'")
    found = [f"chat {row['chat_id']}: an event is dead: {row['error']}" for row in dead]
    for chat, taken in log.taken.items():
        if kept.get(chat, []) != taken:
            found.append(f"chat {chat}: taken {taken}, stored {kept.get(chat)}")
    return found


def _answered_once(log: Log, said: dict[str, list[str]]) -> list[str]:
    """The scenario has answered every message, each answer once."""
    found = []
    for chat, taken in log.taken.items():
        short = Counter(text.partition(":")[0] for text in said.get(chat, []))
        for text in taken:
            wanted = WANTED[text.partition(" ")[0]]
            counts = [sum(short[f"{one} {text}"] for one in either) for either in wanted]
            if counts != [1] * len(wanted):
                found.append(f"chat {chat}: {text!r} was answered {counts} times")
    return found


async def _delivered(db: Any, got: Mapping[str, set[bytes]]) -> list[str]:
    """Each outgoing id arrived; each repeat had the same body."""
    rows = await db.fetch("SELECT id, status, body FROM deliveries WHERE sequence IS NOT NULL")
    return [
        f"{row['id']} is {row['status']}, arrived {got.get(row['id'])}"
        for row in rows
        if row["status"] != "delivered" or got.get(row["id"]) != {row["body"]}
    ]


async def _known(db: Any, partner: Partner) -> list[str]:
    """The partner got nothing that the ledger does not know."""
    ids = {row["id"] for row in await db.fetch("SELECT id FROM deliveries")}
    strange = partner.bodies().keys() - ids
    return [f"the partner got what the ledger does not know: {strange}"] if strange else []


def _signed(partner: Partner, secret: str) -> list[str]:
    """Requests whose signature does not hold, whatever the clock said when they were made."""
    hook = Webhook(secret)
    found = []
    for request in partner.requests:
        if name := request.headers.get("webhook-id"):
            at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
            wanted = hook.sign(name, at, request.body.decode())
            if wanted not in request.headers["webhook-signature"].split():
                found.append(f"{name}: its signature does not hold")
    return found


def _in_order(partner: Partner) -> list[str]:
    return [
        f"chat {chat}: first arrivals {sequences}"
        for chat, sequences in partner.first_arrivals().items()
        if sequences != list(range(1, len(sequences) + 1))
    ]


def _asked(partner: Partner, log: Log, said: dict[str, list[str]]) -> list[str]:
    """Who may be asked again was asked; what is said to be paid was paid."""
    found = _paid_once(partner)
    words = Counter(t.partition(" ")[0] for taken in log.taken.values() for t in taken)
    if len(partner.asked(ASK)) != words["ask"]:
        found.append(f"asked {len(partner.asked(ASK))} of {words['ask']} questions")
    paid = sum(text.startswith("paid ") for texts in said.values() for text in texts)
    if len(partner.asked(PAY)) < paid:
        found.append(f"{paid} payments are said to be made, {len(partner.asked(PAY))} came")
    return found


def _paid_once(partner: Partner) -> list[str]:
    return [
        f"the partner was asked to pay {times} times: {query}"
        for query, times in partner.asked(PAY).items()
        if times > 1
    ]


async def _ended(db: Any) -> list[str]:
    """Every call ended well; a payment may be uncertain."""
    found = []
    for row in await db.fetch(_CALLS):
        well = (row["status"], row["event"]) == ("done", "ok")
        unsure = row["method"] == "POST" and row["code"] == "uncertain"
        if not well and not unsure:
            found.append(f"a call ended badly: {row}")
    return found


async def _replayed(db: Any, dsn: str) -> list[str]:
    """The journal of every dialog gives the same transcript."""
    ids = [row["id"] for row in await db.fetch("SELECT id FROM dialogs ORDER BY id")]
    settings = Settings(data_dir=Path(), secret_key=("test key",))
    found: list[str] = []
    asgi.fill_points()
    async with first_start.configured(settings, dsn), unit_of_work() as ctx:
        for dialog_id in ids:
            replayed = await turns.replay(ctx, dialog_id)
            if not replayed.steps:
                found.append(f"dialog {dialog_id} has no journal")
            found += [
                f"dialog {dialog_id}, step {each.step}: {each.what}: {turns.changes(each)}"
                for each in replayed.differences
            ]
    return found
