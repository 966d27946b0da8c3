"""Makes links, tells where they lead, finds out what a client came by; the only writer."""

from connective.modules.links.service.clicking import forget_old, visit
from connective.modules.links.service.counting import Start, count_starts, days
from connective.modules.links.service.making import (
    change,
    create,
    get,
    listed,
    offers,
    preview,
    qr,
    remove,
)
from connective.modules.links.service.opening import Opening, resolve

__all__ = [
    "Opening",
    "Start",
    "change",
    "count_starts",
    "create",
    "days",
    "forget_old",
    "get",
    "listed",
    "offers",
    "preview",
    "qr",
    "remove",
    "resolve",
    "visit",
]
