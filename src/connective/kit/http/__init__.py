"""HTTP conventions of `/api/v1`: answers, problems, routes as units of work, OpenAPI."""

from connective.kit.http.openapi import answers
from connective.kit.http.reply import at_revision, empty, etag, matching, reply, revision
from connective.kit.http.router import Edge, Router, page_query, permit, permit_apart, public

__all__ = [
    "Edge",
    "Router",
    "answers",
    "at_revision",
    "empty",
    "etag",
    "matching",
    "page_query",
    "permit",
    "permit_apart",
    "public",
    "reply",
    "revision",
]
