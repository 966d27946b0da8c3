"""The action of this module, as scenarios call it."""

from typing import Final

from connective.contracts.action import Action
from connective.engine.params import params
from connective.modules.esputnik.performing import push_contact

ACTIONS: Final = (
    Action(
        id="esputnik__push_contact",
        kind="remote",
        params=params(),
        events=("ok", "not_ok"),
        run=push_contact,
        # the same token again changes nothing
        idempotent=lambda _: True,
        group="integration",
    ),
)
