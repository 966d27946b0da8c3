"""The stand-in's door: its API, the clients who write, webhooks, and a page to chat by hand."""

import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any, Self

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from connective.kit import clock
from connective.kit.egress import Answer, Egress, EgressError, Policy
from connective.stand_ins.telegram import methods, page
from connective.stand_ins.telegram.checks import Refusal, params_of
from connective.stand_ins.telegram.state import DEFAULT_UPDATES, TOKEN, Bot, Call, Person, made

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
ANN = Person()


class TelegramServer:
    """`bots` by token; one that is asked for is made."""

    def __init__(self, egress: Egress | None = None) -> None:
        self.bots: dict[str, Bot] = {TOKEN: made(TOKEN)}
        self.egress = egress or Egress(Policy(allow_private=True))

    @property
    def bot(self) -> Bot:
        """The one of the usual token."""
        return self.bots[TOKEN]

    def app(self) -> Starlette:
        @contextlib.asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with self:
                yield

        return Starlette(
            lifespan=lifespan,
            routes=[
                Route("/", self._page),
                Route("/say", self._say, methods=["POST"]),
                Route("/press", self._press, methods=["POST"]),
                Route("/fail", self._fail, methods=["POST"]),
                Route("/calls", self._calls),
                Route("/file/bot{token}/files/{name}", self._download),
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
            ],
        )

    async def __aenter__(self) -> Self:
        await self.egress.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.egress.close()

    async def says(
        self, text: str = "", *, by: Person = ANN, bot: Bot | None = None, **parts: Any
    ) -> Answer | None:
        """A client writes; `parts` are further fields of the message (`photo`, `chat` ...)."""
        own = bot or self.bot
        chat = parts.pop("chat", None) or private(by)
        own.chats[chat["id"]] = chat
        message = {
            "message_id": next(own.numbers),
            "from": by.shown(),
            "chat": chat,
            "date": int(clock.now().timestamp()),
            **({"text": text} if text else {}),
            **parts,
        }
        return await self.update("message", message, bot=own)

    async def presses(self, data: str, message: dict[str, Any], *, by: Person = ANN) -> Any:
        """A client taps a button under a message."""
        pressed = {
            "id": str(next(self.bot.numbers)),
            "from": by.shown(),
            "chat_instance": "1",
            "message": message,
            "data": data,
        }
        return await self.update("callback_query", pressed)

    async def blocks(self, by: Person = ANN, *, blocked: bool = True) -> Any:
        """A client blocks the bot, or lets it in again."""
        (self.bot.blocked.add if blocked else self.bot.blocked.discard)(by.id)
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        changed = {
            "chat": private(by),
            "from": by.shown(),
            "date": int(clock.now().timestamp()),
            "old_chat_member": {"status": old, "user": self.bot.me()},
            "new_chat_member": {"status": new, "user": self.bot.me()},
        }
        return await self.update("my_chat_member", changed)

    async def update(self, kind: str, content: Any, *, bot: Bot | None = None) -> Answer | None:
        """Put an update into the bot's line, and send it where a webhook is set."""
        own = bot or self.bot
        wanted = own.hook.get("allowed_updates") or DEFAULT_UPDATES
        if own.hook and kind not in wanted:
            return None
        own.updates.append({"update_id": next(own.update_ids), kind: content})
        own.arrived.set()
        return await self.deliver(own) if own.hook else None

    async def deliver(self, bot: Bot) -> Answer | None:
        """Send what waits, in its order, up to the first that is not taken."""
        answer = None
        while bot.updates:
            body = json.dumps(bot.updates[0]).encode()
            headers = {"Content-Type": "application/json"}
            if bot.hook.get("secret_token"):
                headers[SECRET_HEADER] = bot.hook["secret_token"]
            answer = await self.egress.request(
                "POST", bot.hook["url"], headers=headers, body=body, breaker=False
            )
            if not 200 <= answer.status < 300:
                break
            bot.updates.pop(0)
        return answer

    async def _call(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        bot = self._known(token)
        if bot is None:
            return _refused(Refusal(401, "Unauthorized"))
        params, files = await _given(request)
        bot.calls.append(Call(method, params, files, clock.monotonic()))
        try:
            result = await methods.answer(bot, method, params, files)
        except Refusal as refusal:
            return _refused(refusal)
        finally:
            async with bot.changed:
                bot.changed.notify_all()
        return JSONResponse({"ok": True, "result": result})

    def _known(self, token: str) -> Bot | None:
        if not token.partition(":")[0].isdecimal() or len(token) < 15:
            return None
        if token not in self.bots:
            self.bots[token] = made(token)
        bot = self.bots[token]
        return None if bot.revoked else bot

    async def _download(self, request: Request) -> Response:
        bot = self._known(request.path_params["token"])
        content = None if bot is None else bot.files.get(request.path_params["name"])
        return Response(content) if content is not None else Response(status_code=404)

    async def _page(self, request: Request) -> Response:
        return HTMLResponse(page.page(self.bots, request.query_params))

    async def _say(self, request: Request) -> Response:
        form = page.form(await request.body())
        bot = self.bots[form["token"]]
        person = Person(int(form["person"]), form.get("name") or "Ann", username="")
        return await self._back(self.says(form["text"], by=person, bot=bot), form)

    async def _press(self, request: Request) -> Response:
        form = page.form(await request.body())
        bot = self.bots[form["token"]]
        person = Person(int(form["person"]), form.get("name") or "Ann", username="")
        message = bot.sent[(person.id, int(form["message"]))]
        pressed = {
            "id": str(next(bot.numbers)),
            "from": person.shown(),
            "message": message,
            "data": form["data"],
        }
        return await self._back(self.update("callback_query", pressed, bot=bot), form)

    async def _back(self, doing: Any, form: dict[str, str]) -> Response:
        try:
            await doing
        except EgressError as failure:
            return HTMLResponse(page.trouble(str(failure)), 502)
        return RedirectResponse(f"/?token={form['token']}&person={form['person']}", 303)

    async def _fail(self, request: Request) -> Response:
        """`{token, method, code, description, times, parameters}`: how the next calls end."""
        given = await request.json()
        bot = self.bots[given.get("token", TOKEN)]
        bot.fail(
            given["method"],
            int(given["code"]),
            str(given["description"]),
            times=int(given.get("times", 1)),
            **given.get("parameters", {}),
        )
        return JSONResponse({"ok": True})

    async def _calls(self, request: Request) -> Response:
        bot = self.bots[request.query_params.get("token", TOKEN)]
        shown = [{"method": c.method, "params": c.params, "at": c.at} for c in bot.calls]
        return JSONResponse(shown)


def private(person: Person) -> dict[str, Any]:
    """The chat of a person with a bot."""
    known = {"id": person.id, "type": "private", "first_name": person.first_name}
    return known | ({"username": person.username} if person.username else {})


async def _given(request: Request) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Parameters come as JSON, as a form, with files, or in the query."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        return dict(await request.json()), {}
    if kind.startswith("multipart/form-data"):
        async with request.form() as form:
            files = {k: await v.read() for k, v in form.items() if isinstance(v, UploadFile)}
            given = {k: v for k, v in form.items() if isinstance(v, str)}
            return params_of(given), files
    return params_of(dict(request.query_params) | page.form(await request.body())), {}


def _refused(refusal: Refusal) -> Response:
    said: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        said["parameters"] = refusal.parameters
    return JSONResponse(said, refusal.code)
