"""Posts what our users do: in order, again until it is taken, several at once when they wait."""

import asyncio
import json
from typing import Any

import aiohttp

from examples.partner import signing
from examples.partner.settings import Settings
from examples.partner.store import Store

MOST = 100
LONGEST_S = 60.0
AGAIN = {408, 425, 429}
BUSY = {"unavailable", "turns_overloaded", "update_rate"}
Row = tuple[int, str, dict[str, Any]]


class Updates:
    """The way to `input_url`; only the first update of a chat is under way at a time."""

    def __init__(self, settings: Settings, store: Store, session: aiohttp.ClientSession) -> None:
        self._settings = settings
        self._store = store
        self._session = session
        self._more = asyncio.Event()
        self._input_url = settings.input_url
        self._alone = False
        self._more_to_ids = 0

    def post_to(self, input_url: str) -> None:
        """From now on, what waits included."""
        self._input_url = input_url
        self._more.set()

    def add(self, chat: str, update: dict[str, Any]) -> None:
        """Store it; it is posted as soon as can be."""
        self._store.wait(chat, update)
        self._more.set()

    async def run(self) -> None:
        """Until cancelled."""
        pause_s = self._settings.retry_s
        while True:
            self._more.clear()
            rows = self._store.waiting(1 if self._alone else MOST)
            if not rows or not self._input_url:
                await self._more.wait()
            elif asked_s := await self._post(rows):
                await asyncio.sleep(max(asked_s, pause_s))
                pause_s = min(pause_s * 2, LONGEST_S)
            else:
                pause_s = self._settings.retry_s

    async def _post(self, rows: list[Row]) -> float:
        """Seconds to wait before the next post; 0: go on."""
        updates = [
            {"update_id": number + self._more_to_ids, **content} for number, _, content in rows
        ]
        body = json.dumps(updates if len(updates) > 1 else updates[0]).encode()
        headers = {"Content-Type": "application/json"}
        if self._settings.input_token:
            headers["x-access-token"] = self._settings.input_token
        if self._settings.secret:
            name = f"update-{rows[0][0]}-{len(rows)}"
            headers |= signing.signed(self._settings.secret, name, body)
        try:
            async with self._session.post(self._input_url, data=body, headers=headers) as response:
                answer = await response.read()
                asked_s = float(response.headers.get("Retry-After") or self._settings.retry_s)
                return self._judge(rows, response.status, answer, asked_s)
        except (aiohttp.ClientError, TimeoutError):
            return self._put_off(rows, self._settings.retry_s)

    def _judge(self, rows: list[Row], status: int, answer: bytes, asked_s: float) -> float:
        if status >= 500 or status in AGAIN:
            return self._put_off(rows, asked_s)
        if status >= 300:
            if len(rows) > 1:  # which of them is to blame shows when each goes alone
                self._alone = True
            else:
                self._store.refused(rows[0][0], f"{status} {answer[:500]!r}")
                self._alone = False
            return 0
        said = json.loads(answer or b"{}")
        results = said.get("results") if len(rows) > 1 else [said]
        if self._settings.broken == "batch":
            results = [{"status": "success"}] * len(rows)
        return self._settle(rows, results, asked_s)

    def _settle(self, rows: list[Row], results: list[dict[str, Any]], asked_s: float) -> float:
        """Each update by its own result: taken, to be sent again, or refused."""
        again = []
        for row, result in zip(rows, results, strict=True):
            if result.get("status") != "error":
                self._store.taken(row[0])
            elif result.get("code") in BUSY:
                again.append(row)
            else:
                self._store.refused(row[0], json.dumps(result))
        return self._put_off(again, asked_s) if again else 0

    def _put_off(self, rows: list[Row], seconds: float) -> float:
        if self._settings.broken == "new-update-id" and rows:
            self._more_to_ids += 1_000_000_000
        return seconds
