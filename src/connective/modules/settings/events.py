"""What is said of the instance: `settings.changed`, `status.alerted`, `status.recovered`."""

from datetime import datetime
from typing import Any

import msgspec

from connective.kit.stored_settings.store import SettingsChanged


class StatusChanged(msgspec.Struct, frozen=True):
    """A check of System Status has been red since a while, or is so no longer."""

    check: str
    code: str
    facts: dict[str, Any]
    since: datetime


KINDS: dict[str, type[msgspec.Struct]] = {
    "settings.changed": SettingsChanged,
    "status.alerted": StatusChanged,
    "status.recovered": StatusChanged,
}
