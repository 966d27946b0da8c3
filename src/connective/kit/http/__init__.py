"""HTTP conventions of `/api/v1`: answers, problems, routes as units of work, OpenAPI."""

from connective.kit.http.openapi import answers
from connective.kit.http.reply import empty, etag, matching, reply
from connective.kit.http.router import Router, page_query, permit, public

__all__ = [
    "Router",
    "answers",
    "empty",
    "etag",
    "matching",
    "page_query",
    "permit",
    "public",
    "reply",
]
