"""What a run of the kit is told: whom to call, with which secrets, how patiently."""

from typing import Literal

import msgspec

Side = Literal["partner", "connective"]


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`url` is the partner's address, or with side `connective` an `input_url`.

    `token` and `secret` prove envelopes, `input_token` updates. `public_url` is where the other
    side reaches our listener. `timeout_s` is how long an answer may take, `patience_s` how long
    we wait for what has to happen, `settle_s` how long we watch for what must not.
    """

    url: str
    side: Side = "partner"
    token: str = ""
    secret: str = ""
    input_token: str = ""
    probe: str = ""
    chat: str = ""
    host: str = "127.0.0.1"
    port: int = 0
    listens: bool = False
    public_url: str = ""
    timeout_s: float = 10.0
    patience_s: float = 20.0
    settle_s: float = 1.0
    allow_private: bool = False
    only: tuple[str, ...] = ()
    language: str = "en"
