"""What other modules and the commands use: keys of bots, who asks, the first administrator."""

from connective.modules.accounts.service.authentication import authenticate_key, token_of
from connective.modules.accounts.service.embedding import (
    embedded_last,
    end_embedded,
    open_embedded,
)
from connective.modules.accounts.service.groups import set_groups
from connective.modules.accounts.service.keys import (
    create_bot_key,
    revoke_bot_key,
    rotate_bot_key,
)
from connective.modules.accounts.service.reset import make_link_by_email
from connective.modules.accounts.service.users import create as create_user
from connective.modules.accounts.service.users import ensure_first_admin

__all__ = [
    "authenticate_key",
    "create_bot_key",
    "create_user",
    "embedded_last",
    "end_embedded",
    "ensure_first_admin",
    "make_link_by_email",
    "open_embedded",
    "revoke_bot_key",
    "rotate_bot_key",
    "set_groups",
    "token_of",
]
