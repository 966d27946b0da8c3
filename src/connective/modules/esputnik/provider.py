"""Calls of eSputnik: tokens of Telegram chats, contacts, and who the key belongs to.

Source: "Integrating with Telegram Bot", https://docs.esputnik.com/docs/integrating-with-telegram-bot
(`/v1/apps/{app_uuid}/tokens`), and `/v1/contacts`, `/v1/account/info` of its API reference.
"""

import base64
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from connective.kit import clock, egress, outside_json, request_log
from connective.kit.egress import Answer, EgressError
from connective.kit.masking import Masker
from connective.modules.esputnik.schemas import Account

BASE: Final = "https://esputnik.com/api"
USER: Final = "connective"  # any name will do
TIMEOUT_S: Final = 20.0
SHOWN: Final = 300
#: Pauses between tries where the server is busy or away.
PAUSES_S: Final = (2.0, 4.0, 8.0, 16.0, 32.0)


class EsputnikProblem(Exception):
    """A call that was not taken; `again` says whether a later try may succeed."""

    def __init__(
        self,
        code: str,
        text: str,
        *,
        status: int | None = None,
        again: bool = False,
        after_s: float = 0.0,
    ) -> None:
        super().__init__(text)
        self.code, self.text, self.status = code, text[:SHOWN], status
        self.again, self.after_s = again, after_s

    def pause(self, tries: int) -> float | None:
        """Seconds before the next try; None when there is none."""
        if not self.again or tries >= len(PAUSES_S):
            return None
        return max(PAUSES_S[tries], self.after_s)


async def send_tokens(account: Account, tokens: Sequence[dict[str, str]]) -> None:
    """Chats of the bot's Telegram, each with who it is."""
    await _call(account, "POST", f"v1/apps/{account.app_uuid}/tokens", {"tokens": list(tokens)})


async def send_contacts(
    account: Account, contacts: Sequence[dict[str, Any]], *, dedupe_on: str
) -> None:
    """People, known again by one of their identifiers."""
    numbers = sorted({f["id"] for contact in contacts for f in contact.get("fields", ())})
    body = {"contacts": list(contacts), "dedupeOn": dedupe_on}
    await _call(
        account, "POST", "v1/contacts", body | ({"customFieldsIDs": numbers} if numbers else {})
    )


async def whose(account: Account) -> str:
    """The organisation that the key belongs to."""
    answer = await _call(account, "GET", "v1/account/info", None)
    try:
        found = outside_json.read(answer.body)
    except outside_json.NotJson:
        found = None
    return str(found.get("organisationName") or "") if isinstance(found, dict) else ""


async def _call(account: Account, method: str, path: str, body: Any) -> Answer:
    url = f"{account.base_url}/{path}"
    pair = base64.b64encode(f"{USER}:{account.api_key}".encode()).decode()
    headers = {"Authorization": f"Basic {pair}", "Accept": "application/json"}
    content = None if body is None else msgspec.json.encode(body)
    if content is not None:
        headers["Content-Type"] = "application/json"
    entry = request_log.Entry(
        at=clock.now(),
        direction="out",
        source="esputnik",
        method=method,
        url=url,
        bot_id=account.bot_id,
        request_headers=headers,
        request_body=Masker().body(content),
        kept=(account.api_key, pair),
    )
    try:
        answer = await egress.default().request(
            method, url, headers=headers, body=content, timeout_s=TIMEOUT_S
        )
    except EgressError as error:
        entry.error = str(error)
        raise EsputnikProblem("esputnik_unreachable", str(error), again=True) from error
    else:
        entry.status, entry.ms = answer.status, answer.ms
        entry.response_headers = answer.headers
        entry.response_body = Masker().body(answer.body)
    finally:
        request_log.note(entry)
    if answer.status >= 300:
        raise _problem(answer)
    return answer


def _problem(answer: Answer) -> EsputnikProblem:
    said = answer.body[:SHOWN].decode("utf-8", "replace").strip()
    text, status = f"{answer.status} {said}".strip(), answer.status
    if status == 401:
        return EsputnikProblem("esputnik_unauthorized", text, status=status)
    if status == 429 or status >= 500:
        given = answer.headers.get("retry-after", "")
        after_s = float(given[:6]) if given.strip().isdecimal() else 0.0
        return EsputnikProblem("esputnik_busy", text, status=status, again=True, after_s=after_s)
    return EsputnikProblem("esputnik_refused", text, status=status)
