"""Rows of requests and messages as they go out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.modules.files.service import Link
from connective.modules.requests.schemas import (
    ClientCard,
    EarlierRequest,
    LogLine,
    Named,
    RequestMessage,
    RequestOut,
)

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


def request(row: AnyRow, now: datetime) -> RequestOut:
    """A request as lists show it; `now` decides whether a block still lasts."""
    given = row._asdict()
    fields = {name: given[name] for name in _FIELDS}
    times = {name: moment(given[name]) for name in _TIMES}
    return RequestOut(
        **fields,
        **times,
        client_name=client_name(row),
        subject=topic(row),
        assignee=assignee(row),
        tags=[Named(**tag) for tag in row.tags or ()],
        blocked=blocked(row, now),
    )


def client_name(row: AnyRow) -> str:
    """The channel's own name, else the person's, else the best there is."""
    full = f"{row.first_name} {row.last_name}".strip()
    name: str = row.display_name or full or row.username or row.client_phone or row.chat_id
    return name


def blocked(row: AnyRow, now: datetime) -> bool:
    return row.blocked_at is not None and (row.blocked_until is None or row.blocked_until > now)


def topic(row: AnyRow) -> Named | None:
    if row.subject_id is None:
        return None
    return Named(id=row.subject_id, name=row.topic_name, color=row.topic_color)


def assignee(row: AnyRow) -> Named | None:
    if row.assignee_id is None:
        return None
    name = person_name(row.assignee_first_name, row.assignee_last_name)
    return Named(id=row.assignee_id, name=name)


def person_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def card(row: AnyRow, earlier: list[EarlierRequest]) -> ClientCard:
    return ClientCard(
        id=row.client_id,
        name=client_name(row),
        phone=row.client_phone,
        chat_id=row.chat_id,
        blocked_at=moment(row.blocked_at),
        blocked_until=moment(row.blocked_until),
        block_reason=row.block_reason,
        requests=earlier,
        **{name: getattr(row, name) for name in _CARD},
    )


def earlier_request(row: AnyRow) -> EarlierRequest:
    return EarlierRequest(
        id=row.id,
        state=row.state,
        subject=topic(row),
        assignee=assignee(row),
        first_seq=row.first_seq,
        last_seq=row.last_seq,
        created_at=moment(row.created_at),
        closed_at=moment(row.closed_at),
    )


def message(row: AnyRow, links: Mapping[str, Link]) -> RequestMessage:
    """A message; `links` are fresh addresses of its files by the names it knows them under."""
    given = row._asdict()
    content = dict(row.content or {})
    return RequestMessage(
        **{name: given[name] for name in _SAID},
        client_msg_id=content.pop("client_msg_id", None),
        content=_linked(content, links) or None,
        created_at=moment(row.created_at),
        edited_at=moment(row.edited_at),
        deleted_at=moment(row.deleted_at),
    )


def file_names(row: AnyRow) -> list[str]:
    """The files that a message holds, as it names them."""
    content = row.content or {}
    parts = [content.get("media"), *content.get("attachments", ())]
    return [part["file_id"] for part in parts if part and part.get("file_id")]


def _linked(content: dict[str, Any], links: Mapping[str, Link]) -> dict[str, Any]:
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
