"""Takes a dialog from its bot: the operator leads it from now on."""

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import Thread
from connective.modules.requests import queries
from connective.modules.requests.events import DialogTaken
from connective.modules.requests.models import request_ids
from connective.modules.requests.schemas.changes import Takeover
from connective.modules.requests.service import capacity, describing, scenario, taking
from connective.modules.requests.service.chat import Chat, Row
from connective.modules.requests.service.holding import begun, hold_of_dialog, save
from connective.modules.requests.service.telling import emit, system_line


async def takeover(ctx: Ctx, dialog_id: int, wanted: Takeover) -> Chat:
    """Whoever asks leads the dialog; a chat that waits there already is taken."""
    await dialogs.dialog(ctx, dialog_id)
    thread, chat = await hold_of_dialog(ctx, dialog_id)
    if chat is None:
        chat = await _begin(ctx, thread, wanted)
    elif not auth_policy.can(ctx.actor, "requests.takeover", chat.row):
        raise errors.Conflict("has_open_chat", number=chat.id)
    was_running = scenario.leave(thread)
    await taking.claim(ctx, chat)
    chat.row.continues = False
    told = DialogTaken(was_running, taking.operator_id_of(ctx))
    emit(ctx, chat, "dialog.taken_over", told)
    await save(ctx, chat)
    return chat


async def _begin(ctx: Ctx, thread: Thread, wanted: Takeover) -> Chat:
    me = taking.operator_id_of(ctx)
    chat = await opened(ctx, thread, state="open", source={})
    await describing.set_first_topic(ctx, chat, wanted.subject_id)
    who = await capacity.operator(ctx, me)
    if who is None or not capacity.serves(who, chat, skilled=False):
        raise errors.Invalid("not_an_operator", field="operator_id")
    await system_line(ctx, chat, "taken_over", name=who.name)
    return chat


async def opened(ctx: Ctx, thread: Thread, *, state: str, source: dict[str, object]) -> Chat:
    """A new request of a held dialog, not yet stored."""
    (request_id,) = await request_ids.take(ctx.db, 1)
    row = Row(
        id=request_id,
        state=state,
        bot_id=thread.bot_id,
        channel=thread.channel,
        account_id=thread.account_id,
        dialog_id=thread.id,
        contact_id=thread.person.contact_id,
        client_id=thread.person.client_id,
        created_at=ctx.now,
        source=source,
        first_seq=thread.seq + 1,
        last_seq=thread.seq,
        last_message_at=thread.last_message_at or ctx.now,
    )
    last = await queries.last_said(ctx.db, thread.id)
    if last is not None:
        row.last_text, row.last_author = last.text[:200], last.author_kind
        row.last_client_at = last.created_at if last.direction == "in" else None
    return begun(row, thread)
