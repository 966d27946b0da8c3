"""The saying part that messages, questions and keyboards share: text, files, format."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from connective.engine.effects import Attachment
from connective.engine.expand import expanded, prepared
from connective.engine.graph import Text, by_language
from connective.engine.model import Keyboard
from connective.engine.tagged import TagOptions, tagged, with_tagged_buttons
from connective.engine.template import Text as Words
from connective.engine.template import compiled, compiled_url, show
from connective.engine.walk import Walk

ParseMode = Literal["HTML", "Markdown", "MarkdownV2", "plain"]
FileType = Literal["image", "video", "audio", "voice", "document", "sticker"]


class FileOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """A file to send, as its author writes it."""

    type: FileType
    url: Text = ""
    file_id: str = ""
    name: str = ""
    caption: Text = ""
    alt: Text = ""


class SpeechOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be said in one block; `json` goes to the channel as it stands.

    `add_utm` puts campaign tags into the links of the text and of buttons.
    """

    text: Text = ""
    attachments: list[FileOptions] = []
    parse_mode: ParseMode | None = None
    json: dict[str, Any] | None = None
    add_utm: TagOptions | None = None


class DelayedOptions(SpeechOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same, said after a pause."""

    delay_ms: Annotated[int, Meta(ge=0, le=10_000)] = 0


class _File:
    __slots__ = ("alt", "caption", "fixed", "url")

    def __init__(self, raw: FileOptions, language: str, languages: list[str]) -> None:
        self.fixed = Attachment(type=raw.type, file_id=raw.file_id, name=raw.name)
        self.url = compiled_url(by_language(raw.url, languages)[language])
        self.caption = compiled(by_language(raw.caption, languages)[language])
        self.alt = compiled(by_language(raw.alt, languages)[language])

    def show(self, walk: Walk, *, escape: bool) -> Attachment:
        return Attachment(
            type=self.fixed.type,
            file_id=self.fixed.file_id,
            name=self.fixed.name,
            url=show(self.url, walk),
            caption=show(self.caption, walk, escape=escape),
            alt=show(self.alt, walk),
        )


class Speech:
    """Something to say, prepared in every language."""

    __slots__ = ("delay_ms", "escape", "files", "json", "kind", "parse_mode", "tags", "texts")

    def __init__(self, raw: SpeechOptions, languages: list[str], *, delay_ms: int = 0) -> None:
        texts = by_language(raw.text, languages)
        self.texts: dict[str, Words] = {lang: compiled(texts[lang]) for lang in languages}
        self.files = {
            lang: [_File(file, lang, languages) for file in raw.attachments] for lang in languages
        }
        fields = dict(raw.json or {})
        mode = fields.pop("parse_mode", None)
        self.parse_mode = raw.parse_mode or (mode if isinstance(mode, str) else None)
        self.escape = self.parse_mode == "HTML"
        self.json = prepared(fields) if fields else None
        self.tags = raw.add_utm
        self.kind = raw.attachments[0].type if raw.attachments else "text"
        self.delay_ms = delay_ms

    def say(self, walk: Walk, keyboard: Keyboard | None = None) -> None:
        """Say it in the dialog's language; nothing at all is not said."""
        words = self.texts[walk.language]
        text = words if isinstance(words, str) else words.render(walk, escape=self.escape)
        if self.tags is not None:
            text = tagged(text, self.tags, html=self.escape)
            keyboard = keyboard and with_tagged_buttons(keyboard, self.tags)
        files = self.files[walk.language]
        if not (text or files or keyboard or self.json):
            walk.warn("nothing_to_say")
            return
        walk.say(
            kind=self.kind,
            text=text,
            parse_mode=self.parse_mode,
            attachments=[file.show(walk, escape=self.escape) for file in files] if files else [],
            keyboard=keyboard,
            delay_ms=self.delay_ms,
            extra=expanded(self.json, walk) if self.json is not None else {},
        )


def spoken(options: SpeechOptions) -> list[tuple[str, Text]]:
    """Every text of the options with its path, for translation and checks."""
    found: list[tuple[str, Text]] = [("text", options.text)] if options.text else []
    for index, file in enumerate(options.attachments):
        named = (("caption", file.caption), ("alt", file.alt))
        found += [(f"attachments[{index}].{name}", value) for name, value in named if value]
    return found
