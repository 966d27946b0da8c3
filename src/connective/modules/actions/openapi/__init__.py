"""From an OpenAPI or Swagger document to ready values of `send_request`."""

from connective.modules.actions.openapi.fetching import fetched
from connective.modules.actions.openapi.operations import imported

__all__ = ["fetched", "imported"]
