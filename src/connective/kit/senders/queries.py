"""The statements of the senders, run on the driver's connection with whole batches."""

# Endpoints of which lanes, or deliveries beside them, wait.
_OF_LANES = """WITH RECURSIVE waiting AS (
  (SELECT endpoint_id FROM lanes WHERE next_at IS NOT NULL AND owner IS NULL
   ORDER BY endpoint_id LIMIT 1)
  UNION ALL
  SELECT (SELECT l.endpoint_id FROM lanes l
          WHERE l.next_at IS NOT NULL AND l.owner IS NULL AND l.endpoint_id > w.endpoint_id
          ORDER BY l.endpoint_id LIMIT 1)
  FROM waiting w WHERE w.endpoint_id IS NOT NULL
)"""
_OF_SINGLES = """WITH RECURSIVE waiting AS (
  (SELECT endpoint_id FROM deliveries
   WHERE next_at IS NOT NULL AND (parked OR sequence IS NULL) ORDER BY endpoint_id LIMIT 1)
  UNION ALL
  SELECT (SELECT d.endpoint_id FROM deliveries d
          WHERE d.next_at IS NOT NULL AND (d.parked OR d.sequence IS NULL)
            AND d.endpoint_id > w.endpoint_id
          ORDER BY d.endpoint_id LIMIT 1)
  FROM waiting w WHERE w.endpoint_id IS NOT NULL
)"""

# For `kit.due`: whether a claim would find something.
ANY_DUE = (
    f"""
    {_OF_LANES}
    SELECT true FROM waiting w
    JOIN endpoints e ON e.id = w.endpoint_id AND e.status = 'active'
    CROSS JOIN LATERAL (
      SELECT min(next_at) AS at FROM lanes l
      WHERE l.endpoint_id = w.endpoint_id AND l.owner IS NULL) AS first
    WHERE first.at <= $1 LIMIT 1
    """,  # noqa: S608
    f"""
    {_OF_SINGLES}
    SELECT true FROM waiting w
    JOIN endpoints e ON e.id = w.endpoint_id
    CROSS JOIN LATERAL (
      SELECT min(next_at) AS at FROM deliveries d
      WHERE d.endpoint_id = w.endpoint_id AND d.owner IS NULL
        AND (d.parked OR d.sequence IS NULL)
        AND (e.status = 'active' OR d.event_name = 'test')) AS first
    WHERE first.at <= $1 LIMIT 1
    """,  # noqa: S608
)

# $1 now, $2 the claiming sender, $3 and $4 room left of some endpoints, $5 room of all others,
# $6 lanes in all. Endpoints take turns: the first lane of each, then the second of each.
CLAIM_LANES = f"""
{_OF_LANES}, picked AS (
  SELECT w.endpoint_id, e.version, d.lane
  FROM waiting w
  JOIN endpoints e ON e.id = w.endpoint_id AND e.status = 'active'
  LEFT JOIN unnest($3::bigint[], $4::int[]) AS r(endpoint_id, room) USING (endpoint_id)
  CROSS JOIN LATERAL (
    SELECT lane, row_number() OVER (ORDER BY next_at) AS turn
    FROM (SELECT l.lane, l.next_at FROM lanes l
          WHERE l.endpoint_id = w.endpoint_id AND l.owner IS NULL AND l.next_at <= $1
          ORDER BY l.next_at LIMIT coalesce(r.room, $5)) AS due
  ) AS d
  ORDER BY d.turn, w.endpoint_id LIMIT $6
), free AS (
  SELECT l.endpoint_id, l.lane, p.version
  FROM lanes l JOIN picked p ON p.endpoint_id = l.endpoint_id AND p.lane = l.lane
  WHERE l.owner IS NULL AND l.next_at <= $1
  FOR UPDATE OF l SKIP LOCKED
)
UPDATE lanes l SET owner = $2 FROM free f
WHERE l.endpoint_id = f.endpoint_id AND l.lane = f.lane
RETURNING l.endpoint_id, l.lane, l.head, l.sequence, f.version
"""  # noqa: S608

FIELDS = """d.id, d.endpoint_id, d.lane, d.sequence, d.kind, d.event_name, d.webhook_id, d.bot_id,
d.chat_id, d.message_id, d.epoch, d.body, d.parked, d.manual, d.attempts, d.step, d.created_at,
d.not_before, d.next_at, d.held_since, d.delivered_at"""

# $1, $2, $3 lanes with their heads, $4 deliveries of each.
OPEN_OF_LANES = f"""
SELECT {FIELDS}
FROM unnest($1::bigint[], $2::text[], $3::bigint[]) AS l(endpoint_id, lane, head)
CROSS JOIN LATERAL (
  SELECT * FROM deliveries d
  WHERE d.endpoint_id = l.endpoint_id AND d.lane = l.lane AND d.sequence >= l.head
    AND d.status IN ('pending', 'retrying') AND NOT d.parked
  ORDER BY d.sequence LIMIT $4
) AS d
"""  # noqa: S608

# Deliveries beside their lanes. Of one lane the earlier goes first, so that a replay keeps its
# order; a test call may go to an endpoint that is not active.
CLAIM_SINGLES = f"""
{_OF_SINGLES}, picked AS (
  SELECT due.id, e.version
  FROM waiting w
  JOIN endpoints e ON e.id = w.endpoint_id
  LEFT JOIN unnest($3::bigint[], $4::int[]) AS r(endpoint_id, room) USING (endpoint_id)
  CROSS JOIN LATERAL (
    SELECT d.id
    FROM (SELECT * FROM deliveries d
          WHERE d.endpoint_id = w.endpoint_id AND d.next_at <= $1 AND d.owner IS NULL
            AND (d.parked OR d.sequence IS NULL)
            AND (e.status = 'active' OR d.event_name = 'test')
          ORDER BY d.next_at, d.id LIMIT 1000) AS d
    WHERE NOT EXISTS (
      SELECT 1 FROM deliveries b
      WHERE b.endpoint_id = d.endpoint_id AND b.lane = d.lane AND b.sequence < d.sequence
        AND b.parked AND b.next_at <= $1)
    ORDER BY d.next_at, d.id LIMIT coalesce(r.room, $5)
  ) AS due
  LIMIT $6
), free AS (
  SELECT d.id, p.version FROM deliveries d JOIN picked p USING (id)
  WHERE d.owner IS NULL AND d.next_at <= $1
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE deliveries d SET owner = $2 FROM free f WHERE d.id = f.id
RETURNING {FIELDS}, f.version
"""  # noqa: S608

ENDPOINTS = """
SELECT id, kind, name, bot_id, url, headers, secret, old_secret, old_secret_until, access_token,
       timeout_s, order_hold_min, version
FROM endpoints WHERE id = ANY($1::bigint[])
"""

# Taken in key order, as the turns take them, so that nobody waits in a ring.
LOCK_LANES = """
SELECT 1 FROM lanes l
JOIN unnest($1::bigint[], $2::text[]) AS k(endpoint_id, lane)
  ON l.endpoint_id = k.endpoint_id AND l.lane = k.lane
ORDER BY l.endpoint_id, l.lane FOR UPDATE OF l
"""

RELEASE_LANES = """
UPDATE lanes l SET head = greatest(l.head, k.head), owner = NULL,
       next_at = CASE WHEN greatest(l.head, k.head) <= l.sequence THEN k.next_at END
FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::timestamptz[])
     AS k(endpoint_id, lane, head, next_at)
WHERE l.endpoint_id = k.endpoint_id AND l.lane = k.lane AND l.owner = $5
"""

# What was cancelled meanwhile is not tried again.
WRITE_OUTCOMES = """
UPDATE deliveries d
SET status = CASE WHEN d.status = 'cancelled' AND o.status = 'retrying'
                  THEN d.status ELSE o.status END,
    next_at = CASE WHEN d.status <> 'cancelled' THEN o.next_at END,
    attempts = o.attempts, step = o.step, held_since = o.held_since, parked = o.parked,
    manual = false, owner = NULL,
    done_at = CASE WHEN o.status = 'retrying' THEN d.done_at ELSE o.at END,
    delivered_at = CASE WHEN o.status = 'delivered'
                        THEN coalesce(d.delivered_at, o.at) ELSE d.delivered_at END,
    provider_id = coalesce(o.provider_id, d.provider_id),
    last_error = CASE WHEN o.status <> 'delivered' THEN coalesce(o.error, d.last_error) END,
    log = d.log || o.entry
FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::timestamptz[], $6::timestamptz[],
            $7::boolean[], $8::text[], $9::text[], $10::jsonb[], $11::timestamptz[])
     AS o(id, status, attempts, step, next_at, held_since, parked, provider_id, error, entry, at)
WHERE d.id = o.id
"""

# Of an endpoint's outcomes in one batch the last decides: a success clears, a failure counts.
ENDPOINTS_WELL = """
UPDATE endpoints SET last_success_at = $2::timestamptz, failing_since = NULL,
       last_failure_at = NULL, warned_at = NULL, last_error = NULL
WHERE id = ANY($1::bigint[])
  AND (failing_since IS NOT NULL OR last_success_at IS NULL
       OR last_success_at < $2::timestamptz - interval '10 seconds')
"""

# A failure long after the last one begins a new streak: what happened between is unknown.
ENDPOINTS_FAILING = """
UPDATE endpoints e
SET failing_since = CASE WHEN f.anew OR e.failing_since IS NULL
                              OR e.last_failure_at < $5::timestamptz - make_interval(secs => $6)
                         THEN $5::timestamptz ELSE e.failing_since END,
    warned_at = CASE WHEN f.anew OR e.last_failure_at < $5::timestamptz - make_interval(secs => $6)
                     THEN NULL ELSE e.warned_at END,
    last_success_at = CASE WHEN f.anew THEN $5::timestamptz ELSE e.last_success_at END,
    last_failure_at = $5, last_error = f.error
FROM unnest($1::bigint[], $2::boolean[], $3::text[], $4::int[]) AS f(id, anew, error, tries)
WHERE e.id = f.id
RETURNING e.id, e.kind, e.name, e.bot_id, e.url, e.status, e.failing_since, e.warned_at, f.tries
"""

WARN = "UPDATE endpoints SET warned_at = $2 WHERE id = $1"

DISABLE = """
UPDATE endpoints SET status = 'disabled_by_failures', disabled_reason = $2, version = version + 1
WHERE id = $1 AND status = 'active' RETURNING id
"""

# After the clock was set back. Delays that a scenario asked for keep their length.
RETRY_FROM_NOW = """
UPDATE deliveries
SET held_since = least(held_since, $1),
    not_before = CASE WHEN created_at > $1 AND not_before > $1
                      THEN least(not_before, $1 + (not_before - created_at)) ELSE not_before END,
    next_at = CASE WHEN next_at > $1 THEN $1 ELSE next_at END
WHERE status IN ('pending', 'retrying') AND (created_at > $1 OR held_since > $1)
"""
# A lane that is due looks at its head, and waits again if that has to wait.
LANES_FROM_NOW = """
UPDATE lanes l SET next_at = $1
FROM (
  SELECT l.endpoint_id, l.lane FROM lanes l
  WHERE l.next_at > $1 AND l.owner IS NULL
  ORDER BY l.endpoint_id, l.lane FOR UPDATE
) AS k
WHERE l.endpoint_id = k.endpoint_id AND l.lane = k.lane
"""

ADVISORY_CLASS = 0x5E4D

# The row appears together with the lock that says its sender is alive.
REGISTER = """
INSERT INTO senders (beat_at) VALUES (clock_timestamp()) RETURNING id
"""
LOCK_SELF = "SELECT pg_advisory_lock($1, $2)"
STILL_MINE = "SELECT id FROM senders WHERE id = $1 FOR KEY SHARE"
LEAVE = "DELETE FROM senders WHERE id = $1"

# Dead: its connection (and with it the lock) is gone, or it has not been heard of for too long.
_IS_DEAD = """
s.beat_at < clock_timestamp() - make_interval(secs => $2)
   OR NOT EXISTS (
     SELECT 1 FROM pg_locks k
     WHERE k.locktype = 'advisory' AND k.classid = $1 AND k.objid = s.id::oid AND k.granted
       AND k.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
# Nothing when $3 itself is missing, else whether there is somebody to bury.
BEAT = f"""
UPDATE senders SET beat_at = clock_timestamp() WHERE id = $3
RETURNING EXISTS (SELECT FROM senders s WHERE s.id <> $3 AND ({_IS_DEAD}))
"""  # noqa: S608
BURY = f"DELETE FROM senders s WHERE {_IS_DEAD} RETURNING s.id"  # noqa: S608
FREE_LANES = "UPDATE lanes SET owner = NULL WHERE owner = ANY($1::int[])"
FREE_SINGLES = "UPDATE deliveries SET owner = NULL WHERE owner = ANY($1::int[])"
