"""Stores files, gives signed links to them, serves them, and removes them when their time ends."""

from connective.modules.files.service.links import Link, link, named, sent_out
from connective.modules.files.service.serving import Served, serve
from connective.modules.files.service.storing import (
    addresses,
    expire,
    find,
    find_all,
    find_public,
    get,
    read,
    remove_objects,
    store,
)

__all__ = [
    "Link",
    "Served",
    "addresses",
    "expire",
    "find",
    "find_all",
    "find_public",
    "get",
    "link",
    "named",
    "read",
    "remove_objects",
    "sent_out",
    "serve",
    "store",
]
