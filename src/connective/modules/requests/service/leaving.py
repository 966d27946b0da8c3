"""How a client, or a run that breaks in, ends a chat inside a turn."""

from collections.abc import Sequence

from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.dialogs.service import Page, Thread
from connective.modules.operators.service import loads
from connective.modules.requests.service import buttons
from connective.modules.requests.service.closing import end
from connective.modules.requests.service.holding import Chat, of_threads, save


class Leaving:
    """The chats of the dialogs that a turn holds, locked once, when the first is needed.

    Before the first of them ends, their operators are locked together and by id, so that two turns
    never wait for each other in a ring.
    """

    def __init__(self, ctx: Ctx, page: Page, threads: Sequence[Thread]) -> None:
        self._ctx, self._page, self._threads = ctx, page, threads
        self._chats: dict[int, Chat] | None = None
        self._ends = False

    async def chat(self, thread: Thread) -> Chat | None:
        """The unclosed chat of a dialog."""
        if thread.request_id is None:
            return None
        if self._chats is None:
            found = await of_threads(self._ctx, self._threads, page=self._page)
            self._chats = {chat.id: chat for chat in found}
        return self._chats.get(thread.request_id)

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

    async def _ending(self, thread: Thread) -> Chat | None:
        chat = await self.chat(thread)
        if chat is not None and not self._ends:
            self._ends = True
            people = [one.row.assignee_id for one in (self._chats or {}).values()]
            await loads.hold(self._ctx, [user_id for user_id in people if user_id is not None])
        return chat
