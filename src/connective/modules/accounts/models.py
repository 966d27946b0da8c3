"""People, what they may do, and everything that lets them or their programs in."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from connective.kit.db.metadata import SEALED, Moment, id_column, metadata
from connective.kit.db.seeds import Seed, seeds
from connective.modules.accounts.permissions import role_rows

Ids = ARRAY(BigInteger)
Words = ARRAY(Text)

roles = Table(
    "roles",
    metadata,
    id_column(),
    Column("alias", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("permissions", Words, nullable=False),
    Column("is_system", Boolean, nullable=False, server_default="false"),
)

seeds.append(Seed(roles, "alias", role_rows()))

users = Table(
    "users",
    metadata,
    id_column(),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False, server_default=""),
    Column("email", Text, nullable=False, unique=True),  # casefolded
    Column("role_id", BigInteger, ForeignKey("roles.id"), nullable=False),
    Column("is_root", Boolean, nullable=False, server_default="false"),
    Column("language", Text, nullable=False, server_default="en"),
    Column("timezone", Text, nullable=False, server_default="UTC"),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("bot_ids", Ids, nullable=False, server_default="{}"),
    Column("topic_ids", Ids, nullable=False, server_default="{}"),
    # skill groups; written by the feature that knows them
    Column("group_ids", Ids, nullable=False, server_default="{}"),
    Column("picture", Text),  # name of a public file
    Column("password_hash", Text),  # Argon2id; empty until a reset link is used
    Column("password_changed_at", Moment),
    Column("must_change_password", Boolean, nullable=False, server_default="false"),
    Column("totp_secret", Text, info=SEALED),  # sealed
    Column("totp_pending", Text, info=SEALED),  # sealed, until its first code is confirmed
    Column("totp_step", BigInteger, nullable=False, server_default="0"),  # last 30 s step accepted
    Column("last_login_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("deactivated_at", Moment),
)

# Hashes of passwords that were replaced, as many as the rule on repeating them asks for.
password_history = Table(
    "password_history",
    metadata,
    id_column(),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("hash", Text, nullable=False),
    Column("replaced_at", Moment, nullable=False),
    Index("ix_password_history_user_id", "user_id"),
)

# One sign-in. A browser's is found by its cookie, a program's by the id in its access token; the
# refresh tokens of a session are one family.
sessions = Table(
    "sessions",
    metadata,
    id_column(),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("kind", Text, nullable=False),  # browser | program
    Column("cookie_hash", Text, unique=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("address", Text),
    Column("agent", Text),
    Column("ended_at", Moment),
    Column("ended_why", Text),
    Index("ix_sessions_user_id_open", "user_id", postgresql_where=text("ended_at IS NULL")),
    Index("ix_sessions_expires_at", "expires_at"),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("session_id", BigInteger, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Index("ix_refresh_tokens_session_id", "session_id"),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    id_column(),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("hash", Text, nullable=False),  # keyed by the instance's secret key
    Column("used_at", Moment),
    UniqueConstraint("user_id", "hash"),
)

reset_links = Table(
    "reset_links",
    metadata,
    id_column(),
    Column("user_id", BigInteger, ForeignKey("users.id"), nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("created_by", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Index("ix_reset_links_user_id", "user_id"),
)

# A row per try, taken away when the try succeeds; `who` is a digest, for people type passwords
# into the e-mail field.
login_attempts = Table(
    "login_attempts",
    metadata,
    id_column(),
    Column("who", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_login_attempts_who_address_at", "who", "address", "at"),
    Index("ix_login_attempts_address_at", "address", "at"),
    Index("ix_login_attempts_at", "at"),
)

api_keys = Table(
    "api_keys",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("old_hash", Text, unique=True),  # the rotated key, still taken until old_until
    Column("old_until", Moment),
    Column("default_of_bot", BigInteger, unique=True),
    Column("bot_ids", Ids, nullable=False, server_default="{}"),
    Column("topic_ids", Ids, nullable=False, server_default="{}"),
    Column("scopes", Words, nullable=False),
    Column("ip_allowlist", Words, nullable=False, server_default="{}"),
    Column("rate_per_min", Integer, nullable=False, server_default="600"),
    Column("expires_at", Moment),
    Column("created_by", BigInteger),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment),
    Column("last_used_address", Text),
    Column("revoked_at", Moment),
)
