"""Files of ours on their way: as bytes, and from then on by the name that Telegram gave them.

Bytes, so that no address of ours has to be reachable. A name holds for one bot and one way of
sending. It is remembered in memory only: a process that has forgotten it sends the bytes again.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from connective.contracts.provider import Tools
from connective.kit.egress import Part

MOST: Final = 2000
_Key = tuple[int, str, str]
_names: OrderedDict[_Key, str] = OrderedDict()


class Loading:
    """The files of one call, given to its parameters; `parts` are the bytes that go with it."""

    def __init__(self, account_id: int, call: Mapping[str, Any]) -> None:
        self._account, self._call, self._params = account_id, call, call["params"]
        self._sent: dict[int, _Key] = {}
        self.parts: list[Part] = []

    def _files(self) -> Sequence[Mapping[str, str]]:
        """Those of the call as it is now: one that could not be fetched became a text."""
        found: Sequence[Mapping[str, str]] = self._call.get("files", ())
        return found

    async def fill(self, tools: Tools) -> None:
        """Ours by name or as bytes, others by their address."""
        self.parts, self._sent = [], {}
        for index, file in enumerate(self._files()):
            key = self._key(index)
            name = _names.get(key)
            own = None if name else await tools.file(file["url"])
            if own is not None:
                self._sent[index] = key
                self.parts.append(
                    Part(
                        name=file["field"],
                        content=own.content,
                        filename=own.name,
                        content_type=own.mime,
                    )
                )
            self._give(index, name or ("" if own is not None else file["url"]))

    def learn(self, result: Any) -> None:
        """Keep the names that Telegram has given to what was sent."""
        sent = result if isinstance(result, list) else [result]
        for index, key in self._sent.items():
            if index < len(sent) and (name := _name(sent[index], key[1])):
                _names[key] = name
        while len(_names) > MOST:
            _names.popitem(last=False)

    def forget(self) -> bool:
        """Telegram knows them no longer; whether any name was remembered."""
        gone = [_names.pop(self._key(index), "") for index in range(len(self._files()))]
        return any(gone)

    def _key(self, index: int) -> _Key:
        """Of an address the signature in its query changes."""
        media = self._params.get("media")
        kind = media[index]["type"] if media else self._files()[index]["field"]
        where = urlsplit(self._files()[index]["url"])
        return self._account, str(kind), where.netloc + where.path

    def _give(self, index: int, given: str) -> None:
        field = self._files()[index]["field"]
        if "media" in self._params:
            self._params["media"][index]["media"] = given or f"attach://{field}"
        elif given:
            self._params[field] = given
        else:
            self._params.pop(field, None)


def _name(message: Any, kind: str) -> str:
    """A photo of several sizes is named by its largest."""
    part = message.get(kind) if isinstance(message, Mapping) else None
    if isinstance(part, list):
        part = part[-1] if part else None
    return str(part.get("file_id", "")) if isinstance(part, Mapping) else ""
