"""What is read of requests, and of what stands beside them."""

from typing import Any

from sqlalchemy import case, func, literal_column, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from connective.kit.db.metadata import Moment
from connective.modules.accounts.models import users
from connective.modules.clients.models import clients, contacts
from connective.modules.requests.models import CLOSED, requests
from connective.modules.topics.models import tags, topics

UNCLOSED = requests.c.state != CLOSED
NAME = clients.c.first_name + " " + clients.c.last_name
CALLED = contacts.c.display_name + " " + contacts.c.username
_NEVER = literal_column("'9999-12-31 00:00:00+00'::timestamptz", Moment)
# Since when the client waits for an answer.
WAITING_SINCE = case(
    (requests.c.last_reply_at.is_(None), requests.c.created_at),
    (requests.c.last_client_at > requests.c.last_reply_at, requests.c.last_client_at),
    else_=_NEVER,
)
_TAGS = (
    select(
        func.jsonb_agg(
            aggregate_order_by(
                func.jsonb_build_object(
                    "id", tags.c.id, "name", tags.c.name, "color", tags.c.color
                ),
                tags.c.name,
            )
        )
    )
    .where(tags.c.id == func.any(requests.c.tag_ids))
    .scalar_subquery()
)
_ASIDE = {"group_ids", "source", "participants", "shown_to", "tag_ids", "taken_from_id"}
SHOWN: list[Any] = [
    *(column for column in requests.c if column.name not in _ASIDE),
    contacts.c.display_name,
    contacts.c.username,
    contacts.c.chat_id,
    contacts.c.origin,
    contacts.c.blocked_at,
    contacts.c.blocked_until,
    contacts.c.subscribed,
    contacts.c.subscription_why,
    clients.c.first_name,
    clients.c.last_name,
    clients.c.phone.label("client_phone"),
    topics.c.name.label("topic_name"),
    topics.c.color.label("topic_color"),
    users.c.first_name.label("assignee_first_name"),
    users.c.last_name.label("assignee_last_name"),
    case((func.cardinality(requests.c.tag_ids) > 0, _TAGS)).label("tags"),
    WAITING_SINCE.label("waiting_since"),
]
WHOLE: list[Any] = [
    *SHOWN,
    *(requests.c[name] for name in sorted(_ASIDE)),
    clients.c.email,
    clients.c.external_id,
    clients.c.language,
    contacts.c.block_reason,
    contacts.c.utm,
    clients.c.first_utm,
    clients.c.last_utm,
    clients.c.extra_data["crm_record_url"].astext.label("record_url"),
]
joined = (
    requests.join(contacts, contacts.c.id == requests.c.contact_id)
    .join(clients, clients.c.id == requests.c.client_id)
    .outerjoin(topics, topics.c.id == requests.c.subject_id)
    .outerjoin(users, users.c.id == requests.c.assignee_id)
)
