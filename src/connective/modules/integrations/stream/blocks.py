"""Blocks of `text/event-stream`, as the HTML standard has them."""

from connective.modules.integrations.stream.places import Place

# How long a client waits before it comes back, in milliseconds.
COME_BACK_MS = 2_000
BEAT = b": still here\n\n"


def event(place: Place, name: str, data: bytes) -> bytes:
    """`data` is JSON, which holds no line break."""
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (str(place).encode(), name.encode(), data)


def mark(place: Place) -> bytes:
    """Without data a client remembers the place and tells nobody."""
    return b"id: %b\n\n" % str(place).encode()


def opening(place: Place) -> bytes:
    return b"retry: %d\n%b" % (COME_BACK_MS, mark(place))


def resync(place: Place) -> bytes:
    """What lies between is not to be had any more: read the lists anew, and listen on."""
    return event(place, "resync", b"{}")
