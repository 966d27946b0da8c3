"""Posts a mail; the job `mail.send` takes it to the server of CONNECTIVE_SMTP_URL."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import insert, select, update

from connective.kit import instance
from connective.kit.context import Ctx
from connective.kit.jobs import Job
from connective.kit.mail.models import mails

TIMEOUT_S = 15


class Refused(Exception):
    """The mail server is not there or does not let us in."""


_MAIL = select(mails).where(mails.c.state == "waiting").with_for_update()


async def post(ctx: Ctx, to: str, *, subject: str, text: str) -> int:
    """Hand a mail over; it leaves after the commit, or is kept where no server is set."""
    kept = not instance.settings().smtp_url
    row = {"to": to, "subject": subject, "text": text, "created_at": ctx.now}
    made = insert(mails).values(**row, state="kept" if kept else "waiting")
    mail_id: int = (await ctx.db.execute(made.returning(mails.c.id))).scalar_one()
    if not kept:
        ctx.enqueue("mail.send", mail_id=mail_id)
    return mail_id


async def send(ctx: Ctx, *, mail_id: int) -> None:
    """Send one waiting mail; one sent already is left alone."""
    row = (await ctx.db.execute(_MAIL.where(mails.c.id == mail_id))).one_or_none()
    if row is None:
        return
    await asyncio.to_thread(_deliver, instance.settings().smtp_url, _message(row))
    sent = {"state": "sent", "sent_at": ctx.now}
    await ctx.db.execute(update(mails).where(mails.c.id == mail_id).values(sent))


async def probe() -> None:
    """Say hello to the mail server; raises Refused."""
    try:
        await asyncio.to_thread(_deliver, instance.settings().smtp_url, None)
    except (OSError, smtplib.SMTPException) as failure:
        raise Refused(str(failure)[:200]) from None


def _message(row: Any) -> EmailMessage:
    message = EmailMessage()
    message["From"] = instance.settings().mail_from
    message["To"] = row.to
    message["Subject"] = row.subject
    message["Message-ID"] = f"<mail-{row.id}@{urlsplit(instance.settings().base_url).hostname}>"
    message.set_content(row.text)
    return message


def _deliver(url: str, message: EmailMessage | None) -> None:
    """`smtp://user:password@host:587` upgrades to TLS when offered; `smtps://` begins with it."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    context = ssl.create_default_context()
    port = parts.port or (465 if secure else 587)
    with (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_S, context=context)
        if secure
        else smtplib.SMTP(host, port, timeout=TIMEOUT_S)
    ) as server:
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        if message is not None:
            server.send_message(message)


JOB = Job("mail.send", send, tries=8)
