"""Writes the rows of a turn: repeats, runs, journal, calls, parked events. Multi-row, sorted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from connective.kit.db import bulk
from connective.modules.dialogs import service as dialogs
from connective.modules.links import service as links
from connective.modules.requests import service as requests
from connective.modules.turns.models import JOURNAL
from connective.modules.turns.rows import Rows
from connective.modules.turns.turn import Turn
from connective.modules.turns.work import Work

_encode = msgspec.json.Encoder().encode

_SEEN = """
INSERT INTO inbound_seen (account_id, external_id, at)
SELECT account_id, external_id, $3
FROM unnest($1::bigint[], $2::text[]) AS s(account_id, external_id)
ORDER BY account_id, external_id
ON CONFLICT DO NOTHING
RETURNING account_id, external_id
"""
# A run promised to a caller may stand in the table already.
_PROMISED = """
INSERT INTO runs (id, bot_id, dialog_id, version_id, trigger, node_id, source, key_id, key_name,
                  address, status, error, ended_at, started_at, created_at)
SELECT r.id, bot_id, dialog_id, version_id, trigger, node_id, source, key_id, key_name, address,
       coalesce(status, 'running'), error, CASE WHEN status IS NOT NULL THEN $1::timestamptz END,
       $1, $1
FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[],
            $8::text[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[])
     AS r(id, bot_id, dialog_id, version_id, trigger, node_id, source, key_id, key_name, address,
          status, error)
ON CONFLICT (id) DO UPDATE SET status = excluded.status, started_at = excluded.started_at,
    dialog_id = excluded.dialog_id, version_id = excluded.version_id, node_id = excluded.node_id,
    error = excluded.error, ended_at = excluded.ended_at
"""
_ENDED = """
UPDATE runs SET status = e.status, error = e.error, ended_at = $1
FROM unnest($2::bigint[], $3::text[], $4::text[]) AS e(id, status, error)
WHERE runs.id = e.id AND runs.ended_at IS NULL
"""
_OUTPUT = """
UPDATE runs SET output = coalesce(runs.output, '{}'::jsonb) || o.output
FROM unnest($1::bigint[], $2::jsonb[]) AS o(id, output) WHERE runs.id = o.id
"""
_RUN_COLUMNS = (
    "id", "bot_id", "dialog_id", "version_id", "trigger", "node_id", "source", "key_id",
    "key_name", "address", "status", "error", "ended_at", "started_at", "created_at",
)  # fmt: skip
_CALLS = """
INSERT INTO calls (dialog_id, call_id, bot_id, run_id, node_id, epoch, action, kind, values,
                   status, created_at)
SELECT c.*, 'waiting', $1
FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::int[],
            $8::text[], $9::text[], $10::jsonb[])
     AS c(dialog_id, call_id, bot_id, run_id, node_id, epoch, action, kind, values)
"""
_CALLS_DONE = """
UPDATE calls SET status = d.status, ended_at = $1, result = d.result, log = d.log, owner = NULL
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[])
     AS d(dialog_id, call_id, status, result, log)
WHERE calls.dialog_id = d.dialog_id AND calls.call_id = d.call_id AND calls.status <> 'done'
"""
_PARK = """
INSERT INTO parked (dialog_id, event, start, at)
SELECT dialog_id, event, start, $1 FROM unnest($2::bigint[], $3::jsonb[], $4::jsonb[])
     WITH ORDINALITY AS p(dialog_id, event, start, nr) ORDER BY nr
"""
_MEDIA = """
INSERT INTO inbound_media (message_id, url, name, next_at)
SELECT m.*, $1 FROM unnest($2::bigint[], $3::text[], $4::text[]) AS m(message_id, url, name)
"""
_UNPARK = "DELETE FROM parked WHERE id = ANY($1)"


async def note_external_ids(driver: Any, work: Iterable[Work], *, now: datetime) -> list[Work]:
    """The pieces that are new: those without an external id, and first ones of theirs."""
    fresh: list[Work] = []
    named: dict[tuple[int, str], Work] = {}
    for piece in work:
        if piece.external_id is None:
            fresh.append(piece)
        else:
            named.setdefault((piece.key[0], piece.external_id), piece)
    if named:
        rows = await driver.fetch(_SEEN, [k[0] for k in named], [k[1] for k in named], now)
        fresh.extend(named[(row["account_id"], row["external_id"])] for row in rows)
    return fresh


async def write(turn: Turn) -> None:
    """Write all that the turn gathered; messages, audit, deliveries and events come by the ctx."""
    rows, ctx = turn.rows, turn.ctx
    driver = await ctx.driver()
    own, promised, ended = _runs(rows, ctx.now)
    for table, columns, found in (
        ("runs", _RUN_COLUMNS, own),
        ("journal", JOURNAL, rows.journal),
    ):
        if found:
            await bulk.insert(driver, table, columns, found)
    for statement, given, topic in (
        (_PROMISED, promised, "runs"),
        (_ENDED, ended, "runs"),
        (_CALLS, sorted(rows.calls, key=lambda r: r[:2]), "actions"),
        (_CALLS_DONE, sorted(rows.calls_done, key=lambda r: r[:2]), None),
        (_PARK, rows.park, None),
        (_MEDIA, rows.media, "media"),
    ):
        if given:
            await driver.execute(statement, ctx.now, *_columns(given))
            if topic is not None:
                ctx.wakes(topic)
    if rows.outputs:
        written = [(run_id, encode(values)) for run_id, values in sorted(rows.outputs.items())]
        await driver.execute(_OUTPUT, *_columns(written))
    if rows.unpark:
        await driver.execute(_UNPARK, rows.unpark)
    await dialogs.write(ctx, turn.page, list(turn.threads.values()))
    said = [row for row in turn.page.rows if row.request_id is not None]
    if said:
        threads = {thread.id: thread for thread in turn.threads.values()}
        await requests.heard(ctx, [(threads[row.dialog_id], row) for row in said])
    if rows.starts:  # last: a link that many come by is held for a moment only
        await links.count_starts(ctx, rows.starts)


def _runs(rows: Rows, now: datetime) -> tuple[list[Any], list[Any], list[Any]]:
    """Runs nobody knows of yet, runs promised to somebody, and ends of runs begun before.

    A run that ends in the very turn that began it is written once, as it ended.
    """
    ends = {run_id: (status, error) for run_id, status, error in rows.ended}
    own, promised = [], []
    for run in sorted(rows.runs):
        status, error = ends.pop(run[0], (None, None))
        if run[0] in rows.promised:
            promised.append((*run, status, error))
        else:
            own.append((*run, status or "running", error, now if status else None, now, now))
    return own, promised, sorted((run_id, *end) for run_id, end in ends.items())


def encode(value: Any) -> str:
    return _encode(value).decode()


def _columns(rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
