"""Stores files, gives signed links to them, serves them, and removes them when their time ends."""

from connective.modules.files.service.links import Link, lasting, link, named, sent_out
from connective.modules.files.service.pictures import LIMITS as PICTURE_LIMITS
from connective.modules.files.service.pictures import NAME as PICTURE
from connective.modules.files.service.pictures import store_picture
from connective.modules.files.service.serving import Served, serve
from connective.modules.files.service.storing import (
    addresses,
    expire,
    find,
    find_all,
    find_public,
    forget,
    read,
    remove_objects,
    store,
)

__all__ = [
    "PICTURE",
    "PICTURE_LIMITS",
    "Link",
    "Served",
    "addresses",
    "expire",
    "find",
    "find_all",
    "find_public",
    "forget",
    "lasting",
    "link",
    "named",
    "read",
    "remove_objects",
    "sent_out",
    "serve",
    "store",
    "store_picture",
]
