"""What somebody who helps has to know, in one archive without secrets and without texts."""

import io
import platform
import zipfile
from importlib import metadata
from typing import Any
from urllib.parse import urlsplit

import msgspec

from connective import __version__
from connective.kit import clock, instance, log_tail, metrics
from connective.kit.context import Ctx
from connective.kit.http.reply import encode, moment
from connective.modules.settings import queries
from connective.modules.settings.schemas import LogLineOut
from connective.modules.settings.service import status

SET, UNSET = "set", "not set"
# A setting that is in neither list is taken for a secret.
PLAIN = frozenset({
    "admin_email", "cors_origins", "data_dir", "demo", "demo_public", "host", "log", "mail_from",
    "outbound_allow_private", "outbound_allowed_hosts", "port", "trusted_proxies", "workers",
})  # fmt: skip
ADDRESSES = frozenset({"database_url", "public_url", "smtp_url", "storage_url"})


async def archive(ctx: Ctx) -> bytes:
    """A zip; that it was taken stands in the audit trail."""
    now = await status.status(ctx)
    lines = log_tail.tail.lines()
    parts = {
        "versions.json": _versions(),
        "settings.json": environment(),
        "status.json": now,
        "queues.json": await _queues(ctx),
        "stored_settings.json": [row._asdict() for row in await queries.stored_keys(ctx.db)],
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, msgspec.json.format(encode(content), indent=2))
        file.writestr("log.jsonl", b"\n".join(map(msgspec.json.encode, lines)))
    ctx.audit("diagnostics.downloaded", "instance", now.instance.id if now.instance else "-")
    return out.getvalue()


def file_name() -> str:
    return f"connective-diagnostics-{clock.now():%Y%m%d-%H%M%S}.zip"


def environment() -> dict[str, Any]:
    """The settings of this process: of secrets only whether they are set, of addresses no login."""
    values = instance.settings().model_dump(mode="json")
    return {name: _told(name, value) for name, value in values.items()}


def _told(name: str, value: Any) -> Any:
    if name in PLAIN:
        return value
    if name in ADDRESSES:
        return _without_login(value) if value else value
    return SET if value else UNSET


def _without_login(url: str) -> str:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path}"


def _versions() -> dict[str, Any]:
    packages = {d.name: d.version for d in metadata.distributions()}
    return {
        "connective": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": dict(sorted(packages.items())),
    }


async def _queues(ctx: Ctx) -> dict[str, Any]:
    """Depths, ages and lags, as numbers."""
    lags = [row._asdict() for row in await queries.event_lag(ctx.db)]
    return {
        "readings": {
            " ".join(key): value for key, value in (await metrics.readings(ctx.db)).items()
        },
        "event_lag": lags,
    }


def log_lines(*, level: int, limit: int) -> list[LogLineOut]:
    """The last lines of the answering process, the newest first."""
    found = log_tail.tail.lines(level=level, limit=limit)
    return [LogLineOut(**line | {"at": moment(line["at"])}) for line in found]
