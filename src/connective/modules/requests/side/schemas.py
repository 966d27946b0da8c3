"""How the right side of the panel comes up."""

from typing import Literal

import msgspec

from connective.modules.requests.schemas.fields import Body

Mode = Literal["pinned", "opens", "closed"]
Tab = Literal["details", "client"]


class SideRules(msgspec.Struct, kw_only=True):
    """For whoever has chosen nothing himself.

    `mode`: it stays beside the dialog (pinned), opens with each dialog even where it was closed at
    the last one (opens), or stays closed until somebody opens it (closed). `tab` is shown first.
    """

    mode: Mode = "pinned"
    tab: Tab = "details"


class SideRulesIn(Body):
    """The whole of it; what is left out has its default."""

    mode: Mode = "pinned"
    tab: Tab = "details"
