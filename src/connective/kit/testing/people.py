"""Someone signed in, without the cost of a password: for the tests of everything behind a login."""

import secrets
from datetime import timedelta
from typing import Any

from connective.kit import clock, crypto
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database

COOKIE = "connective_session"
_USER = """
INSERT INTO users (first_name, last_name, email, role_id, is_root, language, bot_ids, topic_ids,
                   created_at)
SELECT $1, 'Tester', $2, r.id, $4, $5, $6::bigint[], $7::bigint[], $8 FROM roles r
WHERE r.alias = $3 RETURNING id
"""
_SESSION = """
INSERT INTO sessions (user_id, kind, cookie_hash, created_at, seen_at, expires_at, address)
VALUES ($1, 'browser', $2, $3, $3, $4, '127.0.0.1')
"""


class Person:
    """A user with an open browser session; `client` calls as he does."""

    def __init__(self, user_id: int, email: str, client: AppClient) -> None:
        self.id = user_id
        self.email = email
        self.client = client


async def sign_in(db: Database, app: AppClient, role: str = "administrator", **who: Any) -> Person:
    """Make a user of a seeded role and open a session for him.

    `who`: first_name, email, is_root, language, bot_ids, topic_ids.
    """
    name = who.get("first_name", role.title())
    email = who.get("email", f"{role}.{secrets.token_hex(4)}@example.com")
    bots, topics = who.get("bot_ids", []), who.get("topic_ids", [])
    root, language = who.get("is_root", False), who.get("language", "en")
    present = clock.now()
    user_id = await db.value(_USER, name, email, role, root, language, bots, topics, present)
    cookie = crypto.token()
    ends = present + timedelta(days=30)
    await db.execute(_SESSION, user_id, crypto.digest(cookie), present, ends)
    return Person(user_id, email, app.another(Cookie=f"{COOKIE}={cookie}", Origin=app.url))
