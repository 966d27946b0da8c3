"""Clients (persons) and their contacts (points of contact in a channel)."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text, text

from connective.kit.db.ids import IdBlock
from connective.kit.db.metadata import Json, Moment, metadata

client_ids = IdBlock("client_ids")
contact_ids = IdBlock("contact_ids")

clients = Table(
    "clients",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("first_name", Text, nullable=False, server_default=""),
    Column("last_name", Text, nullable=False, server_default=""),
    Column("phone", Text),
    Column("email", Text),
    Column("external_id", Text),
    Column("language", Text),
    Column("extra_data", Json, nullable=False, server_default="{}"),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_clients_phone", "phone", postgresql_where=text("phone IS NOT NULL")),
    Index(
        "ix_clients_external_id", "external_id", postgresql_where=text("external_id IS NOT NULL")
    ),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", BigInteger, ForeignKey("clients.id"), nullable=False),
    Column("account_id", BigInteger, ForeignKey("channel_accounts.id"), nullable=False),
    Column("chat_id", Text, nullable=False),
    Column("user_id", Text, nullable=False, server_default=""),
    Column("username", Text, nullable=False, server_default=""),
    Column("display_name", Text, nullable=False, server_default=""),
    Column("origin", Text, nullable=False, server_default=""),
    Column("subscribed", Boolean, nullable=False, server_default="true"),
    Column("blocked_at", Moment),
    Column("blocked_until", Moment),
    Column("block_reason", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Index("uq_contacts_account_id_chat_id", "account_id", "chat_id", unique=True),
    Index("ix_contacts_client_id", "client_id"),
    Index("ix_contacts_user_id", "account_id", "user_id"),
)
