"""Answers kept by caller, route and key."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from connective.kit.db.metadata import SEALED, Json, Moment, metadata

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("caller", Text, nullable=False),
    Column("route", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("request_hash", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", Json, nullable=False),
    Column(
        "body", Text, nullable=False, info=SEALED
    ),  # sealed: it may hold a secret that is shown once
    Column("created_at", Moment, nullable=False),
    PrimaryKeyConstraint("caller", "route", "key"),
    Index("ix_idempotency_keys_created_at", "created_at"),
)
