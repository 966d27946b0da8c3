"""A few words from whoever leads an operator: he hears them at once, or when he comes back."""

from connective.kit.context import Ctx
from connective.modules.notices import service as notices
from connective.modules.operators.service.team import get_operator


async def message(ctx: Ctx, user_id: int, text: str) -> None:
    """Say something to an operator of whom one may choose the status."""
    await get_operator(ctx, user_id, action="operators.message")
    await notices.tell(ctx, [user_id], kind="message", text=text)
    ctx.audit("operator.messaged", "operator", user_id, after={"text": text})
