"""The edge of signing in: a counted try in one transaction, the slow password check in none."""

from fastapi import Request

from connective.kit import errors
from connective.kit.context import unit_of_work
from connective.kit.http.address import client_address
from connective.modules.accounts.service import passwords, sign_in
from connective.modules.accounts.service.sign_in import Attempt


async def right_password(
    request: Request, email: str, *, password: str, otp: str | None
) -> Attempt:
    """The try, when its password is right; 401 for a wrong one and for an unknown user alike."""
    request_id = request.state.request_id
    async with unit_of_work(request_id=request_id) as ctx:
        attempt = await sign_in.begin(ctx, email, client_address(request))
    if not await passwords.fits(attempt.password_hash, password):
        raise errors.Unauthorized("bad_credentials")
    if sign_in.lacks_code(attempt, otp):
        async with unit_of_work(request_id=request_id) as ctx:
            await sign_in.take_back(ctx, attempt)
        raise errors.Unauthorized("otp_required")
    return attempt
