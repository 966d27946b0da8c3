"""Random codes, hashes, signing keys and encryption at rest, all under the instance's secret key.

The first key of the list signs and encrypts; the others are still accepted (rotation).
"""

import base64
import contextlib
import hashlib
import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from connective.kit.settings import BadSettings


class Undecryptable(Exception):
    """A stored secret that none of the instance's keys opens."""


class Vault:
    """Derives purpose-bound keys from the secret keys; seals and opens stored secrets."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("at least one secret key is needed")
        self._keys = tuple(keys)
        boxes = [Fernet(base64.urlsafe_b64encode(self._derive(k, "at rest"))) for k in keys]
        self._newest, self._box = boxes[0], MultiFernet(boxes)

    @staticmethod
    def _derive(key: str, purpose: str) -> bytes:
        return hmac.digest(key.encode(), b"connective:" + purpose.encode(), "sha256")

    def keys(self, purpose: str) -> tuple[bytes, ...]:
        """32-byte keys for a purpose, the newest first."""
        return tuple(self._derive(key, purpose) for key in self._keys)

    def seal(self, plain: str) -> str:
        """Encrypt under the newest key, as text."""
        return self._box.encrypt(plain.encode()).decode()

    def open(self, sealed: str) -> str:
        """What was sealed under any key of the list; raises Undecryptable for another's."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Undecryptable("sealed under a key that this instance does not have") from None

    def renew(self, sealed: str) -> str:
        """The same under the newest key; unchanged where it is under that already."""
        with contextlib.suppress(InvalidToken):
            self._newest.decrypt(sealed.encode())
            return sealed
        return self.seal(self.open(sealed))

    @property
    def fingerprint(self) -> str:
        """Names the newest key without giving it away; backups carry it."""
        return self.fingerprints[0]

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """The same of every key that still opens."""
        names = (hashlib.sha256(key) for key in self.keys("fingerprint"))
        return tuple(name.hexdigest()[:16] for name in names)


def load_vault(keys: Sequence[str], data_dir: Path) -> Vault:
    """The vault of the environment's keys, or of a key kept (0600) in the data directory."""
    if keys:
        return Vault(keys)
    try:
        return Vault(_kept(data_dir).read_text().split())
    except OSError as failure:
        reason = failure.strerror or str(failure)
        raise BadSettings(f"CONNECTIVE_DATA_DIR: cannot use {data_dir}: {reason}") from None


def _kept(data_dir: Path) -> Path:
    """The file of the instance's own key, made by whoever comes first."""
    file = data_dir / "secret_key"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_urlsafe(48))
        try:
            os.link(part, file)
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return file


def token(bits: int = 256) -> str:
    """A URL-safe random code; at least 128 bits wherever it guards something."""
    return secrets.token_urlsafe(bits // 8)


def digest(value: str) -> str:
    """SHA-256 in hexadecimal, for random secrets that are only ever compared."""
    return hashlib.sha256(value.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Whether two texts are equal, in a time that does not tell how far they are."""
    return hmac.compare_digest(left.encode(), right.encode())


def webhook_secret() -> str:
    """`whsec_` and 32 random bytes in padded base64 (Standard Webhooks)."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def timed_id(epoch_ms: int, tail: bytes | None = None) -> str:
    """32 hexadecimal digits that sort by time: 48 bits of milliseconds and 80 random bits.

    A tail of 10 bytes in place of the random ones gives the same name for the same thing.
    """
    return f"{epoch_ms:012x}{(tail or os.urandom(10)).hex()}"
