"""How a client, or a run that breaks in, ends a chat inside a turn, or has a closed one go on."""

from collections.abc import Sequence

from connective.kit import clock
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.dialogs.service import Page, Thread
from connective.modules.operators.service import loads
from connective.modules.requests import queries
from connective.modules.requests.service import buttons, reopening, scenario
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.closing import end
from connective.modules.requests.service.holding import of_threads, save


class Leaving:
    """The chats of the dialogs that a turn holds, locked once, when the first is needed.

    Before the first of them ends or goes on again, all operators of these dialogs are locked
    together and by id, so that two turns never wait for each other in a ring.
    """

    def __init__(self, ctx: Ctx, page: Page, threads: Sequence[Thread]) -> None:
        self._ctx, self._page, self._threads = ctx, page, threads
        self._chats: dict[int, Chat] | None = None
        self._holds_people = False

    async def chat(self, thread: Thread) -> Chat | None:
        """The unclosed chat of a dialog."""
        if thread.request_id is None:
            return None
        return (await self._all()).get(thread.request_id)

    async def pressed(self, thread: Thread, said: str) -> str | None:
        """Which of the chat's buttons the client has pressed, or written."""
        chat = await self.chat(thread)
        return buttons.pressed(chat.row.source, said, thread.language) if chat else None

    async def by_client(self, thread: Thread, *, reason: str) -> bool:
        """The client ends the chat; whether there was one."""
        chat = await self._ending(thread)
        if chat is None:
            return False
        person = thread.person
        chat.by = Actor(kind="client", id=person.client_id, name=person.name)
        await end(self._ctx, chat, by="client", reason=reason, here=True)
        await save(self._ctx, chat)
        return True

    async def by_bot(self, thread: Thread, *, reason: str) -> None:
        """The bot takes the dialog back."""
        chat = await self._ending(thread)
        if chat is not None:
            await end(self._ctx, chat, by="bot", reason=reason, stays=True, here=True)
            await save(self._ctx, chat)

    async def reopen(self, thread: Thread, request_id: int) -> None:
        """The client goes on in a chat that was closed."""
        await self._hold_people()
        chat = await reopening.by_client(self._ctx, self._page, thread, request_id)
        if chat is not None:
            (await self._all())[chat.id] = chat

    async def _ending(self, thread: Thread) -> Chat | None:
        chat = await self.chat(thread)
        if chat is not None:
            await self._hold_people()
        return chat

    async def _all(self) -> dict[int, Chat]:
        if self._chats is None:
            found = await of_threads(self._ctx, self._threads, page=self._page)
            self._chats = {chat.id: chat for chat in found}
        return self._chats

    async def _hold_people(self) -> None:
        if self._holds_people:
            return
        self._holds_people = True
        now = clock.epoch_ms(self._ctx.now)
        over = [scenario.reopens(thread, now) for thread in self._threads]
        people = {chat.row.assignee_id for chat in (await self._all()).values()}
        people |= await queries.assignees(self._ctx.db, [n for n in over if n is not None])
        await loads.hold(self._ctx, [user_id for user_id in people if user_id is not None])
