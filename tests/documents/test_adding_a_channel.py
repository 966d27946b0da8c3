"""The page on adding a channel, followed to the letter: its files make a channel that works."""

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources.readers import MultiplexedPath
from pathlib import Path
from typing import Any

import pytest

import connective.adapters
import connective.stand_ins
from connective.contracts.channel import CHANNELS
from connective.kit import clock, i18n
from connective.kit.senders import kinds
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import graph_of
from tools.bootstrap.places import DOCS, ROOT

PAGE = DOCS / "how-to-add/channel.md"
FILE = re.compile(r"^`src/connective/([\w/.]+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
GREETING = graph_of(
    [(1, "start", {}), (2, "message", {"text": "Hello {{first_name}}"})], [(1, "next", 2)]
)


def laid_out(folder: Path) -> list[Path]:
    """The files of the page."""
    made = []
    for name, content in FILE.findall(PAGE.read_text("utf-8")):
        made.append(folder / name)
        made[-1].parent.mkdir(parents=True, exist_ok=True)
        made[-1].write_text(content, "utf-8")
    return made


@pytest.fixture
def pigeon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The channel of the page is there, as if its folder stood with the others."""
    assert len(laid_out(tmp_path)) == 7
    for package in (connective.adapters, connective.stand_ins):
        folder = tmp_path / package.__name__.rpartition(".")[2]
        monkeypatch.setattr(package, "__path__", [*package.__path__, str(folder)])
    files, own = importlib.resources.files, ROOT / "src/connective"
    words = MultiplexedPath(own, tmp_path / "adapters")
    monkeypatch.setattr(
        importlib.resources, "files", lambda name: words if name == "connective" else files(name)
    )
    i18n.catalogue.cache_clear()
    offered, known, loaded = dict(CHANNELS.items()), dict(kinds.KINDS), set(sys.modules)
    yield
    i18n.catalogue.cache_clear()
    kinds.KINDS.clear()
    kinds.KINDS.update(known)
    CHANNELS._offered = offered  # noqa: SLF001
    for name in set(sys.modules) - loaded:
        if "pigeon" in name:
            del sys.modules[name]


@pytest.fixture
def settings(settings: Settings, pigeon: None) -> Settings:
    """The application starts with the channel in its place."""
    return settings


def test_the_files_of_the_page_are_as_ours_are(tmp_path: Path) -> None:
    files = [str(file) for file in laid_out(tmp_path) if file.suffix == ".py"]
    assert len(files) == 5
    for command in (["format", "--check"], ["check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache"]
        ours = ["--config", str(ROOT / "pyproject.toml")]
        if command == ["check"]:
            ours += ["--config", "lint.isort.known-first-party=['connective']"]
        done = subprocess.run([*ruff, *ours, *files], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


async def test_a_channel_added_by_the_page_takes_letters_and_answers_them(
    app: AppClient, admin: Person, db: Database
) -> None:
    stand_in = importlib.import_module("connective.stand_ins.pigeon")
    dovecote = stand_in.Dovecote()
    async with serving(dovecote.app()) as url:
        bot_id = await bot(admin.client)
        given = {"bot_id": bot_id, "type": "pigeon", "api_base": url}
        wrong = {"credentials": {"token": "ring-8"}}
        refused = await admin.client.post("/api/v1/channels", given | wrong)
        assert (refused.status, refused.json["errors"][0]["field"]) == (422, "credentials.token")
        assert "no such ring" in refused.text
        right = {"credentials": {"token": stand_in.TOKEN}}
        made = await admin.client.post("/api/v1/channels", given | right)
        assert made.status == 201, made.text
        assert made.json["identity"]["name"] == "Dovecote"
        hook = dovecote.hook["url"].partition("/messengers_host")[2]
        at = int(clock.now().timestamp())
        letter = {"id": "in-1", "author": "ann", "name": "Ann", "text": "/start", "at": at}

        async def deliver(secret: str) -> int:
            headers = {"X-Pigeon-Secret": secret, "Content-Type": "application/json"}
            sent = await app.post(
                f"/messengers_host{hook}", data=json.dumps(letter), headers=headers
            )
            return sent.status

        assert await deliver("guessed") == 401
        assert await deliver(dovecote.hook["secret"]) == 200
        await polled(lambda: arrived(dovecote))
        assert dovecote.sent == [{"to": "ann", "text": "Hello Ann"}]
        said = await db.fetch("SELECT direction, text FROM messages ORDER BY id")
        assert [row["text"] for row in said] == ["/start", "Hello Ann"]


async def arrived(dovecote: Any) -> bool:
    return bool(dovecote.sent)


async def bot(admin: AppClient) -> int:
    """An active bot that greets."""
    made = await admin.post("/api/v1/bots", {"name": "Shop", "languages": ["en"]})
    path = f"/api/v1/bots/{made.json['id']}"
    await admin.post(f"{path}/activate")
    rev = (await admin.get(f"{path}/scenario")).json["draft"]["rev"]
    saved = await admin.put(f"{path}/scenario/draft", {"rev": rev, "graph": GREETING})
    assert saved.status == 200, saved.text
    await admin.post(f"{path}/scenario/versions", {"rev": saved.json["rev"]})
    return int(made.json["id"])


async def test_the_page_of_channels_shows_it_in_both_languages(
    app: AppClient, admin: Person
) -> None:
    for language, label in (("en", "Token"), ("uk", "Токен")):
        patched = await admin.client.patch("/api/v1/me", {"language": language})
        assert patched.status == 200, patched.text
        types = (await admin.client.get("/api/v1/channels/types")).json
        (known,) = [one for one in types if one["type"] == "pigeon"]
        assert (known["title"], known["fields"][0]["label"]) == ("Pigeon", label)
