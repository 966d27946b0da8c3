"""What a client came by: the value after /start read, and its link looked up."""

from typing import Any, Final

import msgspec
from msgspec import Struct

from connective.kit.context import Ctx
from connective.modules.links import params, queries, utm
from connective.modules.links.params import Coded, Entry

# Keys of a payload that name the client in another system.
EXTERNAL: Final = ("external_id", "customer_id")
PARAM: Final = "param"
LONGEST_ID: Final = 128
_decode = msgspec.json.decode


class Opening(Struct, frozen=True, kw_only=True):
    """What a value carried. `doubt` names what is wrong with it: then it is a raw value.

    `text` and `address` are what the page showed on the way here, and to whom.
    """

    param: str
    node_id: int | None = None
    variables: dict[str, Any] = {}
    utm: dict[str, str] = {}
    label: str = ""
    code: str | None = None
    external_ids: list[str] = []
    text: str = ""
    address: str | None = None
    doubt: str = ""

    @property
    def is_plain(self) -> bool:
        """A raw value and nothing else."""
        return not (self.code or self.node_id or self.utm or self.doubt)


async def resolve(ctx: Ctx, bot_id: int, param: str) -> Opening:
    """Find out what a value stands for. Counts nothing and changes nothing."""
    found = params.read(param)
    if isinstance(found, Entry):
        return Opening(
            param=found.value,
            node_id=found.node_id,
            utm=utm.of_inline(found.value),
            code=None,
        )
    if isinstance(found, Coded):
        return await _by_code(ctx, bot_id, param, found)
    return Opening(param=param, utm=utm.of_inline(param))


async def _by_code(ctx: Ctx, bot_id: int, param: str, coded: Coded) -> Opening:
    driver = await ctx.driver()
    row = await queries.opened(driver, coded.code)
    doubt = ""
    if row is None or row["bot_id"] != bot_id:
        doubt = "link_unknown"
    elif row["expires_at"] is not None and row["expires_at"] <= ctx.now:
        doubt = "link_expired"
    if doubt:
        return Opening(param=param, doubt=doubt)
    payload, tags = _decode(row["payload"]), _decode(row["utm"])
    text, address = "", None
    click = await queries.click(driver, coded.click, coded.code) if coded.click else None
    if click is not None:
        payload = _decode(click["payload"]) | payload
        tags = tags or _decode(click["utm"])
        text, address = click["text"], click["address"]
    value = payload.get(PARAM)
    return Opening(
        param=param if value is None else str(value),
        node_id=row["node_id"],
        variables=payload,
        utm=tags,
        label=row["label"] or coded.code,
        code=coded.code,
        external_ids=_external(payload),
        text=text,
        address=address,
    )


def _external(payload: dict[str, Any]) -> list[str]:
    """The client's names in other systems, each once."""
    found = [payload[name] for name in EXTERNAL if name in payload]
    given = [str(v) for v in found if isinstance(v, str | int) and not isinstance(v, bool)]
    return list(dict.fromkeys(v for v in given if 0 < len(v) <= LONGEST_ID))
