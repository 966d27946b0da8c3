"""Begins a chat with a client: the operator writes first and leads it."""

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.requests.authors import rules
from connective.modules.requests.authors.schemas import OperatorNamesOut
from connective.modules.requests.events import DialogTaken
from connective.modules.requests.outbound.schemas import NewChat, OutboundRules
from connective.modules.requests.outbound.service import addressee
from connective.modules.requests.schemas.talk import NewMessage
from connective.modules.requests.service import (
    capacity,
    choices,
    describing,
    scenario,
    taking,
    talking,
)
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.giving import give
from connective.modules.requests.service.taking_over import opened
from connective.modules.requests.service.telling import emit, system_line

OUTBOUND = "outbound"


async def start(ctx: Ctx, wanted: NewChat) -> Chat:
    """A chat of its own with the first words in it; one that goes on there already is named.

    A program's chat waits for an operator, unless it names him.
    """
    chosen = await rules.current(ctx)
    if not _begins(ctx, chosen):
        raise errors.Forbidden("outbound_off")
    contact = await addressee(ctx, wanted)
    key = (contact.account_id, contact.chat_id)
    thread = (await dialogs.hold(ctx, {key: None}, wait=True)).get(key)
    if thread is None:  # deleted between two looks
        raise errors.Invalid("unknown_contact")
    if thread.request_id is not None:
        raise errors.Conflict("has_open_chat", number=thread.request_id)
    run_id = scenario.leave(thread)
    chat = await opened(ctx, thread, state="open", source={})
    chat.row.direction = OUTBOUND
    chat.row.shown_to = chosen.outbound_visibility
    await describing.set_first_topic(ctx, chat, wanted.subject_id)
    if chosen.outbound_topic_required and chat.row.subject_id is None:
        raise errors.Invalid("topic_required", field="subject_id")
    await _lead(ctx, chat, wanted.operator_id)
    await system_line(ctx, chat, "began", name=ctx.actor.name)
    if run_id is not None and chat.row.assignee_id is not None:
        emit(ctx, chat, "dialog.taken_over", DialogTaken(run_id, chat.row.assignee_id))
    await talking.say(ctx, chat, _first_words(chat, wanted))
    return chat


async def outbound_rules(ctx: Ctx) -> OutboundRules:
    """What whoever asks has to know before he begins a chat."""
    chosen = await rules.current(ctx)
    return OutboundRules(_begins(ctx, chosen), chosen.outbound_topic_required)


def _begins(ctx: Ctx, chosen: OperatorNamesOut) -> bool:
    """People do where the instance lets them; programs do what their keys are for."""
    return chosen.allow_outbound or ctx.actor.kind != "user"


def _first_words(chat: Chat, wanted: NewChat) -> NewMessage:
    return NewMessage(
        client_msg_id=wanted.client_msg_id or f"first-{chat.id}",
        text=wanted.text,
        attachments=wanted.attachments,
        forward=wanted.forward,
    )


async def _lead(ctx: Ctx, chat: Chat, operator_id: int | None) -> None:
    """Who goes on with it: whoever asks, the one he names, or whoever takes it."""
    own = ctx.actor.kind == "user" and operator_id in (None, ctx.actor.id)
    if own:
        me = taking.operator_id_of(ctx)
        who = await capacity.operator(ctx, me)
        if who is None or not capacity.serves(who, chat, skilled=False):
            raise errors.Invalid("not_an_operator", field="operator_id")
        may_assign = auth_policy.can(ctx.actor, taking.ASSIGN, chat.row)
        await capacity.need_room(ctx, chat, who, allowed=may_assign)
    elif operator_id is not None:
        auth_policy.allow(ctx.actor, taking.ASSIGN)
        who = await capacity.wanted(ctx, chat, operator_id, over_limit=False)
    else:
        waits = await choices.auto_connects(ctx)
        chat.row.state = "queue" if waits else "new"
        chat.row.queued_at = ctx.now if waits else None
        ctx.wakes("distribution")
        return
    await give(ctx, chat, who.id, auto=False)
