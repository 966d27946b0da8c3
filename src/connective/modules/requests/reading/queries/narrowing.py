"""What narrows a list, a count or a search of requests: the rule table and what was asked."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, or_, select

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.modules.clients.models import clients, contacts
from connective.modules.dialogs.models import messages
from connective.modules.requests.conversation.queries import names_file
from connective.modules.requests.models import CLOSED, QUEUE, STATES, requests
from connective.modules.requests.reading.asked import Asked
from connective.modules.requests.reading.queries.columns import CALLED, NAME, UNCLOSED

VIEW = "requests.view"
# An index of the words of all messages would cost every turn of every bot: words are looked for
# in this many requests of those that were spoken in last.
SEARCHED = 2000
NUMBER = re.compile(r"(#?)(\d{1,18})")
PHONE = re.compile(r"[+\d\s().-]+")


def _folder(actor: Actor, asked: Asked) -> list[ColumnElement[bool]]:
    """`all` holds the closed ones too."""
    state, assignee = requests.c.state, requests.c.assignee_id
    match asked.folder:
        case "my":
            return [assignee == actor.id if actor.kind == "user" else false(), UNCLOSED]
        case "unassigned":
            return [assignee.is_(None), state.not_in((QUEUE, CLOSED))]
        case "queue":
            return [state == QUEUE]
        case "closed":
            return [state == CLOSED]
    return []


def narrowed(actor: Actor, asked: Asked, *, sort: str = "") -> list[ColumnElement[bool]]:
    """The conditions of a list, a count or a search: what the actor sees of what was asked."""
    found: list[ColumnElement[bool]] = [auth_policy.predicate(actor, VIEW, requests)]
    found += _folder(actor, asked)
    if asked.state is not None:
        found.append(requests.c.state == STATES[asked.state])
    for name in ("type", "subject_id", "assignee_id", "bot_id", "client_id", "channel"):
        value = getattr(asked, name)
        if value is not None:
            found.append(requests.c[name] == value)
    if asked.since is not None:
        found.append(requests.c.created_at >= asked.since)
    if asked.until is not None:
        found.append(requests.c.created_at < asked.until)
    tags = {"utm_source": asked.utm_source, "utm_campaign": asked.utm_campaign}
    for name, tag in tags.items():
        if tag is not None:
            came = select(contacts.c.id).where(contacts.c.utm[name].astext == tag)
            found.append(requests.c.contact_id.in_(came))
    if sort == "waiting":
        found.append(UNCLOSED)
    if asked.search is not None:
        found.append(_matches(asked.search, found))
    return found


def _matches(search: str, seen: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """By number, name, username, e-mail, phone; by words of what was spoken in last."""
    number = NUMBER.fullmatch(search.strip())
    if number is not None and number[1]:
        return requests.c.id == int(number[2])
    whole = "%" + search.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
    named = [clients.c.email.ilike(whole), NAME.ilike(whole)]
    digits = "".join(filter(str.isdigit, search))
    if len(digits) >= 3 and PHONE.fullmatch(search):
        named.append(clients.c.phone.like(f"%{digits}%"))
    found: list[ColumnElement[bool]] = [
        requests.c.client_id.in_(select(clients.c.id).where(or_(*named))),
        requests.c.contact_id.in_(select(contacts.c.id).where(CALLED.ilike(whole))),
        requests.c.id.in_(_spoken_of(search, whole, seen)),
    ]
    if number is not None:
        found.append(requests.c.id == int(number[2]))
    return or_(*found)


def _spoken_of(search: str, whole: str, seen: Sequence[ColumnElement[bool]]) -> Select[tuple[int]]:
    latest = (
        select(requests.c.id, requests.c.dialog_id, requests.c.first_seq)
        .where(*seen)
        .order_by(requests.c.last_message_at.desc())
        .limit(SEARCHED)
        .subquery()
    )
    said = (
        select(messages.c.id)
        .where(messages.c.dialog_id == latest.c.dialog_id, messages.c.seq >= latest.c.first_seq)
        .where(messages.c.request_id == latest.c.id, messages.c.deleted_at.is_(None))
        .where(or_(messages.c.text.ilike(whole), names_file(search)))
    )
    return select(latest.c.id).where(said.exists())
