"""How sockets are let in."""

from connective.kit.realtime import Admission
from connective.modules.accounts.service import passes
from connective.modules.accounts.service.authentication import COOKIE

ADMISSION = Admission(COOKIE, passes.of_cookie, passes.of_token, passes.standing)
