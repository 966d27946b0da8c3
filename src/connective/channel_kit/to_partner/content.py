"""What messages bring: every type, any text, keyboards, large files, words not known yet."""

from typing import Any

from connective.channel_kit.checks import fail
from connective.channel_kit.probe import ShownFile
from connective.channel_kit.to_partner.stage import CHECKS, Envelope, PartnerStage

LARGE = 16 * 1024 * 1024
EMOJI = "👩‍👩‍👧‍👦 👍🏽 🇺🇦 ❤️‍🔥 😀"
EXACT = '  «Її ґанок» & <b>"it\'s"</b>\n\ttab \\ {{name}} %s ${x} שלום عليكم 東京 é '
LONG = "Слово за словом. " * 588  # 9,996 characters
_AUTHORS: tuple[dict[str, Any], ...] = (
    {"kind": "operator", "id": 12, "name": "Олена", "avatar": "https://example.com/o.png"},
    {"kind": "broadcast", "broadcast_id": 3, "name": "News"},
    {"kind": "system", "name": ""},
)
BUTTONS = (
    [("text", "Status"), ("callback", "Choose")],
    [("url", "Site"), ("web_app", "App")],
    [("request_contact", "Phone"), ("request_location", "Place")],
)


@CHECKS.check("content.exact")
async def exact(stage: PartnerStage) -> None:
    envelope = stage.message(stage.chat(), EXACT)
    await stage.accepted(envelope)
    await stage.sees_exactly(envelope)


@CHECKS.check("content.emoji")
async def emoji(stage: PartnerStage) -> None:
    envelope = stage.message(stage.chat(), EMOJI)
    await stage.accepted(envelope)
    await stage.sees_exactly(envelope)


@CHECKS.check("content.long_text")
async def long_text(stage: PartnerStage) -> None:
    envelope = stage.message(stage.chat(), LONG)
    await stage.accepted(envelope)
    await stage.sees_exactly(envelope)


@CHECKS.check("content.types")
async def types(stage: PartnerStage) -> None:
    chat = stage.chat()
    every = [stage.message(chat, kind=kind, **parts) for kind, parts in _types(stage)]
    await stage.accepted(*every)
    await stage.sees_once(chat, *(envelope["message"]["id"] for envelope in every))


def _types(stage: PartnerStage) -> list[tuple[str, dict[str, Any]]]:
    card = {
        "image": "https://example.com/card.png",
        "title": "Card",
        "subtitle": "Below",
        "buttons": [{"text": "Open", "type": "url", "url": "https://example.com"}],
    }
    files = [
        (kind, {"attachments": [_attachment(stage, kind, mime)]})
        for kind, mime in (
            ("image", "image/png"), ("video", "video/mp4"), ("audio", "audio/mpeg"),
            ("voice", "audio/ogg"), ("document", "application/pdf"), ("sticker", "image/webp"),
        )
    ]  # fmt: skip
    return [
        *files,
        ("location", {"location": {"latitude": 50.45, "longitude": 30.52, "title": "Kyiv"}}),
        ("contact", {"contact": {"phone": "380501112233", "name": "Ann"}}),
        ("card", {"cards": [card]}),
        ("carousel", {"cards": [card | {"title": f"Card {n}"} for n in range(10)]}),
    ]


def _attachment(stage: PartnerStage, kind: str, mime: str, size: int = 1000) -> dict[str, Any]:
    name = f"{kind}-{stage.number()}"
    listens = stage.options.listens
    url = stage.listener.file(name, size, mime) if listens else f"https://example.com/{name}"
    return {"url": url, "mime": mime, "name": name, "size": size}


@CHECKS.check("content.keyboard")
async def keyboard(stage: PartnerStage) -> None:
    chat = stage.chat()
    for inline in (False, True):
        rows = [[_button(kind, text, stage.number()) for kind, text in row] for row in BUTTONS]
        shape = {"inline": inline, "one_time": not inline, "rows": rows}
        envelope = stage.message(chat, keyboard=shape)
        await stage.accepted(envelope)
        await _sees_buttons(stage, envelope)


def _button(kind: str, text: str, number: int) -> dict[str, Any]:
    made = {"id": f"7.{number}", "text": text, "type": kind, "data": f"7.{number}"}
    return made | ({"url": "https://example.com"} if kind in ("url", "web_app") else {})


async def _sees_buttons(stage: PartnerStage, envelope: Envelope) -> None:
    name, chat = envelope["message"]["id"], envelope["chat_id"]
    seen = await stage.sees(chat, lambda all_: any(one.id == name for one in all_))
    shown = next((one for one in seen if one.id == name), None)
    if shown is None:
        fail("lost", count=1)
    wanted = [text for row in BUTTONS for _, text in row]
    if shown.buttons is not None and sorted(shown.buttons) != sorted(wanted):
        fail("buttons_differ", shown=", ".join(shown.buttons), sent=", ".join(wanted))


@CHECKS.check("content.authors")
async def authors(stage: PartnerStage) -> None:
    chat = stage.chat()
    every = [stage.message(chat, author=author) for author in _AUTHORS]
    await stage.accepted(*every)
    await stage.sees_once(chat, *(envelope["message"]["id"] for envelope in every))


@CHECKS.check("content.large_file", "listener")
async def large_file(stage: PartnerStage) -> None:
    chat = stage.chat()
    attachment = _attachment(stage, "large", "application/zip", LARGE)
    envelope = stage.message(chat, kind="document", attachments=[attachment])
    await stage.accepted(envelope)
    await stage.sees_once(chat, envelope["message"]["id"])
    if stage.listener.files[attachment["name"]].asked:  # who shows the link alone need not fetch
        name = envelope["message"]["id"]
        whole, seen = await stage.probe.until(
            chat,
            lambda all_: any(
                ShownFile(attachment["name"], LARGE) in one.attachments
                for one in all_
                if one.id == name
            ),
            stage.patience_s,
        )
        sizes = [file.size for one in seen if one.id == name for file in one.attachments]
        if not whole:
            fail("file_differs", shown=str(sizes), sent=LARGE)


@CHECKS.check("content.dead_file", "listener")
async def dead_file(stage: PartnerStage) -> None:
    chat, name = stage.chat(), f"gone-{stage.number()}.png"
    gone = {"url": f"{stage.listener.url}/files/{name}", "mime": "image/png", "name": name}
    envelope = stage.message(chat, kind="image", attachments=[gone | {"size": 1000}])
    await stage.accepted(envelope)
    await stage.sees_once(chat, envelope["message"]["id"])


@CHECKS.check("content.unknown")
async def unknown(stage: PartnerStage) -> None:
    chat = stage.chat()
    await stage.accepted(
        stage.event(chat, "something_of_next_year", data={"deep": [1, None, {}]}),
        stage.message(chat, kind="hologram", hologram={"of": "tomorrow"}),
        stage.message(chat, new_field={"is": "let pass"}, parse_mode="HTML"),
    )
