"""Clients (persons) and their contacts (points of contact in a channel)."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from connective.kit.db.ids import IdBlock
from connective.kit.db.metadata import Json, Moment, id_column, metadata

client_ids = IdBlock("client_ids")
contact_ids = IdBlock("contact_ids")

# `first_utm` is what the client first came by and never changes, `last_utm` the latest whole set.
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
    Column("first_utm", Json, nullable=False, server_default="{}"),
    Column("last_utm", Json, nullable=False, server_default="{}"),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_clients_phone", "phone", postgresql_where=text("phone IS NOT NULL")),
    Index(
        "ix_clients_external_id", "external_id", postgresql_where=text("external_id IS NOT NULL")
    ),
)

# `external_ids` are the names that other systems know this chat by, bound through links. `utm` is
# what the client last came to this chat by. `preferred`: the client wants to be written to here.
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
    Column("subscription_why", Text, nullable=False, server_default=""),
    Column("subscription_at", Moment),
    Column("preferred", Boolean, nullable=False, server_default="false"),
    Column("external_ids", ARRAY(Text), nullable=False, server_default="{}"),
    Column("utm", Json, nullable=False, server_default="{}"),
    Column("blocked_at", Moment),
    Column("blocked_until", Moment),
    Column("block_reason", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Index("uq_contacts_account_id_chat_id", "account_id", "chat_id", unique=True),
    Index("ix_contacts_client_id", "client_id"),
    Index("ix_contacts_user_id", "account_id", "user_id"),
    Index(
        "ix_contacts_utm_source",
        text("(utm ->> 'utm_source')"),
        postgresql_where=text("(utm ->> 'utm_source') IS NOT NULL"),
    ),
    Index("ix_contacts_external_ids", "external_ids", postgresql_using="gin"),
)

# Every yes and no to being written to. `code` is the link that the client came by, `text` what he
# was shown there, `address` from where on the web he came.
consents = Table(
    "consents",
    metadata,
    id_column(),
    Column("contact_id", BigInteger, ForeignKey("contacts.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("subscribed", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("code", Text),
    Column("text", Text, nullable=False, server_default=""),
    Column("address", Text),
    Column("actor_name", Text, nullable=False, server_default=""),
    Index("ix_consents_contact_id", "contact_id", "id"),
)
