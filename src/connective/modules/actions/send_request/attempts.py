"""Sends a request as often as its retry rule says, within the time of the whole call."""

import asyncio
from email.utils import parsedate_to_datetime
from typing import Final

from connective.contracts.action import ActionServices, RequestRecord
from connective.kit.egress import Answer, EgressError, TimedOut, TooLarge
from connective.kit.masking import Masker
from connective.modules.actions.send_request.body import Outgoing
from connective.modules.actions.send_request.config import Config
from connective.modules.actions.send_request.oauth import Tokens

CONNECT_S: Final = 5.0
MAX_BYTES: Final = 5 * 1024 * 1024
_MIN_TRY_S: Final = 0.05

Outcome = Answer | EgressError


class Budget:
    """The seconds of the whole call: real time spent, and pauses even where tests skip them."""

    def __init__(self, seconds: float) -> None:
        self._end = asyncio.get_running_loop().time() + seconds

    @property
    def left(self) -> float:
        return self._end - asyncio.get_running_loop().time()

    async def pause(self, services: ActionServices, seconds: float) -> None:
        before = asyncio.get_running_loop().time()
        await services.sleep(seconds)
        slept = asyncio.get_running_loop().time() - before
        self._end -= max(seconds - slept, 0.0)


class Sender:
    """One call: its tries and what is written about them."""

    def __init__(self, services: ActionServices, config: Config, masker: Masker) -> None:
        self.records: list[RequestRecord] = []
        self._services = services
        self._config = config
        self._masker = masker
        self.budget = Budget(config.timeout_s)

    async def send(self, outgoing: Outgoing, tokens: Tokens) -> Outcome:
        """The last outcome."""
        tries = 0
        renewed = False
        while True:
            fresh = await self._authorized(outgoing, tokens)
            outcome = await self._try(fresh)
            if _refused_token(outcome, self._config) and not renewed:
                renewed = True
                if tokens.forget(self._config.oauth2):  # type: ignore[arg-type]
                    continue
            pause = self._pause(outcome, tries)
            if pause is None or pause >= self.budget.left - _MIN_TRY_S:
                return outcome
            tries += 1
            await self.budget.pause(self._services, pause)

    async def _authorized(self, outgoing: Outgoing, tokens: Tokens) -> Outgoing:
        oauth2 = self._config.oauth2
        if oauth2 is None:
            return outgoing
        left = max(self.budget.left, _MIN_TRY_S)
        token = await tokens.get(self._services.egress, oauth2, timeout_s=left)
        self._masker.keep(token)
        headers = {**outgoing.headers, "Authorization": f"Bearer {token}"}
        return Outgoing(url=outgoing.url, headers=headers, body=outgoing.body)

    async def _try(self, outgoing: Outgoing) -> Outcome:
        at = self._services.now()
        outcome: Outcome
        try:
            outcome = await self._services.egress.request(
                self._config.method,
                outgoing.url,
                headers=outgoing.headers,
                body=outgoing.body,
                timeout_s=max(self.budget.left, _MIN_TRY_S),
                connect_timeout_s=CONNECT_S,
                max_bytes=MAX_BYTES,
                follow_redirects=self._config.follow_redirects,
            )
        except EgressError as error:
            outcome = error
        answer = answer_in(outcome)
        mask = self._masker
        self.records.append(
            RequestRecord(
                at=at,
                method=self._config.method,
                url=mask.text(outgoing.url),
                request_headers=mask.headers(outgoing.headers),
                request_body=mask.body(outgoing.body),
                status=answer.status if answer else None,
                ms=answer.ms if answer else 0,
                response_headers=mask.headers(answer.headers) if answer else {},
                response_body=mask.body(answer.body) if answer else "",
                error=mask.text(str(outcome)) if isinstance(outcome, EgressError) else None,
            )
        )
        return outcome

    def _pause(self, outcome: Outcome, tries: int) -> float | None:
        """Seconds before the next try; None when there is none."""
        retry = self._config.retry
        if tries >= retry.attempts or _class_of(outcome) not in retry.on:
            return None
        planned = retry.delay_ms / 1000 * retry.factor**tries
        return max(planned, self._asked(outcome))

    def _asked(self, outcome: Outcome) -> float:
        """The partner's Retry-After: seconds or a date."""
        given = outcome.headers.get("retry-after", "") if isinstance(outcome, Answer) else ""
        if given.strip().isdecimal():
            return float(given[:9])
        try:
            moment = parsedate_to_datetime(given)
            return max((moment - self._services.now()).total_seconds(), 0.0)
        except (ValueError, TypeError):
            return 0.0


def answer_in(outcome: Outcome) -> Answer | None:
    """The answer, a cut one included."""
    if isinstance(outcome, TooLarge):
        return outcome.answer
    return outcome if isinstance(outcome, Answer) else None


def _class_of(outcome: Outcome) -> str:
    if isinstance(outcome, Answer):
        return "429" if outcome.status == 429 else "5xx" if outcome.status >= 500 else ""
    # When the time of the whole call is over, there is none left for another try.
    over = isinstance(outcome, TimedOut) and outcome.reason != "connect_timeout"
    return "network" if outcome.network and not over else ""


def _refused_token(outcome: Outcome, config: Config) -> bool:
    return config.oauth2 is not None and isinstance(outcome, Answer) and outcome.status == 401
