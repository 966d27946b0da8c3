"""The process's one instance, set by the composition root at start."""

from __future__ import annotations

from connective.kit.egress.client import Egress

_shared: Egress | None = None


def configure(egress: Egress | None) -> None:
    """Sets (at start) or clears (at stop) the instance; whoever sets it opens and closes it."""
    global _shared  # noqa: PLW0603
    _shared = egress


def default() -> Egress:
    """The process's own way out; RuntimeError before the start configured it."""
    if _shared is None:
        raise RuntimeError("egress is not configured: app start calls egress.configure(...)")
    return _shared
