"""What of an actor decides what he sees, apart from who he is: many sockets see the same."""

import functools

import msgspec

from connective.kit.auth_policy import Actor

# Nobody's id: no row names him.
ANYBODY = 0


class Audience(msgspec.Struct, frozen=True):
    """`crowd` stands for everyone with the same rights whom a row does not name."""

    actor: Actor
    crowd: Actor


def audience_of(actor: Actor) -> Audience:
    """Equal for an actor as long as his rights stay the same."""
    own = msgspec.structs.replace(actor, name="", language="", address=None)
    return Audience(own, _one(msgspec.structs.replace(own, id=ANYBODY)))


@functools.lru_cache(maxsize=4096)
def _one(crowd: Actor) -> Actor:
    """The same object for equal crowds: it is looked up for every frame."""
    return crowd
