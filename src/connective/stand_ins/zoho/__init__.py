"""A stand-in for Zoho CRM: grants access and keeps leads, contacts, deals, products and notes.

Source: "OAuth" and "Records API" of Zoho's developer documentation for CRM, version 8,
https://www.zoho.com/crm/developer/docs/api/v8/ (authorisation request, token request, upsert,
insert, search, related records, notes; status codes and error objects of each).
"""

from typing import Final

from starlette.applications import Starlette

from connective.stand_ins.zoho.server import Zoho

HELP: Final = "Zoho CRM: consent page, tokens, records, notes; client id `demo`, secret `demo`."

__all__ = ["HELP", "Zoho", "create"]


def create() -> Starlette:
    """The stand-in as it is started by hand."""
    return Zoho().app()
