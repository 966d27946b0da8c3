"""Makes a frozen call: files and names of messages filled in, its answer judged."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from connective.adapters.telegram import api, editing
from connective.adapters.telegram.uploads import Loading
from connective.contracts.provider import Connection, Tools
from connective.kit.egress import Answer, BreakerOpen, EgressError
from connective.kit.senders.delivery import Delivery, News, Outcome

# The call would change nothing: what was asked for is so already.
DONE: Final = ("message is not modified", "message to delete not found")
UNREADABLE: Final = ("can't parse entities", "can't parse caption entities")
NO_SUCH_FILE: Final = ("wrong file identifier", "wrong remote file identifier")
# Telegram fetches a foreign file itself, and only where it can and where it is small enough.
NOT_FETCHED: Final = (
    "failed to get HTTP URL content",
    "wrong type of the web page content",
    "wrong file identifier/HTTP URL specified",
)
AFTER_REVOKED_S: Final = 60.0
LONGEST_S: Final = 60.0
_decode = msgspec.json.Decoder(dict[str, Any]).decode
Call = dict[str, Any]


async def send(connection: Connection, delivery: Delivery, tools: Tools) -> Outcome:
    """Make the call, or those that it stands for, up to the first that is not taken."""
    outcome = Outcome("failed", error="message_not_sent")
    for call in await _calls(_decode(delivery.body), tools):
        outcome = await _made(connection, call, tools)
        if outcome.verdict != "delivered":
            break
    return outcome


async def _calls(call: Call, tools: Tools) -> list[Call]:
    """With the API's numbers of messages; none where a message has no number to be changed by."""
    params = dict(call["params"])
    if call["method"] == "editMessageText":
        parts = await tools.parts(str(params.pop("message_id")))
        changes = editing.changes(str(params.pop("text")), parts)
        return [{"method": method, "params": params | more} for method, more in changes]
    if call["method"] == "deleteMessage":
        ids = [int(one) for one in await tools.provider_ids(str(params.pop("message_id")))]
        return [_deletion(params, ids)] if ids else []
    await _name_answered(params, tools)
    return [call | {"params": params}]


def _deletion(params: dict[str, Any], ids: list[int]) -> Call:
    """A message that went in parts goes back as a whole."""
    if len(ids) == 1:
        return {"method": "deleteMessage", "params": params | {"message_id": ids[0]}}
    return {"method": "deleteMessages", "params": params | {"message_ids": ids}}


async def _name_answered(params: dict[str, Any], tools: Tools) -> None:
    """The number of the message that this one answers; of one without it answers nothing."""
    answered = params.pop("reply_parameters", None)
    if answered is None:
        return
    known = await tools.provider_ids(str(answered["message_id"]))
    if known and known[0].isdigit():
        params["reply_parameters"] = {**answered, "message_id": int(known[0])}


async def _made(connection: Connection, call: Call, tools: Tools) -> Outcome:
    """Make one call; again, at once, where the answer says how it would be taken."""
    moved, loading = "", Loading(connection.account_id, call)
    answer, said = None, None
    for _ in range(3):
        try:
            await loading.fill(tools)
            answer, said = await api.post(
                connection,
                call["method"],
                call["params"],
                tools.egress,
                files=loading.parts,
                timeout_s=LONGEST_S,
            )
        except BreakerOpen as refusal:
            return Outcome("later", error=refusal.kind, retry_after_s=refusal.retry_in_s)
        except EgressError as failure:
            return Outcome("again", error=f"{failure.kind}: {failure.reason}")
        if said is None or said.ok or not (_unknown(loading, said) or _mended(call, said)):
            break
        if said.parameters.migrate_to_chat_id is not None:
            moved = str(said.parameters.migrate_to_chat_id)
    if said is not None and said.ok:
        loading.learn(said.result)
    return _judged(answer, said, moved)


def _unknown(loading: Loading, said: api.Said) -> bool:
    """Whether a file was named that Telegram does not know; it goes as bytes then."""
    return any(mark in said.description for mark in NO_SUCH_FILE) and loading.forget()


def _mended(call: Call, said: api.Said) -> bool:
    """Change the call as its refusal asks for; whether there was anything to change."""
    params = call["params"]
    if said.parameters.migrate_to_chat_id not in (None, params.get("chat_id")):
        params["chat_id"] = said.parameters.migrate_to_chat_id
    elif "plain" in call and any(mark in said.description for mark in UNREADABLE):
        _bare(params, call.pop("plain"))
    elif len(call.get("files", ())) == 1 and any(mark in said.description for mark in NOT_FETCHED):
        _link(call)
    else:
        return False
    return True


def _link(call: Call) -> None:
    """The address of the file in place of the file itself."""
    (file,) = call["files"]
    params, call["files"] = call["params"], ()
    del params[file["field"]]
    params.pop("parse_mode", None)
    marked = params.pop("caption", None)
    words = call.pop("plain", {}).get("caption", marked)
    call["method"], params["text"] = "sendMessage", "\n".join(filter(None, (words, file["url"])))


def _bare(params: dict[str, Any], plain: Mapping[str, str]) -> None:
    """The text without its marks."""
    holder = params["media"][0] if "media" in params else params
    holder.pop("parse_mode", None)
    holder.update(plain)


def _judged(answer: Answer | None, said: api.Said | None, moved: str) -> Outcome:
    if answer is None or said is None:
        status = answer.status if answer is not None else None
        return Outcome("again", http_status=status, error="bad_answer")
    outcome = Outcome(
        "delivered",
        http_status=answer.status,
        ms=answer.ms,
        response=answer.body[:2048].decode("utf-8", "replace"),
        news=News(moved_to=moved) if moved else None,
    )
    if said.ok or any(mark in said.description for mark in DONE):
        outcome.provider_id = _ids(said.result) if said.ok else None
        return outcome
    outcome.error = f"{said.error_code}: {said.description}"
    return _refused(outcome, said)


def _refused(outcome: Outcome, said: api.Said) -> Outcome:
    if said.error_code == 429:
        # the chat's limit or the bot's: each chat waits for as long as it is told
        outcome.verdict, outcome.lane_only = "later", True
        outcome.retry_after_s = said.parameters.retry_after or 1
    elif said.error_code in api.NO_TOKEN:
        outcome.verdict, outcome.lane_only = "later", True
        outcome.retry_after_s = AFTER_REVOKED_S
        outcome.news = News(account_error=f"token revoked: {said.description}")
    elif said.error_code >= 500:
        outcome.verdict = "again"
    else:
        outcome.verdict = "failed"
        if said.error_code == 403:
            outcome.news = News(unsubscribed=said.description)
    return outcome


def _ids(result: Any) -> str | None:
    """The numbers of what was sent; an album has several."""
    sent = result if isinstance(result, list) else [result]
    ids = [str(one["message_id"]) for one in sent if isinstance(one, dict) and "message_id" in one]
    return ",".join(ids) or None
