"""Who may hear of an event: the policy of what it is about, asked for each event anew."""

from collections.abc import Mapping, Sequence

import msgspec

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.modules.integrations.webhooks.said import Said
from connective.modules.operators import service as operators

DIALOG, CHAT, OPERATOR = "dialogs.view", "requests.view", "operators.view"
_OF_GROUPS = {
    "chat": CHAT,
    "message": DIALOG,
    "client": "clients.view",
    "operator": OPERATOR,
    "run": "runs.view",
    "bot": "bots.view",
    "user": "users.view",
    "system": "deliveries.view",
}
_OF_KINDS = {
    "settings.changed": "settings.view",
    "status.alerted": "status.view",
    "status.recovered": "status.view",
}


class _OfBot(msgspec.Struct, frozen=True):
    """A row of which only its bot decides; of a bot it is the id itself."""

    bot_id: int | None

    @property
    def id(self) -> int | None:
        return self.bot_id


class _Person(msgspec.Struct, frozen=True):
    """What decides who may see an operator."""

    user_id: int
    selves: Sequence[int]
    group_ids: Sequence[int]


class Sight:
    """What a batch of events is decided by."""

    def __init__(self, team: Mapping[int, _Person]) -> None:
        self._team = team

    @classmethod
    async def of(cls, ctx: Ctx, said: Sequence[Said]) -> "Sight":
        if not any(each.projection.group == "operator" for each in said):
            return cls({})
        team = await operators.team(ctx)
        groups = {row.user_id: [group.id for group in row.groups] for row in team}
        return cls({n: _Person(n, [n], group_ids) for n, group_ids in groups.items()})

    def sees(self, actor: Actor, said: Said, bot_id: int | None) -> bool:
        """`bot_id` is that of the envelope, which knows the bot of a client's contact too."""
        action = _OF_KINDS.get(said.event.kind, _OF_GROUPS[said.projection.group])
        if action == OPERATOR:
            person = self._team.get(said.data["user_id"])
            return person is not None and auth_policy.can(actor, OPERATOR, person)
        if said.room is not None and action in (CHAT, DIALOG):
            return auth_policy.can(actor, CHAT, said.room.row)
        # a chat that is not there any more is nobody's to see
        return action != CHAT and auth_policy.can(actor, action, _OfBot(bot_id))
