"""The second factor: codes of an authenticator app, and ten recovery codes for its loss."""

import base64
import hmac
import secrets
from typing import Any

import pyotp
from sqlalchemy import delete, insert, update

from connective.kit import clock, errors, instance
from connective.kit.context import Ctx
from connective.kit.stored_settings.naming import instance_name
from connective.modules.accounts import queries
from connective.modules.accounts.models import recovery_codes, users
from connective.modules.accounts.schemas.signing import RecoveryCodesOut, TotpOut
from connective.modules.accounts.service import rules

CODES = 10
STEP_S = 30


async def begin(ctx: Ctx) -> TotpOut:
    """Make a secret; it counts only after its first code was confirmed."""
    user = await _own(ctx)
    if user.totp_secret is not None:
        raise errors.Conflict("totp_already_on")
    if (await rules.current(ctx)).second_factor.mode == "off":
        raise errors.Conflict("totp_not_offered")
    secret = pyotp.random_base32()
    sealed = instance.vault().seal(secret)
    await ctx.db.execute(update(users).where(users.c.id == user.id).values(totp_pending=sealed))
    issuer = await instance_name(ctx)
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer)
    return TotpOut(secret, uri)


async def confirm(ctx: Ctx, code: str) -> RecoveryCodesOut:
    """Switch the second factor on; gives the recovery codes this once."""
    user = await _own(ctx)
    if user.totp_pending is None:
        raise errors.Conflict("totp_not_begun")
    step = _step_of(instance.vault().open(user.totp_pending), code, user.totp_step)
    if step is None:
        raise errors.Invalid("bad_code", field="code")
    on = {"totp_secret": user.totp_pending, "totp_pending": None, "totp_step": step}
    await ctx.db.execute(update(users).where(users.c.id == user.id).values(on))
    ctx.audit("user.totp_on", "user", user.id)
    return await renew_recovery_codes(ctx)


async def renew_recovery_codes(ctx: Ctx) -> RecoveryCodesOut:
    """Ten new codes; the old ones end."""
    user = await _own(ctx)
    if user.totp_secret is None:
        raise errors.Conflict("totp_off")
    plain = [_new_code() for _ in range(CODES)]
    await ctx.db.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user.id))
    await ctx.db.execute(
        insert(recovery_codes), [{"user_id": user.id, "hash": _digests(c)[0]} for c in plain]
    )
    ctx.audit("user.recovery_codes_renewed", "user", user.id)
    return RecoveryCodesOut(plain)


async def switch_off(ctx: Ctx, user_id: int) -> None:
    """Without a second factor again: by its owner, or by an administrator for someone else."""
    off = {"totp_secret": None, "totp_pending": None}
    await ctx.db.execute(update(users).where(users.c.id == user_id).values(off))
    await ctx.db.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
    ctx.audit("user.totp_off", "user", user_id)


async def accepts(ctx: Ctx, user: Any, code: str) -> bool:
    """Whether a code of the app or a recovery code is right; either is used up by it."""
    step = _step_of(instance.vault().open(user.totp_secret), code, user.totp_step)
    if step is not None:
        newer = users.c.totp_step < step
        taken = await ctx.db.execute(
            update(users).where(users.c.id == user.id, newer).values(totp_step=step)
        )
        return taken.rowcount == 1
    used = await ctx.db.execute(
        update(recovery_codes)
        .where(
            recovery_codes.c.user_id == user.id,
            recovery_codes.c.hash.in_(_digests(code)),
            recovery_codes.c.used_at.is_(None),
        )
        .values(used_at=ctx.now)
    )
    return used.rowcount == 1


def _step_of(secret: str, code: str, last_step: int) -> int | None:
    """The 30 s step that the code belongs to: this one or a neighbour, never one used before."""
    present = int(clock.now().timestamp()) // STEP_S
    digits = code.replace(" ", "")
    totp = pyotp.TOTP(secret)
    for step in (present, present - 1, present + 1):
        if step > last_step and hmac.compare_digest(totp.at(step * STEP_S), digits):
            return step
    return None


def _new_code() -> str:
    """80 random bits as four groups of four letters and digits."""
    letters = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def _digests(code: str) -> list[str]:
    """The code under each secret key, the newest first: a copied database gives no code away."""
    plain = code.replace("-", "").replace(" ", "").lower().encode()
    keys = instance.vault().keys("recovery codes")
    return [hmac.digest(key, plain, "sha256").hex() for key in keys]


async def _own(ctx: Ctx) -> Any:
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        raise errors.Forbidden("people_only")
    return await queries.user(ctx.db, ctx.actor.id, lock=True)
