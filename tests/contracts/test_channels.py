"""What every channel promises, tried on all of them; a new adapter is tried with them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import connective.adapters
from connective.app.modules import adapters
from connective.contracts.channel import Channel, HookCall, Parsed, Unverified
from connective.contracts.inbound import Inbound
from connective.contracts.outbound import Author, OutEvent, OutMessage
from connective.contracts.provider import Connection, Identity, Polling, Provider, provider
from connective.kit import errors, i18n
from connective.kit.senders.schedule import RETRY_AFTER_MAX_S

ROOT = Path(connective.adapters.__path__[0])
CHANNELS: dict[str, Channel] = {key: package.CHANNEL for key, package in adapters()}
PROVIDERS: dict[str, Provider] = {
    key: known for key, channel in CHANNELS.items() if (known := provider(channel)) is not None
}
NOW = 1_700_000_000_000
SECRETS = {"token": "110201543:very-secret-token"}
EVENTS: Mapping[str, Mapping[str, Any]] = {
    "typing": {"on": True},
    "thinking": {"on": True},
    "message_edited": {"message_id": "m_12", "text": "New"},
    "message_deleted": {"message_id": "m_12"},
    "press_taken": {"answer_to": "438"},
    "operator_joined": {"operator": {"name": "Ann"}},
    "something_new": {"more": 1},
}
FILE = {"url": "https://a.example/file", "name": "file", "mime": "image/png", "size": 2048}
MESSAGES: Mapping[str, Mapping[str, Any]] = {
    "text": {"text": "Hello"},
    "html": {"text": "<b>Hello</b>", "parse_mode": "HTML"},
    **{
        kind: {"kind": kind, "attachments": [FILE | {"type": kind}]}
        for kind in ("image", "video", "audio", "voice", "document", "sticker")
    },
    "location": {"kind": "location", "location": {"latitude": 50.45, "longitude": 30.52}},
    "contact": {"kind": "contact", "contact": {"phone": "+380501234567", "name": "Ann"}},
    "keyboard": {
        "text": "Agreed?",
        "keyboard": {"inline": False, "buttons": [{"token": "n2:a", "text": "Yes"}]},
    },
    "inline": {
        "text": "Agreed?",
        "keyboard": {"inline": True, "buttons": [{"token": "n2:a", "text": "Yes"}]},
    },
    "cards": {"kind": "card", "cards": [{"title": "Tea", "subtitle": "Green"}]},
}


def connection(key: str) -> Connection:
    known = PROVIDERS[key]
    return Connection(
        account_id=1,
        bot_id=2,
        channel=key,
        api_base=known.declaration.api_base,
        credentials={f.key: SECRETS["token"] for f in known.declaration.fields if f.credential},
        identity=Identity(id="110201543", name="Shop", username="shop_bot"),
        hook_url=f"https://connective.example/messengers_host/2/{key}/hooks",
        secret="very-secret-word",
    )


def rendered(channel: Channel, given: Mapping[str, Any]) -> list[bytes]:
    parts: dict[str, Any] = {"kind": "text", **given}
    out = OutMessage(
        id=12, bot_id=2, chat_id="77", user_id="77", at=NOW, author=Author(kind="bot", name="Shop"),
        **parts,
    )  # fmt: skip
    return [call.body(1, "d_1") for call in channel.render(out)]


@pytest.mark.parametrize("key", sorted(CHANNELS))
def test_a_channel_is_named_as_its_folder_and_says_what_it_can(key: str) -> None:
    channel = CHANNELS[key]
    assert channel.key == key
    assert channel.title
    assert channel.limits["text"] > 0
    assert all(feature.islower() for feature in channel.features)


@pytest.mark.parametrize("given", sorted(MESSAGES))
@pytest.mark.parametrize("key", sorted(CHANNELS))
def test_every_kind_of_message_becomes_calls_and_the_same_every_time(key: str, given: str) -> None:
    channel = CHANNELS[key]
    bodies = rendered(channel, MESSAGES[given])
    assert bodies, f"{key} drops {given} silently"
    assert bodies == rendered(channel, MESSAGES[given])
    for body in bodies:
        assert isinstance(json.loads(body), dict)
        assert SECRETS["token"].encode() not in body


@pytest.mark.parametrize("name", sorted(EVENTS))
@pytest.mark.parametrize("key", sorted(CHANNELS))
def test_an_event_becomes_calls_or_none_and_never_a_fault(key: str, name: str) -> None:
    out = OutEvent(name=name, bot_id=2, chat_id="77", user_id="77", at=NOW, data=EVENTS[name])
    for call in CHANNELS[key].render_event(out):
        assert isinstance(json.loads(call.body(None, "d_1")), dict)
        assert call.ordered is False or name not in ("typing", "thinking")


@pytest.mark.parametrize("key", sorted(PROVIDERS))
def test_of_a_long_text_not_a_word_is_lost(key: str) -> None:
    known = PROVIDERS[key]
    words = [f"word{number}" for number in range(known.limits["text"] // 4)]
    said = " ".join(
        json.dumps(json.loads(body)) for body in rendered(known, {"text": " ".join(words)})
    )
    assert all(word in said for word in words)


@pytest.mark.parametrize("key", sorted(PROVIDERS))
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_card_of_a_channel_has_all_its_words(key: str, language: str) -> None:
    words = i18n.catalogue(language)["channel_types"][key]
    assert words["about"]
    assert words["help"]
    card = i18n.catalogue(language)["cards"][key]
    assert all(card[name] for name in ("name", "purpose", "use_when"))
    for field in PROVIDERS[key].declaration.fields:
        assert words["fields"][field.key]["label"]
        assert words["fields"][field.key]["help"]


@pytest.mark.parametrize("key", sorted(PROVIDERS))
def test_what_a_channel_declares_can_be_kept(key: str) -> None:
    said = PROVIDERS[key].declaration
    assert said.api_base.startswith("https://")
    assert said.env == f"{key.upper()}_API_BASE"
    assert said.rate.count > 0
    assert list(said.retries_s) == sorted(said.retries_s)
    assert max(said.retries_s) <= RETRY_AFTER_MAX_S
    assert said.modes
    assert ("polling" in said.modes) == isinstance(PROVIDERS[key], Polling)
    assert any(field.credential and field.required for field in said.fields)


@pytest.mark.parametrize("key", sorted(PROVIDERS))
@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer guessed"}, {"x-access-token": "guessed"}]
)
def test_a_call_that_proves_nothing_is_nobodys(key: str, headers: dict[str, str]) -> None:
    call = HookCall(headers=headers, query={"token": "guessed"}, body=b"{}")
    with pytest.raises(Unverified):
        PROVIDERS[key].verify(connection(key), call)


@pytest.mark.parametrize("key", sorted(PROVIDERS))
def test_samples_of_the_provider_become_events_with_lasting_names(key: str) -> None:
    known, account = PROVIDERS[key], connection(key)
    samples = sorted((ROOT / key / "tests" / "payloads").glob("*.json"))
    assert samples
    events: list[Inbound] = []
    for sample in samples:
        call = HookCall(body=sample.read_bytes())
        items, _ = known.parse(account, call, now=NOW)
        again, _ = known.parse(account, call, now=NOW + 1000)
        assert len(items) == len(again)
        for item, same in zip(items, again, strict=True):
            assert isinstance(item, Parsed), f"{sample.name}: {item}"
            assert isinstance(same, Parsed)
            assert item.event.external_id == same.event.external_id != ""
            assert item.event.at > 0
            events.append(item.event)
        known.reply(account, call)
    assert events
    names = [event.external_id for event in events]
    assert all(len(name) <= 200 for name in names)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe"])
@pytest.mark.parametrize("key", sorted(PROVIDERS))
def test_what_is_no_event_is_refused_and_breaks_nothing(key: str, body: bytes) -> None:
    known, account = PROVIDERS[key], connection(key)
    try:
        items, _ = known.parse(account, HookCall(body=body), now=NOW)
    except errors.BadRequest:
        return
    assert not any(isinstance(item, Parsed) for item in items)


@pytest.mark.parametrize("key", sorted(PROVIDERS))
def test_a_chat_has_its_own_pace_or_none(key: str) -> None:
    for chat_id in ("77", "-1001234567890", "anything"):
        rate = PROVIDERS[key].chat_rate(chat_id)
        assert rate is None or (rate.count > 0 and rate.seconds > 0)
