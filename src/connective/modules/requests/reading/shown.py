"""Rows of requests and messages as they go out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment, told
from connective.modules.clients import service as clients
from connective.modules.files.service import Link
from connective.modules.requests.schemas.shown import (
    ClientCard,
    ClientSource,
    EarlierRequest,
    Named,
    RequestOut,
)
from connective.modules.requests.schemas.talk import (
    Forwarded,
    LogLine,
    Mentioned,
    MessageHit,
    Quoted,
    RequestMessage,
)

_tags = msgspec.json.Decoder(list[Named]).decode
_TIMES = (
    *("last_message_at", "last_client_at", "last_reply_at", "created_at", "queued_at"),
    *("assigned_at", "first_reply_at", "paused_until", "closed_at"),
)
_FIELDS = (
    *("id", "rev", "type", "direction", "state", "bot_id", "channel", "dialog_id", "client_id"),
    *("client_phone", "origin", "weight", "unread", "comment", "last_text", "last_author"),
    *("last_seq", "waits_because", "close_reason", "closed_by"),
)
_CARD = ("first_name", "last_name", "username", "email", "external_id", "language", "origin")
_SAID = (
    *("id", "seq", "request_id", "direction", "kind", "author_kind", "author_id", "author_name"),
    *("text", "status", "error"),
)
_LOGGED = ("id", "actor_kind", "actor_id", "actor_name", "type", "field", "old", "new", "text")


def request(given: Mapping[str, Any], now: datetime) -> RequestOut:
    """A request as lists show it; `now` decides whether a block still lasts."""
    tags = given["tags"]
    return RequestOut(
        **{name: given[name] for name in _FIELDS},
        **{name: told(given[name]) for name in _TIMES},
        client_name=client_name(given),
        subject=topic(given),
        assignee=assignee(given),
        tags=_tags(tags) if isinstance(tags, str) else [Named(**tag) for tag in tags or ()],
        blocked=blocked(given, now),
        client_left=clients.has_left(given["subscribed"], given["subscription_why"]),
    )


def client_name(given: Mapping[str, Any]) -> str:
    """The channel's own name, else the person's, else the best there is."""
    full = f"{given['first_name']} {given['last_name']}".strip()
    known = given["display_name"] or full or given["username"] or given["client_phone"]
    name: str = known or given["chat_id"]
    return name


def blocked(given: Mapping[str, Any], now: datetime) -> bool:
    since, until = given["blocked_at"], given["blocked_until"]
    return since is not None and (until is None or until > now)


def topic(given: Mapping[str, Any]) -> Named | None:
    if given["subject_id"] is None:
        return None
    return Named(id=given["subject_id"], name=given["topic_name"], color=given["topic_color"])


def assignee(given: Mapping[str, Any]) -> Named | None:
    if given["assignee_id"] is None:
        return None
    name = person_name(given["assignee_first_name"], given["assignee_last_name"])
    return Named(id=given["assignee_id"], name=name)


def person_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def card(row: AnyRow, earlier: list[EarlierRequest]) -> ClientCard:
    return ClientCard(
        id=row.client_id,
        name=client_name(row._asdict()),
        phone=row.client_phone,
        chat_id=row.chat_id,
        blocked_at=moment(row.blocked_at),
        blocked_until=moment(row.blocked_until),
        block_reason=row.block_reason,
        contact_id=row.contact_id,
        subscribed=row.subscribed,
        subscription_why=row.subscription_why,
        source=ClientSource(first=row.first_utm, last=row.last_utm, here=row.utm),
        record_url=row.record_url,
        requests=earlier,
        **{name: getattr(row, name) for name in _CARD},
    )


def earlier_request(row: AnyRow) -> EarlierRequest:
    given = row._asdict()
    return EarlierRequest(
        id=row.id,
        state=row.state,
        subject=topic(given),
        assignee=assignee(given),
        first_seq=row.first_seq,
        last_seq=row.last_seq,
        created_at=moment(row.created_at),
        closed_at=moment(row.closed_at),
    )


def message(
    row: AnyRow, links: Mapping[str, Link], answered: Quoted | None = None
) -> RequestMessage:
    """A message; `links` are fresh addresses of its files by the names it knows them under."""
    given = row._asdict()
    content = dict(row.content or {})
    return RequestMessage(
        **{name: given[name] for name in _SAID},
        client_msg_id=content.pop("client_msg_id", None),
        reply_to=answered,
        forwarded=msgspec.convert(content.pop("forwarded", None), Forwarded | None),
        mentions=msgspec.convert(content.pop("mentions", []), list[Mentioned]),
        content=linked(content, links) or None,
        created_at=moment(row.created_at),
        edited_at=moment(row.edited_at),
        deleted_at=moment(row.deleted_at),
    )


def hit(row: AnyRow, excerpt: str) -> MessageHit:
    return MessageHit(
        id=row.id,
        seq=row.seq,
        author_kind=row.author_kind,
        author_name=row.author_name,
        excerpt=excerpt,
        created_at=moment(row.created_at),
    )


def file_names(row: AnyRow) -> list[str]:
    """The files that a message holds, as it names them."""
    return [part["file_id"] for part in file_parts(row) if part.get("file_id")]


def file_parts(row: AnyRow) -> list[dict[str, Any]]:
    """The client's file of a message, or those that were attached to it."""
    content = row.content or {}
    return [part for part in (content.get("media"), *content.get("attachments", ())) if part]


def linked(content: dict[str, Any], links: Mapping[str, Link]) -> dict[str, Any]:
    """What a message holds beside its text, with fresh addresses of its files."""
    if media := content.get("media"):
        content["media"] = _addressed(media, links)
    if parts := content.get("attachments"):
        content["attachments"] = [_addressed(part, links) for part in parts]
    return content


def _addressed(part: dict[str, Any], links: Mapping[str, Link]) -> dict[str, Any]:
    link = links.get(part.get("file_id", ""))
    if link is None:
        return part
    return part | {"url": link.url, "expires_at": moment(link.expires_at)}


def log_line(row: AnyRow) -> LogLine:
    return LogLine(at=moment(row.at), **{name: getattr(row, name) for name in _LOGGED})
