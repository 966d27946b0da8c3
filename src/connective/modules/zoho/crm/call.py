"""One call of the API: the token shown, renewed once when it is refused, a busy server waited for.

Source: https://www.zoho.com/crm/developer/docs/api/v8/ ("Status codes", "API limits").
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from connective.kit import clock, outside_json, request_log
from connective.kit.egress import Answer, Egress, EgressError
from connective.kit.masking import Masker
from connective.modules.zoho.crm.problems import Busy, Unauthorized, Unreachable, ZohoProblem
from connective.modules.zoho.schemas import Account

TIMEOUT_S: Final = 15.0
LONGEST_PAUSE_S: Final = 30.0
PAUSES_S: Final = (1.0, 2.0, 4.0, 8.0)
NOTHING: Final = 204
#: Gives the account with a token; one that Zoho refused is named, so that it is renewed.
Grant = Callable[[str], Awaitable[Account]]


class Reply(msgspec.Struct, frozen=True):
    """What came back; `body` is an empty object where there is none."""

    status: int
    body: dict[str, Any]


class Line:
    """Calls on behalf of one piece of work. Without `sleep` a busy server is the caller's matter.

    `account` is there after the first call.
    """

    def __init__(
        self,
        egress: Egress,
        grant: Grant,
        *,
        sleep: Callable[[float], Awaitable[None]] | None = None,
        bot_id: int | None = None,
    ) -> None:
        self._egress, self._grant, self._sleep = egress, grant, sleep
        self._bot_id = bot_id
        self._account: Account | None = None

    async def account(self) -> Account:
        if self._account is None:
            self._account = await self._grant("")
        return self._account

    async def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> Reply:
        """The answer of `/crm/v8/<path>`; a refusal of the whole call raises a ZohoProblem."""
        for pause in (*PAUSES_S, None):
            try:
                return await self._authorized(method, path, query, body)
            except Busy as busy:
                wait = max(pause or 0.0, busy.after_s)
                if self._sleep is None or pause is None or wait > LONGEST_PAUSE_S:
                    raise
                await self._sleep(wait)
        raise AssertionError  # the last round returns or raises

    async def _authorized(
        self, method: str, path: str, query: Mapping[str, str] | None, body: Any
    ) -> Reply:
        account = await self.account()
        answer = await self._send(account, method, path, query=query, body=body)
        if answer.status == 401:
            self._account = account = await self._grant(account.token)
            answer = await self._send(account, method, path, query=query, body=body)
        return _read(answer)

    async def _send(
        self,
        account: Account,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None,
        body: Any,
    ) -> Answer:
        url = f"{account.api_base}/crm/v8/{path}" + (f"?{urlencode(query)}" if query else "")
        headers = {"Authorization": f"Zoho-oauthtoken {account.token}"}
        content = None if body is None else msgspec.json.encode(body)
        if content is not None:
            headers["Content-Type"] = "application/json"
        entry = request_log.Entry(
            at=clock.now(),
            direction="out",
            source="zoho",
            method=method,
            url=url,
            bot_id=self._bot_id,
            request_headers=headers,
            request_body=Masker().body(content),
            kept=(account.token,),
        )
        try:
            answer = await self._egress.request(
                method, url, headers=headers, body=content, timeout_s=TIMEOUT_S
            )
        except EgressError as error:
            entry.error = str(error)
            raise Unreachable(str(error)) from error
        else:
            entry.status, entry.ms = answer.status, answer.ms
            entry.response_headers = answer.headers
            entry.response_body = Masker().body(answer.body)
            return answer
        finally:
            request_log.note(entry)


def _read(answer: Answer) -> Reply:
    """The answer as an object; one that refuses the whole call is a problem."""
    if answer.status == NOTHING:
        return Reply(answer.status, {})
    found = decoded(answer.body)
    if answer.status == 429:
        raise Busy(_said(found, answer), after_s=_seconds(answer.headers.get("retry-after", "")))
    if answer.status >= 500:
        raise Unreachable(_said(found, answer), status=answer.status)
    if answer.status == 401:
        raise Unauthorized(_said(found, answer), status=401)
    if isinstance(found.get("data"), list) or answer.status < 300:
        return Reply(answer.status, found)
    raise ZohoProblem(_said(found, answer), status=answer.status)


def decoded(body: bytes) -> dict[str, Any]:
    """An object, whatever came."""
    try:
        found = outside_json.read(body)
    except outside_json.NotJson:
        return {}
    return found if isinstance(found, dict) else {}


def _said(found: Mapping[str, Any], answer: Answer) -> str:
    code, message = found.get("code"), found.get("message")
    if code:
        return f"{answer.status} {code}: {message}"
    return f"{answer.status} {answer.body[:200].decode('utf-8', 'replace')}".strip()


def _seconds(given: str) -> float:
    return float(given[:6]) if given.strip().isdecimal() else 0.0
