"""What is said of operators, their statuses and skill groups."""

import msgspec


class OperatorStatusChanged(msgspec.Struct, frozen=True):
    """An operator has another status; `set_by` is who chose it for him, else None."""

    user_id: int
    status_id: int
    status: str
    can_receive: bool
    was_id: int
    set_by: int | None
    open_chats: str


class OperatorOverstayed(msgspec.Struct, frozen=True):
    """An operator is in a status for longer than it may last."""

    user_id: int
    status_id: int
    status: str
    minutes: int


class OperatorChanged(msgspec.Struct, frozen=True):
    """Limits, pause, name or groups of an operator, or whether he is there."""

    user_id: int
    fields: list[str]


class StatusChanged(msgspec.Struct, frozen=True):
    """A status was made, changed or deleted."""

    id: int
    name: str


class SkillGroupChanged(msgspec.Struct, frozen=True):
    """A skill group was made, changed or deleted; `topic_ids` are those it held or holds."""

    id: int
    name: str
    topic_ids: list[int]
    fields: list[str]


class BotOperatorsChanged(msgspec.Struct, frozen=True):
    """Other operators answer the clients of a bot where nothing else says who."""

    id: int
    fields: list[str]


KINDS: dict[str, type[msgspec.Struct]] = {
    "operator.status_changed": OperatorStatusChanged,
    "operator.overstayed": OperatorOverstayed,
    "operator.updated": OperatorChanged,
    "operator_status.changed": StatusChanged,
    "skill_group.changed": SkillGroupChanged,
    "bot_operators.changed": BotOperatorsChanged,
}
