"""Whether the partner believes only what Connective has signed, lately and with its token."""

import base64

from connective.channel_kit import signatures
from connective.channel_kit.checks import fail
from connective.channel_kit.to_partner.stage import CHECKS, PartnerStage
from connective.kit import crypto


@CHECKS.check("security.signature", "secret")
async def signature(stage: PartnerStage) -> None:
    chat = stage.chat()
    names = []
    for how in ("unsigned", "foreign", "changed"):
        envelope = stage.message(chat)
        names.append(envelope["message"]["id"])
        secret = {"unsigned": "", "foreign": crypto.webhook_secret()}.get(how)
        came = await stage.send(envelope, secret=secret, changed=how == "changed")
        if not came.refused:
            fail(f"took_{how}", what=came.what)
    await stage.never_sees(chat, *names)


@CHECKS.check("security.stale", "secret")
async def stale(stage: PartnerStage) -> None:
    chat = stage.chat()
    names = []
    for age_s in (signatures.STALE_S, -signatures.STALE_S):
        envelope = stage.message(chat)
        names.append(envelope["message"]["id"])
        came = await stage.send(envelope, age_s=age_s)
        if not came.refused:
            fail("took_stale", what=came.what)
    await stage.never_sees(chat, *names)


@CHECKS.check("security.token", "token")
async def token(stage: PartnerStage) -> None:
    chat = stage.chat()
    names = []
    for given in ("", "not-the-token"):
        envelope = stage.message(chat)
        names.append(envelope["message"]["id"])
        came = await stage.send(envelope, token=given)
        if not came.refused:
            fail("took_token", what=came.what)
    await stage.never_sees(chat, *names)


@CHECKS.check("security.rotation", "secret")
async def rotation(stage: PartnerStage) -> None:
    other = "v1," + base64.b64encode(b"of another secret, thirty-two b.").decode()
    envelope = stage.message(stage.chat())
    came = await stage.send(envelope, more_signatures=other)
    if not came.good:
        fail("not_accepted", what=came.what, event="message text")
