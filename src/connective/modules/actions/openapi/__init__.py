"""From an OpenAPI document to ready values of `send_request`."""

from connective.modules.actions.openapi.operations import imported

__all__ = ["imported"]
