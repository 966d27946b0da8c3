"""A database that has been used: dialogs with their messages, written by the server itself."""

from bench.instance import Sql

_STATEMENTS = """
SET session_replication_role = replica;
INSERT INTO clients (id, first_name, last_name, created_at, updated_at)
SELECT n, 'Ann', 'Number ' || n, now(), now() FROM generate_series(1, {dialogs}) n;
INSERT INTO contacts (id, client_id, account_id, chat_id, user_id, created_at)
SELECT n, n, {account}, n::text, n::text, now() FROM generate_series(1, {dialogs}) n;
INSERT INTO dialogs (id, contact_id, client_id, account_id, bot_id, channel, chat_id, seq,
                     last_message_id, last_message_at, created_at)
SELECT n, n, n, {account}, {bot}, 'custom_channel', n::text, {each}, n * {each},
       now() - n * interval '1 second', now()
FROM generate_series(1, {dialogs}) n;
INSERT INTO messages (id, dialog_id, seq, direction, kind, author_kind, author_id, author_name,
                      external_id, text, status, created_at)
SELECT (n - 1) * {each} + s, n, s, CASE s % 2 WHEN 1 THEN 'in' ELSE 'out' END, 'text',
       CASE s % 2 WHEN 1 THEN 'client' ELSE 'bot' END, n, 'Ann',
       CASE s % 2 WHEN 1 THEN 'old' || n || '.' || s END,
       'What stands in message ' || s || ' of dialog ' || n,
       CASE s % 2 WHEN 1 THEN 'received' ELSE 'delivered' END, now() - n * interval '1 second'
FROM generate_series(1, {dialogs}) n, generate_series(1, {each}) s;
SELECT setval('client_ids', {dialogs} + 1), setval('contact_ids', {dialogs} + 1),
       setval('dialog_ids', {dialogs} + 1), setval('message_ids', {dialogs} * {each} + 1);
RESET session_replication_role
"""


async def fill(db: Sql, *, bot: int, account: int, dialogs: int, messages: int) -> None:
    """So many dialogs in all, each with its share of the messages."""
    values = {"bot": bot, "account": account, "dialogs": dialogs, "each": messages // dialogs}
    await db.execute(_STATEMENTS.format(**values))
    await settle(db)


async def settle(db: Sql) -> None:
    """Leave no work behind that would fall into a measurement."""
    await db.execute("VACUUM (ANALYZE)")
    await db.execute("CHECKPOINT")
