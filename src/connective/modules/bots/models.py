"""Tables of bots and their groups."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY

from connective.kit.db.metadata import Json, Moment, id_column, metadata

# As they are compared: lower case, without blanks around.
STOP_WORDS = "{/stop,stop,unsubscribe,стоп,відписатися,відписатись}"

# `name_key` is the name casefolded: names differ in more than their case.
bot_groups = Table(
    "bot_groups",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("color", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
)

# `languages` has the default one first; `error_text` is by language, said to a client whose
# scenario failed and has no constant of that name.
bots = Table(
    "bots",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("alias", Text, nullable=False),
    Column("group_id", BigInteger, ForeignKey("bot_groups.id", ondelete="SET NULL")),
    Column("languages", ARRAY(Text), nullable=False),
    Column("timezone", Text, nullable=False, server_default="UTC"),
    Column("active", Boolean, nullable=False, server_default=text("false")),
    Column("test_mode", Boolean, nullable=False, server_default=text("false")),
    Column("error_text", Json, nullable=False, server_default=text("'{}'::jsonb")),
    Column("unsubscribe_words", ARRAY(Text), nullable=False, server_default=STOP_WORDS),
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("archived_at", Moment),
    # an archived bot gives its alias free
    Index("uq_bots_alias", "alias", unique=True, postgresql_where=text("archived_at IS NULL")),
)
