"""How a scenario goes on after a chat with an operator: where the chat was to lead."""

from connective.engine import arrivals, model, triggers
from connective.engine.model import Begin
from connective.kit import clock
from connective.modules.dialogs.service import Thread
from connective.modules.requests import service as requests
from connective.modules.turns import steps
from connective.modules.turns.turn import Turn


async def left(turn: Turn, thread: Thread, event: model.Event) -> bool:
    """Whether the client has left his chat with this press or text; the scenario goes on then."""
    said = event.data if isinstance(event, model.Press) else getattr(event, "text", "")
    pressed = await turn.leaving.pressed(thread, said) if said else None
    if pressed is None:
        return False
    back = pressed == requests.RETURN
    await end(turn, thread, reason="returned_to_bot" if back else "button", begins=back)
    return True


async def end(turn: Turn, thread: Thread, *, reason: str, begins: bool = False) -> None:
    """The client ends his chat; `begins`: the scenario starts where nothing else was arranged."""
    if not await turn.leaving.by_client(thread, reason=reason):
        return
    bot = turn.bots[thread.bot_id]
    if not bot.active or thread.bot_id not in turn.programs:
        return
    alias = await arranged(turn, thread)
    if alias or begins:
        await steps.feed(turn, thread, Begin(trigger="alias", alias=alias or None))


async def reopen(turn: Turn, thread: Thread, text: str) -> None:
    """Where the instance reopens chats by their clients' words: before the word is stored."""
    if thread.request_id is not None or thread.person.blocked:
        return
    request_id = requests.reopens(thread, clock.epoch_ms(turn.ctx.now))
    if request_id is None or triggers.start_param(text) is not None:
        return
    program = turn.programs.get(thread.bot_id)
    if program is None or (program.triggers.find(text) is None and not _pending(turn, thread)):
        await turn.leaving.reopen(thread, request_id)


async def arranged(turn: Turn, thread: Thread) -> str:
    """The alias where the scenario is to go on; an unknown one is noted in the chat's history."""
    alias = _pending(turn, thread)
    if alias and alias not in turn.programs[thread.bot_id].aliases:
        await requests.note_lost_alias(turn.ctx, thread.id, alias)
    return alias


def _pending(turn: Turn, thread: Thread) -> str:
    program = turn.programs[thread.bot_id]
    state = steps.state_of(thread.state)
    language = state.language if state.language in program.languages else program.languages[0]
    return arrivals.pending(program, state, language)
