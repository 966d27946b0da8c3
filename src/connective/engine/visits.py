"""Clients who come by a link, and clients who want to hear no more."""

from typing import Final

from connective.engine import moves
from connective.engine.model import Farewell, Visit
from connective.engine.walk import Walk

# Where a client came from; a new source replaces all of them.
SOURCE: Final = (
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "gclid", "fbclid",
    "msclkid", "ref_source", "ref", "ref_ad_id", "referrer", "landing_url",
)  # fmt: skip
COMMAND: Final = "start"


def on_visit(walk: Walk, event: Visit) -> None:
    """Begin at the entry point that the link names, else at Start; or only keep what it carried."""
    if event.stays:
        _keep(walk, event)
        return
    node_id = event.node_id if event.node_id in walk.program.blocks else moves.start(walk)
    if event.later:
        _keep(walk, event)
        walk.system(visit_node=node_id)
        return
    taken(walk)
    walk.begin("deeplink", node_id)
    walk.system(last_message=event.text, command=COMMAND, command_args=event.text.split()[1:])
    _keep(walk, event)
    moves.advance(walk, node_id)


def taken(walk: Walk) -> int | None:
    """Where the link leads by which the client opened the chat, once; None where none waits."""
    node_id: int | None = walk.state.system.get("visit_node")
    if node_id is not None:
        walk.state.system = {k: v for k, v in walk.state.system.items() if k != "visit_node"}
    return node_id


def _keep(walk: Walk, event: Visit) -> None:
    if event.doubt:
        walk.warn(event.doubt, param=event.param)
    if event.utm:
        _replace_source(walk, event.utm)
    walk.write(event.variables)
    walk.system(messenger_input_param=event.param)


def _replace_source(walk: Walk, utm: dict[str, str]) -> None:
    """The whole set, also where a scenario made variables of these names."""
    kept = {name: value for name, value in walk.state.system.items() if name not in SOURCE}
    walk.state.system = {**kept, **utm}
    for name in SOURCE:
        if name in walk.variables:
            walk.unset(name)


def on_farewell(walk: Walk, event: Farewell) -> None:
    """Say goodbye; what the scenario waits for it goes on waiting for."""
    idle_before = walk.state.run is None
    walk.system(last_message=event.text)
    walk.say_constant("unsubscribed_text")
    if idle_before:
        walk.end("done")
