"""Clients as eSputnik hears of them: tokens of their chats, or contacts."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec import Struct

from connective.kit.db.rows import AnyRow
from connective.modules.esputnik import provider
from connective.modules.esputnik.schemas import OWN_FIELDS, Account, EsputnikField, Pushed

MOST: Final = 100
IDENTIFIERS: Final = ("externalCustomerId", "email", "phone")
# How eSputnik names what a contact is known by.
_DEDUPE: Final = {"externalCustomerId": "externalCustomerId", "email": "email", "phone": "sms"}
NO_IDENTIFIER: Final = "no_identifier"
UNSUBSCRIBED: Final = "unsubscribed"


class Sent(Struct, kw_only=True):
    """What became of clients: how many were sent and passed by; who was refused, and why."""

    sent: int = 0
    skipped: int = 0
    refused: list[tuple[int, str | None, str]] = []


def of_row(row: AnyRow, mapping: Sequence[EsputnikField]) -> Pushed:
    """A client of the lists."""
    return Pushed(
        client_id=row.id,
        chat_ids=tuple(row.chat_ids),
        telegram=row.telegram,
        subscribed=row.subscribed,
        values=_values(row, mapping),
    )


def of_dialog(row: AnyRow, mapping: Sequence[EsputnikField], *, telegram: bool) -> Pushed:
    """The client of one chat, with this chat alone."""
    return Pushed(
        client_id=row.id,
        chat_ids=(row.chat_id,) if telegram else (),
        telegram=telegram,
        subscribed=row.subscribed,
        values=_values(row, mapping),
    )


def _values(row: AnyRow, mapping: Sequence[EsputnikField]) -> dict[str, str]:
    full = f"{row.first_name} {row.last_name}".strip()
    known: dict[str, Any] = {
        "client_id": row.id,
        "external_id": row.external_id,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "name": full or row.display_name or row.username,
        "username": row.username,
        "phone": (row.phone or "").lstrip("+"),
        "email": row.email,
        "language": row.language,
    }
    extra = {f"extra.{name}": value for name, value in (row.extra_data or {}).items()}
    found = {one.field: (known | extra).get(one.source) for one in mapping}
    return {name: str(value) for name, value in found.items() if value not in (None, "")}


def passed_by(client: Pushed) -> str | None:
    """Why a client is not told to eSputnik at all."""
    if not client.subscribed or (client.telegram and not client.chat_ids):
        return UNSUBSCRIBED
    if not any(name in client.values for name in IDENTIFIERS):
        return NO_IDENTIFIER
    return None


async def push(account: Account, clients: Sequence[Pushed]) -> Sent:
    """Tell eSputnik of clients; what it cannot take now raises, what it refuses is in the answer.

    Who has a chat in Telegram becomes a token; others, and fields of one's own, become contacts.
    """
    told = [client for client in clients if passed_by(client) is None]
    done = Sent(skipped=len(clients) - len(told))
    refused: dict[int, str] = {}
    with_chat = [client for client in told if client.chat_ids]
    for part in _parts([(c, chat) for c in with_chat for chat in c.chat_ids]):
        await _try(
            provider.send_tokens(account, [_token(client, chat) for client, chat in part]),
            {client.client_id for client, _ in part},
            refused,
        )
    others = [client for client in told if not client.chat_ids or _own_fields(client)]
    for known_by in IDENTIFIERS:
        mine = [c for c in others if _known_by(c) == known_by and c.client_id not in refused]
        for some in _parts(mine):
            sending = provider.send_contacts(
                account, [_contact(client) for client in some], dedupe_on=_DEDUPE[known_by]
            )
            await _try(sending, {client.client_id for client in some}, refused)
    chats = {client.client_id: next(iter(client.chat_ids), None) for client in told}
    done.refused = [(number, chats[number], text) for number, text in sorted(refused.items())]
    done.sent = len(told) - len(refused)
    return done


async def _try(sending: Any, ids: Iterable[int], refused: dict[int, str]) -> None:
    """A call whose content is refused concerns its clients only; other problems stop all."""
    try:
        await sending
    except provider.EsputnikProblem as problem:
        if problem.code != "esputnik_refused":
            raise
        refused.update(dict.fromkeys(ids, problem.text))


def _parts(items: list[Any]) -> Iterable[list[Any]]:
    return (items[start : start + MOST] for start in range(0, len(items), MOST))


def _token(client: Pushed, chat_id: str) -> dict[str, str]:
    who: dict[str, str] = {
        name: client.values[name] for name in IDENTIFIERS if name in client.values
    }
    return {"token": chat_id, **who}


def _own_fields(client: Pushed) -> list[dict[str, Any]]:
    """Values of fields that the company has added in eSputnik, by their numbers."""
    return [
        {"id": int(name), "value": value}
        for name, value in client.values.items()
        if name not in OWN_FIELDS
    ]


def _known_by(client: Pushed) -> str:
    return next(name for name in IDENTIFIERS if name in client.values)


def _contact(client: Pushed) -> dict[str, Any]:
    values = client.values
    channels = [
        {"type": kind, "value": values[name]}
        for name, kind in (("email", "email"), ("phone", "sms"))
        if name in values
    ]
    names = ("firstName", "lastName", "externalCustomerId")
    contact: dict[str, Any] = {name: values[name] for name in names if name in values}
    if channels:
        contact["channels"] = channels
    if own := _own_fields(client):
        contact["fields"] = own
    return contact
