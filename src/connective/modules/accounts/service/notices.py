"""Mails to the administrators: each in his own language, each with what to do."""

from collections.abc import Sequence
from typing import Any

from connective.contracts.event import LoggedEvent
from connective.kit import i18n, instance, measures
from connective.kit.context import Ctx
from connective.kit.mail import post
from connective.modules.accounts import queries

STATUS = ("status.alerted", "status.recovered")
FAILING = ("webhook.warned", "webhook.disabled", "channel.warned", "channel.disabled")
KINDS = (*STATUS, *FAILING)


async def tell(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """A mail to everyone who can do something about it."""
    people = await queries.administrators(ctx.db)
    for event in events:
        for person in people:
            subject, text = _words(person.language, event.kind, event.data)
            await post.post(ctx, person.email, subject=subject, text=text)


def _words(language: str, kind: str, data: dict[str, Any]) -> tuple[str, str]:
    key = f"notices.{kind.replace('.', '_')}"
    base = instance.settings().base_url
    given = {"name": data.get("name", ""), "check": "", "detail": "", "todo": ""}
    if kind in STATUS:
        group = f"checks.{data['check']}"
        facts = measures.told(language, data["facts"])
        common = data["code"] in ("timed_out", "failed_to_run")
        sentence = f"checks.{data['code']}" if common else f"{group}.{data['code']}"
        given |= {
            "check": i18n.text(language, f"{group}.label"),
            "detail": i18n.text(language, sentence, **facts) if data["facts"] else "",
            "todo": i18n.text(language, f"{group}.todo"),
        }
    subject = i18n.text(language, f"{key}.subject", **given)
    return subject, i18n.text(language, f"{key}.text", **given, url=base)
