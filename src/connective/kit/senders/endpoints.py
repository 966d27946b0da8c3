"""Endpoints with their secrets opened, kept until their version changes."""

import logging
from typing import Any

from connective.kit.crypto import Undecryptable, Vault
from connective.kit.senders import queries, signing
from connective.kit.senders.delivery import Endpoint

log = logging.getLogger(__name__)


class Endpoints:
    """The cache of one sender. An endpoint whose secret cannot be opened is None."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: dict[int, tuple[int, Endpoint | None]] = {}

    def get(self, number: int) -> Endpoint | None:
        """An endpoint as it was last read; None if it never was."""
        known = self._known.get(number)
        return known[1] if known else None

    async def refresh(self, driver: Any, versions: dict[int, int]) -> None:
        """Load those whose version is not the one we know."""
        stale = [
            number
            for number, version in versions.items()
            if number not in self._known or self._known[number][0] != version
        ]
        if stale:
            for row in await driver.fetch(queries.ENDPOINTS, stale):
                self._known[row["id"]] = (row["version"], self._opened(row))

    def _opened(self, row: Any) -> Endpoint | None:
        try:
            return Endpoint(
                id=row["id"],
                kind=row["kind"],
                name=row["name"],
                bot_id=row["bot_id"],
                url=row["url"],
                headers={name: self._vault.open(value) for name, value in row["headers"].items()},
                signing=signing.key_of(self._vault.open(row["secret"])),
                old_signing=self._old_key(row["old_secret"]),
                old_until=row["old_secret_until"],
                access_token=self._plain(row["access_token"]),
                timeout_s=row["timeout_s"],
                order_hold_min=row["order_hold_min"],
                version=row["version"],
            )
        except (Undecryptable, ValueError):
            log.exception("the secrets of endpoint %s cannot be opened", row["id"])
            return None

    def _plain(self, sealed: str | None) -> str | None:
        return self._vault.open(sealed) if sealed else None

    def _old_key(self, sealed: str | None) -> bytes | None:
        return signing.key_of(self._vault.open(sealed)) if sealed else None
